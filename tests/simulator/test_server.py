"""The simulated room keeps the room protocol: resume, gaps, sends once, refusals, faults."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
import pytest_asyncio
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from streambot.errors import PortInUse
from streambot.simulator.facts import Limits
from streambot.simulator.frames import Viewer
from streambot.simulator.room import SimulatedRoom
from streambot.simulator.server import RoomServer, serve_rooms
from streambot.testing import FakeClock
from tests.simulator.peer import joined, opened

MING = Viewer(id="v-1", name="小明")


@pytest.fixture
def clock() -> FakeClock:
    """A clock that stands still, so that budgets are exact."""
    return FakeClock()


@pytest.fixture
def room(clock: FakeClock) -> SimulatedRoom:
    """A room that keeps five events."""
    return SimulatedRoom("demo", token="t", history=5, broadcast="b", clock=clock)


@pytest_asyncio.fixture
async def server(room: SimulatedRoom) -> AsyncIterator[RoomServer]:
    """That room on a real socket."""
    async with serve_rooms([room]) as server:
        yield server


async def _closed_with(url: str, room: str, token: str) -> tuple[str, int]:
    async with joined(url, room, token=token) as peer:
        error = await peer.hear()
        with pytest.raises(ConnectionClosed) as closed:
            await peer.hear()
    assert closed.value.rcvd is not None
    return error["code"], closed.value.rcvd.code


async def test_resume(server: RoomServer, room: SimulatedRoom) -> None:
    """What happened while nobody listened is told on resume, once, in order, as live."""
    async with joined(server.url) as peer:
        assert (await peer.hear())["broadcast"] == "b"
        first = room.emit("spoke", MING, text="在吗")
        assert (await peer.hear())["id"] == first.id
        assert server.drop_link("demo")
        with pytest.raises(ConnectionClosed) as closed:
            await peer.hear()
        assert closed.value.rcvd is None  # no close frame: the line just went dead
    missed = [room.emit("spoke", MING, text=str(n)).id for n in range(3)]
    async with joined(server.url, after=first.id) as peer:
        live = room.emit("entered", MING)
        frames = [await peer.hear() for _ in range(5)][1:]
        assert [frame["id"] for frame in frames] == [*missed, live.id]
        assert {frame["origin"] for frame in frames} == {"live"}


async def test_resume_with_overlap(server: RoomServer, room: SimulatedRoom) -> None:
    """A room set to overlap tells known events again, under the same ids."""
    room.overlap = 2
    ids = [room.emit("entered", MING).id for _ in range(4)]
    async with joined(server.url, after=ids[2]) as peer:
        assert [(await peer.hear()).get("id") for _ in range(4)] == [None, *ids[1:]]


@pytest.mark.parametrize("after", ["b-1", "of-another-day"])
async def test_gap(server: RoomServer, room: SimulatedRoom, after: str) -> None:
    """Where the last event seen is forgotten or unknown, a gap names the hole first."""
    ids = [room.emit("entered", MING).id for _ in range(8)]
    async with joined(server.url, after=after) as peer:
        _, gap, *kept = [await peer.hear() for _ in range(7)]
    assert gap == {"type": "gap", "after": after, "before": ids[3]}
    assert [frame["id"] for frame in kept] == ids[3:]


async def test_history_on_join(server: RoomServer, room: SimulatedRoom) -> None:
    """A newcomer is told so many past events as history, and none by default."""
    ids = [room.emit("spoke", MING, text="早").id for _ in range(3)]
    room.history_on_join = 2
    async with joined(server.url) as peer:
        frames = (await peer.hear(), await peer.hear(), await peer.hear())[1:]
    assert [(frame["id"], frame["origin"]) for frame in frames] == [
        (ids[1], "history"),
        (ids[2], "history"),
    ]


async def test_send_is_idempotent(server: RoomServer, room: SimulatedRoom) -> None:
    """A line sent again is answered the same and shown once, also over another link."""
    async with joined(server.url) as peer:
        first = await peer.send("o1", "48小时内发出")
        assert first == await peer.send("o1", "48小时内发出")
    async with joined(server.url) as peer:
        assert first == await peer.send("o1", "48小时内发出")
    assert [said.text for said in room.said] == ["48小时内发出"]
    assert room.duplicates == 2


async def test_uncertain_send(server: RoomServer, room: SimulatedRoom) -> None:
    """With hold_sent the line is shown, but the link dies before the word on it."""
    room.hold_sent()
    async with joined(server.url) as peer:
        await peer.hear()
        with pytest.raises(ConnectionClosed):
            await peer.send("o1", "包邮")
    async with joined(server.url) as peer:
        assert (await peer.send("o1", "包邮"))["type"] == "sent"
    assert [said.out_id for said in room.said] == ["o1"]


async def test_refusals(
    server: RoomServer, room: SimulatedRoom, clock: FakeClock
) -> None:
    """Too fast, muted, too long, forbidden and closed are each refused by their code."""
    async with joined(server.url) as peer:

        async def code_of(out_id: str, text: str = "好的", **more: object) -> str:
            answer = await peer.send(out_id, text, **more)
            return str(answer.get("code", "sent"))

        assert await code_of("a") == "sent"
        await clock.advance(timedelta(seconds=0.5))
        refused = await peer.send("b", "好的")
        assert (refused["code"], refused["retry_after"]) == ("rate", 1.5)
        await clock.advance(timedelta(seconds=1.5))
        assert await code_of("b") == "sent"  # a refused line may come again
        assert await code_of("c", "长" * 41) == "too_long"
        assert await code_of("d", visibility="private", to=["v-1"]) == "forbidden"
        assert await code_of("e", visibility="shouted") == "bad_frame"
        room.mute(60)
        assert await code_of("f") == "muted"
        room.mute(0)
        room.refuse_next(1, "muted", None)
        assert await code_of("g") == "muted"
        room.emit("closed")
        assert await code_of("h") == "closed"
    assert [said.out_id for said in room.said] == ["a", "b"]
    assert room.refusals.total() == 6


async def test_budget_is_a_sliding_window(clock: FakeClock) -> None:
    """In no window of the limit's length are more lines shown than the limit allows."""
    limits = Limits(lines=3, per_seconds=2.0, slack_seconds=0.0)
    room = SimulatedRoom("demo", token="t", limits=limits, clock=clock)
    async with serve_rooms([room]) as server, joined(server.url) as peer:
        for n in range(40):
            await peer.send(f"o{n}", "好的")
            await clock.advance(timedelta(seconds=0.3))
    at = [said.at for said in room.said]
    assert len(at) > 12
    assert all(b - a >= timedelta(seconds=2) for a, b in zip(at, at[3:], strict=False))


