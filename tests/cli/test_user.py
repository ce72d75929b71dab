"""``streambot user``: the same words with the bot running and without, and no password anywhere."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from streambot.adapters.store import open_store
from streambot.application.account_orders import BY
from streambot.bootstrap import open_app
from streambot.bootstrap.control_file import FILE
from streambot.config import load_config
from streambot.ports.audit import AuditFilter
from tests.cli.conftest import Run

_GOOD = "糖葫芦配豆汁儿九块九"


@pytest.fixture
def config(here: Path) -> Path:
    """A configuration without rooms."""
    path = here / "config.yaml"
    path.write_text("version: 1\nweb: {port: 0}\n", encoding="utf-8")
    return path


@contextmanager
def running(config: Path) -> Iterator[None]:
    """A bot that runs in a loop of its own, holding the store's lock."""
    ready, stop = threading.Event(), threading.Event()

    settings = load_config(config, environ={})

    async def hold() -> None:
        async with open_app(settings):
            ready.set()
            await asyncio.to_thread(stop.wait)

    thread = threading.Thread(target=lambda: asyncio.run(hold()))
    thread.start()
    assert ready.wait(30)
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _story(run: Run) -> None:
    def say(*args: str, password: str = _GOOD, code: int = 0) -> str:
        result = run("user", *args, input=f"{password}\n")
        assert result.exit_code == code, result.output
        assert password not in result.output
        return result.output

    file = ("--password-file", "-")
    say("add", "anna", "--role", "admin", *file)
    say("add", "anna", "--role", "agent", *file, code=2)
    say("add", "ben", "--role", "agent", *file)
    assert "常见" in say("passwd", "ben", *file, password="password123", code=2)
    say("passwd", "ben", *file)
    say("passwd", "carl", *file, code=2)
    say("role", "ben", "supervisor")
    say("disable", "ben")
    last = say("disable", "anna", code=2)
    assert "最后一个管理员" in last
    assert "加上 --anyway 就是确认" in last
    rows = [json.loads(line) for line in say("list", "--json").splitlines()]
    assert [(row["name"], row["role"], row["disabled"]) for row in rows] == [
        ("anna", "admin", False),
        ("ben", "supervisor", True),
    ]
    say("enable", "ben")
    say("disable", "anna", "--anyway")
    assert "停用" in say("list")


async def _audited(config: Path) -> list[str]:
    async with open_store(config.parent / "data") as store:
        rows = await store.audited(AuditFilter(actor=BY))
    return [row.deed.action.value.removeprefix("account_") for row in reversed(rows)]


_DONE = ["added", "added", "password", "role", "disabled", "enabled", "disabled"]


def test_accounts_of_a_bot_that_rests(run: Run, config: Path) -> None:
    """Everything works with no bot running; what was done is audited, what was refused isn't."""
    _story(run)
    assert asyncio.run(_audited(config)) == _DONE


def test_accounts_of_a_running_bot(run: Run, config: Path) -> None:
    """Everything works and is audited beside a running bot, by a key that only the owner can read."""
    with running(config):
        key = config.parent / "data" / FILE
        assert key.stat().st_mode & 0o077 == 0
        _story(run)
    assert not key.exists()
    assert asyncio.run(_audited(config)) == _DONE
