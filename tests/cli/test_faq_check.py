"""``faq check``: what a merchant is told about a file, and what is mended without guessing."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from streambot.authoring.fix import fix_file
from streambot.authoring.problem import width
from tests.cli.conftest import Run

_BROKEN = """\
version: 1
faqs:
  - id: ship
    questions: [几号发货, 什么时候发货]
    answer：48小时内发出
  - id: price
    questions: [能便宜点吗]
    anwser: 已经是直播价了
  - id: colour
    questions: [有色差吗]
    answer: 色差很小
  - id: colour
    questions: [会褪色吗]
    answer: 冷水手洗不褪色
  - id: size
    questions: [尺码准吗]
    answer: "按平时的码拍
"""


def test_all_mistakes_at_once_each_with_its_place(run: Run, here: Path) -> None:
    """Each mistake is told with file, line, column, reason, caret and the corrected line."""
    (here / "faq.yaml").write_text(_BROKEN, encoding="utf-8")
    result = run("faq", "check", "faq.yaml")
    rows = result.stdout.splitlines()
    assert result.exit_code == 1
    for place, code, corrected in [
        ("faq.yaml:5:11", "E102", "    answer: 48小时内发出"),
        ("faq.yaml:8:5", "E203", "    answer: 已经是直播价了"),
        ("faq.yaml:12:9", "E202", "  - id: colour-2"),
        ("faq.yaml:17:13", "E107", '    answer: "按平时的码拍"'),
    ]:
        start = next(n for n, row in enumerate(rows) if row.startswith(f"{place}: "))
        assert code in rows[start]
        assert rows[start + 4] == f"  | {corrected}"
    assert rows[-1].startswith("1 条可用，4 处错误，0 处提醒")


def test_the_caret_stands_under_the_spot(run: Run, here: Path) -> None:
    """Before a column full of Chinese, the caret is as far right as a terminal shows the text."""
    line = "  回答: 您好，注意: 满49包邮"
    (here / "faq.yaml").write_text(f"- 问法: [包邮吗]\n{line}\n", encoding="utf-8")
    rows = run("faq", "check", "faq.yaml").stdout.splitlines()
    column = int(rows[0].split(":")[2])
    assert line[column - 1 :].startswith(": 满")
    assert rows[2] == "  | " + " " * width(line[: column - 1]) + "^"


def test_json_tells_the_same(run: Run, here: Path) -> None:
    """``--json`` holds every problem with place, code, both languages and both lines."""
    (here / "faq.yaml").write_text(_BROKEN, encoding="utf-8")
    plain, told = (
        run("faq", "check", "faq.yaml"),
        run("faq", "check", "faq.yaml", "--json"),
    )
    result = json.loads(told.stdout)
    assert told.exit_code == plain.exit_code == 1
    assert (result["usable"], result["errors"], result["warnings"]) == (1, 4, 0)
    for each in result["problems"]:
        where = f"{each['file']}:{each['line']}:{each['column']}"
        assert f"{where}: 错误 {each['code']}" in plain.stdout
        assert each["zh"] in plain.stdout
        assert each["en"] in plain.stdout
        assert each["found"] == _BROKEN.splitlines()[each["line"] - 1]
        assert each["corrected"] is not None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("- questions: [几号发货]\n  answer: 48小时内发\n", 0),
        ("- questions: [几号发货，什么时候发货]\n  answer: 48小时内发\n", 0),
        ("- questions: [几号发货]\n", 1),
        ("", 0),
    ],
    ids=["good", "only a warning", "an error", "empty"],
)
def test_exit_codes(run: Run, here: Path, text: str, code: int) -> None:
    """Warnings alone end with 0, one error ends with 1."""
    (here / "faq.yaml").write_text(text, encoding="utf-8")
    assert run("faq", "check", "faq.yaml").exit_code == code


def test_merchants_read_on_the_page_what_they_are_told(
    run: Run, here: Path, root: Path
) -> None:
    """Each typical mistake of docs/faq-yaml.md is told in the words, and with the line, that
    stand there."""
    page = (root / "docs" / "faq-yaml.md").read_text(encoding="utf-8")
    mistakes = re.findall(
        r"^\| `(.+)` \| ([EW]\d{3}) (.+) \| `(.+)` \|$", page, re.MULTILINE
    )
    assert len(mistakes) >= 7
    for written, code, told, corrected in mistakes:
        other = "回答: 好的" if written.startswith("问法") else "问法: [几号发货]"
        (here / "faq.yaml").write_text(f"- {other}\n  {written}\n", encoding="utf-8")
        shown = run("faq", "check", "faq.yaml").stdout
        assert f" {code}" in shown
        assert f": {told} " in shown
        assert f"  |   {corrected}\n" in shown


def test_a_folder_without_books_is_an_error(run: Run, here: Path) -> None:
    """A folder that holds no book is told instead of counted as fine."""
    (here / "faq").mkdir()
    result = run("faq", "check", "faq")
    assert result.exit_code == 1
    assert "E007" in result.stdout


def test_fix_mends_keeps_and_stops(run: Run, here: Path) -> None:
    """``--fix`` mends slips, keeps comments, line ends and a backup; again it changes nothing."""
    before = (
        "# 我们店的问答\r\nfaqs:\r\n  - id: ship\r\n\t问法: [几号发货]\r\n"
        "    回答：48小时内发出   # 大促除外\r\n"
    )
    (here / "faq.yaml").write_bytes(before.encode())
    first = run("faq", "check", "faq.yaml", "--fix")
    assert first.exit_code == 0
    assert (here / "faq.yaml.bak").read_bytes() == before.encode()
    mended = (here / "faq.yaml").read_bytes()
    assert mended.decode() == before.replace("\t", "    ").replace("：", ": ")
    second = run("faq", "check", "faq.yaml", "--fix")
    assert second.exit_code == 0
    assert (here / "faq.yaml").read_bytes() == mended
    assert sorted(path.name for path in here.iterdir()) == ["faq.yaml", "faq.yaml.bak"]


def test_fix_turns_gb18030_into_utf8_and_never_loses_a_backup(
    run: Run, here: Path
) -> None:
    """A file from an old Notepad becomes UTF-8; the backup of an earlier mending stays."""
    text = "- 问法: [几号发货]\n  回答: 48小时内发出\n"
    (here / "faq.yaml").write_bytes(text.encode("gb18030"))
    (here / "faq.yaml.bak").write_text("older", encoding="utf-8")
    result = run("faq", "check", "faq.yaml", "--fix", "--json")
    assert (here / "faq.yaml").read_text(encoding="utf-8") == text
    assert (here / "faq.yaml.bak").read_text(encoding="utf-8") == "older"
    assert (here / "faq.yaml.bak1").read_bytes() == text.encode("gb18030")
    fixed = json.loads(result.stdout)["fixed"]
    assert [Path(each["backup"]).name for each in fixed] == ["faq.yaml.bak1"]


def test_fix_leaves_what_it_would_have_to_guess(run: Run, here: Path) -> None:
    """Wrong ids, keys and unclosed quotes are shown with their correction and left alone."""
    text = _BROKEN.replace("：48", ": 48")
    (here / "faq.yaml").write_text(text, encoding="utf-8")
    result = run("faq", "check", "faq.yaml", "--fix")
    assert result.exit_code == 1
    assert (here / "faq.yaml").read_text(encoding="utf-8") == text
    assert len(list(here.iterdir())) == 1


_PIECES = st.lists(
    st.sampled_from(
        (
            *("\t", "\u3000", " ", "  ", "- ", "\n", "\r\n", "faqs:\n", "version: 1\n"),
            *(
                "问法",
                "answer",
                "：",
                ": ",
                "，",
                ", ",
                "［",
                "]",
                "[",
                '"',
                "{",
                "}",
                "｝",
            ),
            *("# 注", "|", "几号发货", "48小时"),
        )
    ),
    max_size=40,
)


@given(pieces=_PIECES)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_fix_is_idempotent_and_loses_nothing(
    tmp_path_factory: pytest.TempPathFactory, pieces: list[str]
) -> None:
    """Whatever stands in a file: mending twice is mending once, the backup is what was there,
    and no letter or digit of the text is gone."""
    path = tmp_path_factory.mktemp("fix") / "faq.yaml"
    before = "".join(pieces).encode()
    path.write_bytes(before)
    mended = fix_file(path)
    after = path.read_bytes()
    assert (before == after) is (mended.backup is None)
    if mended.backup is not None:
        assert mended.backup.read_bytes() == before
    assert [*filter(str.isalnum, after.decode())] == [
        *filter(str.isalnum, before.decode())
    ]
    assert fix_file(path).backup is None
    assert path.read_bytes() == after
