"""The command line: one file a command, imported only when it is called."""

from __future__ import annotations

import gc
import importlib
import sys
from typing import Any

import click

from streambot.cli.usage import in_both
from streambot.errors import (
    ConfigError,
    PortInUse,
    RoomError,
    StreambotError,
    UsageError,
)

#: Command -> its module's function, in the order ``--help`` shows them.
_COMMANDS = {
    "demo": "streambot.cli.demo:demo",
    "run": "streambot.cli.run:run",
    "check": "streambot.cli.check:check",
    "faq": "streambot.cli.faq:faq",
    "replies": "streambot.cli.replies:replies",
    "mood": "streambot.cli.mood:mood",
    "replay": "streambot.cli.replay:replay",
    "summary": "streambot.cli.evening:summary",
    "user": "streambot.cli.user:user",
    "doctor": "streambot.cli.doctor:doctor",
    "twitch-login": "streambot.cli.twitch_login:twitch_login",
}

#: Objects made before the collector looks at them. By default, 700, a bot's start spends a tenth
#: of its time looking at what stays.
_YOUNG = 50_000

PROBLEMS, USAGE, CONFIG, UNREACHABLE = 1, 2, 3, 4


class LazyGroup(click.Group):
    """Imports a command's module when it is asked for, so that ``--help`` is instant."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command, in the order of use."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command called *cmd_name*."""
        where = _COMMANDS.get(cmd_name)
        if where is None:
            return None
        module, _, name = where.partition(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def make_context(self, *args: Any, **extra: Any) -> click.Context:
        """The context of a call; a wrong one is told in both languages."""
        try:
            return super().make_context(*args, **extra)
        except click.UsageError as error:
            raise in_both(error) from error

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a StreambotError ends it with one sentence and its exit code."""
        try:
            return super().invoke(ctx)
        except click.UsageError as error:
            raise in_both(error) from error
        except StreambotError as error:
            click.echo(str(error), err=True)
            ctx.exit(exit_code(error))


def exit_code(error: StreambotError) -> int:
    """The exit code of interfaces: 1 problems, 2 usage, 3 config, 4 port or room unreachable."""
    match error:
        case ConfigError():
            return CONFIG
        case PortInUse() | RoomError():
            return UNREACHABLE
        case UsageError():
            return USAGE
        case _:
            return PROBLEMS


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="streambot")
def cli() -> None:
    """streambot：直播间里的客服助手 · the assistant that works a live-stream shop's chat."""


def main() -> None:
    """Entry point of the console script."""
    gc.set_threshold(_YOUNG)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    cli()
