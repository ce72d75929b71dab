"""Looking: the second look at a line - when it is asked for, and what its answer changes.

A line whose match an encoder might better waits for ``SecondLookDone``, a moment at most; what
comes later, or is about another book, changes nothing. A sentence is looked at once: the
viewer's next words make it another sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from streambot.domain.actions import Action, LookAgain, WakeAt
from streambot.domain.events import ViewerSpoke
from streambot.domain.faq.likeness import Likeness, Looked
from streambot.domain.faq.match import FaqMatch
from streambot.domain.faq.normalise import normalise
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
        text: str,
        match: FaqMatch,
        understanding: Understanding,
        looked: Looked | None,
    ) -> bool:
        """Whether *text* waits for a second look now."""
        if not self._policy.second_look or self._lot.is_full:
            return False
        if looked is not None and looked.text in (None, text):
            return False
        return understanding.matcher.is_worth_a_look(match)

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
        """Let *lines* wait, and ask how *text* compares with the book's phrases."""
        until = at + self._policy.look_wait
        phrasings = (normalise(each.phrasing) for each in match.candidates)
        look = LookAgain(
            ref=lines[-1].id,
            line=text,
            candidates=tuple(dict.fromkeys(phrasings)),
            book_version=understanding.book.version,
            at=at,
            by=until,
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


def looked_at(look: LookAgain | None, likeness: Likeness | None) -> Looked:
    """What became of *look*."""
    if look is None:
        return NOT_AGAIN
    return Looked(text=look.line, book=look.book_version, likeness=likeness)


def judge(
    understanding: Understanding,
    text: str,
    looked: Looked | None,
    *,
    at: datetime,
    product: ProductId | None,
) -> FaqMatch:
    """What the book says to *text*, with what a second look at it told, if any did."""
    matcher = understanding.matcher
    if (
        looked is None
        or looked.likeness is None
        or looked.text != text
        or looked.book != understanding.book.version
    ):
        return matcher.match(text, at=at, product=product)
    return matcher.reconsider(text, looked.likeness, at=at, product=product)
