"""understanding.py on sets written here: figures that can be counted by hand."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from streambot.domain.faq.match import MatchSettings
from tests.benchmarks.run import BENCHMARKS, figures, printed

_BASE: list[dict[str, object]] = [
    {"id": "ship", "questions": ["什么时候发货", "多久能发货", "今天能发货吗"]},
    {"id": "return", "questions": ["怎么退货", "可以退货吗", "退货流程是什么"]},
    {"id": "fade", "questions": ["会掉色吗", "洗了掉不掉颜色", "褪色吗"]},
]
_QUERIES = [
    ("什么时候发货", "ship", "in"),
    ("怎么退货", "return", "in"),
    ("会掉色吗", "return", "in"),  # answered, and wrongly by what people said
    ("附近有停车场吗", "fade", "in"),
    ("褪色吗", None, "oos_near"),
    ("转人工", None, "oos_domain"),
    ("哈哈哈哈", None, "oos_chat"),
]
_CHAT = ["哈哈", "666", "怎么退货", "来了", "转人工"]
_MOOD = [
    ("你们就是骗子，退钱", 1, "cs_angry"),
    ("等得花儿都谢了", 1, "cs_angry"),
    ("晚上好", 0, "danmaku_random"),
    ("怎么退货", 0, "faq_question"),
]


def _write(path: Path, rows: Iterable[dict[str, object]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8"
    )


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a set of questions, a recorded room and lines with their mood."""
    tmp_path = tmp_path_factory.mktemp("data")
    _write(
        tmp_path / "faq" / "jd" / "base_51.jsonl",
        ({"room": "r1", "title": "-"} | row for row in _BASE),
    )
    _write(
        tmp_path / "faq" / "jd" / "queries_51.jsonl",
        (
            {
                "room": "r1",
                "qid": str(number),
                "text": text,
                "gold_id": gold,
                "kind": kind,
            }
            for number, (text, gold, kind) in enumerate(_QUERIES)
        ),
    )
    _write(
        tmp_path / "chat" / "evening.jsonl",
        ({"t": number, "user": "u", "text": text} for number, text in enumerate(_CHAT)),
    )
    _write(
        tmp_path / "mood" / "anger.jsonl",
        ({"text": text, "label": label, "kind": kind} for text, label, kind in _MOOD),
    )
    return tmp_path


@pytest.fixture(scope="module")
def found(data: Path) -> dict[str, Any]:
    """What it tells of every set there is, without peers."""
    return figures("understanding.py", "--data", str(data), "--no-peers")


def test_figures_are_those_of_the_shipped_settings(found: dict[str, Any]) -> None:
    """Counted by hand: three of four answered, two rightly, one answer out of scope."""
    assert found["settings"] == asdict(MatchSettings()) | {"second_look": False}
    jd = found["sets"]["jd"]
    values = {name: figure["value"] for name, figure in jd["figures"].items()}
    assert values == {
        "top1": 0.5,
        "among3": 1.0,  # the book has three
        "precision": 0.5,
        "recall": 0.5,
        "oos_answered": pytest.approx(1 / 3),
        "oos_passed_on": 0.5,
        "chat_passed_on": 0.0,
        "rec_at_p90": 0.0,  # the wrong ones are as sure as the right ones
    }
    assert jd["kinds"]["oos_domain"] == {
        "queries": 1,
        "answer": 0.0,
        "clarify": 0.0,
        "handoff": 1.0,
        "ignore": 0.0,
    }
    intervals = jd["figures"].values()
    assert all(each["low"] <= each["value"] <= each["high"] for each in intervals)
    assert set(found["missing"]) == {
        *("oppo50", "oppo500", "oppo2000", "ant", "banking77")
    }


def test_chatter_is_counted_per_thousand_lines_for_both_books(data: Path) -> None:
    """Every answer to a recorded room is a false one; the shipped book is asked too."""
    options = ("--data", str(data), "--sets", "chat", "--processes", "1")
    books = figures("understanding.py", *options)["chat"]["books"]
    assert books.keys() == {"jd", "faq"}
    jd = books["jd"]["evening"]
    assert (jd["lines"], jd["false_answers_per_1000"]) == (5, 200)
    assert jd["handoffs_per_1000"] == 200
    assert jd == books["jd"]["all"]
    assert books["faq"]["evening"]["lines"] == 5


