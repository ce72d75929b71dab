"""IrcLink: one open socket in a channel - its reader, its pings, and the word on each line."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from itertools import count

from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed

from streambot.adapters.rooms.address_book import AddressBook
from streambot.adapters.rooms.irc import codec
from streambot.adapters.rooms.irc.message import (
    KNOWN,
    Message,
    NotUnderstood,
    lines,
    parse,
    written,
)
from streambot.adapters.rooms.irc.why import Why
from streambot.adapters.rooms.link_tasks import ended
from streambot.adapters.rooms.open_link import OpenLink
from streambot.adapters.rooms.pace import Pace
from streambot.adapters.rooms.pulse import Pulse
from streambot.adapters.rooms.within import within
from streambot.domain.faq.entry import Visibility
from streambot.domain.reply import LineOut, SendOutcome, SendResult
from streambot.domain.viewer import ViewerKey
from streambot.errors import RoomError
from streambot.ports.clock import Clock
from streambot.ports.connector import Opened

_SENT_WITHIN = timedelta(seconds=10)
_LEAVE_WITHIN = timedelta(seconds=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class _OnItsWay:
    """The one line whose fate the server has not told yet."""

    mark: str  # our label, or the ping behind it
    text: str
    answer: asyncio.Future[SendOutcome]


class IrcLink(OpenLink):
    """One open link; leaving it ends its reading and its pings."""

    def __init__(
        self,
        socket: ClientConnection,
        opened: Opened,
        reading: codec.Reading,
        capabilities: Iterable[str],
        *,
        why: Why,
        book: AddressBook,
        pace: Pace,
        clock: Clock,
        odd: Callable[[str], None],
    ) -> None:
        super().__init__(opened, clock)
        self._socket = socket
        self._reading = reading
        self._echoes = "echo-message" in capabilities
        self._labels = self._echoes and "labeled-response" in capabilities
        self._why = why
        self._book = book
        self._pace = pace
        self._odd = odd
        self._turn = (
            asyncio.Lock()
        )  # one line at a time: few servers say which they mean
        self._flying: _OnItsWay | None = None
        self._marks = count(1)
        self._over = False
        self._pulse = Pulse(clock, self._ping, self._fell_silent)
        self._tasks: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> IrcLink:
        self._tasks = [
            asyncio.create_task(self._read(), name="irc reader"),
            asyncio.create_task(self._pulse.run(), name="irc pings"),
        ]
        return self

    async def __aexit__(self, *_: object) -> None:
        with suppress(ConnectionClosed, TimeoutError):
            leaving = self._socket.send(written("QUIT", text="bye"))
            await within(self._clock, _LEAVE_WITHIN, leaving)
        failures = await ended(self._tasks)
        self._end(self._why.closed())
        for failure in failures:
            raise failure

    async def keep_address(self, viewer: ViewerKey) -> None:
        """Keep the way to write to *viewer* in private beyond this process, encrypted."""
        await self._book.keep(viewer, self._opened.broadcast, self._clock.now())

    async def send(self, line: LineOut) -> SendOutcome:
        """Write a line and wait for the server's word on it; never raises for a dead link."""
        target: str | None = self._reading.channel
        if line.visibility is Visibility.PRIVATE:
            target = await self._book.address_of(line.to[0].key) if line.to else None
        if target is None:
            return self._outcome(SendResult.REFUSED, code="no_address")
        async with self._turn:
            wait = self._pace.wait(self._clock.now())
            if wait > timedelta():
                return SendOutcome(
                    result=SendResult.REFUSED,
                    at=self._clock.now(),
                    code="rate",
                    retry_after=wait.total_seconds(),
                )
            return await self._written(target, line.text)

    async def _written(self, target: str, text: str) -> SendOutcome:
        if self._over:
            return self._outcome(SendResult.UNCERTAIN)
        text = self._pace.distinct(text, self._clock.now())
        mark = f"line-{next(self._marks)}"
        self._flying = _OnItsWay(
            mark=mark,
            text=text,
            answer=asyncio.get_running_loop().create_future(),
        )
        self._pace.use(text, self._clock.now())
        dialect = self._reading.dialect
        said = codec.say(dialect, target, text, mark if self._labels else "")
        if not self._echoes and dialect.asks_first:
            said += written("PING", text=mark)  # answered behind any refusal
        try:
            for one in said.splitlines(keepends=True):
                await self._socket.send(one)
            outcome = await within(self._clock, _SENT_WITHIN, self._flying.answer)
        except (ConnectionClosed, TimeoutError):
            return self._outcome(SendResult.UNCERTAIN)
        finally:
            self._flying = None
            self._pace.taken(self._clock.now())
        self._pace.settled(text, outcome)
        return outcome

    def _outcome(
        self, result: SendResult, *, code: str | None = None, known: str | None = None
    ) -> SendOutcome:
        now = self._clock.now()
        return SendOutcome(result=result, at=now, code=code, platform_id=known)

    # --- reading ---------------------------------------------------------------------

    async def take(self, frame: str | bytes) -> None:
        """Everything one WebSocket message says."""
        try:
            said = list(lines(frame))
        except NotUnderstood as what:
            self._odd(str(what))
            return
        for line in said:
            try:
                message = parse(line)
            except NotUnderstood as what:
                self._odd(str(what))
                continue
            await self._hear(message)

    async def _hear(self, message: Message) -> None:
        if self._settles(message):
            return
        match message.command:
            case "PING":
                await self._socket.send(written("PONG", text=message.param(0)))
            case "ERROR":
                self._end(self._why.closed(codec.plain(message.last)))
            case "RECONNECT":
                self._end(self._why.closed("RECONNECT"))
            case "KICK" if message.param(1).lower() == self._reading.nick.lower():
                self._end(self._why.closed("KICK"))
            case "NICK" if self._reading.is_self(message):
                self._reading.nick = message.param(0)
            case command if command.isalpha() and command not in KNOWN:
                self._odd("unknown_command")
            case _:
                self._inbox.give(*self._reading.events(message, self._clock.now()))

    def _settles(self, message: Message) -> bool:
        """Whether *message* is the word on the line that is on its way."""
        line = self._flying
        label = message.tags.get("label")
        if line is None or label not in {None, line.mark}:
            return False
        dialect = self._reading.dialect
        outcome = codec.refusal(message, dialect, self._clock.now())
        known = message.tags.get("msgid")
        match message.command:
            case "PRIVMSG" if self._echoes and self._reading.is_self(message):
                if label == line.mark or message.param(1) == line.text.strip():
                    outcome = self._outcome(SendResult.SENT, known=known)
            case "ACK" if label == line.mark:
                outcome = self._outcome(SendResult.SENT)
            case "PONG" if message.last == line.mark:
                outcome = self._outcome(SendResult.SENT)
            case "USERSTATE" if not dialect.asks_first:
                outcome = self._outcome(SendResult.SENT, known=message.tags.get("id"))
            case _:
                pass
        if outcome is not None and not line.answer.done():
            line.answer.set_result(outcome)
        return outcome is not None

    async def _read(self) -> None:
        try:
            while True:
                frame = await self._socket.recv()
                self._pulse.beat()
                await self.take(frame)
                await self._inbox.has_room()
        except ConnectionClosed:
            self._end(self._why.closed())
        finally:
            self._end(self._why.silent())  # also when reading itself failed

    def _end(self, failure: RoomError) -> None:
        self._over = True
        self._inbox.end(failure)
        if self._flying is not None and not self._flying.answer.done():
            self._flying.answer.set_result(self._outcome(SendResult.UNCERTAIN))

    async def _ping(self, n: int) -> None:
        await self._socket.send(written("PING", text=f"alive-{n}"))

    def _fell_silent(self) -> None:
        self._end(self._why.silent())
        self._socket.transport.abort()  # who says nothing won't say goodbye
