"""OrderLedger: the last known status of orders and what was told, kept over restarts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.sqlite import insert as upsert

from streambot.adapters.store import encoding
from streambot.adapters.store.prepared import Prepared
from streambot.adapters.store.readers import Readers
from streambot.adapters.store.tables import notices, orders
from streambot.adapters.store.transaction import StoreTransaction
from streambot.adapters.store.writer import Writer
from streambot.domain.order import Order, OrderStatus
from streambot.domain.viewer import ViewerKey

_COLUMNS = (
    orders.c.order_id,
    orders.c.platform,
    orders.c.viewer,
    orders.c.status,
    orders.c.updated_at,
    orders.c.revision,
)
_put = upsert(orders)
_PUT = Prepared(
    _put.on_conflict_do_update(
        index_elements=[orders.c.platform, orders.c.order_id],
        set_={
            name: _put.excluded[name]
            for name in ("viewer", "status", "updated_at", "revision")
        },
    )
)
_ONE = Prepared(
    select(*_COLUMNS).where(
        orders.c.platform == bindparam("platform"),
        orders.c.order_id == bindparam("order_id"),
    )
)
_ALL = Prepared(select(*_COLUMNS).order_by(orders.c.platform, orders.c.order_id))
_TELL = Prepared(upsert(notices).on_conflict_do_nothing())


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownOrder:
    """What is kept of an order: nothing that names a person or a place."""

    order_id: str
    platform: str
    viewer: ViewerKey | None
    status: OrderStatus
    updated_at: datetime | None
    revision: int | None


class OrderLedger:
    """Orders as last seen, and the notices that were given."""

    def __init__(self, writer: Writer, readers: Readers) -> None:
        self._writer = writer
        self._readers = readers

    async def known(self, order_id: str, platform: str = "") -> KnownOrder | None:
        """The order as last put, or None."""
        found = await self._readers.read(
            lambda connection: _ONE.run(
                connection, platform=platform, order_id=order_id
            ).fetchone()
        )
        return None if found is None else _known(found)

    async def all_known(self) -> dict[tuple[str, str], KnownOrder]:
        """Every order as last put, by platform and id."""
        rows = await self._readers.read(
            lambda connection: _ALL.run(connection).fetchall()
        )
        return {(row[1], row[0]): _known(row) for row in rows}

    async def put(self, *changed: Order) -> None:
        """Keep the status of *changed*, in one transaction."""

        def work(own: StoreTransaction) -> None:
            for order in changed:
                _PUT.run(
                    own.connection,
                    platform=order.platform,
                    order_id=order.order_id,
                    viewer=order.viewer,
                    status=order.status.value,
                    updated_at=encoding.maybe_micros(order.updated_at),
                    revision=order.revision,
                )

        await self._writer.call(work)

    async def told(self, order_id: str, revision: str, platform: str = "") -> bool:
        """Note that this revision (``revision_of``) is told; True only the first time."""
        first, _ = await self._writer.call(
            lambda own: (
                _TELL.run(
                    own.connection,
                    platform=platform,
                    order_id=order_id,
                    revision=revision,
                ).rowcount
                == 1
            )
        )
        return first


def _known(row: tuple[str, str, str | None, str, int | None, int | None]) -> KnownOrder:
    order_id, platform, viewer, status, updated_at, revision = row
    return KnownOrder(
        order_id=order_id,
        platform=platform,
        viewer=None if viewer is None else ViewerKey(viewer),
        status=OrderStatus(status),
        updated_at=encoding.maybe_instant(updated_at),
        revision=revision,
    )