async def test_private_and_echo() -> None:
    """A room that can takes private lines, and echoes public ones as said by ourselves."""
    room = SimulatedRoom(
        "demo", token="t", capabilities=("room_chat", "private", "echo")
    )
    async with serve_rooms([room]) as server, joined(server.url) as peer:
        await peer.send("a", "只对您说", visibility="private", to=["v-1"])
        await room.until(lambda room: len(room.said) == 1)
        room.mute(0)
        room.limits = Limits(lines=5)
        await peer.send("b", "大家好")
        echo = [frame for frame in peer.heard if frame["type"] == "event"]
        if not echo:
            echo = [await peer.hear()]
    assert [(frame["text"], frame["viewer"]["roles"]) for frame in echo] == [
        ("大家好", ["self"])
    ]
    assert room.said[0].to == ("v-1",)


async def test_replaced(server: RoomServer, room: SimulatedRoom) -> None:
    """A second connection takes the room over; the first is told so and closed 4009."""
    async with joined(server.url) as old, joined(server.url) as new:
        await new.hear()
        assert [frame["type"] for frame in await old.hear_until("error")] == [
            "welcome",
            "error",
        ]
        with pytest.raises(ConnectionClosed) as closed:
            await old.hear()
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 4009
        room.emit("entered", MING)
        assert (await new.hear())["kind"] == "entered"


