"""Finding order numbers in what viewers write."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streambot.domain.order_numbers import find_order_numbers, plain_number

_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("订单202611230001到哪了", ("202611230001",)),
        ("2026 1123 0001", ("202611230001",)),
        ("订单号２０２６-1123-０００１", ("202611230001",)),
        ("202611230001 202611220017", ("202611230001", "202611220017")),
        ("202611230001，202611220017", ("202611230001", "202611220017")),
        ("231123-123456789012345", ("231123123456789012345",)),
        ("单号yt6000012340017", ("YT6000012340017",)),
        ("我的订单尾号1234", ("1234",)),
        ("订单尾号0001 0017", ("0001", "0017")),
        ("my order 123456 please", ("123456",)),
        ("202611230001和202611230001", ("202611230001",)),
    ],
)
def test_numbers_are_found(text: str, numbers: tuple[str, ...]) -> None:
    """Split, wide, several, with letters, and tails beside a word about orders."""
    assert find_order_numbers(text) == numbers


@pytest.mark.parametrize(
    "text",
    [
        "1234",
        "手机13800000001",
        "快递打138 0000 0001",
        "+8613800000001",
        "订单1999元",
        "这单快递费12.50",
        "订单金额¥12345",
        "6666666666666",
        "订单2026-11-23买的",
        "订单20261123拍的",
        "手机尾号1234的订单",
        "加QQ1234567890",
        "满1000减100的订单",
        "12,345,678人在看",
        "身高165体重100",
        "我数16 17 18 19 20 21",
    ],
)
def test_what_only_looks_like_a_number_is_left(text: str) -> None:
    """Phones, prices, dates, accounts, applause and loose digits are no order numbers."""
    assert find_order_numbers(text) == ()


#: A phone with its country before it is written in as many digits.
_PHONE = re.compile(r"861[3-9]\d{9}")
_NUMBERS = st.from_regex(r"[2-9][0-9]{11,19}", fullmatch=True).filter(
    lambda number: len(set(number)) > 2 and _PHONE.fullmatch(number) is None
)


@given(_NUMBERS, st.booleans(), st.sampled_from(["帮我查{}", "{}", "单号：{}到哪了"]))
def test_a_full_number_is_found_however_wide(
    number: str, wide: bool, around: str
) -> None:
    """Width and what stands around don't matter."""
    written = number.translate(_WIDE) if wide else number
    assert find_order_numbers(around.format(written)) == (number,)


@given(st.text(max_size=200))
def test_any_line_can_be_read(text: str) -> None:
    """Hostile text gives at most five numbers, each in its plain form."""
    numbers = find_order_numbers(text)
    assert len(numbers) <= 5
    assert all(plain_number(number) == number for number in numbers)
