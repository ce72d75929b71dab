"""Splicing: one more phrasing in the file, and not a character of anything else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streambot.authoring.decode import Source, decode
from streambot.authoring.faq_file import read_faq_file
from streambot.authoring.learned import home_of, spliced, write_phrasing
from streambot.authoring.splice import CannotSplice, with_phrasing
from streambot.domain.faq.entry import FaqId

_FILE = """\
# 我的书
version: 1
faqs:
  - id: flow
    questions: [几号发货, 什么时候发]   # 为什么
    answer: 两天内发
  - id: block
    questions:
      - 包邮吗   # 注释
      # 这里还有一行
    answer: @主播 会说
  - 编号: one
    问法: 多少钱
    回答: 59元
  - {id: braces, questions: ['能退吗'], answer: 可以}
  - 问法: "贵吗: 真的"
    回答: 不贵
exclusive:
  - [定金, 尾款]
"""
_IDS = ("flow", "block", "one", "braces", "贵吗: 真的")
_TEXTS = st.text(
    "发货吗呢几号 #:-'\"\\[]{},&*!%@|>?？，。ab0~=`\u3000", min_size=1, max_size=30
).map(str.strip)


def _added(text: str, fresh: str) -> list[str]:
    """Lines of *fresh* that *text* doesn't hold."""
    known = text.splitlines()
    return [line for line in fresh.splitlines() if line not in known]


@pytest.mark.parametrize(
    ("entry", "line"),
    [
        ("flow", "    questions: [几号发货, 什么时候发, 啥时候寄]   # 为什么"),
        ("block", "      - 啥时候寄"),
        ("one", "    问法: [多少钱, 啥时候寄]"),
        ("braces", "  - {id: braces, questions: ['能退吗', '啥时候寄'], answer: 可以}"),
        ("贵吗: 真的", '  - 问法: ["贵吗: 真的", "啥时候寄"]'),
    ],
)
def test_it_is_written_as_its_neighbours_are(entry: str, line: str) -> None:
    """In a list of either kind, behind a single question, in braces; comments stay where they are."""
    source = Source.from_text("faq.yaml", _FILE)
    fresh = with_phrasing(source, FaqId(entry), "啥时候寄").text
    assert _added(_FILE, fresh) == [line]
    assert len(fresh.splitlines()) - len(_FILE.splitlines()) == (entry == "block")


@given(
    entry=st.sampled_from(_IDS),
    text=_TEXTS.filter(bool),
    ends=st.sampled_from(["\n", "\r\n"]),
    last=st.booleans(),
)
def test_any_text_is_added_and_nothing_else_changes(
    entry: str, text: str, ends: str, last: bool
) -> None:
    """Whatever viewers write, the file then reads as before with that phrasing more."""
    typed = (_FILE if last else _FILE.rstrip()).replace("\n", ends)
    source = Source.from_text("faq.yaml", typed)
    before = read_faq_file(source)
    known = next(each for each in before.drafts if each.entry.id == entry)
    if text in known.entry.questions:
        return
    fresh = with_phrasing(source, FaqId(entry), text)
    after = read_faq_file(fresh)
    for old, new in zip(before.drafts, after.drafts, strict=True):
        wanted = old.entry
        if wanted.id == entry:
            wanted = replace(wanted, questions=(*wanted.questions, text))
        assert new.entry == wanted
    assert after.shared == before.shared
    assert fresh.text.count(ends) == fresh.text.count("\n")
    assert fresh.text.count("#") >= typed.count("#")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_encoding_and_line_ends_stay(tmp_path: Path, encoding: str, ends: str) -> None:
    """A file keeps its encoding, its byte order mark and its line ends; the old one is beside it."""
    path = tmp_path / "faq.yaml"
    data = _FILE.replace("\n", ends).encode(encoding)
    path.write_bytes(data)
    home = home_of([tmp_path], None, FaqId("block"))
    assert home is not None
    backup = write_phrasing(home, FaqId("block"), "啥时候寄")
    wanted = _FILE.replace("包邮吗   # 注释\n", "包邮吗   # 注释\n      - 啥时候寄\n")
    assert path.read_bytes() == wanted.replace("\n", ends).encode(encoding)
    assert backup.read_bytes() == data
    assert decode(path.read_bytes(), "x")[0].encoding in (encoding, "utf-16-le")


def test_a_file_that_changed_is_left(tmp_path: Path) -> None:
    """What somebody saved meanwhile is not written over."""
    path = tmp_path / "faq.yaml"
    path.write_text(_FILE, encoding="utf-8")
    home = home_of([path], None, FaqId("flow"))
    assert home is not None
    path.write_text(_FILE.replace("59元", "69元"), encoding="utf-8")
    with pytest.raises(CannotSplice, match="刚被别人改过"):
        write_phrasing(home, FaqId("flow"), "啥时候寄")
    assert "69元" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("- id: a\n  questions: |\n    几号发货\n  answer: 好\n", "太特别"),
        ("- id: a\n  questions: [几号发货\n  answer: 好\n", "语法错误"),
        ("- id: a\n  questions: [几号\x07发货]\n  answer: 好\n", "控制字符"),
        ("- id: b\n  questions: [几号发货]\n  answer: 好\n", "没有“a”"),
        ("- id: a\n  questions:\n    - @主播 发货\n  answer: 好\n", "特殊符号"),
    ],
)
def test_what_can_t_be_changed_cleanly_is_refused(text: str, why: str) -> None:
    """Odd ways of writing, mistakes and missing entries: a sentence that says what to do."""
    source, _ = decode(text.encode(), "faq.yaml")
    with pytest.raises(CannotSplice, match=why) as refused:
        with_phrasing(source, FaqId("a"), "啥时候寄")
    assert "--fix" in refused.value.zh


def test_an_entry_stands_in_the_file_it_came_from(tmp_path: Path) -> None:
    """Of several files the one that holds the entry is changed, a products file never."""
    (tmp_path / "a.yaml").write_text("- {questions: [甲], answer: 好}\n", "utf-8")
    (tmp_path / "b.yaml").write_text(_FILE, "utf-8")
    home = home_of([tmp_path], tmp_path / "a.yaml", FaqId("one"))
    assert home is not None
    assert (home.path.name, home.line) == ("b.yaml", 12)
    assert "[多少钱, 啥价]" in spliced(home, FaqId("one"), "啥价").decode()
    assert home_of([tmp_path], tmp_path / "a.yaml", FaqId("甲")) is None
