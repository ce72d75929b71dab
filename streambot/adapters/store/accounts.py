"""Accounts: people of the console and what changes about them; only hashes are kept."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from streambot.adapters.store import encoding
from streambot.adapters.store.logins import Logins, end_sessions
from streambot.adapters.store.one_time_links import void_links
from streambot.adapters.store.prepared import Prepared
from streambot.adapters.store.tables import users
from streambot.adapters.store.transaction import StoreTransaction
from streambot.domain.account import Account
from streambot.domain.agent import AgentName, Role
from streambot.domain.audit import Deed
from streambot.ports.accounts import (
    NO_PASSWORD,
    AccountChange,
    Changed,
    LastOverseer,
)

_USER = (
    users.c.name,
    users.c.role,
    users.c.password_hash,
    users.c.disabled,
    users.c.created_at,
    users.c.last_login,
)
_ADD = Prepared(upsert(users).on_conflict_do_nothing())
_GET = Prepared(select(*_USER).where(users.c.name == bindparam("name")))
_LIST = Prepared(select(*_USER).order_by(users.c.name))
_CHANGE = Prepared(
    update(users)
    .where(users.c.name == bindparam("of_name"))
    .values(
        role=bindparam("new_role"),
        password_hash=bindparam("new_hash"),
        disabled=bindparam("is_disabled"),
    )
)
_REHASH = Prepared(
    update(users)
    .where(
        users.c.name == bindparam("of_name"),
        users.c.password_hash == bindparam("old_hash"),
    )
    .values(password_hash=bindparam("new_hash"))
)
_OTHERS = Prepared(
    select(users.c.role, func.count())
    .where(
        users.c.name != bindparam("but"),
        users.c.disabled == bindparam("off"),
        users.c.password_hash != bindparam("none"),
    )
    .group_by(users.c.role)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """One person's account; the hash is what the web layer made of the password."""

    name: AgentName
    role: Role
    password_hash: str = field(repr=False)
    disabled: bool
    created_at: datetime
    last_login: datetime | None = None

    @property
    def account(self) -> Account:
        """The same without its password."""
        return Account(
            name=self.name,
            role=self.role,
            disabled=self.disabled,
            created_at=self.created_at,
            last_login=self.last_login,
            pending=self.password_hash == NO_PASSWORD,
        )


class Accounts(Logins):
    """Users, sessions and one-time logins; tokens and passwords arrive hashed."""

    async def add(
        self,
        name: AgentName,
        role: Role,
        password_hash: str,
        at: datetime,
        deed: Deed | None = None,
    ) -> bool:
        """Make an account and audit *deed* with it; False when the name is taken."""

        def work(own: StoreTransaction) -> bool:
            added = _ADD.run(
                own.connection,
                name=name,
                role=role.value,
                password_hash=password_hash,
                disabled=False,
                created_at=encoding.micros(at),
                last_login=None,
            )
            if added.rowcount == 1 and deed is not None:
                own.audit(deed)
            return added.rowcount == 1

        return (await self._writer.call(work))[0]

    async def get(self, name: AgentName) -> User | None:
        """The account, or None."""
        return await self._readers.read(lambda connection: _get(connection, name))

    async def list(self) -> tuple[User, ...]:
        """Every account by name."""
        rows = await self._readers.read(
            lambda connection: _LIST.run(connection).fetchall()
        )
        return tuple(_user(row) for row in rows)

    async def change(self, change: AccountChange) -> Changed | LastOverseer | None:
        """Change an account and end its sessions, in one commit; None: no such account."""

        def work(own: StoreTransaction) -> Changed | LastOverseer | None:
            done = _changed(own.connection, change)
            if isinstance(done, Changed) and change.deed is not None:
                own.audit(change.deed)
            return done

        return (await self._writer.call(work))[0]

    async def rehash(self, name: AgentName, old: str, new: str) -> None:
        """Keep the same password under another hash, unless it was changed meanwhile."""
        await self._writer.call(
            lambda own: _REHASH.run(
                own.connection, of_name=name, old_hash=old, new_hash=new
            )
        )


def _changed(
    connection: sqlite3.Connection, change: AccountChange
) -> Changed | LastOverseer | None:
    user = _get(connection, change.name)
    if user is None:
        return None
    role = user.role if change.role is None else change.role
    disabled = user.disabled if change.disabled is None else change.disabled
    leaves = disabled or role is not user.role
    if leaves and not change.anyway and _is_last(connection, user, role, disabled):
        return LastOverseer(account=user.account)
    _CHANGE.run(
        connection,
        of_name=change.name,
        new_role=role.value,
        new_hash=change.password_hash or user.password_hash,
        is_disabled=disabled,
    )
    ended: tuple[str, ...] = ()
    if change.end is not None:
        ended = end_sessions(connection, change.name, change.end, change.keep)
    if disabled or change.password_hash is not None:
        void_links(connection, change.name)
    now = _get(connection, change.name)
    assert now is not None
    return Changed(account=now.account, ended=ended)


def _is_last(
    connection: sqlite3.Connection, user: User, role: Role, disabled: bool
) -> bool:
    """Whether nobody else with a password does what *user* would no longer do."""
    if user.disabled or user.password_hash == NO_PASSWORD:
        return False
    others = dict(
        _OTHERS.run(connection, but=user.name, off=False, none=NO_PASSWORD).fetchall()
    )
    if user.role is Role.ADMIN:
        return not others.get(Role.ADMIN.value)
    if user.role is Role.SUPERVISOR and (disabled or role is not Role.ADMIN):
        return not (others.get(Role.SUPERVISOR.value) or others.get(Role.ADMIN.value))
    return False


def _get(connection: sqlite3.Connection, name: AgentName) -> User | None:
    row = _GET.run(connection, name=name).fetchone()
    return None if row is None else _user(row)


def _user(row: tuple[str, str, str, int, int, int | None]) -> User:
    name, role, password_hash, disabled, created_at, last_login = row
    return User(
        name=AgentName(name),
        role=Role(role),
        password_hash=password_hash,
        disabled=bool(disabled),
        created_at=encoding.instant(created_at),
        last_login=None if last_login is None else encoding.instant(last_login),
    )
