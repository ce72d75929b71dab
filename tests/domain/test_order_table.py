"""An order's states: what may follow what, which update holds, what a masked number shows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import reduce
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streambot.domain.order import Order, OrderStatus
from streambot.domain.order_table import (
    AFTER_SALE,
    EXCEPTIONS,
    MAIN_LINE,
    OPEN,
    TABLE,
    is_step_back,
    masked,
    newer,
)

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
_S = OrderStatus


def test_every_status_has_its_place() -> None:
    """Each status is on the main line, an exception, after-sale or cancelled, and in the table."""
    groups = [set(MAIN_LINE), EXCEPTIONS, AFTER_SALE, {_S.CANCELLED}]
    assert set().union(*groups) == set(TABLE) == set(_S)
    assert sum(map(len, groups)) == len(_S)
    assert all(status not in later for status, later in TABLE.items())


def test_the_main_line_goes_forward_only() -> None:
    """Any later state is legal, with a gap or without; any earlier one is a step back."""
    for earlier, later in combinations(MAIN_LINE, 2):
        assert not is_step_back(earlier, later)
        assert is_step_back(later, earlier)


def test_whatever_is_open_can_be_cancelled_and_nothing_else() -> None:
    """Open orders and exceptions may be cancelled; delivered goods go to after-sale."""
    assert {status for status in _S if _S.CANCELLED in TABLE[status]} == OPEN
    assert TABLE[_S.CANCELLED] == {_S.REFUNDED}


@pytest.mark.parametrize(
    "story",
    [
        "paid delayed packed shipped delivery_failed out_for_delivery delivered",
        "paid delayed delivered",
        "paid out_of_stock refunded",
        "shipped lost refunded",
        "delivered return_requested return_approved return_shipped return_received refunded",
        "completed return_requested return_approved return_received exchanged",
        "delivered return_requested return_refused completed",
        "completed repair_requested repairing repaired completed",
    ],
)
def test_stories_of_orders_are_legal(story: str) -> None:
    """What the order page describes is no step back."""
    steps = [OrderStatus(word) for word in story.split()]
    for old, new in pairwise(steps):
        assert not is_step_back(old, new), (old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (_S.REFUNDED, _S.SHIPPED),
        (_S.CANCELLED, _S.PAID),
        (_S.DELIVERY_FAILED, _S.PAID),
        (_S.RETURN_SHIPPED, _S.RETURN_REQUESTED),
        (_S.DELIVERED, _S.DELAYED),
    ],
)
def test_what_cannot_be_is_a_step_back(old: OrderStatus, new: OrderStatus) -> None:
    """Undone endings, and exceptions that come too late, are steps back."""
    assert is_step_back(old, new)
    assert not is_step_back(old, old)


def _applied(known: Order | None, update: Order) -> Order:
    return update if known is None or newer(known, update) else known


@st.composite
def _histories(draw: st.DrawFn) -> list[Order]:
    """One order's states, all stamped the same way, each stamp once."""
    by_time = draw(st.booleans())
    stamps = draw(st.lists(st.integers(0, 10**6), min_size=1, max_size=12, unique=True))
    return [
        Order(
            order_id="1",
            status=draw(st.sampled_from(OrderStatus)),
            revision=None if by_time else stamp,
            updated_at=NOON + timedelta(seconds=stamp) if by_time else None,
        )
        for stamp in stamps
    ]


@given(_histories(), st.data())
def test_late_doubled_and_shuffled_updates_end_the_same(
    history: list[Order], data: st.DataObject
) -> None:
    """However often and in whatever order updates arrive, the newest state holds."""
    arrivals = data.draw(st.permutations(history + data.draw(st.permutations(history))))
    final = reduce(_applied, arrivals, None)
    assert final == max(
        history, key=lambda order: (order.revision or 0, order.updated_at or NOON)
    )
    assert all(not newer(final, update) for update in arrivals)


def test_without_stamps_the_later_reading_wins() -> None:
    """A plain file's new status is taken; a stamp is never overwritten by none."""
    paid = Order(order_id="1", status=_S.PAID)
    shipped = Order(order_id="1", status=_S.SHIPPED)
    stamped = Order(order_id="1", status=_S.PAID, revision=3)
    assert newer(paid, shipped)
    assert not newer(paid, paid)
    assert newer(shipped, stamped)
    assert not newer(stamped, shipped)


@given(st.text(alphabet="0123456789ABCDEF", max_size=30))
def test_a_masked_number_shows_half_at_most(number: str) -> None:
    """Four stars and at most the last four, never more than half of the number."""
    shown = masked(number).removeprefix("****")
    assert number.endswith(shown)
    assert len(shown) == min(4, len(number) // 2)
