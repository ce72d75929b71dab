"""The measures of real lines, taken through the product's own code, for tools/fit_matcher.py."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt

from streambot.application.encoder_maps import QuestionMap
from streambot.application.vector_table import VectorTable, packed
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


@dataclass(frozen=True, slots=True)
class Encoding:
    """How lines are looked at again: by which vectors, and what those are turned by."""

    encode: Encode
    turn: QuestionMap | None

    def packed(self, texts: Iterable[str]) -> dict[str, bytes]:
        """The vector of each text, as a bot keeps it."""
        every = list(dict.fromkeys(texts))
        return dict(zip(every, packed(self.encode(every)), strict=True))


@dataclass(frozen=True, slots=True)
class _Encoded:
    """A book's table, and the vector of every line."""

    table: VectorTable
    lines: Mapping[str, bytes]

    def likeness(
        self, plain: str, wanted: Sequence[str], *, asks: bool
    ) -> Likeness | None:
        """What the encoder says of a line: the nearest phrases and those *wanted*."""
        return self.table.likeness(self.lines[plain], wanted, asks=asks)


def books_of(asked: QuestionSet, pack: Pack) -> dict[str, FaqBook]:
    """The book of every room of a set."""
    return {
        room: FaqBook(
            entries=tuple(
                FaqEntry(
                    id=FaqId(each.id),
                    questions=each.questions,
                    answers=each.answers or ("-",),
                )
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
    encoding: Encoding | None,
) -> Lines:
    """The lines of a set, and *chat* dealt out to its rooms; with *encoding*, as looked at again."""
    prepared = {room: PreparedBook(book) for room, book in books.items()}
    rooms = sorted(prepared)
    every = [
        *queries,
        *(
            Query(rooms[number % len(rooms)], text, None, "chat")
            for number, text in enumerate(chat)
        ),
    ]
    encoded = {} if encoding is None else _encoded(prepared, every, encoding)
    rows = [
        _row(query, prepared[query.room], encoded.get(query.room)) for query in every
    ]
    return _together(every, rows)


def _encoded(
    books: Mapping[str, PreparedBook], queries: Sequence[Query], encoding: Encoding
) -> dict[str, _Encoded]:
    """The encoder's view of every room; all texts are asked for at once."""
    lines = encoding.packed(
        books[each.room].canon(folded(each.text)) or "-" for each in queries
    )
    tables = {
        room: VectorTable(book.compared, encoding.turn) for room, book in books.items()
    }
    known = encoding.packed(text for table in tables.values() for text in table.texts)
    for table in tables.values():
        table.put({text: known[text] for text in table.texts})
    return {room: _Encoded(table, lines) for room, table in tables.items()}


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
    asked, asks = Asked(book.forms(plain), book.index), is_question(text)
    near = partial(rank, book, asked, talks=(lambda: False) if asks else None)
    likeness = None
    if encoded is not None:
        wanted = [book.phrasings[each.phrasing].plain for each in near(None)]
        likeness = encoded.likeness(plain, wanted, asks=asks)
    ranked = [each for each in near(likeness) if each.measures]
    measures = [each.measures for each in ranked]
    line = line_measures(asked, measures, book.index, asks)
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
