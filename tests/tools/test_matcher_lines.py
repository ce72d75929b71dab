"""What the matcher's weights are fitted on: sets as files, vectors kept, measures as the product's."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from streambot.domain.faq.cues import is_question
from streambot.domain.faq.heard import Heard
from streambot.domain.faq.judging import Judge
from streambot.domain.faq.pack import Pack
from streambot.domain.faq.prepared import PreparedBook
from streambot.domain.faq.ranking import CLOSE_AGAIN
from streambot.domain.faq.weights import FIRST, SECOND
from tools.distil import right
from tools.matcher_lines import Encoding, books_of, measured
from tools.question_sets import QuestionSet, read_set
from tools.softmax import Fit
from tools.vector_file import VectorFile

_BOOK = {"ship": ["什么时候发货", "几天能发出"], "refund": ["怎么退款", "钱退到哪里"]}
_ASKED = (("啥时候发货呀", "ship"), ("退款怎么弄", "refund"), ("主播好美", None))


class _Letters:
    """An encoder by letters: near is what shares characters."""

    name = "letters"

    def __init__(self) -> None:
        self.encoded: list[str] = []

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """A unit vector a text."""
        self.encoded += texts
        vectors = np.full((len(texts), 64), 0.01, np.float32)
        for row, text in enumerate(texts):
            for char in text:
                vectors[row, ord(char) % 64] += 1
        found: npt.NDArray[np.float32] = vectors / np.linalg.norm(
            vectors, axis=1, keepdims=True
        )
        return found


@pytest.fixture
def asked(tmp_path: Path) -> QuestionSet:
    """A set of one room as its files say it."""
    folder = tmp_path / "faq" / "jd"
    folder.mkdir(parents=True)
    base = [
        {"room": "甲", "id": entry, "questions": questions}
        for entry, questions in _BOOK.items()
    ]
    lines = [
        {
            "room": "甲",
            "text": text,
            "gold_id": gold,
            "kind": "in" if gold else "oos_chat",
        }
        for text, gold in _ASKED
    ]
    for name, rows in (("base_51", base), ("queries_51", lines)):
        text = "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows)
        (folder / f"{name}.jsonl").write_text(text, encoding="utf-8")
    return read_set(tmp_path, "jd")


def test_lines_are_measured_with_and_without_an_encoder(
    asked: QuestionSet, tmp_path: Path
) -> None:
    """The right candidate is known by its place, none by the number of candidates."""
    vectors = VectorFile(tmp_path / "vectors.npz", _Letters())
    books = books_of(asked, Pack())
    for given, weights in ((None, FIRST), (Encoding(vectors, None), SECOND)):
        lines = measured(books, asked.queries, ["哈哈哈哈"], given)
        assert lines.entry.shape == (4, CLOSE_AGAIN, len(weights.entry))
        assert lines.line.shape == (4, len(weights.none) - 1)
        assert lines.kind.tolist() == ["in", "in", "oos_chat", "chat"]
        assert lines.answerable.tolist() == [True, True, False, False]
        assert (lines.gold[:2] < 2).all() and (lines.gold[2:] == CLOSE_AGAIN).all()
        of_gold = lines.entry[[0, 1], lines.gold[:2], 0]
        assert (of_gold == lines.entry[:2, :, 0].max(axis=1)).all()


def test_what_is_fitted_is_what_the_matcher_computes(asked: QuestionSet) -> None:
    """With the same weights a fit gives each line the confidence that the product gives it."""
    books = books_of(asked, Pack())
    lines = measured(books, asked.queries, [], None)
    shares = Fit(np.array(FIRST.entry), np.array(FIRST.none)).shares(lines)
    (book,) = map(PreparedBook, books.values())
    for (text, gold), place, share in zip(_ASKED, lines.gold, shares, strict=True):
        if gold is not None:
            plain, asks = book.canon(text), is_question(text)
            heard = Heard(text=text, plain=plain, asks=asks, book=book)
            judged = Judge(book).judge(heard).candidates
            (score,) = (each.score for each in judged if each.entry == gold)
            assert score == pytest.approx(share[place], abs=1e-6)


def test_the_share_that_is_right_is_counted(asked: QuestionSet) -> None:
    """A gist that sees characters finds both; one that sees nothing finds the first."""
    encoder = _Letters()
    assert right(asked, lambda text: encoder.encode([text])[0]) == 1.0
    assert right(asked, lambda _: np.ones(3, np.float32)) == 0.5


def test_vectors_are_kept(tmp_path: Path) -> None:
    """Nothing is encoded twice, even by another run; order is the caller's."""
    path, first, again = tmp_path / "vectors.npz", _Letters(), _Letters()
    one = VectorFile(path, first)(["甲", "乙", "甲"])
    assert first.encoded == ["甲", "乙"]
    other = VectorFile(path, again)(["乙", "丙", "甲"])
    assert again.encoded == ["丙"]
    assert other[[2, 0]] == pytest.approx(one[:2])
    assert np.linalg.norm(other, axis=1) == pytest.approx(1.0)


def test_vectors_of_another_encoder_are_refused(tmp_path: Path) -> None:
    """Two encoders' vectors can't be compared, so the file says whose they are."""
    path, other = tmp_path / "vectors.npz", _Letters()
    VectorFile(path, _Letters())(["甲"])
    other.name = "others"
    with pytest.raises(SystemExit, match="letters"):
        VectorFile(path, other)
