"""Record: what happened in simulated rooms, one JSON line a fact, to compare a bot's store with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from streambot.simulator.event_log import Event
from streambot.simulator.facts import Fact, Refused, Said, SaidAgain
from streambot.simulator.room import SimulatedRoom

_WHAT: dict[type[Fact], str] = {
    Event: "event",
    Said: "said",
    SaidAgain: "again",
    Refused: "refused",
}


@contextmanager
def recorded(rooms: Sequence[SimulatedRoom], path: Path | None) -> Iterator[None]:
    """Append every fact of *rooms* to *path*: `{what, room, ...the fact's fields}`.

    ``what`` is event, said (a line shown), again (a line known already) or refused.
    """
    if path is None:
        yield
        return
    with path.open("ab") as file:
        for room in rooms:
            room.observers.append(partial(_write, file, room.name))
        yield


def _write(file: BinaryIO, room: str, fact: Fact) -> None:
    fields: dict[str, Any] = {"what": _WHAT[type(fact)], "room": room}
    fields |= msgspec.to_builtins(fact)
    file.write(msgspec.json.encode(fields) + b"\n")
    file.flush()  # whoever compares may read while we run
