"""Doors to the accounts: what logging in and keeping people needs of the store."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

from streambot.domain.agent import AgentName, Role
from streambot.domain.audit import Deed
from streambot.ports.accounts import (
    AccountChange,
    Changed,
    Ending,
    Kept,
    LastOverseer,
    SessionRow,
)


class Account(Protocol):
    """One person's account."""

    @property
    def name(self) -> AgentName:
        """Who it is."""
        ...

    @property
    def role(self) -> Role:
        """What they may do."""
        ...

    @property
    def password_hash(self) -> str:
        """As ``passwords.hashed`` made it."""
        ...

    @property
    def disabled(self) -> bool:
        """Whether it is switched off."""
        ...


class Login(Protocol):
    """A login that holds."""

    @property
    def name(self) -> AgentName:
        """Whose it is."""
        ...

    @property
    def role(self) -> Role:
        """What they may do."""
        ...

    @property
    def csrf(self) -> str:
        """What a request of this login must carry."""
        ...

    @property
    def seen_at(self) -> datetime:
        """When it was last noted to be used."""
        ...


class AccountsDoor(Protocol):
    """People, their sessions and one-time logins; only hashes arrive here."""

    async def add(
        self,
        name: AgentName,
        role: Role,
        password_hash: str,
        at: datetime,
        deed: Deed | None = None,
    ) -> bool:
        """Make an account and audit *deed* with it; False when the name is taken."""
        ...

    async def get(self, name: AgentName) -> Account | None:
        """The account, or None."""
        ...

    async def list(self) -> Sequence[Kept]:
        """Every account by name."""
        ...

    async def change(self, change: AccountChange) -> Changed | LastOverseer | None:
        """Change an account and end its sessions, in one commit; None: no such account."""
        ...

    async def rehash(self, name: AgentName, old: str, new: str) -> None:
        """Keep the same password under another hash, unless it was changed meanwhile."""
        ...

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
        """Begin a session, and audit *deed* with it."""
        ...

    async def session(
        self, token_hash: str, now: datetime, idle: timedelta | None = None
    ) -> Login | None:
        """The session that holds at *now*; None also when its account is off."""
        ...

    async def sessions_of(
        self, name: AgentName, now: datetime, idle: timedelta | None = None
    ) -> tuple[SessionRow, ...]:
        """The sessions of *name* that hold, the one used last first."""
        ...

    async def touch(self, token_hash: str, now: datetime) -> None:
        """Note that a session was used."""
        ...

    async def why_ended(self, token_hash: str) -> Ending | None:
        """Why a session ended before its time, if it did."""
        ...

    async def close_session(self, token_hash: str) -> None:
        """End a session."""
        ...

    async def close_one(
        self,
        name: AgentName,
        called: str,
        now: datetime,
        deed: Deed | None = None,
    ) -> tuple[str, ...]:
        """End the session of *name* that is called so; its key, if there was one."""
        ...

    async def add_once(
        self,
        token_hash: str,
        role: Role,
        expires_at: datetime,
        name: AgentName | None = None,
        deed: Deed | None = None,
    ) -> None:
        """Allow one login with this token, or one choice of a password."""
        ...

    async def invited(self, token_hash: str, now: datetime) -> AgentName | None:
        """Whose password this link lets choose; the link stays good."""
        ...

    async def accept(self, token_hash: str, now: datetime) -> AgentName | None:
        """As ``invited``, the first time; the link is used up."""
        ...

    async def redeem_once(self, token_hash: str, now: datetime) -> Role | None:
        """The role this one-time login gives, the first time and in time."""
        ...
