"""``streambot replies``: check the canned replies of agents, and find one as agents do."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from streambot.cli.books import open_config, show


@click.group()
def replies() -> None:
    """客服的快捷回复：检查 · canned replies: check."""


@replies.command()
@click.argument(
    "paths", nargs=-1, metavar="[PATH...]", type=click.Path(path_type=Path, exists=True)
)
@click.option(
    "--guard",
    multiple=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="本店的用语规则文件 · the shop's own wording rules",
)
@click.option("--json", "as_json", is_flag=True, help="给程序看的结果 · for programs")
def check(paths: tuple[Path, ...], guard: tuple[Path, ...], *, as_json: bool) -> None:
    """检查快捷回复：哪一行错、怎么改 · check files of canned replies, by default those of config.yaml.

    Exits with 0 when there is no error (warnings may be), with 1 when there is one.
    """
    from streambot.authoring.guard_file import read_guard
    from streambot.authoring.replies_file import read_replies
    from streambot.domain.guard import Guard

    if not paths:
        config = open_config(None)
        used = [path for room in config.rooms for path in room.canned]
        paths = tuple(dict.fromkeys(used))
    reading = read_replies(paths, Guard.of(read_guard(guard).rules))
    if as_json:
        result = {
            "usable": reading.usable,
            "errors": reading.errors,
            "warnings": reading.warnings,
            "problems": [problem.as_json() for problem in reading.problems],
        }
        click.echo(json.dumps(result, ensure_ascii=False, indent=2))
    else:
        show(reading.problems)
        click.echo(
            f"快捷回复 {reading.usable} 条可用，{reading.errors} 处错误，{reading.warnings} 处提醒 · "
            f"{reading.usable} canned replies usable, {reading.errors} errors, {reading.warnings} warnings"
        )
    sys.exit(1 if reading.errors else 0)
