"""DeskPolicy: what the desk promises, in time and in words."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from streambot.domain.calendar import ALWAYS, Calendar
from streambot.domain.desk_words import DeskWords
from streambot.domain.presence import PresencePolicy
from streambot.domain.room import RoomName
from streambot.domain.ticket import ANYBODY, LEGAL, SUPERVISORS, Reason

#: Reasons whose viewer is angry or harmed: apology, number and promise instead of "please wait".
GRAVE = frozenset(
    {
        Reason.ANGRY,
        Reason.COMPLAINT,
        Reason.SAFETY_WORD,
        Reason.LEGAL,
        Reason.LOW_CSAT,
    }
)

#: Reasons that seldom end with one answer: unresolved, a supervisor sees to them.
COMPLEX = GRAVE | {Reason.ORDER_PROBLEM, Reason.AFTER_SALE}

#: Groups that a reason is for; all others are anybody's.
GROUPS = {Reason.LEGAL: LEGAL, Reason.LOW_CSAT: SUPERVISORS}


class Routing(StrEnum):
    """How tickets come to people."""

    PULL = "pull"  # people claim from the queue
    PUSH = "push"  # offered to one, who alone may take it meanwhile
    BOTH = "both"  # offered to one, and anybody may take it


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskPolicy:
    """The desk's settings; every span is also a key of config.yaml's ``desk``."""

    claim: timedelta = timedelta(seconds=20)
    first: timedelta = timedelta(seconds=180)
    turn: timedelta = timedelta(seconds=180)
    follow_up: timedelta = timedelta(seconds=180)  # behind an agent's "one moment"
    complaint: timedelta = timedelta(minutes=120)
    major_complaint: timedelta = timedelta(minutes=30)
    escalate: timedelta = timedelta(minutes=30)
    resolve: timedelta = timedelta(hours=24)
    offer: timedelta = timedelta(seconds=15)
    at_risk: float = 0.8  # of a clock's span, from where it is shown as at risk
    undo: timedelta = timedelta(seconds=3)
    unattended_after: timedelta = timedelta(seconds=60)  # behind the claim's deadline
    reopen_window: timedelta = timedelta(minutes=10)
    holding_lasts: timedelta = timedelta(seconds=60)  # a holding line is not said later
    answer_lasts: timedelta = timedelta(
        minutes=2
    )  # an agent's answer is not said later
    ended_lasts: timedelta = timedelta(minutes=10)  # nor why nobody answered on air
    presence: PresencePolicy = field(default_factory=PresencePolicy)
    hours: Calendar = ALWAYS  # when people are to be there
    capacity: int = 5  # what an agent carries at once; see ``ticket_load``
    routing: Routing = Routing.PULL
    routing_of: Mapping[RoomName, Routing] = field(default_factory=dict)  # its own
    ready_ramp: int = 2  # offers an agent has at most at a time
    misses: int = 3  # offers let pass in a row, until a break is taken for them
    shifts: Mapping[str, Calendar] = field(default_factory=dict)  # agents', groups'
    members: Mapping[str, frozenset[str]] = field(default_factory=dict)  # of groups
    languages: Mapping[str, frozenset[str]] = field(default_factory=dict)  # agents'
    words: DeskWords = field(default_factory=DeskWords)

    @property
    def groups(self) -> frozenset[str]:
        """Groups that a transfer may name; two are every desk's."""
        return frozenset({LEGAL, SUPERVISORS, *self.members})

    def shifts_of(self, name: str, groups: Collection[str]) -> tuple[Calendar, ...]:
        """When an agent works: their own hours, else their groups', else the desk's; none: always."""
        if name in self.shifts:
            return (self.shifts[name],)
        theirs = tuple(self.shifts[group] for group in groups if group in self.shifts)
        return theirs or (() if self.hours.always else (self.hours,))

    def routing_in(self, room: RoomName) -> Routing:
        """How the tickets of *room* come to people."""
        return self.routing_of.get(room, self.routing)

    def holding(self, reason: Reason, language: str | None = None) -> str:
        """The line that a viewer is told while they wait, by reason and language."""
        usual = "grave" if reason in GRAVE else "holding"
        return self.words.line(language, reason.value, usual)

    def group(self, reason: Reason) -> str:
        """Who a matter of this reason is for."""
        return GROUPS.get(reason, ANYBODY)

    def promise(self, priority: int) -> timedelta:
        """How soon somebody angry is promised an answer; priority 0 is a major complaint."""
        return self.major_complaint if priority == 0 else self.complaint
