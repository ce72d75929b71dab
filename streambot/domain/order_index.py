"""OrderIndex: orders by number, by tail and by buyer, the newest state of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from streambot.domain.order import Order
from streambot.domain.order_numbers import plain_number
from streambot.domain.order_table import is_stamped, newer, newest_first
from streambot.domain.viewer import ViewerKey

_TAILS = range(4, 7)


class OrderIndex:
    """Built once and never changed; of two rows with one number the newer state holds."""

    def __init__(self, orders: Iterable[Order] = ()) -> None:
        self._orders: dict[tuple[str, str], Order] = {}
        for order in orders:
            key = (order.platform, order.order_id)
            known = self._orders.get(key)
            if known is None or _replaces(known, order):
                self._orders[key] = order
        self._by_viewer: dict[ViewerKey, list[Order]] = {}
        self._by_number: dict[str, list[Order]] = {}
        for order in self._orders.values():
            self._file(order)

    def _file(self, order: Order) -> None:
        if order.viewer is not None:
            self._by_viewer.setdefault(order.viewer, []).append(order)
        number = plain_number(order.order_id)
        tails = {number[-length:] for length in _TAILS}
        for key in {number, *(tail for tail in tails if tail.isdecimal())}:
            self._by_number.setdefault(key, []).append(order)

    def by_number(self, number: str) -> tuple[Order, ...]:
        """Orders with this number or, for 4-6 digits, this tail; newest first."""
        return newest_first(self._by_number.get(plain_number(number), ()))

    def by_viewer(self, viewer: ViewerKey) -> tuple[Order, ...]:
        """A buyer's orders, newest first."""
        return newest_first(self._by_viewer.get(viewer, ()))

    def all(self) -> tuple[Order, ...]:
        """Every order, in order of first reading."""
        return tuple(self._orders.values())

    def newer_than(self, before: OrderIndex) -> Iterator[Order]:
        """Orders that *before* hasn't, or has in an older state."""
        for key, order in self._orders.items():
            known = before._orders.get(key)
            if known is None or (known is not order and newer(known, order)):
                yield order


def _replaces(known: Order, order: Order) -> bool:
    """Whether a later row goes before an earlier one; without stamps it does."""
    return newer(known, order) or not (is_stamped(known) or is_stamped(order))
