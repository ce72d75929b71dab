"""Traps of numbers: links, sums, sizes and body measures are compared by value and unit."""

from __future__ import annotations

import pytest

from tests.domain.shops import (
    asked,
    assert_answered,
    assert_ranked_first,
    assert_unanswered,
    told,
)

SUMS = [
    ("满200减几块", "full_200", "full_100"),
    ("满100减几块", "full_100", "full_200"),
    ("满２００减多少啊", "full_200", "full_100"),
    ("满一百减多少", "full_100", "full_200"),
    ("满200减30还有吗怎么用", "full_200", "full_100"),
]
MEASURES = [
    ("体重160斤选哪个码", "heavy_160", "tall_160"),
    ("我160斤穿哪个码", "heavy_160", "tall_160"),
    ("1米6穿什么码", "tall_160", "heavy_160"),
    ("身高160穿啥码", "tall_160", "heavy_160"),
    ("160厘米选什么码", "tall_160", "heavy_160"),
    ("80公斤穿什么码", "heavy_160", "tall_160"),
]


@pytest.mark.parametrize(
    "line",
    [
        "3号链接有什么颜色",
        "③号链接有什么颜色",
        "三号链接有啥颜色",
        "３号有几个颜色",
        "三号有黑色吗",
    ],
)
def test_slot_number_written_otherwise(line: str) -> None:
    """3, ３, ③ and 三 are one number."""
    assert_ranked_first(line, "link_3_color")


@pytest.mark.parametrize(
    "line",
    [
        "13号链接有什么颜色",
        "⑬号有几个颜色",
        "5号有黑色吗",
        "十三号有什么颜色",
        "30号链接有几个颜色",
    ],
)
def test_slot_number_of_another_link(line: str) -> None:
    """Another number's answer is none."""
    assert_unanswered(line)


@pytest.mark.parametrize(("line", "right", "wrong"), SUMS)
def test_sum_with_both_in_the_book(line: str, right: str, wrong: str) -> None:
    """满100减10 and 满200减30 are told apart by the first sum."""
    assert_ranked_first(line, right)


@pytest.mark.parametrize(("line", "right", "wrong"), SUMS)
def test_sum_with_one_in_the_book(line: str, right: str, wrong: str) -> None:
    """The other sum's rule is no answer."""
    assert_unanswered(line, right)


@pytest.mark.parametrize(("line", "right", "wrong"), MEASURES)
def test_measure_with_both_in_the_book(line: str, right: str, wrong: str) -> None:
    """The unit decides: 160斤 is a weight, 160cm and 1米6 are one height."""
    assert_ranked_first(line, right)


@pytest.mark.parametrize(("line", "right", "wrong"), MEASURES)
def test_measure_with_one_in_the_book(line: str, right: str, wrong: str) -> None:
    """A height's size is no answer to a weight; what holds for everybody may be one."""
    match = asked(line, right)
    assert match.entry != wrong, told(match)
    against = [each.veto for each in match.candidates if each.entry == wrong]
    assert against in ([], ["numbers"]), told(match)


@pytest.mark.parametrize(
    "line",
    [
        "165cm穿什么码",
        "170斤穿什么码",
        "一米七穿多大",
        "身高158选什么码",
        "体重140选什么码",
    ],
)
def test_measure_of_somebody_else(line: str) -> None:
    """What fits at 160 says nothing of another measure."""
    assert_unanswered(line, "size_which")


@pytest.mark.parametrize(
    "line", ["多少米", "几米啊", "这个几米", "多少米一件", "这个多少米啊"]
)
def test_metres_are_money_after_how_many(line: str) -> None:
    """多少米 in a live room asks the price."""
    assert_ranked_first(line, "price")


@pytest.mark.parametrize(
    ("line", "entry"),
    [
        ("160斤穿什么码", "heavy_160"),
        ("160cm穿什么码", "tall_160"),
        ("满100减多少", "full_100"),
        ("满200减多少", "full_200"),
        ("3号有黑色吗", "link_3_color"),
    ],
)
def test_the_number_itself_is_answered(line: str, entry: str) -> None:
    """The questions the traps lie around are answered as before."""
    assert_answered(line, entry)
