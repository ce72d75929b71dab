"""Client of the room protocol: one WebSocket a room, bounded, timed by the Clock alone."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from itertools import count
from typing import Protocol, TypeVar, assert_never

import structlog
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import (
    ConnectionClosed,
    InvalidHandshake,
    InvalidStatus,
    InvalidURI,
    WebSocketException,
)
from websockets.typing import Subprotocol

from streambot.adapters.rooms.room_protocol import codec
from streambot.domain.events import LinkChanged, PlatformEvent
from streambot.domain.faq.entry import Visibility
from streambot.domain.reply import EventId, LineId, LineOut, SendOutcome, SendResult
from streambot.domain.room import Scene
from streambot.domain.viewer import ViewerKey
from streambot.errors import ProtocolBroken, RoomError, RoomRefused, RoomUnreachable
from streambot.ports.clock import Clock
from streambot.ports.connector import Opened

_log = structlog.get_logger()
T = TypeVar("T")

_OPEN_WITHIN = timedelta(seconds=10)
_SENT_WITHIN = timedelta(seconds=10)
#: A ping goes out after so long; a link that stays silent for twice that is dead.
_PING_EVERY = timedelta(seconds=15)
#: The library's own bound, above the codec's: what is longer closes the link unread.
_MESSAGE_BYTES = 2 * 1024 * 1024
#: Events read and not yet taken before the peer is made to wait.
_MOST_WAITING = 2000
#: Raw ids of viewers seen lately, to write to them.
_ADDRESSES_KEPT = 20_000

_REFUSED = {
    "bad_token": (
        4001,
        "直播间“{room}”拒绝了令牌：请更新 {setting} 后重启。 "
        "Room {room} refused the token: renew {setting} and start again.",
    ),
    "no_such_room": (
        4004,
        "服务器上没有直播间“{room}”：请核对 config.yaml 里的 name 和 url，会继续重试。 "
        "There is no room {room} at that address: check name and url in config.yaml; "
        "trying goes on.",
    ),
    "replaced": (
        4009,
        "直播间“{room}”已被另一个程序接管：请关掉另一个 streambot 再重启。 "
        "Another program took room {room} over: stop it, then start again.",
    ),
}
_CODES = {code: name for name, (code, _) in _REFUSED.items()}


class SendAddresses(Protocol):
    """Where raw platform ids are kept, encrypted, for those who must be written to later."""

    async def address_of(self, viewer: ViewerKey) -> str | None:
        """The raw id, or None when it isn't kept."""
        ...


