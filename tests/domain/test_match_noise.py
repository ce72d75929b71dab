"""How a question is typed changes nothing: script, width, fillers, signs, emoji, keys held down."""

from __future__ import annotations

from functools import cache
from itertools import product

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from opencc_purepy import OpenCC

from streambot.domain.faq.match import Outcome
from tests.domain.shops import BOTH, asked

_PHRASINGS = sorted({question for entry in BOTH.values() for question in entry})
_BEFORE = (
    "请问",
    "主播",
    "主播 ",
    "老板",
    "亲",
    "亲亲",
    "你好",
    "嗯",
    "想问下",
    "哎",
)
_AFTER = (
    "啊",
    "呀",
    "哦",
    "哈",
    "啦",
    "噢",
    "呀~",
    " 谢谢",
    "[玫瑰]",
    "😀",
    "！！",
    "？？？",
)
_WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}

phrasings = st.sampled_from(_PHRASINGS)
marks = st.text("，。！？!?~～…、 ·", max_size=3)
signs = st.lists(
    st.sampled_from(("😀", "👍🏻", "❤️", "[笑哭]", "[比心]", "✨", "👨‍👩‍👧")), max_size=3
)


def told(line: str) -> tuple[Outcome, str | None, str | None]:
    """What comes of a line: the outcome, the answer, the first candidate."""
    match = asked(line)
    first = match.candidates[0].entry if match.candidates else None
    return match.outcome, match.entry, first


def changed(lines: dict[str, str]) -> dict[str, str]:
    """Of *lines* typed otherwise, with their phrasing, those that come to something else."""
    return {line: plain for line, plain in lines.items() if told(line) != told(plain)}


@cache
def traditional() -> OpenCC:
    """Converts to traditional characters, words as Taiwan and Hong Kong write them apart."""
    return OpenCC("s2t")


def test_phrasings_are_answered_by_their_own_entry() -> None:
    """What the merchant wrote is answered as the merchant said."""
    wrong = {
        question: told(question)
        for name, questions in BOTH.items()
        for question in questions
        if told(question)[:2] != (Outcome.ANSWER, name)
    }
    assert wrong == {}


def test_traditional_characters_lose_nothing() -> None:
    """Every phrasing, in traditional characters, comes to the same."""
    typed = {traditional().convert(plain): plain for plain in _PHRASINGS}
    assert any(line != plain for line, plain in typed.items())
    assert changed(typed) == {}


def test_full_width_loses_nothing() -> None:
    """Every phrasing, with wide letters and digits, comes to the same."""
    typed = {f"{plain}?".translate(_WIDE): plain for plain in _PHRASINGS}
    assert changed(typed) == {}


@pytest.mark.parametrize("before", _BEFORE)
def test_a_filler_before_loses_nothing(before: str) -> None:
    """Who says please or calls the host asks the same."""
    assert changed({before + plain: plain for plain in _PHRASINGS}) == {}


@pytest.mark.parametrize("after", _AFTER)
def test_a_filler_after_loses_nothing(after: str) -> None:
    """Particles, thanks, stickers and marks behind a question ask nothing more."""
    assert changed({plain + after: plain for plain in _PHRASINGS}) == {}


@given(phrasings, marks, signs, marks, signs)
@example("多少钱", "？？？", ["[笑哭]"], "！", ["😀", "😀"])
def test_marks_and_emoji_around_lose_nothing(
    plain: str, before: str, some: list[str], after: str, others: list[str]
) -> None:
    """Punctuation, emoji and stickers around a question, in any number, are not read."""
    line = "".join((before, *some, plain, after, *others))
    assert told(line) == told(plain)


@given(phrasings, st.data())
def test_marks_between_characters_lose_nothing(plain: str, data: st.DataObject) -> None:
    """A space or a mark between two Chinese characters parts nothing."""
    gaps = [
        at
        for at in range(1, len(plain))
        if not plain[at - 1].isascii() and not plain[at].isascii()
    ]
    at = data.draw(st.sampled_from(gaps))
    mark = data.draw(st.sampled_from((" ", "·", "~", "…")))
    assert told(plain[:at] + mark + plain[at:]) == told(plain)


@given(phrasings, st.integers(2, 6))
def test_a_key_held_down_loses_nothing(plain: str, times: int) -> None:
    """The last character again and again is that character."""
    line = plain + plain[-1] * times if not plain[-1].isascii() else plain
    assert told(line) == told(plain)


@given(
    st.sampled_from([each for each in _PHRASINGS if len(each) <= 4]), st.integers(2, 5)
)
def test_a_short_question_said_again_loses_nothing(plain: str, times: int) -> None:
    """多少钱多少钱 is 多少钱."""
    assert told(plain * times) == told(plain)


@given(st.text("啊呀哦哈嗯哎啦！？~…😀👍 ", max_size=20))
def test_fillers_alone_ask_nothing(line: str) -> None:
    """Without a question there is nothing to answer, to ask back or to hand over."""
    assert asked(line).outcome is Outcome.IGNORE


def test_noises_together_lose_nothing() -> None:
    """A filler before, another behind, all of it in traditional characters."""
    typed = {
        traditional().convert(before + plain + after): plain
        for plain, before, after in product(
            _PHRASINGS, ("请问", "主播"), ("啊？", "呀[玫瑰]")
        )
    }
    assert changed(typed) == {}
