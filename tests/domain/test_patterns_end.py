"""No pattern can be made to try for ever: room text is hostile, and the loop waits for each line."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator, Mapping

import pytest

import streambot.domain
from streambot.domain.faq.phrasing import as_phrasing, personal_data
from streambot.domain.faq.question_form import without_report
from streambot.domain.mood import MoodReader
from streambot.domain.thanks import is_mere_thanks

#: So often is a character said: what doubles with each would not end in a thousand years.
_OFTEN = 60
#: Words of a pattern, of which a loop may hold two at once.
_WORD = re.compile(r"[\u4e00-\u9fff]{2,4}|[a-z]{2,}")
#: Characters of a pattern that mean themselves.
_SIGNS = frozenset("()[]{}|\\?*+^$.<>=!:")


def _patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    for found in pkgutil.walk_packages(streambot.domain.__path__, "streambot.domain."):
        for name, value in vars(importlib.import_module(found.name)).items():
            every = value if isinstance(value, Mapping) else {"": value}
            for key, each in every.items():
                if isinstance(each, re.Pattern) and isinstance(each.pattern, str):
                    yield f"{found.name}.{name}{key}", each


_ALL = {pattern.pattern: (name, pattern) for name, pattern in _patterns()}


def test_the_patterns_are_found() -> None:
    """They are what the test below is about."""
    assert len(_ALL) > 300


def _characters(pattern: re.Pattern[str]) -> list[str]:
    """What a line that may deceive *pattern* is made of: each of its characters, a figure, a letter."""
    told = [char for char in pattern.pattern if char not in _SIGNS]
    return list(dict.fromkeys((*told, "1", "a", " ")))


def _words(pattern: re.Pattern[str]) -> list[str]:
    """The words a pattern is written in."""
    return list(dict.fromkeys(_WORD.findall(pattern.pattern)))


@pytest.mark.parametrize("name", sorted(name for name, _ in _ALL.values()))
def test_no_line_of_one_word_keeps_a_pattern_busy(name: str) -> None:
    """Two ways to read 客服客服 in a loop were 60 times doubled."""
    pattern = next(each for known, each in _ALL.values() if known == name)
    for word in _words(pattern)[:120]:
        line = f"{word * _OFTEN}\0"
        pattern.search(line)
        pattern.fullmatch(line)


@pytest.mark.parametrize("name", sorted(name for name, _ in _ALL.values()))
def test_no_line_of_one_character_keeps_a_pattern_busy(name: str) -> None:
    """A run of any of its characters with what it can't match behind; if it can, this never ends."""
    pattern = next(each for known, each in _ALL.values() if known == name)
    for char in _characters(pattern)[:120]:
        for line in (
            f"{char * _OFTEN}\0",
            f" {char * _OFTEN} \0",
            f"拍了{char * _OFTEN}\0",
        ):
            pattern.search(line)
            pattern.fullmatch(line)


@pytest.mark.parametrize(
    "line",
    [
        "刚" * 200 + "的单子什么时候发货",
        "已经" * 200 + "的单",
        "拍了" + "1" * 200 + "什么都没有",
        "拍了" + "一" * 200 + "啊",
    ],
)
def test_what_was_bought_is_left_out_of_a_long_line(line: str) -> None:
    """However often a word of it is said: one such line held up a room for minutes."""
    assert without_report(line) == line


@pytest.mark.parametrize("word", ["哦", "嗯", "啊", "好", "了"])
def test_no_thanks_in_a_stretched_word(word: str) -> None:
    """As it is typed in rooms, behind a ticket that was just resolved."""
    assert not is_mere_thanks(word * 25 + "你说")


def test_thanks_stay_thanks() -> None:
    """With and without what stands around them."""
    for line in (
        "哦好的",
        "哦哦",
        "嗯嗯好的谢谢啦",
        "哦哦知道了",
        "ok thank you so much",
        "亲谢谢哦",
    ):
        assert is_mere_thanks(line), line


def test_whom_a_line_addresses_is_found_among_many_signs() -> None:
    """An agent's click on such a line mustn't hold up the desk."""
    assert as_phrasing("a " + "@" * 190 + " b") == "a " + "@" * 190 + " b"
    assert as_phrasing("@小美 @客服 包邮吗 @主播") == "包邮吗"


def test_a_street_is_looked_for_in_a_long_line() -> None:
    """One that holds all its words a hundred times, and one that is there."""
    assert personal_data("县路" * 1000) is None
    assert personal_data("寄到杭州市西湖区文三路12号") == "寄到杭州市西湖区文三路12号"


def test_anger_behind_many_figures_is_heard() -> None:
    """Whatever they are."""
    assert MoodReader().read("等了" + "1" * 1_900 + "天骗子").mood == "angry"
