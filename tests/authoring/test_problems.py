"""What the checker says: every slip by its line and column, in words, with the line put right."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from streambot.authoring.book import BookReading, read_book
from streambot.authoring.decode import MAX_BYTES, decode, read_source
from streambot.authoring.judges import domain_judges
from streambot.authoring.problem import Place, Problem, caret
from tests.authoring.slips import SLIPS, Slip

NOW = datetime(2026, 6, 1, tzinfo=UTC)


def read(path: Path, products: Path | None = None) -> BookReading:
    """The book of one file or folder on a fixed day."""
    return read_book([path], products=products, now=NOW, judges=domain_judges())


def written(folder: Path, text: str, name: str = "faq.yaml") -> Path:
    """*text* as a file."""
    path = folder / name
    path.write_text(text, encoding="utf-8", newline="")
    return path


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: slip.code)
def test_every_slip_is_named_with_its_place_and_cure(
    slip: Slip, tmp_path: Path
) -> None:
    """Code, line, column, a Chinese and an English sentence, the line as it is and should be."""
    path = written(tmp_path, slip.text)
    problem = next(each for each in read(path).problems if each.code == slip.code)
    assert (problem.line, problem.column) == (slip.line, slip.column)
    assert problem.corrected == slip.corrected
    assert problem.found == slip.text.splitlines()[slip.line - 1]
    assert problem.zh.endswith(("。", "？")) and problem.en.strip().endswith((".", "?"))
    shown = problem.render()
    assert shown.startswith(f"{path.as_posix()}:{slip.line}:{slip.column}: ")
    assert slip.corrected is None or slip.corrected in shown


@pytest.mark.parametrize(
    "slip",
    [slip for slip in SLIPS if slip.corrected is not None],
    ids=lambda slip: slip.code,
)
def test_the_corrected_line_is_right(slip: Slip, tmp_path: Path) -> None:
    """With the line it proposes in place, the checker has no error left."""
    lines = slip.text.splitlines()
    lines[slip.line - 1] = slip.corrected or ""
    reading = read(written(tmp_path, "\n".join(lines)))
    assert [each.render() for each in reading.problems if each.is_error] == []
    assert slip.code not in {each.code for each in reading.problems}


def test_a_full_width_comma_of_an_answer_between_braces_is_text(tmp_path: Path) -> None:
    """Only between square brackets may it have been meant to part two items."""
    line = "  - {questions: [几号发货, 多久能发, 哪天发], answer: 两天内，不会晚}"
    reading = read(written(tmp_path, f"faqs:\n{line}\n"))
    assert reading.problems == ()
    assert reading.book.entries[0].answers == ("两天内，不会晚",)


def test_a_missing_key_is_proposed_below_the_others(tmp_path: Path) -> None:
    """An entry without an answer shows the line to add, with a Chinese key among Chinese ones."""
    reading = read(written(tmp_path, "faqs:\n  - 问法: [包邮吗]\n"))
    problem = reading.problems[0]
    assert (problem.code, problem.line, problem.column) == ("E204", 2, 5)
    assert problem.corrected == "    回答: 在这里写回答"


def test_one_bad_entry_costs_only_itself(tmp_path: Path) -> None:
    """Twelve entries stay in use, whatever is wrong with the one between them."""
    good = "".join(
        f"  - id: e{n}\n    questions: [第{n}问是什么]\n    answer: 第{n}答\n"
        for n in range(12)
    ).split("  - id: e6")
    for slip in SLIPS:
        bad = slip.text.split("\n", 1)[1]
        if not slip.code.startswith("E1") or slip.code == "E114":
            continue
        text = f"faqs:\n{good[0]}{bad}  - id: e6{good[1]}"
        reading = read(written(tmp_path, text))
        assert reading.usable >= 12, (slip.code, reading.summary())
        assert slip.code in {each.code for each in reading.problems}


def test_everything_wrong_is_told_at_once(tmp_path: Path) -> None:
    """Problems of several entries, files and products come together, in order of place."""
    folder = tmp_path / "faq"
    folder.mkdir()
    written(folder, f"{SLIPS[1].text}{SLIPS[14].text.split(chr(10), 1)[1]}", "a.yaml")
    written(folder, "faqs:\n  - 问法: [在吗]\n", "b.yaml")
    products = written(tmp_path, "products:\n  - 名称: T恤\n    链接号: 一\n", "p.yaml")
    reading = read(folder, products)
    where = [(Path(each.file).name, each.code) for each in reading.problems]
    assert where == [
        ("a.yaml", "E102"),
        ("a.yaml", "E201"),
        ("b.yaml", "E204"),
        ("p.yaml", "E205"),
    ]
    assert reading.summary() == "0 条可用，4 处错误，0 处提醒"


def test_files_that_hold_no_text_are_one_problem_each(tmp_path: Path) -> None:
    """Too large, unreadable, missing, empty folder: one sentence, never an exception."""
    assert decode(b"x" * (MAX_BYTES + 1), "f")[1][0].code == "E003"
    assert decode(b"\xef\xbb\xbf\xff", "f")[1][0].code == "E002"
    assert read_source(tmp_path / "none.yaml")[1][0].code == "E004"
    assert [each.code for each in read(tmp_path).problems] == ["E007"]


def test_encodings_of_windows_are_read(tmp_path: Path) -> None:
    """GB18030 and UTF-16 with a warning, a byte order mark and CRLF without one."""
    text = "faqs:\r\n  - 问法: [包邮吗]\r\n    回答: 包邮\r\n"
    for encoding, codes in (
        ("gb18030", ["W001"]),
        ("utf-16", ["W001"]),
        ("utf-8-sig", []),
    ):
        path = tmp_path / "faq.yaml"
        path.write_bytes(text.encode(encoding))
        reading = read(path)
        assert [each.code for each in reading.problems] == codes
        assert reading.book.entries[0].answers == ("包邮",)


def test_control_characters_are_left_out_and_told(tmp_path: Path) -> None:
    """An invisible character in an answer is no reason to lose the entry."""
    reading = read(
        written(tmp_path, "faqs:\n  - questions: [a\x07b]\n    answer: \u200bok\n")
    )
    assert reading.book.entries[0].questions == ("ab",)
    assert reading.problems[0].code == "W002"
    assert (reading.problems[0].line, reading.problems[0].column) == (2, 18)


def test_escapes_say_what_they_stand_for(tmp_path: Path) -> None:
    """The halves of an emoji, as JSON writes it, are one; what nobody can see is left out and told."""
    text = (
        'faqs:\n  - questions: ["a\\x07b"]\n    answer: "明天发\\ud83d\\ude0a"\n'
        '  - questions: [在吗]\n    answer: ["\\0\\e在\\N", "\\U0001F60A\\n好\\t"]\n'
        "  - questions [坏了]\n"
    )
    for known in (text[: text.index("  - questions [")], text):
        reading = read(written(tmp_path, known))
        assert [entry.answers for entry in reading.book.entries] == [
            ("明天发😊",),
            ("在", "😊\n好"),
        ]
        assert reading.book.entries[0].questions == ("ab",)
        places = [(e.line, e.column) for e in reading.problems if e.code == "W002"]
        assert places == [(2, 17), (5, 14)]


def test_words_stay_what_was_typed(tmp_path: Path) -> None:
    """yes, 007, 1:30 and a date are the merchant's words, never YAML's booleans and numbers."""
    text = (
        "faqs:\n  - id: 007\n    questions: [yes, no, 是, 1:30, 2026-11-11]\n"
        "    answer: on\n    greeting: 否\n"
    )
    entry = read(written(tmp_path, text)).book.entries[0]
    assert entry.id == "007"
    assert entry.questions == ("yes", "no", "是", "1:30", "2026-11-11")
    assert entry.answers == ("on",)
    assert entry.greeting is False


def test_carets_stand_under_double_width_characters() -> None:
    """The caret is moved by the columns a terminal uses, not by characters."""
    assert caret("回答：好", 3) == "    ^"
    problem = Problem(
        place=Place(file="f", line=1, column=3), code="E102", zh="错。", en="x."
    )
    assert problem.as_json()["severity"] == "error"


def test_the_first_entry_without_room_is_told(tmp_path: Path) -> None:
    """Entries beyond what a book may have are dropped, whichever file they stand in, never silently."""
    for name in "ab":
        entries = (f"  - questions: [{name}{n}号]\n    answer: 好\n" for n in "12")
        written(tmp_path, f"faqs:\n{''.join(entries)}", f"{name}.yaml")
    reading = read_book(
        [tmp_path], products=None, now=NOW, judges=domain_judges(), most=3
    )
    assert [entry.id for entry in reading.book.entries] == ["a1号", "a2号", "b1号"]
    (problem,) = reading.problems
    assert (Path(problem.file).name, problem.code) == ("b.yaml", "E006")
    assert (problem.line, problem.column) == (4, 5)
    assert read(tmp_path).problems == ()


_DEEP = 100_000


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        (f"faqs: {'{' * _DEEP}", "E005", 1, 107),
        (f"faqs: {'[' * _DEEP}{']' * _DEEP}", "E005", 1, 107),
        (f"faqs: {'[' * _DEEP}", "E103", 1, 7),
        (f"faqs: {'[{a: ' * _DEEP}", "E103", 1, 7),
        ("faqs:\n" + " [ \n" * 400, "E103", 2, 2),
        (f"faqs:\n{'- ' * _DEEP}", "E005", 2, 201),
    ],
    ids=["braces", "closed", "open", "mixed", "lines", "dashes"],
)
def test_brackets_in_brackets_are_told_whatever_their_number(
    text: str, code: str, line: int, column: int, tmp_path: Path
) -> None:
    """100,000 of them: the time is linear in them, with its square this test would take hours."""
    problem = read(written(tmp_path, text)).problems[0]
    assert (problem.code, problem.line, problem.column) == (code, line, column)


def test_deep_brackets_cost_only_their_entry(tmp_path: Path) -> None:
    """The entries around are used, and what stands in quotes or a remark is text, not depth."""
    deep = f"{'[' * 500}{']' * 500}"
    text = (
        f"faqs: # {deep}\n"
        f'  - {{questions: ["{deep[:150]}在吗"], answer: 在, id: a}}\n'
        f"  - {{questions: [包邮吗], answer: {deep}, id: b}}\n"
        f"  - questions: [几号发]\n    id: c\n    answer: |\n      好 {deep[:150]}\n"
    )
    reading = read(written(tmp_path, text))
    assert [entry.id for entry in reading.book.entries] == ["a", "c"]
    assert [(each.code, each.line) for each in reading.problems if each.is_error] == [
        ("E005", 3)
    ]
