"""What a book answers counts beside what it asks, where its encoder is taught to."""

from __future__ import annotations

from dataclasses import replace

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from streambot.application.encoder_maps import (
    AnswersCount,
    Change,
    Part,
    QuestionMap,
    texts_of,
)
from streambot.application.vector_table import VectorTable, packed
from streambot.domain.faq.likeness import Likeness, ToCompare

PLACES = 4
COUNT = AnswersCount(share=1.0, own=0.5, level=0.25, least=0.2, most=0.7)
BOOK = ToCompare(
    ("which courier", "which wrapping"),
    {"which courier": ("by post",), "which wrapping": ("in a box",)},
)
#: Both phrases are as near to the line; one answer is, and each is near its own phrase.
VECTORS = {
    "which courier": (0.6, 0.8, 0.0, 0.0),
    "which wrapping": (0.6, 0.0, 0.8, 0.0),
    "by post": (0.8, 0.6, 0.0, 0.0),
    "in a box": (0.0, 0.0, 1.0, 0.0),
}
LINE = (1.0, 0.0, 0.0, 0.0)


def _map(count: AnswersCount | None) -> QuestionMap:
    """Turns nothing."""
    none = numpy.zeros((PLACES, 1), numpy.float32)
    still = Change(none, none.T)
    return QuestionMap([Part(still, still)], [1.0], 1.0, count)


def _packed(*rows: tuple[float, ...]) -> list[bytes]:
    return packed(numpy.array(rows, numpy.float32))


def _told(
    *texts: str, count: AnswersCount | None = COUNT, asks: bool = True
) -> Likeness:
    """What a table that knows so many texts says of the line."""
    table = VectorTable(BOOK, _map(count))
    table.put({text: _packed(VECTORS[text])[0] for text in texts})
    likeness = table.likeness(_packed(LINE)[0], (), asks=asks)
    assert likeness is not None
    return likeness


def test_what_its_answer_tells_raises_a_phrase() -> None:
    """And what another's doesn't tell lowers that, by how much it is less than usual."""
    cosines = _told(*VECTORS).cosines
    assert cosines["which courier"] == pytest.approx(0.6 + 0.8 - 0.48 - 0.25, abs=2e-3)
    assert cosines["which wrapping"] == pytest.approx(0.6 + 0.0 - 0.4 - 0.25, abs=2e-3)


def test_who_asks_nothing_gives_the_answer_himself() -> None:
    """They go by post, one viewer tells another."""
    cosines = _told(*VECTORS, asks=False).cosines
    assert list(cosines.values()) == [pytest.approx(0.6, abs=1e-3)] * 2


def test_an_answer_without_a_vector_doesnt_count_yet() -> None:
    """Phrases come first, so that a new book is of use at once."""
    cosines = _told("which courier", "which wrapping", "in a box").cosines
    assert cosines["which courier"] == pytest.approx(0.6, abs=1e-3)
    assert cosines["which wrapping"] < 0.6
    alone = _told("which courier", "which wrapping").cosines
    assert list(alone.values()) == [pytest.approx(0.6, abs=1e-3)] * 2


def test_an_answer_that_is_far_from_its_own_question_tells_nothing() -> None:
    """Ask in the chat, dear: whatever was asked."""
    strict = replace(COUNT, least=0.9)
    cosines = _told(*VECTORS, count=strict).cosines
    assert cosines["which courier"] > cosines["which wrapping"]  # own: 0.96 and 0.8
    assert cosines["which wrapping"] == pytest.approx(0.6, abs=1e-3)


def test_an_answer_takes_no_more_than_so_much() -> None:
    """A question that is typed wrong is far from every answer, its own included."""
    cosines = _told(*VECTORS, count=replace(COUNT, most=0.1)).cosines
    assert cosines["which wrapping"] == pytest.approx(0.6 - 0.1, abs=1e-3)
    assert cosines["which courier"] == pytest.approx(0.6 + 0.8 - 0.48 - 0.25, abs=2e-3)


def test_where_nobody_taught_it_answers_need_no_vector() -> None:
    """An operator's own model learns phrases only, as before."""
    assert texts_of(BOOK, None) == texts_of(BOOK, _map(None)) == BOOK.phrases
    assert texts_of(BOOK, _map(COUNT)) == tuple(VECTORS)
    cosines = _told("which courier", "by post", count=None).cosines
    assert cosines == {"which courier": pytest.approx(0.6, abs=1e-3)}


def test_a_text_that_is_asked_and_told_has_one_vector() -> None:
    """And counts as either."""
    book = ToCompare(("by post",), {"by post": ("by post",)})
    table = VectorTable(book, _map(COUNT))
    assert table.texts == ("by post",)
    table.put({"by post": _packed(VECTORS["by post"])[0]})
    assert len(table) == 1 and "by post" in table
    likeness = table.likeness(_packed(LINE)[0], ())
    assert likeness is not None
    assert likeness.cosines["by post"] == pytest.approx(
        0.8 + 0.8 - 0.5 - 0.25, abs=2e-3
    )


@given(st.permutations(list(VECTORS)), st.integers(1, 4))
def test_the_order_in_which_vectors_come_changes_nothing(
    order: list[str], at_once: int
) -> None:
    """A restart has them in another one."""
    table = VectorTable(BOOK, _map(COUNT))
    for start in range(0, len(order), at_once):
        some = order[start : start + at_once]
        table.put({text: _packed(VECTORS[text])[0] for text in some})
        table.likeness(_packed(LINE)[0], ())
    assert len(table) == len(VECTORS)
    assert table.likeness(_packed(LINE)[0], ()) == _told(*VECTORS)