def test_mood_is_told_by_kind(data: Path) -> None:
    """The share flagged of each kind, and over all of them precision and its average."""
    options = ("--data", str(data), "--sets", "mood", "--no-peers")
    mood = figures("understanding.py", *options)["mood"]
    flagged = {kind: each["flagged"]["value"] for kind, each in mood["kinds"].items()}
    assert flagged["cs_angry"] >= 0.5
    assert flagged["danmaku_random"] == flagged["faq_question"] == 0
    assert mood["precision"]["value"] == 1
    assert mood["flagged_per_1000"] == {"evening": 0}
    assert 0 < mood["average_precision"] <= 1


def test_peers_and_noise_stand_beside_it(data: Path) -> None:
    """Each method has its top-1 and recall, each noise its loss."""
    options = ("--data", str(data), "--sets", "jd,mood", "--noise")
    found = figures("understanding.py", *options)
    jd = found["sets"]["jd"]
    assert jd["peers"].keys() == {
        *("rapidfuzz ratio", "normalised ratio", "WRatio"),
        *("char TF-IDF 1-3", "BM25 jieba"),
    }
    for peer in jd["peers"].values():
        assert peer["top1"]["value"] >= 0.5  # the literal ones at least
    assert jd["noise"].keys() == {
        *("homophone", "traditional", "full_width", "filler"),
        *("emoji", "elongation", "punctuation", "dropped"),
    }
    assert jd["noise"]["traditional"]["loss"] == 0
    assert (
        found["mood"]["peers"]["snownlp"]["kinds"].keys()
        == found["mood"]["kinds"].keys()
    )


def test_aims_stand_beside_the_figures_and_missed_ones_are_marked(
    data: Path, found: dict[str, Any]
) -> None:
    """In JSON by name, in the table with a word."""
    aims = {each["figure"]: each for each in found["aims"]}
    assert aims["jd.top1"]["met"] is False
    assert aims["jd.chat_passed_on"]["met"] is True
    assert aims["chat.jd.false_answers_per_1000"]["at_most"] is True
    table = printed(
        "understanding.py", "--data", str(data), "--sets", "jd", "--no-peers"
    )
    (row,) = (line for line in table.splitlines() if "jd.top1" in line)
    assert "0.500" in row
    assert "missed" in row


def test_without_data_it_says_what_is_missing(tmp_path: Path) -> None:
    """No set, no figure, no failure."""
    found = figures("understanding.py", "--data", str(tmp_path))
    assert found["sets"] == {}
    assert {"jd", "chat", "mood"} <= set(found["missing"])
    assert "not measured" in printed("understanding.py", "--data", str(tmp_path))


@pytest.fixture
def measures(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The benchmark's arithmetic."""
    monkeypatch.syspath_prepend(BENCHMARKS)
    yield import_module("_figures")
    for name in ("_figures", "_sets"):
        sys.modules.pop(name, None)


def test_a_threshold_does_not_part_equal_scores(measures: Any) -> None:
    """Nine right and one wrong above make P90; a tie of right and wrong is taken whole."""

    def ruled(score: float, *, right: bool, kind: str = "in") -> Any:
        return measures.Ruling(
            measures.Cell(kind, right, right, "answer", right), score
        )

    sure = [ruled(0.9, right=True) for _ in range(9)]
    wrong = ruled(0.8, right=False, kind="oos_far")
    tied = [ruled(0.5, right=True), ruled(0.5, right=False)]
    assert measures.recall_at([*sure, wrong])["value"] == 1
    assert measures.recall_at([*sure, wrong, *tied])["value"] == pytest.approx(9 / 11)
    assert measures.recall_at([*tied])["value"] == 0


def test_average_precision_is_the_mean_over_positives(measures: Any) -> None:
    """Right at rank 1 and 3: (1 + 2/3) / 2; rarer positives make it lower."""
    lines = [(0.9, True), (0.8, False), (0.7, True), (0.1, False)]
    assert measures.average_precision(lines) == pytest.approx((1 + 2 / 3) / 2)
    assert measures.average_precision(lines, 0.1) < measures.average_precision(lines)
    assert measures.average_precision(lines, 0.5) == pytest.approx((1 + 2 / 3) / 2)
    assert measures.average_precision([(0.4, False)]) is None
