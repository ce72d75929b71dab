"""Suggestions and heard lines: kept once, settled once, read back as they were."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import msgspec

from streambot.adapters.store import open_store
from streambot.adapters.store.peek import newest_lines
from streambot.domain.faq.entry import FaqId
from streambot.domain.reply import EventId
from streambot.domain.room import RoomName
from streambot.ports.suggestions import Suggestion, SuggestionState
from tests.adapters.store.samples import NOW, ROOM, batch, commit, decision, spoke

SHIP = Suggestion(
    room=ROOM,
    entry=FaqId("ship"),
    text="啥时候寄",
    event_id=EventId("e1"),
    by="小王",
    at=NOW,
)


async def test_the_same_waits_once(tmp_path: Path) -> None:
    """Who suggests what waits already gets what waits; another entry's is another."""
    async with open_store(tmp_path) as store:
        first = await store.suggestions.put(SHIP)
        again = await store.suggestions.put(replace(SHIP, by="小张"))
        other = await store.suggestions.put(replace(SHIP, entry=FaqId("fee")))
        assert again == first == replace(SHIP, id=first.id)
        assert await store.suggestions.waiting(ROOM) == (first, other)
        assert await store.suggestions.waiting(RoomName("other")) == ()


async def test_it_is_settled_once_and_kept(tmp_path: Path) -> None:
    """The first to settle it wins, over a restart too; then the same may be suggested anew."""
    added, declined = SuggestionState.ADDED, SuggestionState.DECLINED
    async with open_store(tmp_path) as store:
        number = (await store.suggestions.put(SHIP)).id
        assert await store.suggestions.settle(number, added, "李姐", NOW)
    async with open_store(tmp_path) as store:
        assert not await store.suggestions.settle(number, declined, "老板", NOW)
        assert await store.suggestions.get(number) == replace(
            SHIP, id=number, state=added, settled_by="李姐", settled_at=NOW
        )
        assert await store.suggestions.waiting(ROOM) == ()
        assert (await store.suggestions.put(SHIP)).id != number
        assert await store.suggestions.get(999) is None


async def test_lines_and_decisions_are_read_back(tmp_path: Path) -> None:
    """The newest lines oldest first, one line by its id, and what was decided about it."""
    async with open_store(tmp_path) as store:
        await commit(store, *(batch(number) for number in range(1, 5)))
        heard = store.heard
        assert await heard.newest(ROOM, 2) == (spoke(3), spoke(4))
        assert await heard.line(ROOM, spoke(2).id) == spoke(2)
        assert await heard.line(RoomName("other"), spoke(2).id) is None
        found = await heard.decision(ROOM, spoke(2).id)
        assert found is not None
        assert found == msgspec.structs.replace(decision(2), out_id=None)
        assert await heard.decision(ROOM, EventId("none")) is None
        texts = await asyncio.to_thread(newest_lines, tmp_path, ROOM, 2)
        assert texts == [spoke(3).text, spoke(4).text]
    nowhere = tmp_path / "none"
    assert await asyncio.to_thread(newest_lines, nowhere, ROOM, 2) == []
