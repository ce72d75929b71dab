"""TwitchLink: one session of EventSub over whichever socket it is on, and lines out by Helix."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed

from streambot.adapters.rooms.link_tasks import ended
from streambot.adapters.rooms.open_link import OpenLink
from streambot.adapters.rooms.pace import Pace
from streambot.adapters.rooms.twitch import codec, frames, topics
from streambot.adapters.rooms.twitch.helix import Helix, not_yet
from streambot.adapters.rooms.twitch.keyring import CHECK_EVERY, Keyring
from streambot.adapters.rooms.twitch.told import Told
from streambot.adapters.rooms.twitch.why import Why
from streambot.adapters.rooms.twitch_words import no_command
from streambot.domain.faq.entry import Visibility
from streambot.domain.reply import LineOut, SendOutcome, SendResult
from streambot.domain.viewer import ViewerKey
from streambot.errors import RoomError, RoomRefused, RoomUnreachable
from streambot.ports.clock import Clock
from streambot.ports.connector import Opened

#: Beyond the keepalive that Twitch promises, before a silent socket is a dead one.
_GRACE = timedelta(seconds=5)
_KEEPALIVE = timedelta(seconds=10)

#: Opens the socket that Twitch wants us on, its welcome read.
Mover = Callable[[str], Awaitable[tuple[ClientConnection, frames.Session]]]


class TwitchLink(OpenLink):
    """One open link; leaving it ends its reading and its sockets."""

    def __init__(
        self,
        socket: ClientConnection,
        session: frames.Session,
        opened: Opened,
        reading: codec.Reading,
        *,
        move: Mover,
        helix: Helix,
        keyring: Keyring,
        told: Told,
        why: Why,
        pace: Pace,
        clock: Clock,
        odd: Callable[[str], None],
    ) -> None:
        super().__init__(opened, clock)
        self._socket = socket
        self._keepalive = keepalive(session)
        self._reading = reading
        self._move_to = move
        self._helix = helix
        self._keyring = keyring
        self._told = told
        self._why = why
        self._pace = pace
        self._odd = odd
        self._turn = asyncio.Lock()
        self._over = False
        self._heard = True
        self._moving: asyncio.Task[None] | None = None
        self._tasks: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> TwitchLink:
        for work in (self._read(self._socket), self._watch(), self._check_hourly()):
            self._tasks.append(asyncio.create_task(work, name="twitch link"))
        return self

    async def __aexit__(self, *_: object) -> None:
        failures = await ended(self._tasks)
        self._end(self._why.closed())
        await self._socket.close()
        for failure in failures:
            raise failure

    async def keep_address(self, viewer: ViewerKey) -> None:
        """Nobody can be written to in private here."""

    async def send(self, line: LineOut) -> SendOutcome:
        """Write a line and take Twitch's word on it; never raises for a dead link."""
        if line.visibility is Visibility.PRIVATE:
            return self._refused("no_address")
        async with self._turn:
            now = self._clock.now()
            wait = self._pace.wait(now)
            if wait > timedelta():
                return self._refused("rate", wait.total_seconds())
            text = self._pace.distinct(no_command(line.text), now)
            self._pace.use(text, now)
            try:
                outcome = await self._written(text)
            finally:
                self._pace.taken(self._clock.now())
            self._pace.settled(text, outcome)
            return outcome

    async def _written(self, text: str) -> SendOutcome:
        """Helix's word on *text*; where it takes no token of ours, the hour's check is due now.

        A room that ends for want of a token stays ended, so that it is none is for the check to
        say. A token that it calls good is tried once more: nothing was written with it.
        """
        reading, now = self._reading, self._clock.now()
        for checked in (False, True):
            try:
                return await self._helix.send(
                    text, reading.broadcaster, reading.account, now
                )
            except RoomRefused:
                if not checked and not await self._check():
                    return not_yet(self._clock.now())
        return self._refused("forbidden")

    def _refused(self, code: str, wait: float | None = None) -> SendOutcome:
        return SendOutcome(
            result=SendResult.REFUSED,
            at=self._clock.now(),
            code=code,
            retry_after=wait,
        )

    # --- reading ---------------------------------------------------------------------

    async def _read(self, socket: ClientConnection) -> None:
        try:
            while True:
                message = await socket.recv()
                self._heard = True
                self.take(message)
                await self._inbox.has_room()
        except ConnectionClosed as error:
            if self._moving is not None and socket is self._socket:
                await asyncio.wait({self._moving})  # it may be cut a moment too early
            if socket is self._socket:
                self._end(self._why.closed(error.rcvd.code if error.rcvd else None))
        finally:
            if socket is self._socket:
                self._end(self._why.silent())  # also when reading itself failed

    def take(self, message: str | bytes) -> None:
        """Everything one message says."""
        try:
            frame = codec.decode(message)
            match frame.metadata.message_type:
                case "notification":
                    self._notice(frame)
                case "session_reconnect":
                    self._reconnect(frame.payload.session)
                case "revocation":
                    self._revoked(frame.payload.subscription)
                case "session_welcome" | "session_keepalive":
                    pass
                case _:
                    self._odd("unknown_frame")
        except codec.NotUnderstood as what:
            self._odd(str(what))

    def _notice(self, frame: frames.Frame) -> None:
        if self._told.before(frame.metadata.message_id):
            return
        self._inbox.give(*self._reading.events(frame, self._clock.now()))

    def _revoked(self, gone: frames.Subscription | None) -> None:
        if gone is not None and gone.type == topics.CHAT:
            self._end(self._why.revoked(gone.status))
        else:
            self._odd("topic_revoked")  # follows, say: the chat goes on

    # --- moving ----------------------------------------------------------------------

    def _reconnect(self, session: frames.Session | None) -> None:
        """Twitch wants us on another socket; this one is read until that one is open."""
        url = session.reconnect_url if session else None
        if not url or (self._moving is not None and not self._moving.done()):
            return
        self._moving = asyncio.create_task(self._move(url), name="twitch move")
        self._tasks.append(self._moving)

    async def _move(self, url: str) -> None:
        try:
            socket, session = await self._move_to(url)
        except RoomError:
            self._odd(
                "move_failed"
            )  # the old socket is closed then, and all begins anew
            return
        if self._over:
            await socket.close()
            return
        old, self._socket = self._socket, socket
        self._keepalive = keepalive(session)
        reader = asyncio.create_task(self._read(socket), name="twitch link")
        self._tasks.append(reader)
        await old.close()

    # --- staying alive ---------------------------------------------------------------

    async def _watch(self) -> None:
        """End a link on which nothing came for longer than Twitch promised."""
        while True:
            self._heard = False
            await self._clock.sleep(self._keepalive + _GRACE)
            if not self._heard:
                self._end(self._why.silent())
                self._socket.transport.abort()  # who says nothing won't say goodbye
                return

    async def _check_hourly(self) -> None:
        """Twitch wants the token checked every hour."""
        while not self._over:
            await self._clock.sleep(CHECK_EVERY)
            await self._check()

    async def _check(self) -> bool:
        """Whether Twitch calls the token good; one that it doesn't take ends the link."""
        try:
            await self._keyring.check()
        except RoomUnreachable:
            self._odd("token_not_checked")  # in an hour again: the chat is what counts
        except RoomError as error:
            self._end(error)
        else:
            return True
        return False

    def _end(self, failure: RoomError) -> None:
        self._over = True
        self._inbox.end(failure)


def keepalive(session: frames.Session) -> timedelta:
    """How long a socket may be silent."""
    seconds = session.keepalive_timeout_seconds
    return timedelta(seconds=seconds) if seconds and seconds > 0 else _KEEPALIVE
