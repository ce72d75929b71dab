"""Logins: the sessions of the console; tokens arrive hashed, and an ended session says why."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from streambot.adapters.store import encoding
from streambot.adapters.store.one_time_links import OneTimeLinks
from streambot.adapters.store.prepared import Prepared
from streambot.adapters.store.tables import sessions, users
from streambot.adapters.store.transaction import StoreTransaction
from streambot.domain.agent import AgentName, Role
from streambot.domain.audit import Deed
from streambot.ports.accounts import Ending, SessionRow

#: Characters of a session's key by which its owner names it.
_ID = 16
#: Endings are remembered for a browser this long after its session would have expired.
_REMEMBERED = timedelta(days=1)

_OPEN = Prepared(upsert(sessions).on_conflict_do_nothing())
_SEEN_LOGIN = Prepared(
    update(users)
    .where(users.c.name == bindparam("of_name"))
    .values(last_login=bindparam("now"))
)
_SESSION = Prepared(
    select(
        *(sessions.c.name, sessions.c.csrf, sessions.c.expires_at),
        *(sessions.c.seen_at, users.c.role, users.c.password_hash),
    )
    .join(users, users.c.name == sessions.c.name)
    .where(
        sessions.c.token_hash == bindparam("token"),
        sessions.c.expires_at > bindparam("now"),
        sessions.c.seen_at > bindparam("idle_since"),
        sessions.c.ended.is_(None),
        users.c.disabled == bindparam("off"),
    )
)
_ENDED = Prepared(
    select(sessions.c.ended).where(sessions.c.token_hash == bindparam("token"))
)
_OF = Prepared(
    select(*(sessions.c.token_hash, sessions.c.opened_at, sessions.c.seen_at))
    .add_columns(sessions.c.device)
    .where(
        sessions.c.name == bindparam("name"),
        sessions.c.expires_at > bindparam("now"),
        sessions.c.seen_at > bindparam("idle_since"),
        sessions.c.ended.is_(None),
    )
    .order_by(sessions.c.seen_at.desc())
)
_TOUCH = Prepared(
    update(sessions)
    .where(sessions.c.token_hash == bindparam("token"))
    .values(seen_at=bindparam("now"))
)
_CLOSE = Prepared(
    update(sessions)
    .where(sessions.c.token_hash == bindparam("token"), sessions.c.ended.is_(None))
    .values(ended=bindparam("why"))
)
_CLOSE_ALL = Prepared(
    update(sessions)
    .where(
        sessions.c.name == bindparam("of_name"),
        sessions.c.token_hash != bindparam("keep"),
        sessions.c.ended.is_(None),
    )
    .values(ended=bindparam("why"))
    .returning(sessions.c.token_hash)
)
_EXPIRE = Prepared(delete(sessions).where(sessions.c.expires_at <= bindparam("before")))


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A login that holds."""

    name: AgentName
    role: Role
    csrf: str = field(repr=False)
    expires_at: datetime
    seen_at: datetime


class Logins(OneTimeLinks):
    """Sessions, beside the one-time links that open them."""

    async def open_session(
        self,
        token_hash: str,
        name: AgentName,
        csrf: str,
        *,
        expires_at: datetime,
        now: datetime,
        device: str = "",
        deed: Deed | None = None,
    ) -> None:
        """Begin a session; those of everybody that expired long ago are forgotten."""

        def work(own: StoreTransaction) -> None:
            _EXPIRE.run(own.connection, before=encoding.micros(now - _REMEMBERED))
            _SEEN_LOGIN.run(own.connection, of_name=name, now=encoding.micros(now))
            _OPEN.run(
                own.connection,
                token_hash=token_hash,
                name=name,
                csrf=csrf,
                expires_at=encoding.micros(expires_at),
                opened_at=encoding.micros(now),
                seen_at=encoding.micros(now),
                device=device,
                ended=None,
            )
            if deed is not None:
                own.audit(deed)

        await self._writer.call(work)

    async def session(
        self, token_hash: str, now: datetime, idle: timedelta | None = None
    ) -> Session | None:
        """The session that holds at *now*; None also when its account is off.

        *idle*: a session nobody used for so long is over; None: it may rest.
        """

        def read(connection: sqlite3.Connection) -> Session | None:
            row = _SESSION.run(
                connection,
                token=token_hash,
                now=encoding.micros(now),
                idle_since=_since(now, idle),
                off=False,
            ).fetchone()
            if row is None:
                return None
            name, csrf, expires_at, seen_at, role, _ = row
            return Session(
                name=AgentName(name),
                role=Role(role),
                csrf=csrf,
                expires_at=encoding.instant(expires_at),
                seen_at=encoding.instant(seen_at),
            )

        return await self._readers.read(read)

    async def sessions_of(
        self, name: AgentName, now: datetime, idle: timedelta | None = None
    ) -> tuple[SessionRow, ...]:
        """The sessions of *name* that hold, the one used last first."""
        rows = await self._readers.read(
            lambda connection: _OF.run(
                connection,
                name=name,
                now=encoding.micros(now),
                idle_since=_since(now, idle),
            ).fetchall()
        )
        return tuple(
            SessionRow(
                id=key[:_ID],
                opened_at=encoding.instant(opened_at),
                seen_at=encoding.instant(seen_at),
                device=device,
            )
            for key, opened_at, seen_at, device in rows
        )

    async def touch(self, token_hash: str, now: datetime) -> None:
        """Note that a session was used."""
        await self._writer.call(
            lambda own: _TOUCH.run(
                own.connection, token=token_hash, now=encoding.micros(now)
            )
        )

    async def why_ended(self, token_hash: str) -> Ending | None:
        """Why a session ended before its time, if it did."""
        row = await self._readers.read(
            lambda connection: _ENDED.run(connection, token=token_hash).fetchone()
        )
        return None if row is None or row[0] is None else Ending(row[0])

    async def close_session(
        self, token_hash: str, why: Ending = Ending.LOGGED_OUT
    ) -> None:
        """End a session."""
        await self._writer.call(
            lambda own: _CLOSE.run(own.connection, token=token_hash, why=why.value)
        )

    async def close_one(
        self,
        name: AgentName,
        called: str,
        now: datetime,
        deed: Deed | None = None,
    ) -> tuple[str, ...]:
        """End the session of *name* that is *called* so; its key, if there was one."""

        def work(own: StoreTransaction) -> tuple[str, ...]:
            rows = _OF.run(
                own.connection,
                name=name,
                now=encoding.micros(now),
                idle_since=_since(now, None),
            ).fetchall()
            keys = tuple(row[0] for row in rows if row[0][:_ID] == called)
            for key in keys:
                _CLOSE.run(own.connection, token=key, why=Ending.ENDED.value)
            if keys and deed is not None:
                own.audit(deed)
            return keys

        return (await self._writer.call(work))[0]


def end_sessions(
    connection: sqlite3.Connection, name: AgentName, why: Ending, keep: str | None
) -> tuple[str, ...]:
    """End every session of *name* but *keep*; their keys."""
    rows = _CLOSE_ALL.run(connection, of_name=name, keep=keep or "", why=why.value)
    return tuple(row[0] for row in rows.fetchall())


def _since(now: datetime, idle: timedelta | None) -> int:
    return -1 if idle is None else encoding.micros(now - idle)
