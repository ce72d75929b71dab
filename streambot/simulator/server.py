"""RoomServer: simulated rooms on a real WebSocket, with faults that tests and the demo call for."""

from __future__ import annotations

import asyncio
import contextlib
import errno
from collections import Counter
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from datetime import timedelta
from itertools import count

from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from streambot.adapters.clock import SystemClock
from streambot.errors import PortInUse
from streambot.ports.clock import Clock
from streambot.simulator import frames
from streambot.simulator.link import Link
from streambot.simulator.room import SimulatedRoom

_HELLO_WITHIN = timedelta(seconds=10)
_CLOSE_SECONDS = 2


class RoomServer:
    """Answers bots for a set of rooms; one live link a room, the newest wins."""

    def __init__(
        self,
        rooms: Iterable[SimulatedRoom],
        *,
        queue: int = 10_000,
        ping_every: timedelta | None = None,
        clock: Clock | None = None,
    ) -> None:
        self.rooms = {room.name: room for room in rooms}
        self.url = ""
        self.port = 0
        self.links_opened: Counter[str] = Counter()
        self.close_codes: dict[str, int | None] = {}  # of each room's last link
        self.odd: Counter[str] = Counter()  # frames not understood, by what was wrong
        self._queue = queue
        self._ping_every = ping_every
        self._clock = clock or SystemClock()
        self._links: dict[str, Link] = {}

    # --- faults on demand, by room -----------------------------------------------------

    def drop_link(self, room: str) -> bool:
        """Cut the room's TCP connection without a close frame; False when there is none."""
        link = self._links.get(room)
        if link is None:
            return False
        link.cut()
        return True

    def pause(self, room: str) -> None:
        """Send nothing more over the present link until ``resume``."""
        if room in self._links:
            self._links[room].pause()

    def resume(self, room: str) -> None:
        """Let a paused link go on."""
        if room in self._links:
            self._links[room].resume()

    def stall(self, room: str) -> None:
        """Leave the present link half open: nothing is sent over it, and nothing read."""
        if room in self._links:
            self._links[room].stall()

    def send_away(self, room: str, code: str) -> None:
        """End the present link with an error of the protocol."""
        if room in self._links:
            self._links[room].end(code, "sent away")

    def send_raw(self, room: str, text: str) -> None:
        """Put *text* on the wire as it is, however broken."""
        if room in self._links:
            self._links[room].push(text)

    def is_linked(self, room: str) -> bool:
        """Whether a bot is in the room now."""
        return room in self._links

    async def linked(self, room: str, times: int = 1) -> None:
        """Wait until a bot is in the room and *times* links to it were opened in all."""
        await self.rooms[room].until(
            lambda _: room in self._links and self.links_opened[room] >= times
        )

    async def drained(self, room: str) -> None:
        """Wait until all that was emitted so far is written to the room's link."""
        if room in self._links:
            await self._links[room].drained()

    # --- one bot's connection -----------------------------------------------------------

    async def handle(self, socket: ServerConnection) -> None:
        """Serve one connection from hello to its end."""
        link = Link(socket, self._queue)
        async with asyncio.TaskGroup() as tasks:
            writing = tasks.create_task(link.write())
            with contextlib.suppress(ConnectionClosed):
                room = await self._hello(socket, link)
                if room is not None:
                    await self._follow(socket, link, room)
            await socket.wait_closed()
            writing.cancel()

    async def _hello(
        self, socket: ServerConnection, link: Link
    ) -> SimulatedRoom | None:
        """The room that the first frame opens; None when the link is refused."""
        try:
            async with asyncio.timeout(_HELLO_WITHIN.total_seconds()):
                hello = frames.hear(await socket.recv())
        except (frames.BadFrame, TimeoutError):
            hello = None
        if not isinstance(hello, frames.Hello) or hello.v != frames.VERSION:
            return self._no(link, "bad_frame", "the first frame must be a hello of v 1")
        room = self.rooms.get(hello.room)
        if room is None:
            return self._no(link, "no_such_room", "no such room")
        if not room.admits(hello.token):
            return self._no(link, "bad_token", "the token does not open this room")
        self._open(link, room, hello.after)
        return room

    def _no(self, link: Link, code: str, message: str) -> SimulatedRoom | None:
        self.odd[code] += 1
        link.end(code, message)
        return None

    def _open(self, link: Link, room: SimulatedRoom, after: str | None) -> None:
        older = self._links.get(room.name)
        if older is not None:
            older.end("replaced", "another connection took over")
            older.resume()
        for frame in room.greet(after):
            link.push(frame)
        room.outlet = self._links[room.name] = link
        self.links_opened[room.name] += 1
        room.changed()

    async def _follow(
        self, socket: ServerConnection, link: Link, room: SimulatedRoom
    ) -> None:
        async with asyncio.TaskGroup() as tasks:
            pinging = tasks.create_task(self._ping(link))
            with contextlib.suppress(ConnectionClosed):
                async for message in socket:
                    self._heard(message, link, room)
            pinging.cancel()
        self._closed(link, room)

    def _closed(self, link: Link, room: SimulatedRoom) -> None:
        if self._links.get(room.name) is link:
            del self._links[room.name]
            room.outlet = None
            self.close_codes[room.name] = link.close_code
        room.changed()

    async def _ping(self, link: Link) -> None:
        if self._ping_every is None:
            return
        for n in count(1):
            await self._clock.sleep(self._ping_every)
            link.push(frames.ping(n))

    def _heard(self, message: str | bytes, link: Link, room: SimulatedRoom) -> None:
        if self._links.get(room.name) is not link:
            return  # replaced: the newer connection speaks for this room
        try:
            frame = frames.hear(message)
        except frames.BadFrame as bad:
            self.odd["bad_frame"] += 1
            if bad.out_id is None:
                link.end("bad_frame", bad.why)
            else:
                link.push(frames.refused(bad.out_id, "bad_frame", None))
            return
        match frame:
            case frames.Send():
                answer = room.take(frame)
                if answer.cut:
                    link.cut()
                else:
                    link.push(answer.frame)
            case frames.Ping():
                link.push(frames.pong(frame.n))
            case frames.Hello():
                link.end("bad_frame", "a second hello")
            case frames.Pong():
                pass
            case None:
                self.odd["unknown_type"] += 1


@asynccontextmanager
async def serve_rooms(
    rooms: Iterable[SimulatedRoom],
    host: str = "127.0.0.1",
    port: int = 0,
    *,
    queue: int = 10_000,
    ping_every: timedelta | None = None,
) -> AsyncIterator[RoomServer]:
    """Serve *rooms* while the block runs; port 0 takes a free one, see ``server.url``.

    Raises:
        PortInUse: the address is taken.
    """
    server = RoomServer(rooms, queue=queue, ping_every=ping_every)
    listening = serve(
        server.handle,
        host,
        port,
        subprotocols=[Subprotocol(frames.SUBPROTOCOL)],
        compression=None,
        ping_interval=None,
        close_timeout=_CLOSE_SECONDS,
        max_size=frames.FRAME_BYTES,
    )
    try:
        sockets = await listening
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise PortInUse(host, port, "--port") from error
        raise
    async with sockets:
        server.port = sockets.sockets[0].getsockname()[1]
        server.url = f"ws://{host}:{server.port}/"
        yield server
