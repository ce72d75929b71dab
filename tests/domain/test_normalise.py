"""The same question, typed differently, is the same text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streambot.domain.faq.normalise import folded, normalise


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("什麼時候發貨", "什么时候发货"),  # traditional
        ("ＸＬ碼１２３", "xl码123"),  # width
        ("①㎏", "1kg"),  # NFKC
        ("Size XL", "size xl"),  # case
        ("好  的 Ok La", "好的ok la"),  # spaces count between Latin words only
        ("My parcel, where is it?", "my parcel where is it"),  # and never glue two
        ("size (or width) - 中 , 大", "size or width中大"),
        ("好好好", "好"),  # repeats
        ("多少钱多少钱多少钱", "多少钱"),
        ("cooooool", "cool"),
        ("1111", "1111"),  # never of numbers
        ("多少钱啊啊啊～", "多少钱"),  # particles that mean nothing
        ("在吗", "在吗"),  # and one that does
        ("[笑][玫瑰]多少钱", "多少钱"),  # stickers
        ("👨‍👩‍👧多少钱😀", "多少钱"),  # emoji
        ("多\u200b少\u202e钱\u0000", "多少钱"),  # hidden characters
        ("多少钱？！，。", "多少钱"),
        ("？？？", ""),
        ("", ""),
    ],
)
def test_how_it_is_typed_does_not_matter(typed: str, plain: str) -> None:
    """NFKC, script, width, case, repeats, emoji, stickers and hidden characters are evened out."""
    assert normalise(typed) == plain


@given(st.text(max_size=40))
def test_normalising_again_changes_nothing(text: str) -> None:
    """A normal form is one."""
    assert normalise(normalise(text)) == normalise(text)


@given(st.text(max_size=40) | st.text("騙ｓ！　錢a", max_size=9))
def test_folding_keeps_every_place(text: str) -> None:
    """One character for one, so that spans found in the folded line are the line's own."""
    assert len(folded(text)) == len(text)
    assert folded(folded(text)) == folded(text)
    assert folded("騙ｓ！　錢a") == "骗s! 钱a"
