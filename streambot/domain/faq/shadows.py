"""Shadows: questions that every shop knows and this book doesn't answer.

Without them such a question goes to the nearest entry, which is the wrong one.
"""

from __future__ import annotations

from functools import lru_cache
from math import inf

import msgspec

from streambot.domain.faq.aspects import UNTOLD
from streambot.domain.faq.entry import FaqBook, FaqEntry, FaqId
from streambot.domain.faq.heard import Heard
from streambot.domain.faq.judging import Judge
from streambot.domain.faq.match import Candidate
from streambot.domain.faq.normalise import folded
from streambot.domain.faq.pack import Intent, IntentId, IntentKind, Pack
from streambot.domain.faq.prepared import PreparedBook
from streambot.domain.faq.readings import bare

#: So sure must it be that a line asks for an intent, and so much surer than of any entry.
_SURE, _AHEAD = 0.60, 0.10
#: An entry has what a line says where it holds so much of its weight.
_HAS_IT = 0.75
#: What is no question in form must be so sure to be taken for one.
_STATED = 0.90
#: A book answers an intent when an entry answers its phrasings so surely on average.
_ANSWERED = 0.25
#: The same of an entry whose merchant named another intent.
_ANSWERED_BESIDES = 0.60
#: An entry that answers most of an intent's phrasings answers the rest as well.
_BENEFIT = 0.30
#: What is less like the book gives way to what the pack knows word for word.
_FAINT = 0.25
#: So many characters may stand around a statement that the pack knows word for word.
_AROUND = 12
#: Less than so many characters of a phrasing tell of nothing.
_SAYS_SOMETHING = 3
#: What is said around a statement without a meaning of its own.
_BEFORE, _BEHIND = "我亲哎唉啊哦那", "了啊呀呢吧啦哦嘛哈~～。.！! ,，"
#: Below this share of the line's weight nothing is compared closely.
_SHARED_ENOUGH = 0.25
#: What is less alike at a coarse look never got to be so sure, of 35,000 recorded lines (0.52).
_ALIKE = 0.50


class Cast(msgspec.Struct, frozen=True):
    """An intent that a line asks for; ``entry`` answers it, as far as ``strength`` says."""

    intent: Intent
    score: float
    entry: FaqId | None
    strength: float

    @property
    def confidence(self) -> float:
        """How surely the line asks what ``entry`` answers."""
        return self.score * min(1.0, self.strength + _BENEFIT)


class Shadows:
    """The intents of a pack, matched as if they were a book.

    Args:
        pack: the intents, and the words lines are read by.
        book: what may answer them.
        judge: judges lines by that book.
        at_least: what is less alike to every phrasing, at a coarse look, asks for no intent.
    """

    def __init__(
        self,
        pack: Pack,
        book: PreparedBook,
        judge: Judge,
        *,
        at_least: float = _ALIKE,
    ) -> None:
        self._at_least = at_least
        self._intents = {intent.id: intent for intent in pack.intents}
        self._book = _as_book(pack.intents, _Words(pack))
        self._judge = Judge(self._book)
        self._answers = judge
        self._own = book
        self._bound = {
            entry.intent: entry.id for entry in book.entries.values() if entry.intent
        }
        self._answered = lru_cache(maxsize=None)(self._answer_of)
        self._told = _told(pack)
        self._longest_told = max(map(len, self._told), default=0) + _AROUND

    def told(self, text: str) -> Intent | None:
        """The question for the shop that folded *text* tells of in the pack's own words.

        So 支付失败了 is the shop's matter where no entry speaks of paying, though it asks nothing.
        """
        if len(text) > self._longest_told:
            return None
        found = self._told.get(_core(text))
        if found is not None:
            return found
        rest = bare(text)
        return self._told.get(_core(rest)) if len(rest) < len(text) else None

    def cast(self, heard: Heard, best: Candidate | None) -> Cast | None:
        """The intent a line asks for, and what answers it.

        Args:
            heard: the line.
            best: the entry that is most like it, if any may answer it.
        """
        least = self._least(heard.plain, best) if self._intents else inf
        if least > 1.0:
            return None
        if heard.told is not None and (best is None or best.score < _FAINT):
            return Cast(heard.told, 1.0, *self._answered(heard.told))
        if self._book.index.is_foreign(heard.plain, _SHARED_ENOUGH):
            return None
        candidates = self._judge.judge(heard, at_least=self._at_least).candidates
        if not candidates or candidates[0].veto is not None:
            return None
        first = candidates[0]
        if first.score < max(_SURE, least):
            return None
        intent = self._intents[IntentId(str(first.entry))]
        if intent.kind is IntentKind.SHOP and not heard.asks and first.score < _STATED:
            return None
        entry, strength = self._answered(intent)
        return Cast(intent, first.score, entry, strength)

    def _least(self, plain: str, best: Candidate | None) -> float:
        """How sure it must be that a line asks for an intent where *best* is a book's answer.

        An intent's own phrasing needs no lead over an entry that lacks much of what it says: 妈妈 is
        nowhere in what an entry for 胖的能穿吗 is asked, 便宜 is in what one for 可以便宜点吗 is.
        """
        if best is None:
            return 0.0
        own = plain in self._book.exact and plain not in self._own.exact
        lacks = own and best.why.get("entry_covered", 0.0) < _HAS_IT
        return best.score if lacks else best.score + _AHEAD

    def _answer_of(self, intent: Intent) -> tuple[FaqId | None, float]:
        """The entry that answers *intent*, and how much of the intent it answers, in [0, 1].

        Either the entry says so, or it is found by the intent's own phrasings: more surely where
        it says of another that it answers that. 男生能穿吗 is much like 胖的能穿吗.
        """
        if (bound := self._bound.get(intent.id)) is not None:
            return bound, 1.0
        votes: dict[FaqId, float] = {}
        asked = [plain for each in intent.phrasings if (plain := self._own.canon(each))]
        for plain in asked:
            heard = Heard(text=plain, plain=plain, asks=True, book=self._own)
            found = self._answers.judge(heard).candidates
            # What a line asks of the matter is looked at when there is a line.
            free = [each for each in found if each.veto in (None, UNTOLD)]
            if free:
                best = max(free, key=_by_itself)
                votes[best.entry] = votes.get(best.entry, 0.0) + _by_itself(best)
        if not votes:
            return None, 0.0
        entry = max(votes, key=lambda each: (votes[each], each))
        strength = votes[entry] / len(asked)
        named = self._own.entries[entry].intent is not None
        least = _ANSWERED_BESIDES if named else _ANSWERED
        return (entry if strength >= least else None), strength


def _told(pack: Pack) -> dict[str, Intent]:
    """What a pack's questions for the shop are told by, as it stands and without its openers."""
    told: dict[str, Intent] = {}
    for intent in pack.intents:
        if intent.kind is IntentKind.SHOP:
            for phrasing in map(folded, intent.phrasings):
                told.setdefault(_core(phrasing), intent)
                rest = _core(bare(phrasing))
                if len(rest) >= _SAYS_SOMETHING:
                    told.setdefault(rest, intent)
    return told


def _core(text: str) -> str:
    return text.rstrip(_BEHIND).lstrip(_BEFORE)


def _by_itself(candidate: Candidate) -> float:
    """How surely an entry answers, its merchant's keywords aside.

    发票 as a keyword is in every question about invoices, whatever it asks.
    """
    return candidate.alone if candidate.keyed else candidate.score


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
                    answers=(),
                )
                for intent in intents
            ),
            pack=words.pack,
        )
    )
