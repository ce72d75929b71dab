"""Parking: lines that wait for the rest of a sentence, a look-up or a ticket number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from streambot.domain.actions import LookAgain
from streambot.domain.events import ViewerSpoke
from streambot.domain.faq.likeness import Looked
from streambot.domain.reply import EventId
from streambot.domain.viewer import ViewerKey

#: Viewers who may wait at once; beyond it lines are decided without waiting.
PLACES = 10_000


class Awaited(StrEnum):
    """What a parked line waits for."""

    SENTENCE = "sentence"  # the rest of what the viewer is typing
    ORDER = "order"  # the order source
    LOOK = "look"  # the second look
    TICKET = "ticket"  # the ticket just asked for


@dataclass(slots=True, kw_only=True)
class Parked:
    """One viewer's waiting lines; ``behind`` came later and are heard afterwards."""

    viewer: ViewerKey
    awaited: Awaited
    lines: list[ViewerSpoke]
    until: datetime
    behind: list[ViewerSpoke] = field(default_factory=list)
    final: bool = False  # nothing more was awaited when the second look was asked for
    look: LookAgain | None = None
    looked: Looked | None = None  # what an earlier look said of these lines

    @classmethod
    def sentence(
        cls, lines: Sequence[ViewerSpoke], wait: timedelta, looked: Looked | None
    ) -> Parked:
        """Lines that wait for what their viewer may be typing."""
        return cls(
            viewer=lines[0].viewer.key,
            awaited=Awaited.SENTENCE,
            lines=list(lines),
            until=lines[0].received_at + wait,
            looked=looked,
        )

    @property
    def ref(self) -> EventId:
        """The first line's id, by which answers from outside find their way back."""
        return self.lines[0].id if self.lines else EventId("")

    @property
    def text(self) -> str:
        """The lines as one sentence."""
        return " ".join(line.text for line in self.lines)


class ParkingLot:
    """At most one parked sentence per viewer; other viewers never wait for it."""

    def __init__(self, places: int = PLACES) -> None:
        self._places = places
        self._parked: dict[ViewerKey, Parked] = {}

    @property
    def is_full(self) -> bool:
        """Whether nobody else can wait."""
        return len(self._parked) >= self._places

    def park(self, parked: Parked) -> None:
        """Let a viewer's lines wait."""
        self._parked[parked.viewer] = parked

    def of(self, viewer: ViewerKey) -> Parked | None:
        """What waits for this viewer."""
        return self._parked.get(viewer)

    def release(self, viewer: ViewerKey) -> Parked | None:
        """Take a viewer's lines out."""
        return self._parked.pop(viewer, None)

    def answered(self, ref: str) -> Parked | None:
        """Take out the lines an outside answer is about; None when they went on already."""
        for parked in self._parked.values():
            if parked.ref == ref and parked.awaited is Awaited.ORDER:
                return self.release(parked.viewer)
        return None

    def looked_at(self, ref: str) -> Parked | None:
        """Take out the lines a second look is about; None when they went on already."""
        for parked in self._parked.values():
            if parked.look is not None and parked.look.ref == ref:
                return self.release(parked.viewer)
        return None

    def release_looks(self) -> list[Parked]:
        """Take out everything that waits for a second look, longest first."""
        waiting = [each for each in self._parked.values() if each.look is not None]
        for parked in waiting:
            del self._parked[parked.viewer]
        return waiting

    def due(self, at: datetime) -> list[Parked]:
        """Take out everything that has waited long enough, longest first."""
        ripe = [parked for parked in self._parked.values() if parked.until <= at]
        ripe.sort(key=lambda parked: (parked.until, parked.ref))
        for parked in ripe:
            del self._parked[parked.viewer]
        return ripe

    def withdraw(self, event: EventId) -> tuple[ViewerSpoke, Parked] | None:
        """Take out a line that was taken back; gives it, and where it waited.

        A sentence that loses one of its lines goes with it, to be heard anew.
        """
        for parked in self._parked.values():
            for waiting in (parked.lines, parked.behind):
                line = next((each for each in waiting if each.id == event), None)
                if line is None:
                    continue
                waiting.remove(line)
                if waiting is parked.lines:
                    self.release(parked.viewer)
                return line, parked
        return None
