"""Heard: a line as it was said, with what is read of it when somebody asks, and what was found."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property

import msgspec

from streambot.domain.evidence import Evidence
from streambot.domain.faq.asked_of_shop import (
    ASKED,
    ASKED_BY_MEANING,
    LIKE_TALK,
    TALK,
    sounds_asked,
)
from streambot.domain.faq.entry import FaqId
from streambot.domain.faq.forms import Forms
from streambot.domain.faq.match import Candidate
from streambot.domain.faq.pack import Intent
from streambot.domain.faq.prepared import PreparedBook
from streambot.domain.faq.question_form import tells_of_mishap, tells_of_trouble
from streambot.domain.faq.terms import plain_terms
from streambot.domain.grams import lowered

#: Lines so short may be one word.
_BARE = 4
#: Goods, as somebody who sees them speaks of them; 这条路 and 那款游戏 are none.
_AT_HAND = re.compile(
    "[这那](?:[件双套](?!事)|[条款](?=[是会能有的要可怎洗穿什啥多不]|裤|裙|牛仔|毛|项链)|个?(?:衣服|裤子|裙子|鞋子?|外套|包包))"
)


class Heard(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """A line as it was said (folded), its canonical form by a book, and whether it asks.

    ``told`` is the pack's question for the shop that it tells of word for word, if any; ``meaning``
    is how much it sounds like put to a shop to an encoder, where one was asked.
    """

    text: str
    plain: str
    asks: bool
    book: PreparedBook
    told: Intent | None = None
    meaning: float | None = None

    @property
    def meant(self) -> bool:
        """Whether it wants an answer, in form or by what every shop is told."""
        return self.asks or self.told is not None

    @cached_property
    def sounds(self) -> float:
        """How surely it sounds like what is said to a shop; below zero like talk."""
        return sounds_asked(self.text, self.meaning)

    @property
    def is_asked_of_shops(self) -> bool:
        """Whether it asks, and by its sound a shop's people, whatever their book knows."""
        least = ASKED if self.meaning is None else ASKED_BY_MEANING
        return self.asks and self.sounds >= least

    @property
    def talks(self) -> Callable[[], bool] | None:
        """Tells whether the question sounds more of talk than of a shop; None: it is none."""
        return (lambda: self._sounds_like_talk) if self.asks else None

    @property
    def _sounds_like_talk(self) -> bool:
        return self.sounds <= LIKE_TALK and not self.is_of_goods_at_hand

    @property
    def is_of_goods_at_hand(self) -> bool:
        """Whether it speaks of goods as somebody does who sees them: 这件外套啥来头."""
        return _AT_HAND.search(self.text) is not None

    @property
    def is_talk(self) -> bool:
        """Whether it asks, and by its sound none of the shop's people."""
        return self.asks and self.sounds <= TALK

    @property
    def is_bare(self) -> bool:
        """Whether it is a word and no question: 运费, 退."""
        return len(self.plain) <= _BARE and not self.asks

    @property
    def tells_talk(self) -> bool:
        """Whether it is a statement that sounds more of talk than of a shop."""
        return not self.meant and self.sounds <= LIKE_TALK

    @property
    def tells_done(self) -> bool:
        """Whether it is a statement of what went well by now: 加粉丝团了 doesn't ask how."""
        if self.meant or not self.plain.endswith("了"):
            return False
        return not (tells_of_mishap(self.text) or tells_of_trouble(self.text))

    @cached_property
    def _names(self) -> frozenset[str]:
        """What it may name that no question of the book holds."""
        knows = self.book.index.knows
        return frozenset(term for term in plain_terms(self.plain) if not knows(term))

    @cached_property
    def in_answers(self) -> frozenset[FaqId]:
        """The entries whose answers speak of what it names, where no question does: 西藏发不发."""
        return self.book.answers.speaking_of(self._names)

    def named_in(self, entry: FaqId) -> Evidence | None:
        """The word by which it is among what *entry*'s answer speaks of."""
        speaking_of, text = self.book.answers.speaking_of, lowered(self.text)
        for word in sorted(self._names, key=text.find):
            start = text.find(word)
            if start >= 0 and entry in speaking_of((word,)):
                end = start + len(word)
                said = self.text[start:end]
                return Evidence(rule=f"faq:{entry}", start=start, end=end, text=said)
        return None

    @cached_property
    def forms(self) -> Forms:
        """What the line is made of; the same for every book with the same pack."""
        return self.book.forms(self.plain)


def _nobody() -> None:
    return None


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """What the judges found about one line."""

    candidates: tuple[Candidate, ...] = ()  # best first, vetoed ones last
    shop: float = 0.0
    intent: Intent | None = None  # of the pack, which the book doesn't answer
    intent_score: float = 0.0  # how sure that is
    not_ours: str | None = None  # why it is somebody else's matter
    #: Whose answer alone speaks of what a question names; looked for when somebody asks.
    named: Callable[[], Candidate | None] = _nobody
    looked_again: bool = False  # an encoder was asked
