"""The measures of real lines, taken through the product's own code, for tools/fit_matcher.py."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from streambot.domain.faq.cues import is_question
from streambot.domain.faq.entry import FaqBook, FaqEntry, FaqId
from streambot.domain.faq.likeness import Likeness
from streambot.domain.faq.measures import Asked, line_measures
from streambot.domain.faq.normalise import folded
from streambot.domain.faq.pack import Pack
from streambot.domain.faq.prepared import PreparedBook
from streambot.domain.faq.ranking import CLOSE_AGAIN, line_encoded, rank
from tools.question_sets import Query, QuestionSet
from tools.softmax import Lines

Floats = npt.NDArray[np.float32]
Encode = Callable[[Sequence[str]], Floats]
#: Phrases an encoder tells of, besides those that were found without it.
_NEAREST = 32


@dataclass(frozen=True, slots=True)
class _Encoded:
    """The phrases of a book with their vectors, and the vector of every line."""

    phrases: tuple[str, ...]
    vectors: Floats
    lines: Mapping[str, Floats]

    def likeness(self, plain: str, wanted: Sequence[str]) -> Likeness:
        """What the encoder says of a line: the nearest phrases and those *wanted*."""
        cosines = self.vectors @ self.lines[plain]
        nearest = {self.phrases[at] for at in np.argsort(-cosines)[:_NEAREST]}
        told = nearest.union(wanted)
        return Likeness(
            cosines={
                phrase: float(cosine)
                for phrase, cosine in zip(self.phrases, cosines, strict=True)
                if phrase in told
            },
            mean=float(cosines.mean()),
            spread=float(cosines.std()),
        )


def books_of(asked: QuestionSet, pack: Pack) -> dict[str, FaqBook]:
    """The book of every room of a set."""
    return {
        room: FaqBook(
            entries=tuple(
                FaqEntry(id=FaqId(each.id), questions=each.questions, answers=("-",))
                for each in entries
            ),
            pack=pack,
        )
        for room, entries in asked.rooms.items()
    }


def measured(
    books: Mapping[str, FaqBook],
    queries: Sequence[Query],
    chat: Sequence[str],
    vectors: Encode | None,
) -> Lines:
    """The lines of a set, and *chat* dealt out to its rooms; with *vectors*, as looked at again."""
    prepared = {room: PreparedBook(book) for room, book in books.items()}
    rooms = sorted(prepared)
    every = [
        *queries,
        *(
            Query(rooms[number % len(rooms)], text, None, "chat")
            for number, text in enumerate(chat)
        ),
    ]
    encoded = {} if vectors is None else _encoded(prepared, every, vectors)
    rows = [
        _row(query, prepared[query.room], encoded.get(query.room)) for query in every
    ]
    return _together(every, rows)


def _encoded(
    books: Mapping[str, PreparedBook], queries: Sequence[Query], vectors: Encode
) -> dict[str, _Encoded]:
    """The encoder's view of every room; all texts are asked for at once."""
    plain = {each: books[each.room].canon(folded(each.text)) or "-" for each in queries}
    lines = list(dict.fromkeys(plain.values()))
    of_line = dict(zip(lines, vectors(lines), strict=True))
    every = [phrase for book in books.values() for phrase in book.exact]
    of_phrase = dict(zip(every, vectors(every), strict=True))
    return {
        room: _Encoded(
            tuple(book.exact),
            np.array([of_phrase[each] for each in book.exact], np.float32),
            of_line,
        )
        for room, book in books.items()
    }


@dataclass(frozen=True, slots=True)
class _Row:
    """The measures of one line: its candidates', its own, and which candidate is right."""

    candidates: list[tuple[float, ...]]
    line: list[float]
    gold: int | None


def _row(query: Query, book: PreparedBook, encoded: _Encoded | None) -> _Row:
    text = folded(query.text)
    plain = book.canon(text)
    if not plain:
        return _Row([], [], None)
    asked = Asked(book.forms(plain), book.index)
    likeness = None
    if encoded is not None:
        first = rank(book, asked, None)
        wanted = [book.phrasings[each.phrasing].plain for each in first]
        likeness = encoded.likeness(plain, wanted)
    ranked = [each for each in rank(book, asked, likeness) if each.measures]
    measures = [each.measures for each in ranked]
    line = line_measures(asked, measures, book.index, is_question(text))
    if likeness is not None:
        line.extend(line_encoded(likeness))
    owners = [book.phrasings[each.phrasing].entry for each in ranked]
    gold = FaqId(query.gold) if query.gold else None
    return _Row(measures, line, owners.index(gold) if gold in owners else None)


def _together(queries: Sequence[Query], rows: Sequence[_Row]) -> Lines:
    most, size = CLOSE_AGAIN, max(len(row.line) for row in rows)
    sizes = (len(candidate) for row in rows for candidate in row.candidates)
    entry = np.zeros((len(rows), most, max(sizes)))
    line = np.zeros((len(rows), size))
    present = np.zeros((len(rows), most), bool)
    gold = np.full(len(rows), most)
    for number, row in enumerate(rows):
        count = len(row.candidates)
        if count:
            entry[number, :count] = row.candidates
            present[number, :count] = True
        if row.line:
            line[number] = row.line
        if row.gold is not None:
            gold[number] = row.gold
    answerable = np.array([each.gold is not None for each in queries])
    kind = np.array([each.kind for each in queries])
    return Lines(entry, present, line, gold, answerable, kind)
