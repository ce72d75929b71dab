"""Order table: which status may follow which, which update is newer, and how numbers are masked.

1. The main line only goes forward; a gap in it is legal (paid -> shipped).
2. Whatever isn't delivered yet may be cancelled; a cancelled order may still be refunded.
3. An exception may come beside the main line at any point where it can happen, and may follow
   another one. Where the main line was is not remembered, so it may go on from ``paid``
   (an order waiting again after a delay) or, once on the road, from ``in_transit``.
4. After-sale begins when the goods are on their way or there; gaps in it are legal too. What was
   refused may be asked for again, and the order may then be completed.
5. A lost, cancelled or out-of-stock order may be refunded at once.
6. The same status again is no step at all. Any other step is a step back: a newer revision that
   takes one is still kept as it is, and a person looks at it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import pairwise
from typing import Protocol

from streambot.domain.order import Order, OrderStatus

_S = OrderStatus

MAIN_LINE: tuple[OrderStatus, ...] = (
    _S.PENDING_PAYMENT,
    _S.PAID,
    _S.PACKED,
    _S.SHIPPED,
    _S.IN_TRANSIT,
    _S.OUT_FOR_DELIVERY,
    _S.DELIVERED,
    _S.COMPLETED,
)
#: Exceptions beside the main line: from which of its states each can come, and go on to.
_BESIDE: dict[OrderStatus, tuple[OrderStatus, OrderStatus]] = {
    _S.OUT_OF_STOCK: (_S.PENDING_PAYMENT, _S.PAID),
    _S.DELAYED: (_S.PENDING_PAYMENT, _S.PAID),
    _S.ADDRESS_PROBLEM: (_S.PENDING_PAYMENT, _S.PAID),
    _S.DELIVERY_FAILED: (_S.SHIPPED, _S.IN_TRANSIT),
    _S.LOST: (_S.SHIPPED, _S.IN_TRANSIT),
}
EXCEPTIONS = frozenset(_BESIDE)
_RETURN = (
    _S.RETURN_REQUESTED,
    _S.RETURN_APPROVED,
    _S.RETURN_SHIPPED,
    _S.RETURN_RECEIVED,
)
_REPAIR = (_S.REPAIR_REQUESTED, _S.REPAIRING, _S.REPAIRED)
AFTER_SALE = frozenset(
    {*_RETURN, *_REPAIR, _S.REFUNDED, _S.EXCHANGED, _S.RETURN_REFUSED}
)
_ENDS_OF_RETURN = frozenset({_S.REFUNDED, _S.EXCHANGED})
_AFTER_SALE_STARTS = frozenset(AFTER_SALE)
_DELIVERED = MAIN_LINE.index(_S.DELIVERED)
_SHIPPED = MAIN_LINE.index(_S.SHIPPED)
#: Not delivered yet.
OPEN = frozenset(MAIN_LINE[:_DELIVERED]) | EXCEPTIONS


def _later(
    line: tuple[OrderStatus, ...], status: OrderStatus
) -> frozenset[OrderStatus]:
    return frozenset(line[line.index(status) + 1 :])


def _from(line: tuple[OrderStatus, ...], status: OrderStatus) -> frozenset[OrderStatus]:
    return frozenset(line[line.index(status) :])


def _table() -> dict[OrderStatus, frozenset[OrderStatus]]:
    table: dict[OrderStatus, set[OrderStatus]] = {status: set() for status in _S}
    for place, status in enumerate(MAIN_LINE):
        table[status] |= _later(MAIN_LINE, status)
        if place < _DELIVERED:
            table[status] |= {
                exception
                for exception, (earliest, _) in _BESIDE.items()
                if place >= MAIN_LINE.index(earliest)
            }
        if place >= _SHIPPED:
            table[status] |= _AFTER_SALE_STARTS
    for exception, (_, goes_on) in _BESIDE.items():
        table[exception] |= _from(MAIN_LINE, goes_on) | (EXCEPTIONS - {exception})
        table[exception] |= {_S.RETURN_REQUESTED, _S.REFUNDED}
    for status in OPEN:
        table[status].add(_S.CANCELLED)
    table[_S.CANCELLED] = {_S.REFUNDED}
    for status in _RETURN:
        table[status] |= _later(_RETURN, status) | _ENDS_OF_RETURN
    table[_S.RETURN_REQUESTED].add(_S.RETURN_REFUSED)
    table[_S.RETURN_REFUSED] = {_S.RETURN_REQUESTED, _S.REPAIR_REQUESTED, _S.COMPLETED}
    for asked, done in pairwise(_REPAIR):
        table[asked] |= {done, *_later(_REPAIR, asked)}
    table[_S.REPAIRED] = {_S.COMPLETED, _S.RETURN_REQUESTED, _S.REPAIR_REQUESTED}
    return {status: frozenset(later) for status, later in table.items()}


#: Status -> every status that may follow it.
TABLE: Mapping[OrderStatus, frozenset[OrderStatus]] = _table()


class OrderState(Protocol):
    """What is known of an order's state: by it two updates are compared."""

    @property
    def status(self) -> OrderStatus: ...

    @property
    def updated_at(self) -> datetime | None: ...

    @property
    def revision(self) -> int | None: ...


def newer(known: OrderState, update: OrderState) -> bool:
    """Whether *update* is applied over *known*: by revision, else by time, else by difference.

    What has no stamp is newer than nothing that has one; of two without any, the later read wins.
    """
    if known.revision is not None and update.revision is not None:
        return update.revision > known.revision
    if known.updated_at is not None and update.updated_at is not None:
        return update.updated_at > known.updated_at
    if known.revision is None and known.updated_at is None:
        return is_stamped(update) or update.status is not known.status
    return False


def is_stamped(order: OrderState) -> bool:
    """Whether an order says when it was in this state."""
    return order.revision is not None or order.updated_at is not None


def is_step_back(old: OrderStatus, new: OrderStatus) -> bool:
    """Whether the table doesn't let *new* follow *old*."""
    return new is not old and new not in TABLE[old]


def revision_of(order: Order) -> str:
    """What tells one state of an order from the next: revision, else time, else status."""
    if order.revision is not None:
        return f"r{order.revision}"
    if order.updated_at is not None:
        return f"t{round(order.updated_at.timestamp() * 1_000_000)}"
    return f"s{order.status.value}"


def newest_first(orders: Iterable[Order]) -> tuple[Order, ...]:
    """Orders by their last change; those without a time last, by number."""

    def age(order: Order) -> tuple[float, str]:
        at = order.updated_at
        return (0.0 if at is None else -at.timestamp(), order.order_id)

    return tuple(sorted(orders, key=age))


def masked(number: str) -> str:
    """``12345678`` as ``****5678``: at most the last four, never more than half."""
    shown = min(4, len(number) // 2)
    return "****" + (number[-shown:] if shown else "")