async def test_bad_token_and_no_such_room(server: RoomServer) -> None:
    """A wrong token closes with 4001, an unknown room with 4004, each after its error."""
    assert await _closed_with(server.url, "demo", "wrong") == ("bad_token", 4001)
    assert await _closed_with(server.url, "nowhere", "t") == ("no_such_room", 4004)


@pytest.mark.parametrize(
    "frame",
    ["{", '"hello"', '{"type":"ping","n":"x"}', b"\x00\xff", "[" * 5000, '{"type":7}'],
)
async def test_malformed_frames(server: RoomServer, frame: str | bytes) -> None:
    """What can't be read ends the link with bad_frame, and the room lives on."""
    async with joined(server.url) as peer:
        await peer.socket.send(frame)
        assert (await peer.hear_until("error"))[-1]["code"] == "bad_frame"
    async with joined(server.url) as peer:
        assert (await peer.hear())["type"] == "welcome"


async def test_odd_frames_that_do_no_harm(server: RoomServer) -> None:
    """A broken send is refused by its id, an unknown type ignored, a ping answered."""
    async with joined(server.url) as peer:
        await peer.tell(type="dance", n=1)
        await peer.tell(type="send", out_id="x", text=7)
        refused = (await peer.hear_until("refused"))[-1]
        assert (refused["out_id"], refused["code"]) == ("x", "bad_frame")
        await peer.tell(type="ping", n=41)
        assert await peer.hear() == {"type": "pong", "n": 41}
    assert server.odd["unknown_type"] == 1


async def test_hello_comes_first(server: RoomServer) -> None:
    """Without the subprotocol nobody gets in; a first frame that is no hello ends the talk."""
    with pytest.raises(InvalidStatus):
        async with connect(server.url):
            pass
    for frame in (
        '{"type":"ping","n":1}',
        '{"type":"hello","v":2,"room":"demo","token":"t"}',
    ):
        async with opened(server.url) as peer:
            await peer.socket.send(frame)
            assert (await peer.hear())["code"] == "bad_frame"
            with pytest.raises(ConnectionClosed):
                await peer.hear()
    async with joined(server.url) as peer:
        await peer.tell(type="hello", v=1, room="demo", token="t", after=None)
        assert (await peer.hear_until("error"))[-1]["code"] == "bad_frame"


async def test_duplicates_and_raw_frames(
    server: RoomServer, room: SimulatedRoom
) -> None:
    """An event told twice has one id; anything at all can be put on the wire."""
    async with joined(server.url) as peer:
        await peer.hear()
        event = room.emit("followed", MING)
        room.repeat(event)
        server.send_raw("demo", '{"type":"who knows"}')
        assert (await peer.hear())["id"] == (await peer.hear())["id"] == event.id
        assert await peer.hear() == {"type": "who knows"}
    with pytest.raises(ValueError, match="liked has no text"):
        room.emit("liked", MING, text="x")


async def test_slow_peer_is_cut_and_resumes(room: SimulatedRoom) -> None:
    """A link whose queue is full is cut instead of growing, and resume fills the hole."""
    async with serve_rooms([room], queue=3) as server:
        async with joined(server.url) as peer:
            await peer.hear()
            server.pause("demo")
            ids = [room.emit("entered", MING).id for _ in range(5)]
            with pytest.raises(ConnectionClosed):
                await peer.hear()
        await room.until(lambda _: not server.is_linked("demo"))
        async with joined(server.url, after=ids[2]) as peer:
            assert [(await peer.hear()).get("id") for _ in range(3)] == [None, *ids[3:]]


async def test_port_in_use(server: RoomServer) -> None:
    """A taken port is named in one sentence."""
    with pytest.raises(PortInUse, match=str(server.port)):
        async with serve_rooms([], port=server.port):
            await asyncio.sleep(0)
