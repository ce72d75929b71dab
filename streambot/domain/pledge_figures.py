"""PledgeFigures: what became of everything that viewers of a room were promised."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from streambot.domain.pledge import Broken, Pledge
from streambot.domain.reply import ReplyState, TicketId
from streambot.domain.room import RoomName


class Fate(StrEnum):
    """What became of one promise."""

    IN_TIME = "in_time"
    LATE = "late"
    OPEN = "open"  # its viewer still waits, and the broadcast goes on
    TOLD = "told"  # its viewer heard why, and what comes next
    UNREACHABLE = (
        "unreachable"  # nothing we said of it arrived: somebody must see to it
    )
    UNANSWERED = "unanswered"  # its agent ended the matter without a word
    WITHDRAWN = "withdrawn"  # its viewer wants nobody any more


#: A line that may still arrive.
_ON_ITS_WAY = frozenset({ReplyState.QUEUED, ReplyState.SENDING, ReplyState.SHOWN})


@dataclass(frozen=True, slots=True, kw_only=True)
class Promised:
    """One promise on its ticket; ``said`` is what became of the line that told why."""

    ticket: TicketId
    no: int
    room: RoomName
    viewer: str  # by name
    pledge: Pledge
    said: ReplyState | None = None

    @property
    def fate(self) -> Fate:
        """What became of it; an answer counts, however late, more than an excuse."""
        pledge = self.pledge
        if pledge.kept_at is not None:
            return Fate.LATE if pledge.is_late else Fate.IN_TIME
        if pledge.broken is Broken.WITHDRAWN:
            return Fate.WITHDRAWN
        if pledge.broken is Broken.UNREACHABLE:
            return Fate.UNREACHABLE
        if pledge.told is not None and self.said is ReplyState.SENT:
            return Fate.TOLD
        if pledge.broken is Broken.UNANSWERED:
            return Fate.UNANSWERED
        waits = pledge.told is None or self.said in _ON_ITS_WAY
        return Fate.OPEN if waits else Fate.UNREACHABLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Unheard:
    """A viewer who waits and whom nothing reached."""

    ticket: TicketId
    no: int
    room: RoomName
    viewer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PledgeFigures:
    """One room's promises; all fates together are ``promised``."""

    room: RoomName
    promised: int
    in_time: int
    late: int
    open: int
    told: int
    unreachable: int
    unanswered: int
    withdrawn: int


def pledge_figures(promises: Iterable[Promised]) -> tuple[PledgeFigures, ...]:
    """Figures of each room, by name."""
    fates: dict[RoomName, list[Fate]] = {}
    for each in promises:
        fates.setdefault(each.room, []).append(each.fate)
    return tuple(
        PledgeFigures(
            room=room,
            promised=len(found),
            **{fate.value: found.count(fate) for fate in Fate},
        )
        for room, found in sorted(fates.items())
    )


def unheard(promises: Iterable[Promised]) -> tuple[Unheard, ...]:
    """Who must be seen to by another way, by number."""
    return tuple(
        Unheard(ticket=one.ticket, no=one.no, room=one.room, viewer=one.viewer)
        for one in sorted(promises, key=lambda each: each.no)
        if one.fate is Fate.UNREACHABLE
    )
