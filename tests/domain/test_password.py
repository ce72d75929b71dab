"""Passwords: what is guessed first is refused, and a good one is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streambot.domain.password import LONGEST, SHORTEST, why_weak


@pytest.mark.parametrize(
    "password",
    [
        *("short", "x" * (LONGEST + 1), "12345678", "19900101", "13800138000"),
        *("aaaaaaaa", "password", "Password1!", "P@ssw0rd", "qwertyuiop", "1qaz2wsx"),
        *(
            "abcdefgh",
            "woaini1314",
            "xiaowang1988",
            "XiaoWang!!",
            "admin123",
            "88888888",
        ),
    ],
)
def test_easy_ones_are_refused(password: str) -> None:
    """Short, long, common, in a row, a birthday, a phone number, or the name itself."""
    assert why_weak(password, "xiaowang") is not None


@pytest.mark.parametrize(
    "password",
    [
        "糖葫芦配豆汁儿九块九",
        "correct horse battery",
        "k7#mVq2!xTz",
        "4917 0583 2266 914",
    ],
)
def test_good_ones_are_taken(password: str) -> None:
    """Length counts, not a zoo of signs."""
    assert why_weak(password, "xiaowang") is None


@given(st.text(max_size=SHORTEST - 1), st.text(max_size=40))
def test_short_ones_never_pass(password: str, name: str) -> None:
    """Whatever it is made of."""
    assert why_weak(password, name) is not None
