"""OrderSource: where orders are asked for."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from typing import Protocol

from streambot.domain.order import Order
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
        """A buyer's orders, newest first."""
        ...

    def changes(self) -> AsyncIterator[Order]:
        """Orders as they change, each as newly read."""
        ...
