"""Looking: the second look at a line - when it is asked for, and what its answer changes.

A line whose match or mood an encoder might better waits for ``SecondLookDone``, a moment at most;
what comes later, or is about another book, changes nothing. A sentence is looked at once: the
viewer's next words make it another sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from streambot.domain.actions import Action, LookAgain, WakeAt
from streambot.domain.events import ViewerSpoke
from streambot.domain.faq.likeness import Likeness, Looked, ToCompare
from streambot.domain.faq.match import FaqMatch
from streambot.domain.faq.matching import Matcher
from streambot.domain.faq.normalise import folded
from streambot.domain.parking import Awaited, Parked, ParkingLot
from streambot.domain.policy import SessionPolicy
from streambot.domain.product import ProductId
from streambot.domain.understanding import Understanding

#: For what is judged by the first step alone.
NOT_AGAIN = Looked(text=None)


class Looking:
    """Asks for second looks on a session's behalf; shares its parking lot."""

    def __init__(self, policy: SessionPolicy, lot: ParkingLot) -> None:
        self._policy = policy
        self._lot = lot

    def is_due(
        self,
        sentence: str,
        match: FaqMatch,
        understanding: Understanding,
        looked: Looked | None,
    ) -> bool:
        """Whether *sentence* waits for a second look now."""
        if not self._may_ask:
            return False
        if looked is not None and (looked.text is None or looked.sentence == sentence):
            return False
        return understanding.matcher.is_worth_a_look(match)

    def is_due_to_mood(
        self, line: ViewerSpoke, understanding: Understanding, looked: Looked | None
    ) -> bool:
        """Whether *line*, which nobody is called for, waits to be told how angry it is."""
        if not self._may_ask:
            return False
        if looked is not None and (looked.text is None or looked.said == line.text):
            return False
        mood = understanding.mood
        return mood.is_worth_a_look(mood.read(line.text))

    @property
    def _may_ask(self) -> bool:
        return self._policy.second_look and not self._lot.is_full

    def ask(
        self,
        lines: Sequence[ViewerSpoke],
        text: str,
        match: FaqMatch,
        understanding: Understanding,
        at: datetime,
        *,
        final: bool,
    ) -> Iterator[Action]:
        """Let *lines* wait, and ask how *text* compares with the book's phrases.

        And how angry the last of them sounds.
        """
        until = at + self._policy.look_wait
        phrasings = (each.plain for each in match.candidates)
        look = LookAgain(
            ref=lines[-1].id,
            line=text,
            candidates=tuple(dict.fromkeys(phrasings)),
            book_version=understanding.book.version,
            at=at,
            by=until,
            said=lines[-1].text,
            matters=understanding.matcher.is_worth_a_look(match),
        )
        self._lot.park(
            Parked(
                viewer=lines[-1].viewer.key,
                awaited=Awaited.LOOK,
                lines=list(lines),
                until=until,
                final=final,
                look=look,
            )
        )
        yield look
        yield WakeAt(at=until)


def looked_at(parked: Parked, likeness: Likeness | None) -> Looked:
    """What became of the second look that *parked* lines waited for."""
    look = parked.look
    if look is None:
        return NOT_AGAIN
    return Looked(
        text=look.line,
        sentence=folded(parked.text),
        book=look.book_version,
        likeness=likeness,
        said=look.said,
        matters=look.matters,
    )


def with_look(understanding: Understanding, looked: Looked | None) -> Understanding:
    """*understanding* with what a second look told, where it told something of this book."""
    if looked is None or looked.likeness is None or not looked.matters:
        return understanding
    if looked.text is None or looked.book != understanding.book.version:
        return understanding
    matcher = _LookedMatcher(understanding.matcher, looked.text, looked.likeness)
    return replace(understanding, matcher=matcher)


class _LookedMatcher:
    """A matcher that knows what an encoder says of one text."""

    def __init__(self, matcher: Matcher, text: str, likeness: Likeness) -> None:
        self._matcher = matcher
        self._text = text
        self._likeness = likeness

    def match(
        self,
        text: str,
        *,
        at: datetime | None = None,
        product: ProductId | None = None,
    ) -> FaqMatch:
        """Judge one line alone, the text that was looked at with the encoder's help."""
        if text != self._text:
            return self._matcher.match(text, at=at, product=product)
        return self.reconsider(text, self._likeness, at=at, product=product)

    def says_nothing(self, text: str) -> bool:
        """Whether folded *text* is a statement that means nothing to the book."""
        return self._matcher.says_nothing(text)

    @property
    def compared(self) -> ToCompare:
        """What an encoder should know."""
        return self._matcher.compared

    def is_worth_a_look(self, match: FaqMatch) -> bool:
        """Whether an encoder's second look may change what *match* leads to."""
        return self._matcher.is_worth_a_look(match)

    def reconsider(
        self,
        text: str,
        likeness: Likeness,
        *,
        at: datetime | None = None,
        product: ProductId | None = None,
    ) -> FaqMatch:
        """Judge one line anew."""
        return self._matcher.reconsider(text, likeness, at=at, product=product)
