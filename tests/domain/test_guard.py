"""What may not be said in a room is held, whoever wrote it; ordinary answers pass."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streambot.domain.guard import PASSED, Held, judge, judge_all

PUBLIC_ONLY = [
    ("打我电话13812345678", "phone", "13812345678"),
    ("打我電話１３８１２３４５６７８", "phone", "１３８１２３４５６７８"),
    ("138-1234 5678", "phone", "138-1234 5678"),
    ("单号SF12345678901", "long_number", "SF12345678901"),
    ("寄到杭州市文三路幸福里18号", "address", "寄到杭州市文三路幸福里18号"),
]
ALWAYS = [
    ("身份证11010119900307123X", "identity_number", "11010119900307123X"),
    ("加我微信聊", "off_platform", "加我微信"),
    ("看 https://x.cn", "off_platform", "https://"),
    ("我们是全网最低", "absolute_term", "全网最低"),
    ("我們是全網最低", "absolute_term", "全網最低"),
    ("能减肥哦", "medical_claim", "减肥"),
    ("爱买不买", "rude", "爱买不买"),
]


@pytest.mark.parametrize(("line", "rule", "words"), PUBLIC_ONLY + ALWAYS)
def test_what_may_not_be_said_is_held_with_its_words(
    line: str, rule: str, words: str
) -> None:
    """The rule, the place and what to do about it."""
    held = judge(line, public=True)
    assert isinstance(held, Held)
    assert (held.rule, held.text) == (rule, words)
    assert line[held.start : held.end] == words
    assert words in held.hint_zh and words in held.hint_en


def test_in_private_a_buyer_may_get_their_own_numbers() -> None:
    """What is only secret before others passes; the rest never does."""
    assert all(judge(line, public=False) == PASSED for line, _, _ in PUBLIC_ONLY)
    assert all(judge(line, public=False) != PASSED for line, _, _ in ALWAYS)


@pytest.mark.parametrize(
    "line",
    [
        "48小时内发出，最晚明天",
        "最大码是XXL，最后3件",
        "您的订单 ****1234 已发出",
        "身高160建议M码，129元两件",
        "欢迎新进来的23位朋友，有问题随时问",
        "客服电话在店铺首页",
    ],
)
def test_what_a_shop_says_all_day_passes(line: str) -> None:
    """Sizes, times, counts, prices and masked numbers are no offence."""
    assert judge(line, public=True) == PASSED


def test_too_long_a_line_is_held_where_the_limit_is_kept_here() -> None:
    """With how much is too much."""
    held = judge("一二三四五六", public=True, line_length=4)
    assert isinstance(held, Held)
    assert (held.rule, held.text) == ("too_long", "五六")
    assert "2" in held.hint_zh


@given(st.text(max_size=60), st.booleans())
def test_any_text_gets_a_verdict_that_can_be_shown(text: str, public: bool) -> None:
    """The span lies in the text as it would be said."""
    verdict = judge(text, public=public)
    if isinstance(verdict, Held):
        assert text[verdict.start : verdict.end] == verdict.text != ""


def test_one_forbidden_text_holds_all() -> None:
    """A number cut in two is found in the whole it was cut from."""
    parts = ("客服电话是1380013", "8000")
    assert judge_all(parts, public=True) is PASSED
    assert isinstance(judge_all((*parts, "".join(parts)), public=True), Held)
