"""``streambot faq``: check books, try a question, match a file, find and teach what is unanswered."""

from __future__ import annotations

import importlib
from typing import Any

import click

_COMMANDS = {
    "check": "streambot.cli.faq_check:check",
    "try": "streambot.cli.faq_try:try_",
    "test": "streambot.cli.faq_test:test",
    "match": "streambot.cli.faq_match:match",
    "learn": "streambot.cli.faq_learn:learn",
    "gaps": "streambot.cli.faq_gaps:gaps",
}


class _Commands(click.Group):
    """Imports a command when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command called *cmd_name*."""
        where = _COMMANDS.get(cmd_name)
        if where is None:
            return None
        module, _, name = where.partition(":")
        command: Any = getattr(importlib.import_module(module), name)
        return command  # type: ignore[no-any-return]


@click.group(cls=_Commands)
def faq() -> None:
    """问答本：检查、试问、批量匹配 · FAQ books: check, try, match."""
