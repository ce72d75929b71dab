"""What accounts and logins look like to whoever keeps them: changes, endings and their outcome."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from streambot.domain.account import Account
from streambot.domain.agent import AgentName
from streambot.domain.audit import Deed
from streambot.domain.role import Role

#: A hash no password has: accounts that log in by one-time links alone.
NO_PASSWORD = "!"


class Ending(StrEnum):
    """Why a login ended, told on the login page of its browser."""

    DISABLED = "disabled"
    ROLE = "role"
    PASSWORD = "password"
    ENDED = "ended"  # by the person elsewhere, or by an admin
    LOGGED_OUT = "logged_out"


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountChange:
    """What is to be different about one account; what is None stays.

    ``anyway`` lets the last admin or supervisor go; ``keep`` is the session that goes on;
    ``deed`` is written into the audit in the commit that changes the account.
    """

    name: AgentName
    at: datetime
    role: Role | None = None
    disabled: bool | None = None
    password_hash: str | None = field(default=None, repr=False)
    end: Ending | None = None
    anyway: bool = False
    keep: str | None = field(default=None, repr=False)
    deed: Deed | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """What became of it: the account now, and the keys of the sessions that ended by it."""

    account: Account
    ended: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LastOverseer:
    """Not done: without this account nobody could keep the accounts, or steer a shift."""

    account: Account


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionRow:
    """One login that holds, as its owner sees it; ``id`` is enough to end it, not to use it."""

    id: str
    opened_at: datetime
    seen_at: datetime
    device: str


class Kept(Protocol):
    """What the store has of an account."""

    @property
    def account(self) -> Account:
        """The account, without its password."""
        ...


class AccountStore(Protocol):
    """Where accounts are kept."""

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

    async def list(self) -> Sequence[Kept]:
        """Every account by name."""
        ...

    async def change(self, change: AccountChange) -> Changed | LastOverseer | None:
        """Change an account and end its sessions, in one commit; None: no such account."""
        ...