class RoomProtocolConnector:
    """Opens links to one room of a room-protocol server."""

    def __init__(
        self,
        *,
        room: str,
        url: str,
        token: str,
        clock: Clock,
        key_of: Callable[[str, str], ViewerKey],
        addresses: SendAddresses | None = None,
        token_setting: str = "token_env",
    ) -> None:
        self._room = room
        self._url = url
        self._token = token
        self._token_setting = token_setting
        self._clock = clock
        self._key_of = key_of
        self._kept = addresses
        self._lately: OrderedDict[ViewerKey, str] = OrderedDict()
        self._named: set[str] = set()

    @asynccontextmanager
    async def open(
        self, after: EventId | None, *, odd: Callable[[str], None] | None = None
    ) -> AsyncIterator[RoomProtocolLink]:
        """A link that resumes behind event *after*; *odd* hears of frames not understood.

        Raises:
            RoomUnreachable: no connection could be made.
            RoomRefused: the room said no.
        """
        socket = await self._connected()
        try:
            welcome = await self._welcomed(socket, after)
            link = RoomProtocolLink(self, socket, welcome, odd or (lambda _: None))
            async with link:
                yield link
        finally:
            await socket.close()

    async def _connected(self) -> ClientConnection:
        opening = connect(
            self._url,
            subprotocols=[Subprotocol(codec.SUBPROTOCOL)],
            compression=None,
            open_timeout=None,
            ping_interval=None,
            close_timeout=2,
            max_size=_MESSAGE_BYTES,
            max_queue=64,
            proxy=None,
        )
        try:
            return await within(self._clock, _OPEN_WITHIN, _opened(opening))
        except TimeoutError as error:
            raise self._unreachable("没有应答", "no answer") from error
        except InvalidURI as error:
            raise self._unreachable("地址写错了", "not an address") from error
        except InvalidStatus as error:
            status = error.response.status_code
            raise self._unreachable(f"HTTP {status}", f"HTTP {status}") from error
        except (InvalidHandshake, WebSocketException, EOFError) as error:
            raise self._unreachable(
                "对方不是直播间服务", "not a room server"
            ) from error
        except OSError as error:
            raise self._unreachable("连接被拒绝", "connection refused") from error

    def _unreachable(self, zh: str, en: str) -> RoomUnreachable:
        return RoomUnreachable(
            self._room,
            f"连不上直播间“{self._room}”（{self._url}，{zh}），会自动重试。 "
            f"Room {self._room} can't be reached at {self._url} ({en}); trying goes on.",
        )

    async def _welcomed(
        self, socket: ClientConnection, after: EventId | None
    ) -> codec.WelcomeFrame:
        try:
            await socket.send(codec.hello(self._room, self._token, after))
            message = await within(self._clock, _OPEN_WITHIN, socket.recv())
            frame = codec.decode(message)
        except TimeoutError as error:
            raise self._unreachable("没有应答", "no answer") from error
        except ConnectionClosed as error:
            raise self.closed(error) from error
        except codec.NotUnderstood as error:
            raise self._broken(str(error)) from error
        match frame:
            case codec.WelcomeFrame():
                return frame
            case codec.ErrorFrame():
                raise self.refused(frame.code)
            case _:
                raise self._broken("no_welcome")

    def _broken(self, what: str) -> ProtocolBroken:
        return ProtocolBroken(
            self._room,
            f"直播间“{self._room}”发来的内容看不懂（{what}）。 "
            f"Room {self._room} doesn't speak the room protocol ({what}).",
        )

    def refused(self, code: str) -> RoomError:
        """The error that a code of the protocol stands for."""
        if code not in _REFUSED:
            return self._broken(code[:40] or "error")
        number, sentence = _REFUSED[code]
        told = sentence.format(room=self._room, setting=self._token_setting)
        return RoomRefused(self._room, told, number)

    def closed(self, error: ConnectionClosed) -> RoomError:
        """Why the socket closed, as one of our errors."""
        code = error.rcvd.code if error.rcvd is not None else 0
        if code in _CODES:
            return self.refused(_CODES[code])
        return RoomUnreachable(
            self._room,
            f"与直播间“{self._room}”的连接断了，会自动重连。 "
            f"The link to room {self._room} was cut; connecting again.",
        )

    def silent(self) -> RoomUnreachable:
        """The room said nothing for too long."""
        return self._unreachable("没有任何消息", "silent")

    def odd(self, name: str) -> None:
        """Name in the log, once per start, what can't be understood."""
        if name not in self._named:
            self._named.add(name)
            _log.warning("frame_not_understood", room=self._room, what=name)

    @property
    def clock(self) -> Clock:
        """What times this connector."""
        return self._clock

    def key_for(self, platform: str, raw_id: str) -> ViewerKey:
        """The viewer's key; the raw id is kept in memory to write to them."""
        key = self._key_of(platform, raw_id)
        self._lately[key] = raw_id
        self._lately.move_to_end(key)
        if len(self._lately) > _ADDRESSES_KEPT:
            self._lately.popitem(last=False)
        return key

    async def address_of(self, key: ViewerKey) -> str | None:
        """The platform's own id of a viewer, None when it is not known any more."""
        raw = self._lately.get(key)
        if raw is None and self._kept is not None:
            raw = await self._kept.address_of(key)
        return raw

    def scene(self, platform: str, opened: Opened) -> Scene:
        """Where this link's events happen."""
        return codec.scene(platform, self._room, opened.broadcast)


