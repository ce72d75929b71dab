"""The config.yaml a command works with: the one that is named, the one here, or the demo's."""

from __future__ import annotations

from pathlib import Path

import click

from streambot.errors import UsageError

HERE = Path("config.yaml")
#: Under which a command remembers that the demo was told of.
_TOLD = "streambot.demo"
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
    path = named or HERE
    if not path.is_file():
        raise UsageError(
            "当前目录没有 config.yaml：请用 --config 指明，或先试 streambot demo。 "
            "There is no config.yaml here: name one with --config, or try streambot demo."
        )
    return path


def config_or_demo(named: Path | None) -> Path:
    """The file *named*, else config.yaml in the current folder, else the built-in demo's.

    That it is the demo's is told on standard error, once a command.
    """
    from streambot.config import shipped

    if named is not None or HERE.is_file():
        return named or HERE
    _tell_of_the_demo()
    return shipped() / "config.yaml"


def _tell_of_the_demo() -> None:
    context = click.get_current_context(silent=True)
    told = {} if context is None else context.meta
    if not told.get(_TOLD):
        told[_TOLD] = True
        click.echo(
            "当前目录没有 config.yaml，用的是自带的演示店；看自己的店请到店铺的文件夹里运行。 "
            "There is no config.yaml here, so this is the demo shop: run it in your shop's folder.",
            err=True,
        )
