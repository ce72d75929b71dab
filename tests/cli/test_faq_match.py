"""``faq match`` and ``mood``: JSON lines in, the same lines with a verdict out."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from streambot.authoring.pack import shipped_pack
from streambot.cli.faq_match import Bases
from streambot.cli.second_look import CommandLook
from streambot.config import shipped
from streambot.domain.mood import ANGRY_AT
from tests.cli.conftest import Run

_FAQ = str(shipped() / "faq")
_OUTCOMES = {"answer", "clarify", "handoff", "ignore"}


def _lines(*rows: dict[str, Any] | str) -> str:
    return "".join(
        (row if isinstance(row, str) else json.dumps(row, ensure_ascii=False)) + "\n"
        for row in rows
    )


def _read(text: str) -> list[dict[str, Any]]:
    return [json.loads(row) for row in text.splitlines()]


@pytest.fixture
def base(here: Path) -> Path:
    """Entries of two rooms in one file, some of the same id and questions."""
    path = here / "base.jsonl"
    path.write_text(
        _lines(
            {"room": "tea", "id": "ship", "questions": ["几号发货"], "title": "发货"},
            {"room": "tea", "id": "price", "questions": ["多少钱一盒"]},
            {"room": "shoes", "id": "ship", "questions": ["多少钱一双"]},
            {"id": "lost", "questions": ["几号发货"]},
        ),
        encoding="utf-8",
    )
    return path


def test_the_second_look_is_asked_unless_it_is_off(run: Run, base: Path) -> None:
    """On by default where an encoder is; every field is as the interface says either way."""
    query = _lines(
        {"text": "哪天可以发货呢", "room": "tea"}, {"text": "", "room": "tea"}
    )
    for options in ((), ("--second-look", "on"), ("--second-look", "off")):
        result = run("faq", "match", "--faq", base.name, *options, input=query)
        assert (result.exit_code, result.stderr) == (0, "")
        row, empty = _read(result.stdout)
        assert {each["entry"] for each in row["candidates"]} == {"ship", "price"}
        assert empty["outcome"] == "ignore"


def test_every_field_comes_back_with_the_verdict(run: Run) -> None:
    """Fields of the input are kept, in order; the result is what the interface says."""
    given: list[dict[str, Any]] = [
        {"qid": 7, "text": "几号发货", "more": {"a": [1, None]}},
        {"text": "你们几号发的货呀能不能快点", "qid": "x"},
        {"text": "哈哈哈哈"},
        {"text": ""},
    ]
    book = str(
        shipped() / "faq" / "shipping.yaml"
    )  # of the look by meaning each line costs
    result = run("faq", "match", "--faq", book, input=_lines(*given))
    found = _read(result.stdout)
    assert result.exit_code == 0
    assert len(found) == len(given)
    for query, row in zip(given, found, strict=True):
        assert {name: row[name] for name in query} == query
        assert list(row)[len(query) :] == [
            *("outcome", "entry", "score", "candidates", "reason")
        ]
        assert row["outcome"] in _OUTCOMES
        assert (row["entry"] is not None) is (row["outcome"] == "answer")
        scores = [each["score"] for each in row["candidates"] if "veto" not in each]
        assert scores == sorted(scores, reverse=True)
        assert all(0 <= each["score"] <= 1 for each in row["candidates"])
        vetoed = ["veto" in each for each in row["candidates"]]
        assert vetoed == sorted(vetoed)
    assert (found[0]["outcome"], found[0]["entry"]) == ("answer", "ship-when")
    assert found[0]["score"] == found[0]["candidates"][0]["score"]
    assert len(found[0]["candidates"]) >= 5
    assert found[2]["outcome"] == found[3]["outcome"] == "ignore"


def test_a_query_is_matched_in_its_own_room(run: Run, base: Path) -> None:
    """A query's own room counts, else ``--room``; no room sees another's entries."""
    queries = [
        {"room": "tea", "text": "几号发货"},
        {"room": "shoes", "text": "几号发货"},
        {"text": "多少钱一双"},
        {"room": "nowhere", "text": "几号发货"},
    ]
    args = ("faq", "match", "--faq", str(base), "--room", "shoes")
    found = _read(run(*args, input=_lines(*queries)).stdout)
    assert [row["entry"] for row in found] == ["ship", None, "ship", None]
    assert found[3]["candidates"] == []


def test_the_same_entry_twice_is_an_error(run: Run, base: Path) -> None:
    """The same (room, id) twice ends with 2 and names the second line, before any result."""
    with base.open("a", encoding="utf-8") as file:
        file.write(_lines({"room": "tea", "id": "ship", "questions": ["发货吗"]}))
    result = run("faq", "match", "--faq", str(base), input=_lines({"text": "几号发货"}))
    assert result.exit_code == 2
    assert f"{base}:5" in result.stderr
    assert result.stdout == ""


def test_books_and_bases_serve_together(run: Run, base: Path) -> None:
    """YAML books serve every room beside the room's own base, a file or a folder alike."""
    queries = _lines({"room": "tea", "text": "多少钱一盒"}, {"text": "有色差吗"})
    (base.parent / "more.yaml").write_text(
        "- {id: colour, questions: [有色差吗], answer: 色差很小}\n", encoding="utf-8"
    )
    args = ("--faq", str(base), "--faq", str(base.parent / "more.yaml"))
    found = _read(run("faq", "match", *args, input=queries).stdout)
    assert [row["entry"] for row in found] == ["price", "colour"]


