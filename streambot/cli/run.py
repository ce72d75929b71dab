"""``streambot run``: the bot on the rooms of a config.yaml."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import click

from streambot.cli.config_here import config_here, config_option
from streambot.errors import ConfigError


@click.command()
@config_option
@click.option(
    "--port", type=click.IntRange(0, 65535), help="控制台端口 · the console's port"
)
@click.option(
    "--login",
    is_flag=True,
    help="打印一次性登录链接（没有管理员时总会打印） · "
    "print a one-time login link, as is always done while there is no admin",
)
def run(config: Path | None, port: int | None, *, login: bool) -> None:
    """按 config.yaml 开始工作 · run the bot on the rooms of config.yaml."""
    from streambot.authoring.ready_to_run import no_room
    from streambot.cli.logs import configure
    from streambot.cli.running import run_until_stopped
    from streambot.config import load_config

    path = config_here(config)
    overrides = {} if port is None else {"web.port": str(port)}
    settings = load_config(path, environ=os.environ, overrides=overrides)
    configure(settings.logging.level, settings.logging.format)
    if not settings.rooms:
        raise ConfigError([no_room(path.as_posix()).render()])
    for warning in settings.warnings:
        click.echo(warning, err=True)
    asyncio.run(run_until_stopped(settings, always_login=login, say=click.echo))
