"""OrderSource and OrderLedger: where orders are asked for, and where their states are kept."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping, Sequence
from typing import Protocol

from streambot.domain.order import Order
from streambot.domain.order_table import OrderState
from streambot.domain.viewer import ViewerKey


class OrderSource(Protocol):
    """Looks orders up and tells of changes; contract-tested over every adapter."""

    async def by_number(self, number: str) -> Sequence[Order]:
        """Orders whose number is *number* or, for 4-6 digits, ends in it.

        Raises:
            OrderSourceDown: the source did not answer.
        """
        ...

    async def by_viewer(self, viewer: ViewerKey) -> Sequence[Order]:
        """A buyer's orders, newest first.

        Raises:
            OrderSourceDown: the source did not answer.
        """
        ...

    async def current(self) -> Sequence[Order]:
        """Every order the source holds by itself; none where it is only asked.

        Raises:
            OrderSourceDown: the source did not answer.
        """
        ...

    def changes(self) -> AsyncGenerator[Order, None]:
        """What the source holds, then each order as newly read; the same may come again.

        Raises:
            OrderSourceDown: the source did not answer.
        """
        ...


class OrderLedger(Protocol):
    """The last known state of every order and what was told of it, kept over restarts."""

    async def all_known(self) -> Mapping[tuple[str, str], OrderState]:
        """Every order as last put, by platform and id."""
        ...

    async def put(self, *changed: Order) -> None:
        """Keep the state of *changed*, in one transaction."""
        ...

    async def told(self, order_id: str, revision: str, platform: str = "") -> bool:
        """Note that this revision (``revision_of``) is told; True only the first time."""
        ...
