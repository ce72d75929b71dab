"""The summary's table shows viewers' words as they are; a broadcast's is read from the store."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from streambot.adapters.store import open_store
from streambot.cli.summary import show_summary
from streambot.domain.broadcast import BroadcastMark
from streambot.domain.room import BroadcastId, RoomName
from streambot.domain.summary import Summary
from streambot.ports.store import RoomBatch
from tests.cli.conftest import Run

START = datetime(2026, 1, 1, 12, tzinfo=UTC)


def test_brackets_are_no_markup(capsys: pytest.CaptureFixture[str]) -> None:
    """A line that looks like the table library's markup neither vanishes nor breaks it."""
    show_summary(Summary(lines=2, unanswered=Counter({"[/x]?": 2, "[red]吗": 1})))
    shown = capsys.readouterr().out
    assert "[/x]?" in shown
    assert "[red]吗" in shown


async def _an_evening(folder: Path) -> None:
    async with open_store(folder) as store:
        for at, begins in ((START, True), (START + timedelta(hours=2), False)):
            told = BroadcastMark(broadcast=BroadcastId("b"), at=at, begins=begins)
            store.append(RoomBatch(room=RoomName("demo"), marks=[told]), lambda _: None)
        await store.transact(lambda _: None)


def test_an_evening_is_summed_up_beside_a_running_bot(here: Path, run: Run) -> None:
    """The newest broadcast by default; one that isn't there is a sentence and 2."""
    (here / "config.yaml").write_text(
        "rooms:\n  - name: demo\n    url: ws://127.0.0.1:1/\n", encoding="utf-8"
    )
    assert run("summary", "--config", "config.yaml").exit_code == 2
    asyncio.run(_an_evening(here / "data"))
    told = run("summary", "--config", "config.yaml")
    assert told.exit_code == 0, told.output
    assert "demo #1" in told.output
    assert "2:00:00" in told.output
    assert "本场小结" in told.output
    assert run("summary", "--config", "config.yaml", "--number", "7").exit_code == 2
