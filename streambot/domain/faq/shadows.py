"""Shadows: questions that every shop knows and this book doesn't answer.

Without them such a question goes to the nearest entry, which is the wrong one.
"""

from __future__ import annotations

from functools import lru_cache

from streambot.domain.faq.deciding import Heard
from streambot.domain.faq.entry import FaqBook, FaqEntry, FaqId
from streambot.domain.faq.judging import Judge
from streambot.domain.faq.pack import Intent, IntentId, Pack
from streambot.domain.faq.prepared import PreparedBook
from streambot.domain.faq.terms import plain_terms

#: So sure must it be that a line asks for an intent, and so much surer than of any entry.
_SURE, _AHEAD = 0.60, 0.10
#: A book answers an intent when it answers one of its phrasings so surely.
_ANSWERED = 0.50
#: Below this share of the line's weight nothing is compared closely.
_SHARED_ENOUGH = 0.25


class Shadows:
    """The intents of a pack, matched as if they were a book."""

    def __init__(self, pack: Pack, book: PreparedBook, judge: Judge) -> None:
        self._intents = {intent.id: intent for intent in pack.intents}
        self._book = _as_book(pack.intents, _Words(pack))
        self._judge = Judge(self._book)
        self._answers = judge
        self._canon = book.canon
        self._known = {entry.intent for entry in book.entries.values() if entry.intent}
        self._answered = lru_cache(maxsize=None)(self._is_answered)

    def cast(self, heard: Heard, best: float) -> Intent | None:
        """The intent a line asks for that no entry answers.

        Args:
            heard: the line.
            best: the confidence of the best entry.
        """
        if not self._intents or best + _AHEAD > 1.0:
            return None
        index = self._book.index
        if index.is_foreign(plain_terms(heard.plain), _SHARED_ENOUGH):
            return None
        candidates = self._judge.judge(heard).candidates
        if not candidates or candidates[0].veto is not None:
            return None
        first = candidates[0]
        if first.score < _SURE or first.score < best + _AHEAD:
            return None
        intent = self._intents[IntentId(str(first.entry))]
        return None if self._answered(intent) else intent

    def _is_answered(self, intent: Intent) -> bool:
        """Whether an entry answers *intent*: it says so, or it is found by its phrasings."""
        if intent.id in self._known:
            return True
        for phrasing in intent.phrasings:
            plain = self._canon(phrasing)
            heard = Heard(text=phrasing, plain=plain, asks=True)
            if not plain:
                continue
            found = self._answers.judge(heard).candidates
            if found and found[0].veto is None and found[0].score >= _ANSWERED:
                return True
        return False


class _Words:
    """The words of a pack as a key that can be remembered by."""

    def __init__(self, pack: Pack) -> None:
        self.pack = Pack(
            concepts=pack.concepts, slang=pack.slang, exclusive=pack.exclusive
        )
        self._key = (
            tuple(sorted(pack.concepts.items())),
            tuple(sorted(pack.slang.items())),
            pack.exclusive,
        )

    def __hash__(self) -> int:
        return hash(self._key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Words) and self._key == other._key


@lru_cache(maxsize=4)
def _as_book(intents: tuple[Intent, ...], words: _Words) -> PreparedBook:
    """The intents as a book; shared by every room and reload with the same pack."""
    return PreparedBook(
        FaqBook(
            entries=tuple(
                FaqEntry(
                    id=FaqId(str(intent.id)),
                    questions=intent.phrasings,
                    answers=("-",),
                )
                for intent in intents
            ),
            pack=words.pack,
        )
    )
