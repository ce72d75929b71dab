"""A connector for a made-up platform that speaks JSON lines over TCP; test_example_connector.py proves it.

bot: ["hi", token]  ["ping"]  ["say", n, text]  ["bye"]
room: ["in"] or ["out"]  ["pong"]  ["ok", n] or ["no", n, code]
room: ["came", id, viewer]  ["said", id, viewer, text]
"""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from itertools import count
from typing import Any

from streambot.adapters.rooms.inbox import Inbox
from streambot.adapters.rooms.within import within
from streambot.domain.events import (
    Link,
    LinkChanged,
    PlatformEvent,
    ViewerEntered,
    ViewerSpoke,
)
from streambot.domain.reply import EventId, LineOut, SendOutcome, SendResult
from streambot.domain.room import (
    BroadcastId,
    Capability,
    Platform,
    RoomName,
    Scene,
    SendLimits,
)
from streambot.domain.viewer import Viewer, ViewerKey
from streambot.errors import RoomError, RoomRefused, RoomUnreachable
from streambot.ports.clock import Clock
from streambot.ports.connector import Opened

PING_EVERY = timedelta(seconds=10)
WORD_WITHIN = timedelta(seconds=10)


def cut() -> RoomUnreachable:
    """One sentence in both languages: what is wrong, and what happens next."""
    return RoomUnreachable(
        "shout", "连接断了，会自动重连。 The link is down; trying goes on."
    )


class ShoutConnector:
    """Opens links to the one room of a server."""

    def __init__(self, port: int, token: str, clock: Clock) -> None:
        self.port, self.token, self.clock = port, token, clock

    @asynccontextmanager
    async def open(
        self, after: EventId | None, *, odd: Callable[[str], None] | None = None
    ) -> AsyncIterator["ShoutLink"]:
        """A link; nothing is repeated here, so where *after* is known there is a gap."""
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        except OSError as error:
            raise cut() from error
        link = ShoutLink(reader, writer, self.clock, odd or (lambda _: None))
        tasks = []
        try:
            link.write("hi", self.token)
            try:
                answer = await within(self.clock, WORD_WITHIN, reader.readline())
            except (TimeoutError, OSError) as error:
                raise cut() from error
            if answer.strip() == b'["out"]':
                raise RoomRefused(
                    "shout", "令牌错了，请更新。 Wrong token: renew it.", 4001
                )
            if after is not None:
                link.inbox.give(
                    LinkChanged(at=self.clock.now(), link=Link.GAP, after=after)
                )
            tasks = [asyncio.create_task(link.read()), asyncio.create_task(link.ping())]
            yield link
        finally:
            for task in tasks:
                task.cancel()
            link.end(cut())
            link.write("bye")
            writer.close()  # writes what is left, if it can; nobody waits for that
            await asyncio.gather(*tasks, return_exceptions=True)


class ShoutLink:
    """One open link."""

    def __init__(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        clock: Clock,
        odd: Callable[[str], None],
    ) -> None:
        self.inbox = Inbox()
        self.reader, self.writer, self.clock, self.odd = reader, writer, clock, odd
        self.words: dict[int, asyncio.Future[SendOutcome]] = {}
        self.numbers = count(1)
        self.heard = True
        self.opened = Opened(
            broadcast=BroadcastId("today"),
            capabilities=frozenset({Capability.ROOM_CHAT, Capability.ENTER}),
            limits=SendLimits(lines=1, per=timedelta(seconds=2), line_length=100),
            idempotent_send=False,
        )

    def events(self) -> AsyncIterator[Sequence[PlatformEvent | LinkChanged]]:
        """In order of arrival; ends with a RoomError."""
        return self.inbox.bunches()

    async def keep_address(self, viewer: ViewerKey) -> None:
        """Nobody is written to in private."""

    async def send(self, line: LineOut) -> SendOutcome:
        """The room's word; without one the line is uncertain, and never written again here."""
        number = next(self.numbers)
        word: asyncio.Future[SendOutcome] = asyncio.get_running_loop().create_future()
        self.words[number] = word
        self.write("say", number, line.text)
        try:
            return await within(self.clock, WORD_WITHIN, word)
        except (TimeoutError, RoomError):
            return SendOutcome(result=SendResult.UNCERTAIN, at=self.clock.now())
        finally:
            del self.words[number]

    def write(self, *words: Any) -> None:
        """One line; on a dead link it goes nowhere."""
        self.writer.write(json.dumps(words).encode() + b"\n")

    async def ping(self) -> None:
        """Silence for two spans, in spite of a ping, is a dead link."""
        while self.heard:
            self.heard = False
            self.write("ping")
            await self.clock.sleep(PING_EVERY)
        self.end(cut())
        self.writer.transport.abort()

    async def read(self) -> None:
        """Every line of the room, until it ends."""
        with suppress(OSError):
            while raw := await self.reader.readline():
                self.heard = True
                self.take(raw)
                await self.inbox.has_room()
        self.end(cut())

    def take(self, raw: bytes) -> None:
        """What is odd is named by us, never by the room, and costs only itself."""
        now = self.clock.now()
        try:
            said = json.loads(raw)
        except ValueError:
            return self.odd("not_json")
        match said:
            case ["pong"]:
                pass
            case ["ok", int(number)]:
                self.word(number, SendOutcome(result=SendResult.SENT, at=now))
            case ["no", int(number), str(code)]:
                refused = SendOutcome(result=SendResult.REFUSED, at=now, code=code)
                self.word(number, refused)
            case ["came", str(mark), str(who)]:
                self.inbox.give(ViewerEntered(**self.about(mark, who)))
            case ["said", str(mark), str(who), str(text)]:
                self.inbox.give(ViewerSpoke(**self.about(mark, who), text=text))
            case _:
                return self.odd("unknown_kind")
        return None

    def about(self, mark: str, who: str) -> dict[str, Any]:
        """What every event has; in streambot a viewer's key is a keyed hash of the raw id."""
        platform, now = Platform("shout"), self.clock.now()
        return {
            "id": EventId(mark),
            "at": now,
            "received_at": now,
            "scene": Scene(
                platform=platform,
                room=RoomName("shout"),
                broadcast=self.opened.broadcast,
            ),
            "viewer": Viewer(key=ViewerKey(f"shout:{who}"), name=who),
        }

    def word(self, number: int, outcome: SendOutcome) -> None:
        """The room's word on a line, if anybody waits for it."""
        word = self.words.get(number)
        if word is not None and not word.done():
            word.set_result(outcome)

    def end(self, failure: RoomError) -> None:
        """The link is over: whoever waits for a word won't get one."""
        self.inbox.end(failure)
        for word in self.words.values():
            if not word.done():
                word.set_exception(failure)
