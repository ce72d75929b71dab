"""BookMatcher: which entry of a book a line asks for, how surely, and why.

A line is brought into canonical form; an inverted index finds the few phrasings that share its
rarest terms; the nearest entries are compared closely; a softmax with *none of these* turns the
measures into confidences; what contradicts a line is vetoed. Then, in this order:

* ``answer``: the first candidate reaches ``answer_at`` (or its entry's own threshold), a tenth
  more where the line doesn't ask, and leads by ``margin``;
* a question that every shop knows and this book doesn't answer: ``handoff``, or ``ignore`` where
  it is about the host or the show;
* ``clarify``: the shop's matter, and the first candidate reaches ``suggest_at``;
* ``handoff``: an order or after-sale matter that nothing answers, a call for a person, or what is
  otherwise surely the shop's matter;
* ``ignore``: all else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache, partial

import msgspec

from streambot.domain.evidence import found_in
from streambot.domain.faq.colours import AT_LARGE
from streambot.domain.faq.cues import is_question
from streambot.domain.faq.deciding import ONLY_TELLS, decide, nothing_left
from streambot.domain.faq.entry import FaqBook, FaqId
from streambot.domain.faq.glance import Glance
from streambot.domain.faq.heard import Found, Heard
from streambot.domain.faq.homophones import Homophones
from streambot.domain.faq.judging import Judge, Judged
from streambot.domain.faq.likeness import Likeness, ToCompare
from streambot.domain.faq.match import (
    SAYS_NOTHING_KNOWN,
    Candidate,
    FaqMatch,
    MatchSettings,
    Outcome,
)
from streambot.domain.faq.normalise import folded
from streambot.domain.faq.not_ours import NotOurs
from streambot.domain.faq.pack import IntentKind
from streambot.domain.faq.prepared import PreparedBook
from streambot.domain.faq.readings import (
    is_at_large,
    is_for_me,
    is_left_of,
    other_readings,
)
from streambot.domain.faq.romanised import Romanised
from streambot.domain.faq.shadows import Cast, Shadows
from streambot.domain.product import ProductId

__all__ = ["BookMatcher", "MatchSettings"]

#: What is so likely the shop's matter is worth an encoder's while: questions, other lines.
_LOOK_AT = (0.35, 0.57)
#: So is a question that sounds so much like put to a shop, whatever the book knows of it.
_SOUNDS_ASKED = 2.0
#: Nothing an encoder says changes what is so sure.
_SURE = 0.995
#: Lines whose match is remembered.
_REMEMBERED = 512
_PINYIN = re.compile("[A-Za-z]{3}")


class BookMatcher:
    """Matches lines against one book; immutable once built, so rooms may share it.

    Args:
        book: the entries, and the pack of what all shops have in common.
        settings: the thresholds.
        ranks_all: whether candidates are wanted also of lines that nothing will answer, as
            commands want them; a room lets those out early.
    """

    def __init__(
        self,
        book: FaqBook,
        settings: MatchSettings | None = None,
        *,
        ranks_all: bool = False,
    ) -> None:
        self._settings = settings or MatchSettings()
        self._book = PreparedBook(book)
        #: What an encoder should know; made here, since a book is read beside the loop.
        self.compared: ToCompare = self._book.compared
        self._judge = Judge(self._book)
        self._glance = Glance(self._book, self._judge, ranks_all=ranks_all)
        self._not_ours = NotOurs(book, self._book.goods)
        self._romanised = Romanised(
            [phrasing.plain for phrasing in self._book.phrasings],
            (*self._book.index.tagger.words, *book.pack.slang),
        )
        self._homophones = Homophones(each.plain for each in self._book.phrasings)
        self._shadows = Shadows(book.pack, self._book, self._judge)
        # A room repeats itself: of its lines about one in four was just said.
        self._remembered = lru_cache(maxsize=_REMEMBERED)(self._first_look)

    def match(
        self,
        text: str,
        *,
        at: datetime | None = None,
        product: ProductId | None = None,
    ) -> FaqMatch:
        """Judge one line alone; *at* decides validity, *product* the scope of entries."""
        return self._remembered(text, at if self._book.ages else None, product)

    def says_nothing(self, text: str) -> bool:
        """Whether folded *text* is a statement that means nothing to the book, however read."""
        if is_question(text) or self._shadows.told(text) is not None:
            return False
        if not self._glance.is_idle(text) and self._book.canon(text):
            return False
        return all(
            not is_question(reading) and self._glance.is_idle(reading)
            for reading in self._readings(text, SAYS_NOTHING_KNOWN)
        )

    def _first_look(
        self, text: str, at: datetime | None, product: ProductId | None
    ) -> FaqMatch:
        """The line as it stands, or without what isn't its question where that is answered."""
        return self._or_as_read(text, self._match(text, at, product), at, product)

    def _led(self, judged: Judged, heard: Heard, cast: Cast, entry: FaqId) -> Judged:
        """*judged*, where the pack knows a line's question and which *entry* answers such.

        Not a line with a number, about which an intent says nothing. It is the shop's matter all
        the same, as is what the entry can't answer.
        """
        if not heard.forms.signs.is_specific:
            judged = self._judge.bridged(judged, heard, entry, cast.confidence)
        if cast.intent.kind is IntentKind.SHOP:
            return msgspec.structs.replace(judged, shop=max(judged.shop, cast.score))
        return judged

    def _or_as_read(
        self,
        text: str,
        match: FaqMatch,
        at: datetime | None,
        product: ProductId | None,
        likeness: Likeness | None = None,
    ) -> FaqMatch:
        """*match*, or the answer that another reading of the line finds.

        Where none does, a line without its opener (老板, 哎) may ask more surely what it asks;
        not to an encoder, which compared the line as it stands and minds no opener.
        """
        if match.outcome is Outcome.ANSWER and not is_for_me(folded(text)):
            return match
        best = match
        for reading in self._readings(folded(text), match):
            is_left = is_left_of(reading, text)
            # What was typed in pinyin is other words to an encoder.
            is_seen = likeness is not None and is_left
            for look in (likeness, None) if is_seen else (None,):
                other = self._match(reading, at, product, look)
                if self._is_meant(text, reading, match, other):
                    return _read_as(text, match, other)
                is_word = is_left or reading.endswith(AT_LARGE)
                if is_word and likeness is None and other.is_surer_than(best):
                    best = other
        return match if best is match else _read_as(text, match, best)

    def _is_meant(
        self, text: str, reading: str, match: FaqMatch, other: FaqMatch
    ) -> bool:
        """Whether what a *reading* of *text* found answers it, whose own *match* is known."""
        if other.outcome is not Outcome.ANSWER or match.rules_out(other.entry):
            return False
        if reading.endswith(AT_LARGE) and not is_at_large(other.candidates[0].phrasing):
            return False
        return not self._contradicts(text, other)

    def _readings(self, text: str, match: FaqMatch) -> Iterator[str]:
        """Other ways to read a line that isn't answered; of most lines there is none."""
        alike = match.question_like or bool(match.candidates)
        yield from other_readings(text, alike=alike)
        if alike and (meant := self._homophones.read(self._book.canon(text))):
            yield meant
        if (typed := self._typed(text)) is not None:
            yield typed

    def _typed(self, text: str) -> str | None:
        """What folded *text* says where it is typed in pinyin, else None."""
        if _PINYIN.search(text) is None:
            return None
        return self._romanised.read(self._book.canon(text))

    def _contradicts(self, text: str, match: FaqMatch) -> bool:
        """Whether what a reading left out speaks against its answer: another link's number."""
        signs = self._book.contradictions.signs(self._book.canon(folded(text)))
        numbers = self._book.number_of.get(match.candidates[0].plain, ())
        return any(
            signs.links
            and self._book.signs[number].links
            and signs.links != self._book.signs[number].links
            for number in numbers
        )

    def is_worth_a_look(self, match: FaqMatch) -> bool:
        """Whether an encoder's second look may change what *match* leads to."""
        if match.looked_again or match.score >= _SURE or match.reason == ONLY_TELLS:
            return False
        if match.score >= self._settings.suggest_at:
            return True
        if match.question_like and match.sounds >= _SOUNDS_ASKED:
            return True
        return match.shop >= _LOOK_AT[not match.question_like]

    def reconsider(
        self,
        text: str,
        likeness: Likeness,
        *,
        at: datetime | None = None,
        product: ProductId | None = None,
    ) -> FaqMatch:
        """Judge one line anew, now that an encoder has compared it with the phrases."""
        if self._typed(folded(text)) is not None:
            sure = self.match(text, at=at, product=product)
            if sure.outcome is Outcome.ANSWER:  # an encoder doesn't know the letters
                return msgspec.structs.replace(sure, looked_again=True)
        match = self._match(text, at, product, likeness)
        return self._or_as_read(text, match, at, product, likeness)

    def _match(
        self,
        text: str,
        at: datetime | None,
        product: ProductId | None,
        likeness: Likeness | None = None,
    ) -> FaqMatch:
        text = folded(text)
        asks = is_question(text)
        told = self._shadows.told(text)
        meant = asks or told is not None
        if likeness is None and not meant and self._glance.is_idle(text):
            return SAYS_NOTHING_KNOWN  # as most lines of a room
        plain = self._book.canon(text)
        if not plain:
            return nothing_left(asks, "empty")
        foreign = likeness is None and self._glance.is_foreign(plain, asks=asks)
        heard = Heard(
            text=text,
            plain=plain,
            asks=asks,
            book=self._book,
            told=told,
            meaning=None if likeness is None else likeness.sounds,
        )
        if foreign:
            cast = self._shadows.cast(heard, None) if meant else None
            judged = Judged((), 0.0)
        else:
            judged = self._judge.judge(heard, at, product, likeness)
            best = next((each for each in judged.candidates if each.veto is None), None)
            cast = self._shadows.cast(heard, best)
        if cast is not None and cast.entry is not None:
            judged = self._led(judged, heard, cast, cast.entry)
        lacking = cast if cast is not None and cast.entry is None else None
        found = Found(
            candidates=judged.candidates,
            shop=judged.shop,
            intent=None if lacking is None else lacking.intent,
            intent_score=0.0 if lacking is None else lacking.score,
            not_ours=self._not_ours.reason(heard.text, heard.plain),
            named=partial(self._named, heard, at, product),
            looked_again=likeness is not None,
        )
        return decide(heard, found, self._settings)

    def _named(
        self, heard: Heard, at: datetime | None, product: ProductId | None
    ) -> Candidate | None:
        """The one entry whose answer speaks of what a question names, if there is one."""
        if not heard.asks or len(heard.in_answers) != 1:
            return None
        (entry,) = heard.in_answers
        return self._judge.named(entry, heard, at, product)


def _read_as(text: str, match: FaqMatch, other: FaqMatch) -> FaqMatch:
    """What another reading of *text* found, whose own *match* tells how it was put."""
    return msgspec.structs.replace(
        other,
        evidence=found_in(folded(text), other.evidence),
        question_like=match.question_like,
        looked_again=match.looked_again,
    )
