"""docs/asyncapi/room-v1.yaml is sound, and says exactly what the simulator says and takes."""

from __future__ import annotations

import contextlib
from datetime import timedelta

import pytest
from websockets.exceptions import ConnectionClosed

from streambot.simulator.crowd import Crowd
from streambot.simulator.facts import Limits
from streambot.simulator.frames import CLOSE_CODES, KINDS
from streambot.simulator.room import SimulatedRoom
from streambot.simulator.script import Player
from streambot.simulator.server import RoomServer, serve_rooms
from tests.asyncapi_document import room_protocol
from tests.simulator.peer import Frame, Peer, joined

_ROOM = room_protocol()


def test_structure() -> None:
    """The document has AsyncAPI 3.0's structure, valid schemas, and no dangling reference."""
    _ROOM.check_structure()


def test_kinds_and_codes_are_those_of_the_simulator() -> None:
    """Every kind with its fields, and every error code, is in the document, and no other."""
    messages = _ROOM.messages
    for kind, fields in KINDS.items():
        own = messages[kind]["payload"]["allOf"][1]["properties"]
        assert own.keys() - {"kind"} == fields
    events = {name for name, each in messages.items() if "allOf" in each["payload"]}
    assert events == KINDS.keys()
    codes = messages["error"]["payload"]["properties"]["code"]["enum"]
    assert set(codes) == CLOSE_CODES.keys()


@pytest.mark.parametrize(
    "frame",
    [
        {"type": "ping", "n": "1"},
        {"type": "gap", "after": "a"},
        {"type": "refused", "out_id": "o", "code": "tired", "retry_after": None},
        {"type": "pong", "n": 1, "extra": True},
    ],
)
def test_schemas_refuse(frame: Frame) -> None:
    """A wrong type, a missing field, an unknown code or field is found by the schemas."""
    with pytest.raises(AssertionError):
        _ROOM.check(frame)


async def test_every_frame_of_a_run_is_as_documented() -> None:
    """In a run of the demo with every refusal and error, each frame fits its schema, and each
    message of the document occurs.
    """
    limits = Limits(lines=1, per_seconds=3600.0)
    room = SimulatedRoom("demo", token="t", limits=limits, history=2, history_on_join=1)
    told: list[Frame] = []
    heard: list[Frame] = []
    every = timedelta(milliseconds=50)
    async with serve_rooms([room], ping_every=every) as server:
        await _busy_link(server, room, told, heard)
        for name, token, after in (
            ("nowhere", "t", None),
            ("demo", "wrong", None),
            ("demo", "t", "forgotten"),
        ):
            async with joined(server.url, name, token=token, after=after) as peer:
                await peer.tell(type="pong", n=0)
                await peer.tell(type="hello", v=1, room="x", token="x", after=None)
                await _hear_out(peer)
            told += peer.told
            heard += peer.heard
    assert _ROOM.check_all(told) == _ROOM.going("receive")
    assert _ROOM.check_all(heard) == _ROOM.going("send")


async def _busy_link(
    server: RoomServer, room: SimulatedRoom, told: list[Frame], heard: list[Frame]
) -> None:
    async with joined(server.url) as first, joined(server.url) as peer:
        await peer.hear()
        cues = (cue for cue in Crowd(1, "r").cues() if cue.tag != "drop")
        opening = [cue for cue, _ in zip(cues, range(170), strict=False)]
        await Player(room, speed=1e6).play(opening)
        await peer.send("a", "48小时内发出")
        await peer.send("a", "48小时内发出")
        for out_id, text in (("b", "包邮"), ("c", "长" * 41)):
            await peer.send(out_id, text, reply_to="e-1")
        await peer.send("d", "私聊", visibility="private", to=["v-1"])
        room.refuse_next(1, "muted", 30.0)
        await peer.send("e", "好的")
        room.emit("closed")
        await peer.send("f", "好的")
        await peer.tell(type="ping", n=1)
        await peer.hear_until("pong")
        await peer.hear_until("ping")
        await _hear_out(first)
    told += first.told + peer.told
    heard += first.heard + peer.heard


async def _hear_out(peer: Peer) -> None:
    with contextlib.suppress(ConnectionClosed):
        while True:
            await peer.hear()
