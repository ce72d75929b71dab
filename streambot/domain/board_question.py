"""Question: one thing viewers ask right now, merged over all who ask it, for the host to answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from streambot.domain.card import bare
from streambot.domain.decision import Decision, DecisionKind, IgnoreReason
from streambot.domain.guard_rules import Finds
from streambot.domain.guard_view import plain
from streambot.domain.left_to_people import GIVEN_UP
from streambot.domain.personal_data import found, may_hold
from streambot.domain.praise import PRAISE
from streambot.domain.rating_talk import RATING
from streambot.domain.reply import EventId, OutId, Reply
from streambot.domain.talk import BOUGHT
from streambot.domain.ticket import Reason
from streambot.domain.viewer import Viewer, ViewerKey

#: Who asked is kept of so many viewers; further ones are only counted.
ASKERS_KEPT = 2_000
#: Lines of one viewer that ask the same.
LINES_KEPT = 8
#: Replies of one question that a mark settles; a merged line covers many.
REPLIES_KEPT = 2_000
#: Between what a reply answers and its words, in the key by which replies are merged.
BETWEEN = "\n"
#: Handed off for lack of an answer: what the host can say. The rest is for people at the desk.
SAYABLE = frozenset({Reason.UNMATCHED, Reason.REPEAT_QUESTION})
#: What is answered and asks nothing: thanks, scores, news of a purchase, a call taken back.
_NO_QUESTION = frozenset({PRAISE, RATING, BOUGHT, GIVEN_UP})
#: What of personal data is never shown on a board; links are the wording rules' matter.
_DATA = tuple(kind for kind in Finds if kind is not Finds.LINK)


class Standing(StrEnum):
    """Who has answered a question so far."""

    OPEN = "open"  # nobody
    SAID = "said"  # the assistant, in the room
    HUMAN = "human"  # nobody; it waits for people


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One viewer who asks it: since when, and by which lines, the first of them first."""

    viewer: Viewer
    at: datetime
    events: tuple[EventId, ...]


@dataclass(slots=True, kw_only=True)
class Question:
    """What is asked, by whom, and what the assistant makes of it."""

    id: str
    key: str
    text: str  # as it was first asked
    #: The line whose words these are, also when who wrote it asks no more.
    worded_by: EventId
    first_at: datetime
    last_at: datetime
    human: bool = False  # handed to people
    told: bool = False  # by people
    answer: str | None = None
    pinned: bool = False
    answered: bool = False  # by the host
    unfit: Callable[[str], bool] | None = None  # told of its words when they are shown
    more: int = 0  # askers beyond those kept
    asks: dict[ViewerKey, Ask] = field(default_factory=dict)
    owed: set[OutId] = field(default_factory=set)
    unsaid: set[OutId] = field(default_factory=set)
    _hidden: bool = False

    @property
    def hidden(self) -> bool:
        """Its words aren't shown: personal data, what the rules hold, or it was taken back.

        Looked at when somebody looks: most of what is asked never reaches the top of a board.
        """
        if self.unfit is not None:
            self._hidden, self.unfit = self._hidden or self.unfit(self.text), None
        return self._hidden

    def hide(self) -> None:
        """Show its words no more."""
        self._hidden = True

    @property
    def count(self) -> int:
        """How many viewers ask it."""
        return len(self.asks) + self.more

    @property
    def standing(self) -> Standing:
        """Who has answered it so far."""
        if self.told or (self.owed and not self.unsaid):
            return Standing.SAID
        return Standing.HUMAN if self.human else Standing.OPEN

    def asked_until(self, at: datetime) -> list[Ask]:
        """Whoever asked it till then."""
        return [ask for ask in self.asks.values() if ask.at <= at]

    def asked_by(self, viewer: Viewer, event: EventId, at: datetime) -> None:
        """One more line that asks it; a viewer who asks again is counted once."""
        self.last_at = max(self.last_at, at)
        known = self.asks.get(viewer.key)
        if known is not None:
            if len(known.events) < LINES_KEPT and event not in known.events:
                events = (*known.events, event)
                self.asks[viewer.key] = replace(known, events=events)
        elif len(self.asks) < ASKERS_KEPT:
            self.asks[viewer.key] = Ask(viewer=viewer, at=at, events=(event,))
        else:
            self.more += 1

    def owes(self, out: OutId) -> None:
        """The assistant owes a reply to one who asks it."""
        if len(self.owed) < REPLIES_KEPT:
            self.owed.add(out)
            self.unsaid.add(out)


def question_key(decision: Decision, text: str, reply: Reply | None) -> str | None:
    """Under what a decided line is merged with others; None: it is no question for the host.

    An answer about one product is another question than the same about the next; who asks again
    while an answer cools down joins whatever the entry was last asked about (a key that ends in *).
    """
    if decision.entry in _NO_QUESTION:
        return None
    match decision.kind:
        case DecisionKind.ANSWER if reply is not None:
            said = reply.merge_key or f"{decision.entry}"
            return f"faq:{said.partition(BETWEEN)[0]}"
        case DecisionKind.CLARIFY:
            return f"text:{bare(text)}"
        case DecisionKind.HANDOFF if decision.reason in SAYABLE:
            return f"text:{bare(text)}"
        case DecisionKind.IGNORE if decision.question:
            return f"text:{bare(text)}"
        case DecisionKind.IGNORE if decision.reason == IgnoreReason.COOLDOWN:
            return f"faq:{decision.entry}*"
        case DecisionKind.IGNORE if decision.reason == IgnoreReason.HUMAN_OWNS:
            return f"text:{bare(text)}"
        case _:
            return None


def may_ask(decision: Decision) -> bool:
    """Whether ``question_key`` may tell a question of it: of chatter, never."""
    return (
        decision.kind is not DecisionKind.IGNORE
        or decision.question
        or decision.reason in (IgnoreReason.COOLDOWN, IgnoreReason.HUMAN_OWNS)
    )


def begins(decision: Decision) -> bool:
    """Whether a decided line may be the first to ask, or only joins who asked before."""
    return decision.reason not in (IgnoreReason.COOLDOWN, IgnoreReason.HUMAN_OWNS)


def holds_data(text: str) -> bool:
    """Whether *text* holds somebody's number, address or account."""
    seen = plain(text).text
    return may_hold(seen) and any(any(found(kind, seen)) for kind in _DATA)
