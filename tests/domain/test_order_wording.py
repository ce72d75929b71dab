"""What is said about orders, and what never is."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streambot.authoring.guard_file import shipped_guard
from streambot.domain.guard import PASSED
from streambot.domain.order import Order, OrderStatus, Receiver
from streambot.domain.order_table import EXCEPTIONS
from streambot.domain.order_wording import needs_ticket, notice_text, status_text

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
LINE = 40

#: Letters that no wording uses, so that a leak can't hide behind a chance match.
_NAMES = st.text(alphabet="赵钱孙李陈", min_size=2, max_size=4)
_PHONES = st.from_regex(r"1[3-9]\d{9}", fullmatch=True)
_NUMBERS = st.from_regex(r"[A-Z]{0,2}[0-9]{8,20}", fullmatch=True)
_ADDRESSES = st.from_regex(r"[粤浙苏]省[甲乙丙丁]{2}路[0-9]{1,3}号", fullmatch=True)


@st.composite
def _orders(draw: st.DrawFn) -> Order:
    """An order whose free columns may hold what belongs elsewhere."""
    receiver = Receiver(
        name=draw(_NAMES), phone=draw(_PHONES), address=draw(_ADDRESSES)
    )
    tracking = draw(_NUMBERS)
    stray = st.sampled_from(
        ["2026-11-26", receiver.name, receiver.phone, receiver.address, tracking, ""]
    )
    return Order(
        order_id=draw(_NUMBERS),
        status=draw(st.sampled_from(OrderStatus)),
        items=draw(stray),
        amount_minor=draw(st.integers(1_000_000, 9_999_999)),
        carrier=draw(st.sampled_from(["中通快递", "ems", ""])) + draw(stray),
        tracking_no=tracking,
        ship_by=draw(stray),
        eta=draw(stray),
        receiver=receiver,
        updated_at=draw(st.none() | st.datetimes(timezones=st.just(UTC))),
    )


def _secrets(order: Order) -> list[str]:
    receiver = order.receiver
    amount = str(order.amount_minor)
    return [
        receiver.name,
        receiver.phone,
        receiver.address,
        order.order_id,
        order.tracking_no,
        amount,
        f"{amount[:-2]}.{amount[-2:]}",
    ]


@given(st.lists(_orders(), min_size=1, max_size=5))
def test_the_room_never_hears_personal_data(orders: list[Order]) -> None:
    """No name, phone, address, amount or full number, wherever the file has put it."""
    texts = [status_text(orders, private=False)]
    texts += [text for order in orders if (text := notice_text(order)) is not None]
    for text in texts:
        assert shipped_guard().judge(text, public=True) == PASSED
        for order in orders:
            assert not [secret for secret in _secrets(order) if secret in text]


@given(_orders())
def test_one_order_fits_one_line(order: Order) -> None:
    """A notice and the status of one order are at most 40 characters."""
    notice = notice_text(order)
    assert notice is None or len(notice) <= LINE
    assert len(status_text([order], private=False)) <= LINE


def _order(number: int, status: OrderStatus = OrderStatus.SHIPPED) -> Order:
    return Order(
        order_id=f"2026112300{number:02}",
        status=status,
        carrier="中通快递",
        tracking_no=f"7580001234{number:04}",
        ship_by="2026-11-25",
        eta="2026/11/26 18:00",
        updated_at=NOON.replace(day=number),
    )


def test_the_newest_two_and_how_many_more() -> None:
    """Of several orders the newest two are told, and that there are more."""
    text = status_text([_order(1), _order(3), _order(4), _order(2)], private=False)
    assert text.index("****0004") < text.index("****0003")
    assert "****0002" not in text
    assert "还有2单" in text


def test_the_verified_buyer_gets_the_full_numbers() -> None:
    """In private the order's and the carrier's numbers are whole."""
    text = status_text([_order(1)], private=True)
    assert "202611230001" not in status_text([_order(1)], private=False)
    assert "202611230001"[:10] in text
    assert "75800012340001" in text


@pytest.mark.parametrize(
    ("status", "says"),
    [
        (OrderStatus.PAID, "11月25日前发出"),
        (OrderStatus.SHIPPED, "中通****0007"),
        (OrderStatus.DELIVERED, "怎么样"),
        (OrderStatus.OUT_OF_STOCK, "抱歉"),
    ],
)
def test_notices_say_what_matters(status: OrderStatus, says: str) -> None:
    """The expected ship date, the masked parcel, the question after delivery, the apology."""
    assert says in (notice_text(_order(7, status)) or "")


def test_exceptions_need_a_person_and_an_apology() -> None:
    """Every exception opens a ticket and is told with an apology; nothing else does."""
    for status in OrderStatus:
        assert needs_ticket(status) is (status in EXCEPTIONS)
        if status in EXCEPTIONS:
            assert "抱歉" in (notice_text(_order(1, status)) or "")


@pytest.mark.parametrize("status", list(OrderStatus))
def test_every_status_has_words(status: OrderStatus) -> None:
    """No state of an order leaves the assistant without an answer."""
    assert "****0001" in status_text([_order(1, status)], private=False)
