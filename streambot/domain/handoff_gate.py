"""HandoffGate: when an unmatched line becomes a ticket, and how the desk isn't drowned."""

from __future__ import annotations

from collections import deque
from datetime import datetime, timedelta

from streambot.domain.complaint import ORDINARY, Grade, Graded, grade
from streambot.domain.events import ViewerSpoke
from streambot.domain.evidence import Evidence
from streambot.domain.faq.normalise import normalise
from streambot.domain.mood.lexicon import LEVELS
from streambot.domain.room import RoomName
from streambot.domain.ticket import COMPLAINTS, Handoff, Reason

_MINUTE = timedelta(seconds=60)
#: Viewers who must ask the same thing within a minute for it to matter.
ASKERS_NEEDED = 3
#: Different questions remembered for that.
QUESTIONS_KEPT = 1_000

#: Most urgent first; the number is a ticket's priority.
PRIORITIES: dict[Reason, int] = {
    Reason.SAFETY_WORD: 0,
    Reason.LEGAL: 0,
    Reason.ANGRY: 1,
    Reason.COMPLAINT: 1,
    Reason.LOW_CSAT: 1,
    Reason.ASKED_HUMAN: 2,
    Reason.ORDER_PROBLEM: 2,
    Reason.ORDER_CHANGE: 2,
    Reason.AFTER_SALE: 2,
    Reason.VIP: 2,
    Reason.REPEAT_QUESTION: 3,
    Reason.PICKED: 3,
    Reason.PLATFORM_ERROR: 3,
    Reason.UNMATCHED: 4,
}

#: Opened however many there are.
ALWAYS = frozenset(
    {
        Reason.SAFETY_WORD,
        Reason.LEGAL,
        Reason.ANGRY,
        Reason.COMPLAINT,
        Reason.ASKED_HUMAN,
        Reason.ORDER_PROBLEM,
        Reason.ORDER_CHANGE,
        Reason.AFTER_SALE,
    }
)


class HandoffGate:
    """Decides which calls for a human may open a ticket now."""

    def __init__(self, room: RoomName, per_minute: int) -> None:
        self._room = room
        self._per_minute = per_minute
        self._opened: deque[tuple[datetime, str]] = deque()
        self._asked: dict[str, deque[ViewerSpoke]] = {}

    def admits(self, reason: Reason, key: str | None, at: datetime) -> bool:
        """Whether a ticket may be opened; a same-question card that stands always may."""
        while self._opened and self._opened[0][0] <= at - _MINUTE:
            self._opened.popleft()
        if reason in ALWAYS or any(key == card for _, card in self._opened if key):
            return True
        return len(self._opened) < self._per_minute

    def opened(self, reason: Reason, key: str | None, at: datetime) -> None:
        """Count a ticket against the minute."""
        if reason not in ALWAYS:
            self._opened.append((at, key or ""))

    def asked_again(self, line: ViewerSpoke, at: datetime) -> tuple[ViewerSpoke, ...]:
        """The askers' lines once three viewers asked the same within 60 s, else nothing."""
        key = normalise(line.text)
        if len(key) < 2:
            return ()
        lines = self._asked.pop(key, deque(maxlen=ASKERS_NEEDED))
        fresh = deque(
            (
                earlier
                for earlier in lines
                if earlier.received_at > at - _MINUTE
                and earlier.viewer.key != line.viewer.key
            ),
            maxlen=ASKERS_NEEDED,
        )
        fresh.append(line)
        if len(fresh) >= ASKERS_NEEDED:
            return tuple(fresh)
        self._asked[key] = fresh
        if len(self._asked) > QUESTIONS_KEPT:
            del self._asked[next(iter(self._asked))]
        return ()

    def handoff(
        self,
        line: ViewerSpoke,
        reason: Reason,
        evidence: tuple[Evidence, ...],
        at: datetime,
        *,
        key: str | None = None,
        holding: str | None = None,
        repeated: bool = False,
    ) -> Handoff:
        """The call for a human that *line* makes; a major complaint is the most urgent.

        *repeated*: its viewer complained before and was not helped.
        """
        graded = graded_of(line.text, reason, evidence, repeated=repeated)
        return Handoff(
            room=self._room,
            viewer=line.viewer,
            reason=reason,
            priority=0 if graded.grade is Grade.MAJOR else PRIORITIES[reason],
            evidence=(*evidence, *graded.evidence),
            event_id=line.id,
            text=line.text,
            at=at,
            key=key,
            holding=holding,
        )


def graded_of(
    text: str,
    reason: Reason,
    evidence: tuple[Evidence, ...],
    *,
    repeated: bool = False,
) -> Graded:
    """How grave the complaint is; what is no complaint is not graded."""
    if reason not in COMPLAINTS:
        return ORDINARY
    rules = (each.rule.removeprefix("mood:") for each in evidence)
    levels = [LEVELS[rule] for rule in rules if rule in LEVELS]
    return grade(text, level=min(levels, default=None), repeated=repeated)
