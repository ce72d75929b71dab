"""Vectors: phrases an encoder has seen, kept so that nothing is encoded twice."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.sqlite import insert as upsert

from streambot.adapters.store.prepared import Prepared
from streambot.adapters.store.readers import Readers
from streambot.adapters.store.tables import vectors
from streambot.adapters.store.transaction import StoreTransaction
from streambot.adapters.store.writer import Writer

_ONE = Prepared(
    select(vectors.c.vector).where(
        vectors.c.model == bindparam("model"), vectors.c.phrase == bindparam("phrase")
    )
)
_put = upsert(vectors)
_PUT = Prepared(
    _put.on_conflict_do_update(
        index_elements=[vectors.c.model, vectors.c.phrase],
        set_={"vector": _put.excluded.vector},
    )
)


def read_vectors(
    connection: sqlite3.Connection, model: str, phrases: Sequence[str]
) -> dict[str, bytes]:
    """What is kept of *phrases*."""
    found = (
        (phrase, _ONE.run(connection, model=model, phrase=phrase).fetchone())
        for phrase in phrases
    )
    return {phrase: bytes(row[0]) for phrase, row in found if row is not None}


class Vectors:
    """Implements VectorShelf."""

    def __init__(self, writer: Writer, readers: Readers) -> None:
        self._writer = writer
        self._readers = readers

    async def vectors(self, model: str, phrases: Sequence[str]) -> Mapping[str, bytes]:
        """What is kept of *phrases*."""
        return await self._readers.read(
            lambda connection: read_vectors(connection, model, phrases)
        )

    async def keep_vectors(self, model: str, vectors: Mapping[str, bytes]) -> None:
        """Keep *vectors*, in one transaction; what was there is replaced."""

        def work(own: StoreTransaction) -> None:
            for phrase, vector in vectors.items():
                _PUT.run(own.connection, model=model, phrase=phrase, vector=vector)

        await self._writer.call(work)
