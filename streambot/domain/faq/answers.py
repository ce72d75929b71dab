"""Answers: what a book's answers speak of, which tells what their entries may be asked besides.

A merchant writes 哪些地方不发 and answers 新疆西藏不发: 西藏发不发 asks for it, by a word that no
question holds.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable

from streambot.domain.faq.entry import FaqEntry, FaqId
from streambot.domain.faq.subjects import may_be_goods
from streambot.domain.faq.terms import is_content, plain_terms

_VALUE = re.compile(r"\{[^{}]*\}")
#: An answer that is shorter means little by itself.
_SHORT = 4
#: What is beyond so many characters adds little: of Chinese, of Latin letters.
_LONG = (100, 240)
#: What the answers of more entries speak of is no entry's own.
_FEW = 2
#: Shorter Latin words say no more than "the" does.
_LETTERS = 4


class Answers:
    """The answers of a book's entries, in canonical form.

    Args:
        entries: the entries.
        canon: brings a text into the book's canonical form.
    """

    def __init__(
        self, entries: Iterable[FaqEntry], canon: Callable[[str], str]
    ) -> None:
        self._said = {
            entry.id: tuple(canon(_VALUE.sub(" ", each)) for each in entry.answers)
            for entry in entries
        }
        self._given = Counter(
            answer for every in self._said.values() for answer in set(every)
        )
        self._of: dict[str, set[FaqId]] = {}
        for entry in self._said:
            for word in filter(_names, plain_terms(self.of(entry))):
                self._of.setdefault(word, set()).add(entry)

    def of(self, entry: FaqId) -> str:
        """All that an entry answers, one text a line."""
        return "\n".join(self._said[entry])

    def telling(self, entry: FaqId) -> tuple[str, ...]:
        """The answers that tell what only *entry* is asked: no 好的, and none of another entry."""
        return tuple(
            answer[: _LONG[answer.isascii()]]
            for answer in self._said[entry]
            if len(answer) >= _SHORT and self._given[answer] == 1
        )

    def speaking_of(self, words: Iterable[str]) -> frozenset[FaqId]:
        """The entries whose answers, and hardly any other's, speak of one of these *words*."""
        found = (self._of.get(word, ()) for word in words)
        return frozenset().union(*(each for each in found if len(each) <= _FEW))


def _names(term: str) -> bool:
    """Whether a term may be a name: no pair with 是 or 不 in it, and no short Latin word."""
    if term.isascii():
        return len(term) >= _LETTERS
    return is_content(term) and may_be_goods(term)