class RoomProtocolLink:
    """One open link; leaving it ends its reading and its pings."""

    def __init__(
        self,
        connector: RoomProtocolConnector,
        socket: ClientConnection,
        welcome: codec.WelcomeFrame,
        odd: Callable[[str], None],
    ) -> None:
        self._connector = connector
        self._clock = connector.clock
        self._socket = socket
        self._opened = codec.opened(welcome)
        self._reading = codec.Reading(
            scene=connector.scene(welcome.platform, self._opened),
            key_of=connector.key_for,
            skew=codec.skew(welcome, self._clock.now()),
        )
        self._odd = odd
        self._waiting: list[PlatformEvent | LinkChanged] = []
        self._arrived = asyncio.Event()
        self._taken = asyncio.Event()
        self._failure: RoomError | None = None
        self._answers: dict[LineId, asyncio.Future[SendOutcome]] = {}
        self._heard = True
        self._tasks: list[asyncio.Task[None]] = []

    @property
    def opened(self) -> Opened:
        """What the room said at the start."""
        return self._opened

    async def __aenter__(self) -> RoomProtocolLink:
        self._tasks = [
            asyncio.create_task(self._read(), name="room protocol reader"),
            asyncio.create_task(self._keep_alive(), name="room protocol pings"),
        ]
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._tasks:
            task.cancel()
        ends = await asyncio.gather(*self._tasks, return_exceptions=True)
        self._leave_unanswered()
        for end in ends:
            if isinstance(end, Exception):
                raise end

    async def events(self) -> AsyncIterator[Sequence[PlatformEvent | LinkChanged]]:
        """Events in order of arrival, in whatever bunches they came.

        Raises:
            RoomError: the link died; everything read before was given.
        """
        while True:
            await self._arrived.wait()
            self._arrived.clear()
            bunch, self._waiting = self._waiting, []
            self._taken.set()
            if bunch:
                yield bunch
            elif self._failure is not None:
                raise self._failure

    async def send(self, line: LineOut) -> SendOutcome:
        """Write a line and wait for the room's word on it; never raises for a dead link."""
        to = [await self._connector.address_of(viewer.key) for viewer in line.to]
        known = [raw for raw in to if raw is not None]
        if line.visibility is Visibility.PRIVATE and not known:
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
                self._heard = True
                await self._take(message)
                while len(self._waiting) >= _MOST_WAITING:
                    self._taken.clear()
                    await self._taken.wait()
        except ConnectionClosed as error:
            self._end(self._connector.closed(error))
        finally:
            self._end(self._connector.silent())  # also when reading itself failed

    async def _take(self, message: str | bytes) -> None:
        now = self._clock.now()
        try:
            frame = codec.decode(message)
            if isinstance(frame, codec.EventFrame):
                self._give(self._reading.event(frame, now))
                return
        except codec.NotUnderstood as what:
            self._connector.odd(str(what))
            self._odd(str(what))
            return
        match frame:
            case codec.GapFrame():
                self._give(codec.gap(frame, now))
            case codec.SentFrame():
                outcome = SendOutcome(
                    result=SendResult.SENT, at=now, platform_id=frame.id
                )
                self._answered(frame.out_id, outcome)
            case codec.RefusedFrame():
                self._answered(frame.out_id, codec.refusal(frame, now))
            case codec.PingFrame():
                await self._socket.send(codec.pong(frame.n))
            case codec.ErrorFrame():
                self._end(self._connector.refused(frame.code))
            case codec.PongFrame() | codec.WelcomeFrame():
                pass
            case _:
                assert_never(frame)

    def _give(self, event: PlatformEvent | LinkChanged) -> None:
        self._waiting.append(event)
        self._arrived.set()

    def _answered(self, out_id: str, outcome: SendOutcome) -> None:
        answer = self._answers.get(LineId(out_id))
        if answer is not None and not answer.done():
            answer.set_result(outcome)

    def _end(self, failure: RoomError) -> None:
        if self._failure is None:
            self._failure = failure
        self._arrived.set()
        self._leave_unanswered()

    def _leave_unanswered(self) -> None:
        for answer in self._answers.values():
            if not answer.done():
                answer.set_result(self._outcome(SendResult.UNCERTAIN))

    async def _keep_alive(self) -> None:
        """Ask after a while of silence; a second while of it means the link is dead."""
        for n in count(1):
            await self._clock.sleep(_PING_EVERY)
            if not self._heard:
                self._end(self._connector.silent())
                return
            self._heard = False
            try:
                await self._socket.send(codec.ping(n))
            except ConnectionClosed:
                return  # the reader tells why


async def _opened(opening: connect) -> ClientConnection:
    return await opening


async def within(clock: Clock, span: timedelta, work: Awaitable[T]) -> T:
    """The result of *work*, if it comes within *span* of the clock's time.

    Raises:
        TimeoutError: it didn't; the work was cancelled.
    """
    doing = asyncio.ensure_future(work)
    waiting = asyncio.ensure_future(clock.sleep(span))
    try:
        await asyncio.wait({doing, waiting}, return_when=asyncio.FIRST_COMPLETED)
        if doing.done():
            return doing.result()
        raise TimeoutError
    finally:
        for task in (doing, waiting):
            task.cancel()
        await asyncio.gather(doing, waiting, return_exceptions=True)
