"""``streambot run``: the bot on the rooms of a config.yaml."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import click

from streambot.errors import UsageError


@click.command()
@click.option(
    "--config",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="默认当前目录的 config.yaml · config.yaml here by default",
)
@click.option(
    "--port", type=click.IntRange(0, 65535), help="控制台端口 · the console's port"
)
@click.option(
    "--login", is_flag=True, help="打印一次性登录链接 · print a one-time login link"
)
def run(config: Path | None, port: int | None, *, login: bool) -> None:
    """按 config.yaml 开始工作 · run the bot on the rooms of config.yaml."""
    from streambot.cli.logs import configure
    from streambot.cli.running import run_until_stopped
    from streambot.config import load_config

    path = config or Path("config.yaml")
    if not path.is_file():
        raise UsageError(
            "当前目录没有 config.yaml：请用 --config 指明，或先试 streambot demo。 "
            "There is no config.yaml here: name one with --config, or try streambot demo."
        )
    overrides = {} if port is None else {"web.port": str(port)}
    settings = load_config(path, environ=os.environ, overrides=overrides)
    configure(settings.logging.level, settings.logging.format)
    for warning in settings.warnings:
        click.echo(warning, err=True)
    asyncio.run(run_until_stopped(settings, always_login=login, say=click.echo))
