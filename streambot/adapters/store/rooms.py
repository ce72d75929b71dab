"""What people see and switch of a room: its mode and a viewer's earlier lines."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.sqlite import insert as upsert

from streambot.adapters.store import encoding
from streambot.adapters.store.prepared import Prepared
from streambot.adapters.store.tables import journal, memory, rooms
from streambot.adapters.store.transaction import StoreTransaction
from streambot.adapters.store.writer import Writer
from streambot.domain.actions import MemoryKind
from streambot.domain.audit import Act, Deed
from streambot.domain.events import ViewerSpoke
from streambot.domain.product import ProductId
from streambot.domain.room import RoomMode, RoomName
from streambot.domain.viewer import ViewerKey
from streambot.ports.store import Committed

#: Newest events, over all rooms, that are looked through for a viewer's lines.
LOOK_BACK = 50_000

_put = upsert(rooms)
_PUT = Prepared(
    _put.on_conflict_do_update(
        index_elements=[rooms.c.room],
        set_={name: _put.excluded[name] for name in ("mode", "mode_by", "mode_at")},
    )
)
_remember = upsert(memory)
_REMEMBER = Prepared(
    _remember.on_conflict_do_update(
        index_elements=[memory.c.room, memory.c.kind, memory.c.key],
        set_={"at": _remember.excluded.at, "value": _remember.excluded.value},
    )
)
_recent = select(journal).order_by(journal.c.n.desc()).limit(LOOK_BACK).subquery()
_OF_VIEWER = Prepared(
    select(_recent.c.data)
    .where(
        _recent.c.room == bindparam("room"),
        _recent.c.kind == "spoke",
        _recent.c.viewer == bindparam("viewer"),
    )
    .order_by(_recent.c.n.desc())
    .limit(bindparam("most"))
)


def write_mode(
    transaction: StoreTransaction,
    room: RoomName,
    mode: RoomMode,
    by: str,
    at: datetime,
) -> None:
    """Store the mode of *room* and tell the feed."""
    _PUT.run(
        transaction.connection,
        room=room,
        mode=mode.value,
        mode_by=by,
        mode_at=encoding.micros(at),
    )
    transaction.audit(
        Deed(at=at, actor=by, action=Act.MODE, room=room, data={"mode": mode.value})
    )
    transaction.enter(
        kind="mode", at=at, room=room, data={"mode": mode.value, "by": by}
    )


def write_shown(
    transaction: StoreTransaction,
    room: RoomName,
    product: ProductId | None,
    by: str,
    at: datetime,
) -> None:
    """Store the product on screen in *room* and tell the feed."""
    _REMEMBER.run(
        transaction.connection,
        room=room,
        kind=MemoryKind.SHOWN.value,
        key="",
        at=encoding.micros(at),
        value=product or "",
    )
    transaction.audit(
        Deed(at=at, actor=by, action=Act.PRODUCT_SHOWN, object=product or "", room=room)
    )
    transaction.enter(
        kind="product", at=at, room=room, data={"product": product, "by": by}
    )


def write_notice(
    transaction: StoreTransaction, room: RoomName, text: str, by: str, at: datetime
) -> None:
    """Store the pinned notice of *room*, empty for none, and tell the feed."""
    _REMEMBER.run(
        transaction.connection,
        room=room,
        kind=MemoryKind.PINNED.value,
        key="",
        at=encoding.micros(at),
        value=text,
    )
    transaction.audit(Deed(at=at, actor=by, action=Act.NOTICE_PINNED, room=room))
    transaction.enter(
        kind="notice", at=at, room=room, data={"notice": text or None, "by": by}
    )


class RoomSwitches:
    """The part of a store that keeps what people switch in rooms."""

    _writer: Writer

    async def set_mode(
        self, room: RoomName, mode: RoomMode, by: str, at: datetime
    ) -> Committed:
        """Store a room's mode, with a feed entry of kind ``mode``: ``{"mode", "by"}``."""
        _, committed = await self._writer.call(
            lambda own: write_mode(own, room, mode, by, at)
        )
        return committed

    async def set_modes(
        self, modes: Mapping[RoomName, RoomMode], deed: Deed
    ) -> Committed:
        """Store several rooms' modes and *deed*, with a feed entry each, in one transaction."""

        def work(own: StoreTransaction) -> None:
            own.audit(deed)
            for room, mode in modes.items():
                write_mode(own, room, mode, deed.actor, deed.at)

        return (await self._writer.call(work))[1]

    async def show_product(
        self, room: RoomName, product: ProductId | None, by: str, at: datetime
    ) -> Committed:
        """Store the product on screen, with a feed entry ``product``: ``{"product", "by"}``."""
        _, committed = await self._writer.call(
            lambda own: write_shown(own, room, product, by, at)
        )
        return committed

    async def pin_notice(
        self, room: RoomName, text: str, by: str, at: datetime
    ) -> Committed:
        """Store a room's pinned notice, with a feed entry ``notice``: ``{"notice", "by"}``."""
        _, committed = await self._writer.call(
            lambda own: write_notice(own, room, text, by, at)
        )
        return committed


def read_lines_of(
    connection: sqlite3.Connection, room: RoomName, viewer: ViewerKey, most: int
) -> tuple[ViewerSpoke, ...]:
    """The viewer's newest lines, oldest first."""
    found = []
    for (data,) in _OF_VIEWER.run(connection, room=room, viewer=viewer, most=most):
        event = encoding.decode_event("spoke", data)
        assert isinstance(event, ViewerSpoke)
        found.append(event)
    return tuple(reversed(found))
