"""Glance: whether a line is far from a book, told before anything is compared closely."""

from __future__ import annotations

import re

from streambot.domain.faq.deciding import is_a_persons
from streambot.domain.faq.judging import Judge
from streambot.domain.faq.normalise import is_settled
from streambot.domain.faq.prepared import PreparedBook

#: Below this share of the line's weight nothing is compared closely: of questions, of other lines.
#: What shares less is never answered; but who wants a ranking of every line wants it ranked.
_SHARED_ENOUGH, _SHARED_AT_ALL = (0.22, 0.40), (0.22, 0.27)
#: Lines so short say nothing but the words that the book and the pack know.
_FEW = 2
_CHINESE = re.compile("[一-龥]+")
#: Signs that may be or become words: letters and figures of all kinds, Chinese of other ages.
_WORDS = re.compile(r"(?![一-龥])[^\W_]|[①-⓿]|\[")


class Glance:
    """Looks at lines for one book; most lines of a room go no further.

    Args:
        book: the entries.
        judge: knows the words that merchants wrote beside them.
        ranks_all: whether candidates are wanted also of lines that nothing will answer.
    """

    def __init__(self, book: PreparedBook, judge: Judge, *, ranks_all: bool) -> None:
        self._book = book
        self._judge = judge
        self._shared_enough = _SHARED_AT_ALL if ranks_all else _SHARED_ENOUGH

    def is_idle(self, text: str) -> bool:
        """Whether folded *text*, which asks nothing, is far from the book and nobody's call."""
        if self._leaves_early(text):
            return True
        plain = self._book.canon(text)
        if not plain or not self.is_foreign(plain, asks=False):
            return False
        return not is_a_persons(text)

    def is_foreign(self, plain: str, *, asks: bool) -> bool:
        """Whether canonical *plain* shares too little with any phrasing to be worth comparing."""
        if plain in self._book.exact or self._judge.keyed(plain):
            return False
        if not asks and len(plain) <= _FEW and not self._book.is_word(plain):
            return True
        share = self._shared_enough[not asks]
        return self._book.index.is_foreign(plain, share)

    def _leaves_early(self, text: str) -> bool:
        """Whether a statement's characters alone tell that nobody here is meant."""
        if _WORDS.search(text) is not None:
            return False
        chinese = "".join(_CHINESE.findall(text))
        if not chinese or not is_settled(chinese):
            return False
        if not self._book.index.leads_nowhere(chinese, self._shared_enough[True]):
            return False
        return not is_a_persons(text)
