"""RoomProtocolLink: one open socket - its reader, its pings, and the room's word on each line."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import assert_never

from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed

from streambot.adapters.rooms.address_book import AddressBook
from streambot.adapters.rooms.link_tasks import ended
from streambot.adapters.rooms.open_link import OpenLink
from streambot.adapters.rooms.pulse import Pulse
from streambot.adapters.rooms.room_protocol import codec, frames
from streambot.adapters.rooms.room_protocol.why import Why
from streambot.adapters.rooms.within import within
from streambot.domain.faq.entry import Visibility
from streambot.domain.reply import LineId, LineOut, SendOutcome, SendResult
from streambot.domain.viewer import ViewerKey
from streambot.errors import RoomError
from streambot.ports.clock import Clock
from streambot.ports.connector import Opened

_SENT_WITHIN = timedelta(seconds=10)


class RoomProtocolLink(OpenLink):
    """One open link; leaving it ends its reading and its pings."""

    def __init__(
        self,
        socket: ClientConnection,
        opened: Opened,
        reading: codec.Reading,
        *,
        why: Why,
        book: AddressBook,
        clock: Clock,
        odd: Callable[[str], None],
    ) -> None:
        super().__init__(opened, clock)
        self._socket = socket
        self._reading = reading
        self._why = why
        self._book = book
        self._odd = odd
        self._answers: dict[LineId, asyncio.Future[SendOutcome]] = {}
        self._pulse = Pulse(clock, self._ping, self._fell_silent)
        self._tasks: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> RoomProtocolLink:
        self._tasks = [
            asyncio.create_task(self._read(), name="room protocol reader"),
            asyncio.create_task(self._pulse.run(), name="room protocol pings"),
        ]
        return self

    async def __aexit__(self, *_: object) -> None:
        failures = await ended(self._tasks)
        self._leave_unanswered()
        for failure in failures:
            raise failure

    async def keep_address(self, viewer: ViewerKey) -> None:
        """Keep the way to write to *viewer* in private beyond this process, encrypted."""
        await self._book.keep(viewer, self._opened.broadcast, self._clock.now())

    async def send(self, line: LineOut) -> SendOutcome:
        """Write a line and wait for the room's word on it; never raises for a dead link."""
        private = line.visibility is Visibility.PRIVATE
        to = [
            await self._book.address_of(viewer.key)
            if private
            else self._book.known(viewer.key)
            for viewer in line.to
        ]
        known = [raw for raw in to if raw is not None]
        if private and not known:
            return self._outcome(SendResult.REFUSED, code="no_address")
        answer: asyncio.Future[SendOutcome] = asyncio.get_running_loop().create_future()
        self._answers[line.line_id] = answer
        try:
            await self._socket.send(codec.send(line, known))
            return await within(self._clock, _SENT_WITHIN, answer)
        except (ConnectionClosed, TimeoutError):
            return self._outcome(SendResult.UNCERTAIN)
        finally:
            self._answers.pop(line.line_id, None)

    def _outcome(self, result: SendResult, code: str | None = None) -> SendOutcome:
        return SendOutcome(result=result, at=self._clock.now(), code=code)

    # --- reading ---------------------------------------------------------------------

    async def _read(self) -> None:
        try:
            while True:
                message = await self._socket.recv()
                self._pulse.beat()
                await self._take(message)
                await self._inbox.has_room()
        except ConnectionClosed as error:
            self._end(self._why.closed_by(error))
        finally:
            self._end(self._why.silent())  # also when reading itself failed

    async def _take(self, message: str | bytes) -> None:
        now = self._clock.now()
        try:
            frame = codec.decode(message)
            if isinstance(frame, frames.EventFrame):
                self._inbox.give(self._reading.event(frame, now))
                return
        except codec.NotUnderstood as what:
            self._odd(str(what))
            return
        match frame:
            case frames.GapFrame():
                self._inbox.give(codec.gap(frame, now))
            case frames.SentFrame():
                outcome = SendOutcome(
                    result=SendResult.SENT, at=now, platform_id=frame.id
                )
                self._answered(frame.out_id, outcome)
            case frames.RefusedFrame():
                self._answered(frame.out_id, codec.refusal(frame, now))
            case frames.PingFrame():
                await self._socket.send(codec.pong(frame.n))
            case frames.ErrorFrame():
                self._end(self._why.refused(frame.code))
            case frames.PongFrame() | frames.WelcomeFrame():
                pass
            case _:
                assert_never(frame)

    def _answered(self, out_id: str, outcome: SendOutcome) -> None:
        answer = self._answers.get(LineId(out_id))
        if answer is not None and not answer.done():
            answer.set_result(outcome)

    def _end(self, failure: RoomError) -> None:
        self._inbox.end(failure)
        self._leave_unanswered()

    def _leave_unanswered(self) -> None:
        for answer in self._answers.values():
            if not answer.done():
                answer.set_result(self._outcome(SendResult.UNCERTAIN))

    async def _ping(self, n: int) -> None:
        await self._socket.send(codec.ping(n))

    def _fell_silent(self) -> None:
        self._end(self._why.silent())
        self._socket.transport.abort()  # who says nothing won't say goodbye
