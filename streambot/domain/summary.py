"""Summary: what a broadcast came to - one meaning for a live room and for a replayed log."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from streambot.domain.decision import DecisionKind
from streambot.domain.faq.normalise import normalise
from streambot.domain.greeting_figures import GreetingFigures

#: Questions in a summary.
COMMONEST = 20


@dataclass(slots=True, kw_only=True)
class Summary:
    """Counts of a broadcast; whoever counts uses the methods, so that all count alike."""

    lines: int = 0
    arrivals: int = 0
    answered: Counter[str] = field(default_factory=Counter)
    handed_off: Counter[str] = field(default_factory=Counter)
    held: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    unanswered: Counter[str] = field(default_factory=Counter)
    welcomed: GreetingFigures = field(default_factory=GreetingFigures)

    def decided(self, kind: str, reason: str | None, times: int = 1) -> None:
        """Decisions were taken; a welcome due is an arrival."""
        if kind == DecisionKind.GREET:
            self.arrivals += times
            return
        self.kinds[kind] += times
        if kind == DecisionKind.HANDOFF:
            self.handed_off[reason or ""] += times

    def asked(self, text: str) -> None:
        """A question came that nothing answered."""
        self.unanswered[normalise(text) or text] += 1

    def said(self, entry: str | None, times: int = 1) -> None:
        """An entry's answer was taken by the room."""
        self.answered[entry or ""] += times

    def refused(self, rule: str | None, times: int = 1) -> None:
        """The guard held words of ours."""
        self.held[rule or ""] += times

    def commonest(self) -> list[tuple[str, int]]:
        """The commonest unanswered questions, most first, ties by text."""
        ranked = sorted(self.unanswered.items(), key=lambda item: (-item[1], item[0]))
        return ranked[:COMMONEST]
