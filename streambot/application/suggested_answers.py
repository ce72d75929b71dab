"""SuggestedAnswers: the entries that may answer what a ticket's viewer wrote last, ready to send."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from streambot.application.understandings import InForce
from streambot.domain.answer_text import worded
from streambot.domain.events import ViewerSpoke
from streambot.domain.faq.entry import FaqId, HandoffRule
from streambot.domain.faq.normalise import folded
from streambot.domain.faq.slots import read_slots
from streambot.domain.guard import Held
from streambot.domain.mood import Mood
from streambot.domain.product import ProductId
from streambot.domain.shelf import Pointed
from streambot.domain.understanding import Understanding
from streambot.ports.clock import Clock

#: Suggestions shown at once, and how many of the viewer's newest lines are looked at.
MOST, LINES = 3, 3
#: Each line before the newest counts so much less.
_OLDER = 0.85


class Sureness(StrEnum):
    """How sure the book is, in words; the console says them."""

    SURE = "sure"
    LIKELY = "likely"
    MAYBE = "maybe"


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggested:
    """One entry's answer with its values, as the assistant would say it."""

    entry: str
    question: str  # the phrasing that was found
    text: str
    score: float
    sureness: Sureness


class SuggestedAnswers:
    """Asks the book in force in a room; only ever for a console, never for a room."""

    def __init__(self, books: InForce, clock: Clock) -> None:
        self._books = books
        self._clock = clock

    def of(
        self, lines: Sequence[ViewerSpoke], shown: ProductId | None
    ) -> list[Suggested]:
        """The best answers to a viewer's newest *lines* (oldest first), best first.

        None to what is said in anger: who asks 怎么还不发货 for the third time isn't helped by what
        the assistant would say of shipping.

        Raises:
            KeyError: there is no such room.
        """
        if not lines:
            return []
        order, understanding = self._books.in_force(lines[-1].scene.room)
        found: dict[str, tuple[float, str, ViewerSpoke]] = {}
        read = understanding.mood.read
        newest = [
            each for each in lines[-LINES:] if read(each.text).mood is not Mood.ANGRY
        ]
        for line, text, weight in _readings(newest):
            match = understanding.matcher.match(
                text, at=self._clock.now(), product=shown
            )
            for each in match.candidates:
                score = each.score * weight
                known = found.get(each.entry)
                if each.veto is None and (known is None or known[0] < score):
                    found[each.entry] = (score, each.phrasing, line)
        best = sorted(found.items(), key=lambda each: -each[1][0])
        about = _about(lines[-LINES:], understanding, shown)
        answers: list[Suggested] = []
        for entry, (score, phrasing, line) in best:
            if score < order.settings.suggest_at or len(answers) == MOST:
                break
            said = _said(understanding, entry, about, line)
            if said is not None:
                sure = _sureness(score, order.settings.answer_at)
                answers.append(
                    Suggested(
                        entry=entry,
                        question=phrasing,
                        text=said,
                        score=score,
                        sureness=sure,
                    )
                )
        return answers


def _readings(
    lines: Sequence[ViewerSpoke],
) -> Iterator[tuple[ViewerSpoke, str, float]]:
    """What the viewer may ask, newest first; two lines may be halves of one question."""
    for age, line in enumerate(reversed(lines)):
        yield line, line.text, _OLDER**age
    if len(lines) > 1:
        yield lines[-1], f"{lines[-2].text} {lines[-1].text}", _OLDER


def _about(
    lines: Sequence[ViewerSpoke], understanding: Understanding, shown: ProductId | None
) -> Pointed:
    """The product named last, else the one on screen."""
    about = Pointed()
    for line in reversed(lines):
        plain = folded(line.text)
        about = understanding.shelf.pointed(plain, read_slots(plain), shown=shown)
        if about.explicit or about.unknown:
            break
    return about


def _said(
    understanding: Understanding, entry: str, about: Pointed, line: ViewerSpoke
) -> str | None:
    """The entry's answer; None where a value is missing or the guard holds it.

    Nor where it only says that a person comes: the person is there.
    """
    known = understanding.entries.get(FaqId(entry))
    if known is None or known.handoff is not HandoffRule.NEVER:
        return None
    guard = understanding.book.guard
    answer = worded(known, about, line, understanding.shelf, guard)
    if answer is None or isinstance(guard.judge(answer.text, public=True), Held):
        return None
    return answer.text


def _sureness(score: float, answer_at: float) -> Sureness:
    if score >= answer_at:
        return Sureness.SURE
    return Sureness.LIKELY if score >= answer_at * 0.7 else Sureness.MAYBE
