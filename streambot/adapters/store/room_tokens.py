"""Tokens of rooms in the store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from streambot.adapters.store import encoding
from streambot.adapters.store.prepared import Prepared
from streambot.adapters.store.readers import Readers
from streambot.adapters.store.tables import room_tokens
from streambot.adapters.store.transaction import StoreTransaction
from streambot.adapters.store.writer import Writer
from streambot.domain.audit import Deed
from streambot.domain.room import RoomName
from streambot.ports.room_tokens import RoomToken, Scope

#: How often a token in use is noted.
_TOUCH_EVERY = timedelta(minutes=1)

_SHOWN = tuple(
    room_tokens.c[name]
    for name in ("id", "room", "scope", "label", "made_by", "made_at", "seen_at")
)
_ADD = Prepared(insert(room_tokens))
_HOLDS = room_tokens.c.revoked_at.is_(None)
_OPENS = Prepared(
    select(*_SHOWN).where(room_tokens.c.token_hash == bindparam("given"), _HOLDS)
)
_OF = Prepared(
    select(*_SHOWN)
    .where(room_tokens.c.room == bindparam("of_room"), _HOLDS)
    .order_by(room_tokens.c.made_at, room_tokens.c.id)
)
_SEEN = Prepared(
    update(room_tokens)
    .where(room_tokens.c.token_hash == bindparam("given"))
    .values(seen_at=bindparam("now"))
)
_REVOKE = Prepared(
    update(room_tokens)
    .where(
        room_tokens.c.room == bindparam("of_room"),
        room_tokens.c.id == bindparam("named"),
        _HOLDS,
    )
    .values(revoked_at=bindparam("now"))
    .returning(room_tokens.c.token_hash)
)


class RoomTokens:
    """Implements ``TokenStore``."""

    def __init__(self, writer: Writer, readers: Readers) -> None:
        self._writer = writer
        self._readers = readers

    async def add(self, token_hash: str, token: RoomToken, deed: Deed) -> None:
        """Keep a new one."""

        def work(own: StoreTransaction) -> None:
            _ADD.run(
                own.connection,
                token_hash=token_hash,
                id=token.id,
                room=token.room,
                scope=token.scope.value,
                label=token.label,
                made_by=token.made_by,
                made_at=encoding.micros(token.made_at),
                seen_at=None,
                revoked_at=None,
            )
            own.audit(deed)

        await self._writer.call(work)

    async def opens(self, token_hash: str, now: datetime) -> RoomToken | None:
        """What it opens, unless it is unknown or revoked."""
        row = await self._readers.read(
            lambda connection: _OPENS.run(connection, given=token_hash).fetchone()
        )
        if row is None:
            return None
        token = _token(row)
        if token.seen_at is None or now - token.seen_at > _TOUCH_EVERY:

            def touch(own: StoreTransaction) -> None:
                _SEEN.run(own.connection, given=token_hash, now=encoding.micros(now))

            await self._writer.call(touch)
            token = replace(token, seen_at=now)
        return token

    async def of(self, room: RoomName) -> Sequence[RoomToken]:
        """A room's tokens that hold, oldest first."""
        rows = await self._readers.read(
            lambda connection: _OF.run(connection, of_room=room).fetchall()
        )
        return tuple(map(_token, rows))

    async def revoke(self, room: RoomName, name: str, deed: Deed) -> str | None:
        """Let it open nothing any more; its hash, None where there is no such token."""

        def work(own: StoreTransaction) -> str | None:
            now = encoding.micros(deed.at)
            row = _REVOKE.run(
                own.connection, of_room=room, named=name, now=now
            ).fetchone()
            if row is None:
                return None
            own.audit(deed)
            return str(row[0])

        return (await self._writer.call(work))[0]


def _token(row: tuple[Any, ...]) -> RoomToken:
    name, room, scope, label, made_by, made_at, seen_at = row
    return RoomToken(
        id=name,
        room=RoomName(room),
        scope=Scope(scope),
        label=label,
        made_by=made_by,
        made_at=encoding.instant(made_at),
        seen_at=encoding.maybe_instant(seen_at),
    )
