"""Known methods on the same lines: what streambot's matching and mood have to be better than.

Each ranks the phrasings of a room's book and speaks with the score of the first; none has settings
of its own, so what is compared is the order, and the recall at the threshold best for it.
"""

from __future__ import annotations

import logging
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib.util import find_spec

from _figures import Cell, Ruling
from _sets import Phrasing, Query
from rapidfuzz.fuzz import WRatio, ratio
from rapidfuzz.process import extractOne

from streambot.domain.faq.normalise import normalise

#: The number of the best phrasing and how sure the method is; None where nothing is alike.
Best = tuple[int, float] | None
Asked = Callable[[str], Best]
Method = Callable[[Sequence[str]], Asked]

#: Okapi BM25 as most programs ship it.
_K1, _B = 1.5, 0.75


def methods() -> dict[str, Method]:
    """The methods that can run here, by name."""
    known: dict[str, Method] = {
        "rapidfuzz ratio": lambda texts: _closest(texts, ratio, str),
        "normalised ratio": lambda texts: _closest(texts, ratio, normalise),
        "WRatio": lambda texts: _closest(texts, WRatio, str),
        "char TF-IDF 1-3": _tf_idf,
    }
    if find_spec("jieba") is not None:
        known["BM25 jieba"] = _bm25_jieba
    return known


def rulings(
    method: Method, books: Mapping[str, Sequence[Phrasing]], asked: Iterable[Query]
) -> list[Ruling]:
    """What a method says to each query, each asked in its own room."""
    rooms = {
        room: method([each.text for each in phrasings])
        for room, phrasings in books.items()
    }
    return [_ruling(query, rooms[query.room], books[query.room]) for query in asked]


def snownlp() -> Callable[[str], float] | None:
    """How negative a line is to snownlp, in [0, 1]; None where it isn't installed."""
    if find_spec("snownlp") is None:
        return None
    from snownlp import SnowNLP

    def negative(text: str) -> float:
        return 1 - SnowNLP(text).sentiments if text.strip() else 0.0

    return negative


def _ruling(query: Query, ask: Asked, phrasings: Sequence[Phrasing]) -> Ruling:
    best = ask(query.text)
    number, score = best or (0, 0.0)
    right = best is not None and phrasings[number].entry == query.gold
    cell = Cell(query.kind, first=right, among3=right, outcome="answer", right=right)
    return Ruling(cell, score)


def _closest(
    texts: Sequence[str], scorer: Callable[..., float], plain: Callable[[str], str]
) -> Asked:
    known = list(map(plain, texts))

    def ask(text: str) -> Best:
        found = extractOne(plain(text), known, scorer=scorer)
        return None if found is None else (found[2], found[1])

    return ask


def _tf_idf(texts: Sequence[str]) -> Asked:
    """Cosine of character n-grams, 1 to 3, weighted by how rare they are."""
    grams = [_grams(text) for text in texts]
    seen = Counter(gram for each in grams for gram in each)
    total = len(texts)

    def weigh(counts: Counter[str]) -> dict[str, float]:
        weights = {
            gram: count * (1 + math.log((1 + total) / (1 + seen[gram])))
            for gram, count in counts.items()
        }
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        return {gram: weight / length for gram, weight in weights.items()}

    postings = _postings(map(weigh, grams))
    return lambda text: _heaviest(postings, weigh(_grams(text)))


def _bm25_jieba(texts: Sequence[str]) -> Asked:
    words = [_words(text) for text in texts]
    seen = Counter(word for each in words for word in each)
    total = len(texts)
    mean = sum(each.total() for each in words) / max(1, total)

    def weigh(counts: Counter[str]) -> dict[str, float]:
        length = _K1 * (1 - _B + _B * counts.total() / mean)
        return {
            word: math.log(1 + (total - seen[word] + 0.5) / (seen[word] + 0.5))
            * (count * (_K1 + 1) / (count + length))
            for word, count in counts.items()
        }

    postings = _postings(map(weigh, words))
    return lambda text: _heaviest(postings, _words(text))


def _postings(
    documents: Iterable[Mapping[str, float]],
) -> Mapping[str, list[tuple[int, float]]]:
    postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for number, weights in enumerate(documents):
        for term, weight in weights.items():
            postings[term].append((number, weight))
    return dict(postings)


def _heaviest(
    postings: Mapping[str, list[tuple[int, float]]], line: Mapping[str, float]
) -> Best:
    sums: dict[int, float] = defaultdict(float)
    for term, weight in line.items():
        for number, other in postings.get(term, ()):
            sums[number] += weight * other
    return max(sums.items(), key=lambda each: (each[1], -each[0]), default=None)


def _grams(text: str) -> Counter[str]:
    text = text.lower()
    return Counter(
        text[at : at + size]
        for size in (1, 2, 3)
        for at in range(len(text) - size + 1)
        if not text[at : at + size].isspace()
    )


def _words(text: str) -> Counter[str]:
    import jieba

    jieba.setLogLevel(logging.WARNING)
    return Counter(word for word in jieba.cut(text.lower()) if not word.isspace())
