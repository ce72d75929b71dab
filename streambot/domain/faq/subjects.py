"""Subjects: the goods that a book's questions are about, so that one's answer isn't told of another.

They are known by the pack's list of goods and, where a shop sells what no list knows, by what
the questions of several entries, or nearly all of one, begin with: 钢笔多重, 钢笔漏墨吗, 钢笔能刻字吗.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from streambot.domain.faq.entry import FaqBook, FaqId
from streambot.domain.faq.normalise import normalise
from streambot.domain.faq.pack import Pack

#: Goods that are kinds of each other, or other words for them: 保温杯 is a 水杯.
_OF_A_KIND = (
    ("杯子", "水杯", "保温杯"),
    ("耳机", "蓝牙耳机"),
    ("坚果", "核桃"),
    ("坚果", "瓜子"),
    ("四件套", "被子"),
    ("四件套", "枕头"),
    ("螃蟹", "大闸蟹"),
    ("樱桃", "车厘子"),
)
#: A word that the questions of so many entries begin with, and of such a share of the book, is
#: what they are about: a book of two thousand entries repeats any beginning.
_ENTRIES, _SHARE = 3, 0.05
#: Or so many questions and such a share of those of one entry: 果泥甜吗, 果泥加糖了吗, 果泥配料是什么.
_QUESTIONS, _OF_ONE = 3, 0.7
_LENGTHS = (2, 3, 4)
#: What is in no word for goods, though questions begin with it: 我的, 为什么, 能不能.
_NO_GOODS = frozenset("我你他您的了吗么什怎哪谁能可不没有是为会要在和这那几多")


def goods_apart(book: FaqBook) -> Iterator[frozenset[str]]:
    """The goods of a book without products as a set of which one rules out the others, if any.

    A side behind slashes is of words that are asked about together, or are kinds of each other.
    """
    if book.catalogue.products or not book.pack.foreign:
        return
    asked = {
        entry.id: "\n".join(map(normalise, entry.questions)) for entry in book.entries
    }
    every = "\n".join(asked.values())
    listed = {
        word for word in map(normalise, book.pack.foreign) if word and word in every
    }
    own = _begun_with(asked, book.pack) - listed
    if len(listed) + len(own) < 2:
        return
    yield frozenset({*listed, *own, *_akin(asked, listed, own)})


def _akin(asked: Mapping[FaqId, str], listed: set[str], own: set[str]) -> Iterator[str]:
    """The pairs of words of which one may stand for the other, as one side each."""
    for kind in _OF_A_KIND:
        known = [word for word in kind if word in listed]
        if len(known) > 1:
            yield "/".join(known)
    words = sorted(listed | own)
    for text in asked.values():
        named = [word for word in words if word in text]
        for pair in combinations(named, 2):
            if own.intersection(pair):
                yield "/".join(pair)


def _begun_with(asked: Mapping[FaqId, str], pack: Pack) -> set[str]:
    """The words that the questions of several entries begin with and the pack doesn't know."""
    begun: dict[str, Counter[FaqId]] = {}
    written = {entry: text.split("\n") for entry, text in asked.items()}
    for entry, questions in written.items():
        for question in questions:
            for length in _LENGTHS:
                if len(question) > length and may_be_goods(question[:length]):
                    begun.setdefault(question[:length], Counter())[entry] += 1
    least = max(_ENTRIES, len(asked) * _SHARE)
    often = {
        word: of.total()
        for word, of in begun.items()
        if len(of) >= least or _is_of_one(of, written)
    }
    if not often:
        return set()
    said = said_by(pack)
    return {
        word
        for word, times in often.items()
        if _is_whole(word, times, often) and not _is_known(word, said, pack)
    }


def _is_of_one(begun: Counter[FaqId], written: Mapping[FaqId, Sequence[str]]) -> bool:
    """Whether nearly all questions of some entry begin with a word, and not only a few do at all."""
    return begun.total() >= _QUESTIONS and any(
        times >= max(2, _OF_ONE * len(written[entry])) for entry, times in begun.items()
    )


def _is_whole(word: str, times: int, often: Mapping[str, int]) -> bool:
    """Whether *word* is neither a piece of a longer word nor a word and what follows it."""
    return not any(
        (other.startswith(word) and count >= times)
        or (word.startswith(other) and count > times)
        for other, count in often.items()
        if other != word
    )


def may_be_goods(word: str) -> bool:
    """Whether *word* is Chinese and has nothing in it that no word for goods has."""
    return _NO_GOODS.isdisjoint(word) and all("一" <= char <= "龥" for char in word)


def _is_known(word: str, said: str, pack: Pack) -> bool:
    """Whether the pack says *word*, or has a concept in it: 花呗 is in 蚂蚁花呗."""
    pieces = {
        word[start:end]
        for start in range(len(word))
        for end in range(start + 2, len(word) + 1)
    }
    concepts = (each for words in pack.concepts.values() for each in words)
    return word in said or not pieces.isdisjoint(concepts)


def said_by(pack: Pack) -> str:
    """Everything the pack says, in which a word of the trade can be found."""
    said = [word for words in pack.concepts.values() for word in words]
    said += [asked for intent in pack.intents for asked in intent.phrasings]
    said += [word for side in pack.exclusive for word in side]
    return "\n".join(map(normalise, (*said, *pack.slang, *pack.slang.values())))
