"""``faq test --cases``: lines in files of their own, with the entry they must reach."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run

_BOOK = """\
- {id: ship, questions: [几号发货], answer: 48小时内发}
- {id: fee, questions: [包邮吗], answer: 满49元包邮, none: [运费险]}
"""
_TEST = ("faq", "test", "--faq", "faq.yaml", "--cases")


@pytest.fixture(autouse=True)
def book(here: Path) -> None:
    """A small book without tests of its own."""
    (here / "faq.yaml").write_text(_BOOK, encoding="utf-8")


def test_yaml_names_an_entry_and_its_lines(run: Run, here: Path) -> None:
    """Merchants write entries with the lines they must answer; what fails says what was reached."""
    cases = here / "cases.yaml"
    cases.write_text("ship: [几号发货啊, 包邮吗]\nfee:\n  - 运费险包邮吗\n", "utf-8")
    result = run(*_TEST, "cases.yaml")
    assert result.exit_code == 1
    first, second, last = result.stdout.splitlines()
    assert "ship：“包邮吗”应该答这条，结果是 fee" in first
    assert "fee：“运费险包邮吗”" in second
    assert "被否决：有“不能有”的词" in second
    assert last.startswith("试了 3 句，2 句不对")
    cases.write_text("ship: [几号发货啊]\n", "utf-8")
    assert run(*_TEST, "cases.yaml").exit_code == 0


def test_json_lines_may_say_that_nothing_answers(run: Run, here: Path) -> None:
    """``entry`` null: the line must get no answer."""
    rows = '{"text":"几号发货","entry":"ship"}\n{"text":"包邮吗","entry":null}\n'
    (here / "cases.jsonl").write_text(rows, "utf-8")
    result = run(*_TEST, "cases.jsonl")
    assert result.exit_code == 1
    assert "cases.jsonl:2 “包邮吗”不该有回答，结果是 fee" in result.stdout
    (here / "cases.jsonl").write_text('{"text":"在吗"}\n', "utf-8")
    assert run(*_TEST, "cases.jsonl").exit_code == 0


def test_an_entry_that_is_gone_is_told(run: Run, here: Path) -> None:
    """A case whose entry was renamed fails as that."""
    (here / "cases.yaml").write_text("shipping: [几号发货]\n", "utf-8")
    result = run(*_TEST, "cases.yaml")
    assert result.exit_code == 1
    assert "shipping：没有这条" in result.stdout


@pytest.mark.parametrize(
    ("name", "text"),
    [
        *[("c.yaml", text) for text in ("ship: [几号", "- a\n", "", "# 例句\n")],
        *[("c.yaml", "ship: []\n"), ("c.jsonl", "{oops}\n"), ("c.jsonl", "\n")],
    ],
)
def test_a_bad_file_is_a_sentence(run: Run, here: Path, name: str, text: str) -> None:
    """Mistakes in a file of cases are told with their line, and end with 2."""
    (here / name).write_text(text, "utf-8")
    result = run(*_TEST, name)
    assert result.exit_code == 2
    assert f"{name}" in result.stderr


def test_the_second_look_counts(run: Run, here: Path) -> None:
    """What is only recognised by meaning passes, as it would in the room; not when it is off."""
    book = (
        "- {id: fee, questions: [包邮吗, 运费多少, 要不要邮费], answer: 满49元包邮}\n"
    )
    (here / "faq.yaml").write_text(f"{_BOOK.splitlines()[0]}\n{book}", "utf-8")
    (here / "cases.yaml").write_text("fee: [邮寄的费用要自己出吗]\n", "utf-8")
    assert run(*_TEST, "cases.yaml").exit_code == 0
    off = run(*_TEST, "cases.yaml", "--second-look", "off")
    assert off.exit_code == 1
    assert "像，但没到直接回答的门槛" in off.stdout


def test_a_book_without_tests_says_so(run: Run) -> None:
    """That nothing was tried is a sentence, not only a count."""
    result = run("faq", "test", "--faq", "faq.yaml")
    assert result.exit_code == 0
    assert "没有测试例句" in result.stdout
