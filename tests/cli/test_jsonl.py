"""JSON lines of every command: one sentence for each kind of fault, with file, line and key."""

from __future__ import annotations

import codecs
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

_FAULTS = [
    ('{"text": "a"', "没写完"),
    ("{text: a}", "键都要用英文双引号"),
    ("{“text”：“a”}", "要用英文的"),
    ('{"text": "a",}', "多了一个逗号"),
    ('{"text": "a"} x', "后面还有别的字"),
    ("{", "写在同一行"),
    ('["a"]', "一行应该是一个 { }，写的是[ ] 列表"),
    ('{"t": 1}', "少了“text”"),
    ('{"text": 1}', "“text”应该是文字，写的是整数"),
]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        *_FAULTS,
        ('{"text": "a", "t": "abc"}', "“t”应该是数字，写的是文字"),
        ('{"text": "a", "user": 5}', "“user”应该是文字，写的是整数"),
    ],
)
def test_each_fault_has_its_sentence(run: Run, line: str, said: str) -> None:
    """The key that is wrong is named, and what should stand there."""
    result = run("mood", input=f"{line}\n")
    assert result.exit_code == 2
    (told,) = result.stderr.splitlines()
    assert told.startswith("第 1 行读不懂：")
    assert said in told


@pytest.mark.parametrize(("line", "said"), _FAULTS)
def test_a_file_is_named(run: Run, here: Path, line: str, said: str) -> None:
    """Every bad line of a file of cases or a base, not only the first."""
    (here / "faq.yaml").write_text("- {问法: [在吗], 回答: 在}\n", encoding="utf-8")
    (here / "x.jsonl").write_text(f"{line}\n\n{line}\n", encoding="utf-8")
    for command in (
        ("faq", "test", "--faq", "faq.yaml", "--cases", "x.jsonl"),
        ("faq", "match", "--faq", "x.jsonl"),
    ):
        result = run(*command)
        assert result.exit_code == 2
        first, second, last = result.stderr.splitlines()
        assert first.startswith("x.jsonl 第 1 行读不懂：")
        assert second.startswith("x.jsonl 第 3 行读不懂：")
        assert "x.jsonl" in last
        assert command[1] == "match" or said in first


def test_a_byte_order_mark_is_no_fault(run: Run, here: Path) -> None:
    """Old editors put one in front of the first line."""
    data = codecs.BOM_UTF8 + '{"text": "在吗", "entry": "a"}\n'.encode()
    assert run("mood", input=data).exit_code == 0
    (here / "faq.yaml").write_text(
        "- {编号: a, 问法: [在吗], 回答: 在}\n", encoding="utf-8"
    )
    (here / "x.jsonl").write_bytes(data)
    args = ("faq", "test", "--faq", "faq.yaml", "--cases", "x.jsonl")
    assert run(*args).exit_code == 0


@pytest.mark.parametrize(("encoding", "said"), [("gbk", "GBK"), ("utf-16", "UTF-16")])
def test_another_encoding_is_told(run: Run, encoding: str, said: str) -> None:
    """What to do about it is in the sentence."""
    result = run("mood", input='{"text": "在吗"}\n'.encode(encoding))
    assert result.exit_code == 2
    assert said in result.stderr
    assert "另存为 UTF-8" in result.stderr


def test_one_mistake_made_everywhere_is_no_flood(run: Run) -> None:
    """Of many bad lines the first are named."""
    pretty = json.dumps({"text": "在吗", "more": list(range(100))}, indent=1)
    result = run("mood", input=pretty)
    assert result.exit_code == 2
    told = result.stderr.splitlines()
    assert len(told) == 21
    assert "不再一一列出" in told[-1]
