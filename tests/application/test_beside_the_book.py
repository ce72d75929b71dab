"""Who tries a line alone is told what else a room would look at in it."""

from __future__ import annotations

import pytest

from streambot.application.beside_the_book import Beside, beside_the_book


@pytest.mark.parametrize(
    ("line", "beside"),
    [
        ("165/120斤穿什么码", {Beside.SIZES}),
        ("我120穿多大", {Beside.SIZES}),
        ("202611210088 这单到哪了", {Beside.ORDERS}),
        ("已拍", {Beside.BOUGHT}),
        ("包邮吗？能退吗", {Beside.PARTS}),
        ("几号发货", set()),
        ("包邮吗", set()),
        ("哈哈哈", set()),
        ("", set()),
    ],
)
def test_what_a_room_looks_at_is_told(line: str, beside: set[Beside]) -> None:
    """Sizes, orders, what was bought, and each of several questions."""
    assert set(beside_the_book(line)) == beside
