"""A room's link: tried again with patience, given up only where trying makes no sense."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import repeat

import pytest
from structlog.testing import capture_logs

from streambot.application.link import RoomLink
from streambot.domain.events import Link, LinkChanged, RoomEvent
from streambot.domain.reply import EventId
from streambot.domain.room import RoomName
from streambot.errors import RoomError, RoomRefused
from streambot.ports.connector import Connection
from tests.application.room_fakes import (
    CHAT,
    FakeConnection,
    FakeConnector,
    RecordingClock,
    dead,
)
from tests.domain.chat_room import Chat


@dataclass(slots=True)
class Following:
    """A link and everything it told."""

    connector: FakeConnector
    clock: RecordingClock = field(default_factory=RecordingClock)
    heard: list[RoomEvent] = field(default_factory=list)
    links: list[Connection | None] = field(default_factory=list)
    troubles: list[tuple[str, str]] = field(default_factory=list)
    cursor: EventId | None = None
    may_deliver: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.may_deliver.set()

    async def deliver(self, events: Sequence[RoomEvent]) -> None:
        """Take what comes, as soon as that is allowed."""
        await self.may_deliver.wait()
        self.heard += events

    def link(self) -> RoomLink:
        """The link under test."""
        return RoomLink(
            RoomName("demo"),
            self.connector,
            self.clock,
            deliver=self.deliver,
            cursor=lambda: self.cursor,
            linked=self.links.append,
            trouble=lambda zh, en: self.troubles.append((zh, en)),
            odd=lambda _: None,
        )

    @property
    def states(self) -> list[Link]:
        """The link's states so far."""
        return [each.link for each in self.heard if isinstance(each, LinkChanged)]


@asynccontextmanager
async def following(*links: FakeConnection | RoomError) -> AsyncIterator[Following]:
    """A link that runs until the end of the test."""
    room = Following(FakeConnector(*links))
    task = asyncio.create_task(room.link().run())
    await room.clock.settle()
    try:
        yield room
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def test_what_the_room_says_is_delivered_in_order() -> None:
    """Connecting, connected with what the room can do, then its events."""
    async with following() as room:
        link = FakeConnection(room.clock)
        room.connector.add(link)
        lines = [Chat().line("一"), Chat().line("二"), Chat().line("三")]
        link.tell(*lines[:2])
        link.tell(lines[2])
        await room.clock.settle()
        connecting, connected, *rest = room.heard
        assert isinstance(connecting, LinkChanged) and isinstance(
            connected, LinkChanged
        )
        assert (connecting.link, connected.link) == (Link.CONNECTING, Link.CONNECTED)
        assert connected.capabilities == CHAT
        assert rest == lines
        assert room.links == [link]


async def test_a_broken_link_resumes_behind_the_last_event() -> None:
    """The cursor is asked for anew each time; whoever writes is told that there is no link."""
    async with following() as room:
        first, second = FakeConnection(room.clock), FakeConnection(room.clock)
        room.connector.add(first, second)
        await room.clock.settle()
        room.cursor = EventId("e7")
        first.die()
        await room.clock.advance(timedelta(seconds=1))
        assert room.connector.opened_after == [None, "e7"]
        assert room.links == [first, None, second]
        assert room.troubles == [("断了。", "The link died.")]


async def test_the_waits_between_tries_grow_with_full_jitter_to_half_a_minute() -> None:
    """Each is anywhere up to its bound, and no bound is above thirty seconds."""
    async with following(*repeat(dead(), 60)) as room:
        await room.clock.advance(timedelta(seconds=60 * 30))
        waits = room.clock.slept
        assert len(waits) == 60
        for number, wait in enumerate(waits):
            assert 0 <= wait <= min(30, 2**number)
        assert len({round(wait, 6) for wait in waits}) > 50
        assert max(waits) > 15  # by chance less often than once in a quadrillion runs


@pytest.mark.parametrize(("held", "anew"), [(59.9, False), (60, True)])
async def test_only_a_minute_of_good_link_forgets_the_tries(
    held: float, anew: bool
) -> None:
    """Else a link that opens and breaks at once would be hammered for ever."""
    async with following(*repeat(dead(), 10)) as room:
        await room.clock.advance(timedelta(seconds=10 * 30))
        waits = []
        for _ in range(20):
            link = FakeConnection(room.clock)
            room.connector.add(link)
            await room.clock.advance(timedelta(seconds=held))
            assert room.links[-1] is link
            room.clock.slept.clear()
            link.die()
            await room.clock.settle()
            waits += room.clock.slept
            await room.clock.advance(timedelta(seconds=30))
        assert len(waits) == 20
        assert (max(waits) <= 1) is anew


async def test_people_are_called_after_thirty_tries() -> None:
    """Once, while the first failure is a mere warning."""
    with capture_logs() as logs:
        async with following(*repeat(dead(), 45)) as room:
            await room.clock.advance(timedelta(seconds=45 * 30))
    told = [(entry["event"], entry["log_level"]) for entry in logs]
    assert told == [("room_link_lost", "warning"), ("room_unreachable", "error")]
    (alarm,) = (entry for entry in logs if entry["event"] == "room_unreachable")
    assert alarm["tries"] == 30


@pytest.mark.parametrize(
    ("code", "state"), [(4001, Link.AUTH_ERROR), (4009, Link.REVOKED)]
)
async def test_a_final_no_is_taken_for_one(code: int, state: Link) -> None:
    """A bad token or another program in our place: the link ends and says what to do."""
    no = RoomRefused("demo", "口令不对，请更新。 The token is wrong: renew it.", code)
    room = Following(FakeConnector(no))
    await room.link().run()
    assert room.states == [Link.CONNECTING, state]
    assert room.troubles == [("口令不对，请更新。", "The token is wrong: renew it.")]
    assert room.clock.slept == []
    last = room.heard[-1]
    assert isinstance(last, LinkChanged) and "口令" in last.detail


async def test_a_no_that_may_pass_is_tried_again() -> None:
    """A room that isn't there yet may come."""
    no = RoomRefused("demo", "没有这个直播间。 No such room.", 4004)
    async with following(no) as room:
        link = FakeConnection(room.clock)
        room.connector.add(link)
        await room.clock.advance(timedelta(seconds=1))
        assert room.links[-1] is link


async def test_a_link_is_not_read_while_its_events_are_not_taken() -> None:
    """Back-pressure reaches the platform; nothing is lost or turned round."""
    async with following() as room:
        link, chat = FakeConnection(room.clock), Chat()
        room.connector.add(link)
        await room.clock.settle()
        room.may_deliver.clear()
        lines = [chat.line(str(number)) for number in range(9)]
        for line in lines:
            link.tell(line)
        await room.clock.settle()
        assert link.read == 1
        room.may_deliver.set()
        await room.clock.settle()
        assert room.heard[2:] == lines
