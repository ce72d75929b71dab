"""Accounts: people of the console, their sessions and one-time logins; only hashes are kept."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from streambot.adapters.store import encoding
from streambot.adapters.store.prepared import Prepared
from streambot.adapters.store.readers import Readers
from streambot.adapters.store.tables import logins, sessions, users
from streambot.adapters.store.transaction import StoreTransaction
from streambot.adapters.store.writer import Writer
from streambot.domain.agent import AgentName, Role

_USER = (
    users.c.name,
    users.c.role,
    users.c.password_hash,
    users.c.disabled,
    users.c.created_at,
)
_ADD = Prepared(upsert(users).on_conflict_do_nothing())
_GET = Prepared(select(*_USER).where(users.c.name == bindparam("name")))
_LIST = Prepared(select(*_USER).order_by(users.c.name))
_PASSWORD = Prepared(
    update(users)
    .where(users.c.name == bindparam("of_name"))
    .values(password_hash=bindparam("new_hash"))
)
_DISABLE = Prepared(
    update(users)
    .where(users.c.name == bindparam("of_name"))
    .values(disabled=bindparam("is_disabled"))
)
_OPEN = Prepared(upsert(sessions).on_conflict_do_nothing())
_SESSION = Prepared(
    select(sessions.c.name, sessions.c.csrf, sessions.c.expires_at, users.c.role)
    .join(users, users.c.name == sessions.c.name)
    .where(
        sessions.c.token_hash == bindparam("token"),
        sessions.c.expires_at > bindparam("now"),
        users.c.disabled == bindparam("off"),
    )
)
_CLOSE = Prepared(delete(sessions).where(sessions.c.token_hash == bindparam("token")))
_CLOSE_ALL = Prepared(delete(sessions).where(sessions.c.name == bindparam("name")))
_EXPIRE = Prepared(delete(sessions).where(sessions.c.expires_at <= bindparam("now")))
_ADD_ONCE = Prepared(upsert(logins).on_conflict_do_nothing())
_REDEEM = Prepared(
    update(logins)
    .where(
        logins.c.token_hash == bindparam("token"),
        logins.c.expires_at > bindparam("now"),
        logins.c.used == bindparam("unused"),
    )
    .values(used=bindparam("is_used"))
    .returning(logins.c.role)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """One person's account; the hash is what the web layer made of the password."""

    name: AgentName
    role: Role
    password_hash: str = field(repr=False)
    disabled: bool
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A login that holds."""

    name: AgentName
    role: Role
    csrf: str = field(repr=False)
    expires_at: datetime


class Accounts:
    """Users, sessions and one-time logins; tokens and passwords arrive hashed."""

    def __init__(self, writer: Writer, readers: Readers) -> None:
        self._writer = writer
        self._readers = readers

    async def add(
        self, name: AgentName, role: Role, password_hash: str, at: datetime
    ) -> bool:
        """Make an account; False when the name is taken."""

        def work(own: StoreTransaction) -> bool:
            added = _ADD.run(
                own.connection,
                name=name,
                role=role.value,
                password_hash=password_hash,
                disabled=False,
                created_at=encoding.micros(at),
            )
            return added.rowcount == 1

        return (await self._writer.call(work))[0]

    async def get(self, name: AgentName) -> User | None:
        """The account, or None."""
        row = await self._readers.read(
            lambda connection: _GET.run(connection, name=name).fetchone()
        )
        return None if row is None else _user(row)

    async def list(self) -> tuple[User, ...]:
        """Every account by name."""
        rows = await self._readers.read(
            lambda connection: _LIST.run(connection).fetchall()
        )
        return tuple(_user(row) for row in rows)

    async def set_password(self, name: AgentName, password_hash: str) -> bool:
        """Replace a password and end the account's sessions; False: no such account."""
        return await self._change(name, _PASSWORD, new_hash=password_hash)

    async def disable(self, name: AgentName, *, disabled: bool = True) -> bool:
        """Switch an account off (or on) and end its sessions; False: no such account."""
        return await self._change(name, _DISABLE, is_disabled=disabled)

    async def open_session(
        self,
        token_hash: str,
        name: AgentName,
        csrf: str,
        *,
        expires_at: datetime,
        now: datetime,
    ) -> None:
        """Begin a session; expired ones of everybody go."""

        def work(own: StoreTransaction) -> None:
            _EXPIRE.run(own.connection, now=encoding.micros(now))
            _OPEN.run(
                own.connection,
                token_hash=token_hash,
                name=name,
                csrf=csrf,
                expires_at=encoding.micros(expires_at),
            )

        await self._writer.call(work)

    async def session(self, token_hash: str, now: datetime) -> Session | None:
        """The session that holds at *now*; None also when its account is off."""

        def read(connection: sqlite3.Connection) -> Session | None:
            row = _SESSION.run(
                connection, token=token_hash, now=encoding.micros(now), off=False
            ).fetchone()
            if row is None:
                return None
            name, csrf, expires_at, role = row
            return Session(
                name=AgentName(name),
                role=Role(role),
                csrf=csrf,
                expires_at=encoding.instant(expires_at),
            )

        return await self._readers.read(read)

    async def close_session(self, token_hash: str) -> None:
        """End a session."""
        await self._writer.call(
            lambda own: _CLOSE.run(own.connection, token=token_hash)
        )

    async def add_once(self, token_hash: str, role: Role, expires_at: datetime) -> None:
        """Allow one login with this token until it expires."""
        await self._writer.call(
            lambda own: _ADD_ONCE.run(
                own.connection,
                token_hash=token_hash,
                role=role.value,
                expires_at=encoding.micros(expires_at),
                used=False,
            )
        )

    async def redeem_once(self, token_hash: str, now: datetime) -> Role | None:
        """The role this one-time login gives, the first time and in time; else None."""

        def work(own: StoreTransaction) -> Role | None:
            row = _REDEEM.run(
                own.connection,
                token=token_hash,
                now=encoding.micros(now),
                unused=False,
                is_used=True,
            ).fetchone()
            return None if row is None else Role(row[0])

        return (await self._writer.call(work))[0]

    async def _change(
        self, name: AgentName, change: Prepared, **values: str | bool
    ) -> bool:
        def work(own: StoreTransaction) -> bool:
            changed = change.run(own.connection, of_name=name, **values).rowcount
            _CLOSE_ALL.run(own.connection, name=name)
            return changed == 1

        return (await self._writer.call(work))[0]


def _user(row: tuple[str, str, str, int, int]) -> User:
    name, role, password_hash, disabled, created_at = row
    return User(
        name=AgentName(name),
        role=Role(role),
        password_hash=password_hash,
        disabled=bool(disabled),
        created_at=encoding.instant(created_at),
    )