def test_books_with_nothing_usable_end_with_3(run: Run, here: Path) -> None:
    """A book without one good entry ends with 3, its mistakes on standard error."""
    (here / "faq.yaml").write_text("- questions: [几号发货]\n", encoding="utf-8")
    result = run("faq", "match", "--faq", "faq.yaml", input="")
    assert result.exit_code == 3
    assert "faq.yaml:1:" in result.stderr
    assert result.stdout == ""


_BAD = ("not json", "[]", '{"text": 1}', '{"qid": 1}', '"几号发货"')


@pytest.mark.parametrize("bad", _BAD)
@pytest.mark.parametrize(
    "command", [("faq", "match", "--faq", _FAQ), ("mood",)], ids=["match", "mood"]
)
def test_a_bad_line_is_named_and_the_others_judged(
    run: Run, command: tuple[str, ...], bad: str
) -> None:
    """A line that can't be read ends with 2 after the others, named by its number."""
    text = _lines({"text": "几号发货"}, bad, "", {"text": "骗子还我钱"})
    result = run(*command, input=text)
    assert result.exit_code == 2
    assert [row["text"] for row in _read(result.stdout)] == ["几号发货", "骗子还我钱"]
    (told,) = result.stderr.splitlines()
    assert told.startswith("第 2 行读不懂：")
    assert '；每行要写成 {"text": "包邮吗"} 这样 · ' in told
    assert "line 2 can't be read: " in told


def test_bytes_that_are_no_utf8_are_a_bad_line(run: Run) -> None:
    """A line in another encoding is named like any bad line."""
    data = b'{"text": "\xb7\xa2\xbb\xf5"}\n' + _lines({"text": "几号发货"}).encode()
    result = run("mood", input=data)
    assert result.exit_code == 2
    assert "line 1 " in result.stderr
    assert len(_read(result.stdout)) == 1


@pytest.mark.parametrize(
    "command",
    [("faq", "match", "--faq", _FAQ, "--second-look", "off"), ("mood",)],
    ids=["match", "mood"],  # no encoder: nothing of the streaming is its business
)
def test_results_stream(command: tuple[str, ...]) -> None:
    """Each result is there before the next line is given, so another program can converse."""
    with subprocess.Popen(
        [sys.executable, "-m", "streambot", *command],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for text in ("几号发货", "骗子！", "有优惠吗"):
            process.stdin.write(_lines({"text": text}).encode())
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["text"] == text
        process.stdin.close()
        assert process.wait() == 0


def test_each_line_is_judged_alone(run: Run) -> None:
    """The same question again and again gets the same verdict: no cooldown, no context."""
    one = _lines({"text": "几号发货"})
    found = run("faq", "match", "--faq", _FAQ, input=one * 5).stdout.splitlines()
    assert len(found) == 5
    assert len(set(found)) == 1


def test_moods_have_level_score_and_evidence(run: Run) -> None:
    """``mood`` keeps the input, numbers lines without an id, and quotes what it goes by."""
    given: list[dict[str, Any]] = [
        {"text": "几号发货"},
        {"id": "b", "text": "😤你们这些骗子，再不发货我打12315", "t": 3.5, "user": "u"},
        {"text": "有点失望"},
    ]
    result = run("mood", input=_lines(*given))
    found = _read(result.stdout)
    assert result.exit_code == 0
    assert [row["id"] for row in found] == [1, "b", 3]
    assert [row["mood"] for row in found] == ["calm", "angry", "uneasy"]
    assert [row["level"] for row in found] == [None, "P0", "P3"]
    for query, row in zip(given, found, strict=True):
        assert {name: row[name] for name in query} == query
        assert (row["mood"] == "angry") is (row["score"] >= ANGRY_AT)
        assert bool(row["evidence"]) is (row["mood"] != "calm")
        for each in row["evidence"]:
            start, end = each["span"]
            assert row["text"][start:end] == each["text"]


def test_a_base_has_the_shipped_pack(base: Path) -> None:
    """Entries without a YAML book are matched with what live shops have in common."""
    bases = Bases(CommandLook("off"))
    bases.read((base,))
    assert bases.book("tea").pack == shipped_pack()
    assert len(bases.book("tea").entries) == 2
