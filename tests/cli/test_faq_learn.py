"""``faq learn``: one more phrasing from the command line, after seeing what it changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run

_BOOK = """\
# 我的书
- id: ship
  questions: [几号发货, 多久能发]  # 发货
  answer: 48小时内发
- id: fee
  questions: [包邮吗]
  answer: 满49元包邮
  tests: {match: [包邮不]}
"""


@pytest.fixture
def book(here: Path) -> Path:
    """A small book."""
    path = here / "faq.yaml"
    path.write_text(_BOOK, encoding="utf-8")
    return path


def test_it_shows_and_then_writes(run: Run, book: Path) -> None:
    """``--dry-run`` writes nothing; ``--yes`` adds the phrasing, keeps comments and the old file."""
    args = ("faq", "learn", "@主播 啥时候寄", "--entry", "ship", "--faq", "faq.yaml")
    shown = run(*args, "--dry-run")
    assert shown.exit_code == 0
    assert "“啥时候寄” → ship" in shown.stdout
    assert book.read_text(encoding="utf-8") == _BOOK
    done = run(*args, "--yes")
    assert done.exit_code == 0
    assert "faq.yaml:2" in done.stdout
    added = _BOOK.replace("多久能发]", "多久能发, 啥时候寄]")
    assert book.read_text(encoding="utf-8") == added
    backup = book.with_name("faq.yaml.learned.bak")
    assert backup.read_text(encoding="utf-8") == _BOOK
    assert "answered" in run("faq", "try", "啥时候寄", "--faq", "faq.yaml").stdout


@pytest.mark.parametrize("yes", ["y\n", "是\n", " 好 \n", "YES\n"])
def test_it_asks_first(run: Run, book: Path, yes: str) -> None:
    """Without ``--yes`` a no leaves the file alone and a yes writes it."""
    args = ("faq", "learn", "啥时候寄", "--entry", "ship", "--faq", "faq.yaml")
    for no in ("n\n", "否\n", "\n", "不好\n"):
        refused = run(*args, input=no)
        assert refused.exit_code == 0
        assert refused.stdout.splitlines()[-1].endswith("Nothing was written.")
    unheard = run(*args, input="")
    assert unheard.exit_code == 1
    assert unheard.stderr.startswith("没有写：没人回答")
    assert book.read_text(encoding="utf-8") == _BOOK
    assert run(*args, input=yes).exit_code == 0
    assert "啥时候寄" in book.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("line", "entry", "told"),
    [
        ("包邮吗", "ship", "“fee”里已经有"),
        ("我电话13800000001", "ship", "个人信息"),
        ("加我微信abc123可以吗", "ship", "个人信息"),
        ("我的v信 laowang666能付吗", "ship", "个人信息"),
        ("加微信laowang行不行", "ship", "个人信息"),
        ("包邮不", "ship", "答错"),
        ("啥时候寄", "shipp", "是不是“ship”"),
    ],
)
def test_what_can_t_be_added_ends_with_1(
    run: Run, book: Path, line: str, entry: str, told: str
) -> None:
    """A collision, personal data, a test that would break, an entry that isn't there."""
    args = ("faq", "learn", line, "--entry", entry, "--faq", "faq.yaml", "--yes")
    result = run(*args)
    assert result.exit_code == 1
    assert told in result.stderr
    assert book.read_text(encoding="utf-8") == _BOOK


def test_a_merchants_own_question_is_not_given_away(run: Run, book: Path) -> None:
    """Though the pack knows it as well, by the intent that its entry is bound to."""
    text = (
        "- id: fee\n  intent: ship_fee\n  questions: [包邮吗, 要邮费吗]\n  answer: 满99包邮\n"
        "- id: ship\n  questions: [几号发货, 多久发货]\n  answer: 明天发\n"
    )
    book.write_text(text, encoding="utf-8")
    args = ("faq", "learn", "包邮吗", "--entry", "ship", "--faq", "faq.yaml")
    for more in ("--dry-run", "--yes"):
        result = run(*args, more)
        assert result.exit_code == 1
        assert "“fee”里已经有" in result.stderr
    assert book.read_text(encoding="utf-8") == text


def test_the_demo_s_book_is_left_alone(run: Run, here: Path) -> None:
    """In a folder without config.yaml nothing is shown or written: the book is to be named."""
    result = run("faq", "learn", "啥时候寄", "--entry", "ship-fee", "--yes")
    assert result.exit_code == 2
    assert result.stdout == ""
    (told,) = result.stderr.splitlines()
    assert "--faq" in told and "店铺的文件夹" in told
    assert list(here.iterdir()) == []


def test_what_can_t_be_written_is_told_before(run: Run, book: Path) -> None:
    """An entry with neither id nor questions: ``--dry-run`` says already what it lacks."""
    text = "- 意图: pay_how\n  回答: 平台付款\n"
    book.write_text(text, encoding="utf-8")
    args = ("faq", "learn", "能刷卡不", "--entry", "pay_how", "--faq", "faq.yaml")
    for more in ("--dry-run", "--yes"):
        result = run(*args, more)
        assert result.exit_code == 1
        assert "编号" in result.stderr
    assert book.read_text(encoding="utf-8") == text
