"""Asks the disk whether it takes writes, by writing and deleting a row of some size."""

from __future__ import annotations

from sqlalchemy import delete
from sqlalchemy.dialects.sqlite import insert as upsert

from streambot.adapters.store.prepared import Prepared
from streambot.adapters.store.tables import probe
from streambot.adapters.store.writer import Writer
from streambot.errors import StoreError

#: More than one busy commit takes, so that "usable" holds for more than an instant.
PROBE_BYTES = 128 * 1024

_put = upsert(probe)
_WRITE = Prepared(
    _put.on_conflict_do_update(
        index_elements=[probe.c.id], set_={"data": _put.excluded.data}
    )
)
_DELETE = Prepared(delete(probe))


async def is_usable(writer: Writer) -> bool:
    """Whether a committed write succeeds right now."""
    try:
        await writer.call(
            lambda own: _WRITE.run(own.connection, id=1, data=bytes(PROBE_BYTES))
        )
        await writer.call(lambda own: _DELETE.run(own.connection))
    except StoreError:
        return False
    return True
