"""One-time links: logins that work once, for a first start and for choosing a password."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from sqlalchemy import bindparam, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from streambot.adapters.store import encoding
from streambot.adapters.store.prepared import Prepared
from streambot.adapters.store.readers import Readers
from streambot.adapters.store.tables import logins
from streambot.adapters.store.transaction import StoreTransaction
from streambot.adapters.store.writer import Writer
from streambot.domain.agent import AgentName, Role
from streambot.domain.audit import Deed

_ADD_ONCE = Prepared(upsert(logins).on_conflict_do_nothing())
_VOID = Prepared(
    update(logins)
    .where(logins.c.name == bindparam("of_name"))
    .values(used=bindparam("is_used"))
)
_ONCE = (
    logins.c.token_hash == bindparam("token"),
    logins.c.expires_at > bindparam("now"),
    logins.c.used == bindparam("unused"),
)
_REDEEM = Prepared(
    update(logins)
    .where(*_ONCE, logins.c.name.is_(None))
    .values(used=bindparam("is_used"))
    .returning(logins.c.role)
)
_INVITED = Prepared(select(logins.c.name).where(*_ONCE, logins.c.name.is_not(None)))
_ACCEPT = Prepared(
    update(logins)
    .where(*_ONCE, logins.c.name.is_not(None))
    .values(used=bindparam("is_used"))
    .returning(logins.c.name)
)


class OneTimeLinks:
    """Links by the hash of their token."""

    def __init__(self, writer: Writer, readers: Readers) -> None:
        self._writer = writer
        self._readers = readers

    async def add_once(
        self,
        token_hash: str,
        role: Role,
        expires_at: datetime,
        name: AgentName | None = None,
        deed: Deed | None = None,
    ) -> None:
        """Allow one login with this token until it expires.

        With *name* it lets that person choose a password; their older links are void then.
        """

        def work(own: StoreTransaction) -> None:
            if name is not None:
                _VOID.run(own.connection, of_name=name, is_used=True)
            _ADD_ONCE.run(
                own.connection,
                token_hash=token_hash,
                role=role.value,
                expires_at=encoding.micros(expires_at),
                used=False,
                name=name,
            )
            if deed is not None:
                own.audit(deed)

        await self._writer.call(work)

    async def redeem_once(self, token_hash: str, now: datetime) -> Role | None:
        """The role this one-time login gives, the first time and in time; else None."""
        role = await self._redeem(_REDEEM, token_hash, now)
        return None if role is None else Role(role)

    async def invited(self, token_hash: str, now: datetime) -> AgentName | None:
        """Whose password this link lets choose; the link stays good."""
        row = await self._readers.read(
            lambda connection: _INVITED.run(
                connection, token=token_hash, now=encoding.micros(now), unused=False
            ).fetchone()
        )
        return None if row is None else AgentName(row[0])

    async def accept(self, token_hash: str, now: datetime) -> AgentName | None:
        """As ``invited``, the first time; the link is used up."""
        name = await self._redeem(_ACCEPT, token_hash, now)
        return None if name is None else AgentName(name)

    async def _redeem(
        self, statement: Prepared, token_hash: str, now: datetime
    ) -> str | None:
        def work(own: StoreTransaction) -> str | None:
            row = statement.run(
                own.connection,
                token=token_hash,
                now=encoding.micros(now),
                unused=False,
                is_used=True,
            ).fetchone()
            return None if row is None else str(row[0])

        return (await self._writer.call(work))[0]


def void_links(connection: sqlite3.Connection, name: AgentName) -> None:
    """Let no link that was given to *name* work any more."""
    _VOID.run(connection, of_name=name, is_used=True)
