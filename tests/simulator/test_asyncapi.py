"""docs/asyncapi/room-v1.yaml is sound, and says exactly what the simulator says and takes."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from copy import deepcopy
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator
from websockets.exceptions import ConnectionClosed

from streambot.simulator.crowd import Crowd
from streambot.simulator.facts import Limits
from streambot.simulator.frames import CLOSE_CODES, KINDS
from streambot.simulator.room import SimulatedRoom
from streambot.simulator.script import Player
from streambot.simulator.server import RoomServer, serve_rooms
from tests.simulator.peer import Frame, Peer, joined

_ROOT = Path(__file__).parents[2]
_STRUCTURE = Path(__file__).with_name("asyncapi_structure.json")


@cache
def _document() -> dict[str, Any]:
    text = (_ROOT / "docs/asyncapi/room-v1.yaml").read_text(encoding="utf-8")
    document: dict[str, Any] = yaml.safe_load(text)
    return document


def _references(node: object) -> Iterator[str]:
    match node:
        case {"$ref": str(target)}:
            yield target
        case dict():
            for each in node.values():
                yield from _references(each)
        case list():
            for each in node:
                yield from _references(each)


def _target(reference: str) -> Any:
    node: Any = _document()
    for step in reference.removeprefix("#/").split("/"):
        node = node[step]
    return node


@cache
def _validator(message: str) -> Draft202012Validator:
    """Strict: a field that the document doesn't name is an error here."""
    schema = deepcopy(_document()["components"]["messages"][message]["payload"])
    schema["unevaluatedProperties"] = False
    return Draft202012Validator({**schema, "components": _document()["components"]})


def _check(frame: Frame) -> str:
    name = str(frame["kind"] if frame["type"] == "event" else frame["type"])
    errors = [error.message for error in _validator(name).iter_errors(frame)]
    assert not errors, f"{frame}: {errors}"
    return name


def _messages(action: str) -> set[str]:
    """The messages that the room sends, or receives."""
    names = set()
    for operation in _document()["operations"].values():
        replies = operation.get("reply", {}).get("messages", [])
        mine, theirs = operation["messages"], replies
        if operation["action"] != action:
            mine, theirs = theirs, mine
        names |= {each["$ref"].rsplit("/", 1)[1] for each in mine}
    return names


def test_structure() -> None:
    """The document has AsyncAPI 3.0's structure, valid schemas, and no dangling reference."""
    structure = json.loads(_STRUCTURE.read_text(encoding="utf-8"))
    Draft202012Validator(structure).validate(_document())
    for reference in _references(_document()):
        assert _target(reference), reference
    messages = _document()["components"]["messages"]
    assert messages.keys() == _document()["channels"]["room"]["messages"].keys()
    assert messages.keys() == _messages("send") | _messages("receive")


def test_kinds_and_codes_are_those_of_the_simulator() -> None:
    """Every kind with its fields, and every error code, is in the document, and no other."""
    messages = _document()["components"]["messages"]
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
        _check(frame)


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
    assert {_check(frame) for frame in told} == _messages("receive")
    assert {_check(frame) for frame in heard} == _messages("send")


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
