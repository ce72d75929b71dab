"""Raw platform ids, kept encrypted only as long as somebody may have to be written to."""

from __future__ import annotations

from datetime import datetime, timedelta

from cryptography.fernet import Fernet, InvalidToken
from sqlalchemy import bindparam, delete, select
from sqlalchemy.dialects.sqlite import insert as upsert

from streambot.adapters.store import encoding
from streambot.adapters.store.prepared import Prepared
from streambot.adapters.store.readers import Readers
from streambot.adapters.store.tables import addresses
from streambot.adapters.store.transaction import StoreTransaction
from streambot.adapters.store.writer import Writer
from streambot.domain.room import BroadcastId
from streambot.domain.viewer import ViewerKey

#: No address is kept longer, whatever its broadcast does.
KEPT_FOR = timedelta(days=7)

_put = upsert(addresses)
_PUT = Prepared(
    _put.on_conflict_do_update(
        index_elements=[addresses.c.viewer],
        set_={
            name: _put.excluded[name] for name in ("broadcast", "secret", "stored_at")
        },
    )
)
_ONE = Prepared(
    select(addresses.c.secret).where(addresses.c.viewer == bindparam("viewer"))
)
_FORGET = Prepared(
    delete(addresses).where(addresses.c.broadcast == bindparam("broadcast"))
)
_PRUNE = Prepared(delete(addresses).where(addresses.c.stored_at < bindparam("before")))


class Addresses:
    """Send addresses by viewer key; never logged, shown or exported."""

    def __init__(self, writer: Writer, readers: Readers, key: bytes) -> None:
        self._writer = writer
        self._readers = readers
        self._fernet = Fernet(key)

    async def remember_address(
        self, viewer: ViewerKey, broadcast: BroadcastId, raw_id: str, at: datetime
    ) -> None:
        """Keep *raw_id* for *viewer*; those older than 7 days go."""
        secret = self._fernet.encrypt(raw_id.encode("utf-8"))

        def work(own: StoreTransaction) -> None:
            _PRUNE.run(own.connection, before=encoding.micros(at - KEPT_FOR))
            _PUT.run(
                own.connection,
                viewer=viewer,
                broadcast=broadcast,
                secret=secret,
                stored_at=encoding.micros(at),
            )

        await self._writer.call(work)

    async def address_of(self, viewer: ViewerKey) -> str | None:
        """The raw id, or None when it isn't kept or was encrypted with another key."""
        row = await self._readers.read(
            lambda connection: _ONE.run(connection, viewer=viewer).fetchone()
        )
        if row is None:
            return None
        try:
            return self._fernet.decrypt(row[0]).decode("utf-8")
        except InvalidToken:
            return None

    async def forget_addresses(self, broadcast: BroadcastId) -> None:
        """Erase the addresses of a broadcast whose last ticket is closed."""
        await self._writer.call(
            lambda own: _FORGET.run(own.connection, broadcast=broadcast)
        )

    async def prune(self, now: datetime) -> None:
        """Erase what is older than 7 days."""
        await self._writer.call(
            lambda own: _PRUNE.run(
                own.connection, before=encoding.micros(now - KEPT_FOR)
            )
        )
