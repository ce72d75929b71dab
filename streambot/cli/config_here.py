"""The config.yaml a command works with: the one that is named, else the one here."""

from __future__ import annotations

from pathlib import Path

import click

from streambot.errors import UsageError

#: ``--config FILE`` of every command that needs a configuration of the person's own.
config_option = click.option(
    "--config",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="默认当前目录的 config.yaml · config.yaml here by default",
)


def config_here(named: Path | None) -> Path:
    """The file *named*, else config.yaml in the current folder.

    Raises:
        UsageError: there is none.
    """
    path = named or Path("config.yaml")
    if not path.is_file():
        raise UsageError(
            "当前目录没有 config.yaml：请用 --config 指明，或先试 streambot demo。 "
            "There is no config.yaml here: name one with --config, or try streambot demo."
        )
    return path
