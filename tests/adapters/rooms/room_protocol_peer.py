"""The simulator as a peer of the conformance suite."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from streambot.adapters.rooms.room_protocol.client import RoomProtocolConnector
from streambot.domain.viewer import ViewerKey
from streambot.ports.clock import Clock
from streambot.simulator import frames
from streambot.simulator.event_log import Event
from streambot.simulator.facts import Fact, Refused, Said, SaidAgain
from streambot.simulator.room import SimulatedRoom
from streambot.simulator.server import RoomServer, serve_rooms
from streambot.testing.conformance import Happening

TOKEN = "t0ken"
_ROOM = "demo"


class RoomProtocolPeer:
    """One simulated room and its server."""

    secret = TOKEN

    def __init__(self, server: RoomServer, clock: Clock) -> None:
        self._server = server
        self._room = server.rooms[_ROOM]
        self._clock = clock
        self._told: dict[str, Event] = {}
        self._unknown = 0
        self._written: list[str] = []
        self._room.observers.append(self._observe)

    def _observe(self, fact: Fact) -> None:
        match fact:
            case Said():
                self._written.append(fact.text)
            case SaidAgain():
                said = {line.out_id: line.text for line in self._room.said}
                self._written.append(said[fact.out_id])
            case Refused():
                self._written.append("")
            case _:
                pass

    @property
    def written(self) -> list[str]:
        """Every line that arrived."""
        return self._written

    @property
    def shown(self) -> list[str]:
        """What the room shows."""
        return [line.text for line in self._room.said]

    def connector(self) -> RoomProtocolConnector:
        """A new one."""
        return RoomProtocolConnector(
            room=_ROOM,
            url=self._server.url,
            token=TOKEN,
            clock=self._clock,
            key_of=lambda platform, raw: ViewerKey(f"{platform}:{raw}"),
        )

    async def tell(self, *happenings: Happening) -> None:
        """Each is an event of the room; what is history goes out beside its log."""
        for each in happenings:
            viewer = frames.Viewer(id=each.viewer, name=each.viewer)
            kind = "entered" if each.text is None else "spoke"
            fields = {} if each.text is None else {"text": each.text}
            if each.history:
                event = Event(
                    id=each.mark, at=each.at, kind=kind, viewer=viewer, fields=fields
                )
                self._server.send_raw(_ROOM, event.frame("history"))
            elif each.mark in self._told:
                self._room.repeat(self._told[each.mark])
            else:
                self._told[each.mark] = self._room.emit(
                    kind, viewer, id=each.mark, at=each.at, **fields
                )

    async def tell_unknown(self) -> None:
        """An event of another kind each time."""
        self._unknown += 1
        kind, mark = f"danced{self._unknown}", f"odd{self._unknown}"
        frame = {"type": "event", "id": mark, "kind": kind}
        self._server.send_raw(_ROOM, frames.encoded(frame))

    async def tell_malformed(self) -> None:
        """No JSON."""
        self._server.send_raw(_ROOM, "{nonsense")

    async def tell_oversized(self) -> None:
        """Sixteen times what a frame may be."""
        self._server.send_raw(_ROOM, "x" * 16 * frames.FRAME_BYTES)

    async def cut(self) -> None:
        """As a network does."""
        await self._server.drained(_ROOM)
        self._server.drop_link(_ROOM)

    async def fall_silent(self) -> None:
        """Nothing more is written."""
        await self._server.drained(_ROOM)
        self._server.pause(_ROOM)

    async def stop_reading(self) -> None:
        """Nothing is read either."""
        self._server.stall(_ROOM)

    async def forget(self) -> None:
        """The room knows nothing any more."""
        self._told.clear()
        self._room.forget()

    async def deny(self) -> None:
        """The token is another now."""
        self._room.renew("another")

    async def revoke(self) -> None:
        """The present link hears of it too."""
        self._room.renew("another")
        self._server.send_away(_ROOM, "bad_token")

    async def refuse_next(self) -> None:
        """For what it says."""
        self._room.refuse_next(1, "forbidden", None)

    async def penalise_next(self, seconds: float) -> None:
        """For haste."""
        self._room.refuse_next(1, "rate", seconds)

    async def die_after_next(self) -> None:
        """Shown, and the link is cut before saying so."""
        self._room.hold_sent()

    async def left(self) -> bool:
        """With a closing handshake."""
        await self._room.until(lambda _: not self._server.is_linked(_ROOM))
        return self._server.close_codes[_ROOM] == 1000

    def end(self) -> None:
        """Keep nothing that is half open."""
        self._server.drop_link(_ROOM)


@asynccontextmanager
async def serving_room_protocol(clock: Clock) -> AsyncIterator[RoomProtocolPeer]:
    """A room on a free port."""
    room = SimulatedRoom(_ROOM, token=TOKEN, clock=clock, history=100)
    async with serve_rooms([room]) as server:
        peer = RoomProtocolPeer(server, clock)
        try:
            yield peer
        finally:
            peer.end()
