"""AccountKeeper: adds and changes accounts for whoever may, and puts those changed out at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import structlog

from streambot.domain.account import Account
from streambot.domain.agent import AgentName
from streambot.domain.audit import Act, Deed
from streambot.domain.role import LOGINS, Role
from streambot.ports.accounts import (
    NO_PASSWORD,
    AccountChange,
    AccountStore,
    Changed,
    Ending,
    LastOverseer,
)
from streambot.ports.clock import Clock

_log = structlog.get_logger()

#: Longest name of an account.
LONGEST_NAME = 40
#: The refusal of what would leave nobody to oversee; it is lifted by confirming.
LAST = "last"


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountRefusal:
    """Why an account is not as somebody wants it, and what to do."""

    code: str
    zh: str
    en: str


class Ended(Protocol):
    """Closes the consoles of sessions that are over."""

    def __call__(self, keys: Sequence[str]) -> None:
        """These sessions ended just now."""
        ...


class AccountKeeper:
    """Changes accounts; every change and its audit are one commit, and then sockets close.

    Args:
        store: where accounts are kept.
        clock: time of each change.
        ended: closes the consoles of ended sessions.
    """

    def __init__(
        self,
        store: AccountStore,
        clock: Clock,
        *,
        ended: Ended = lambda keys: None,
    ) -> None:
        self._store = store
        self._clock = clock
        self.ended = ended

    async def accounts(self) -> tuple[Account, ...]:
        """Everybody, by name."""
        return tuple(each.account for each in await self._store.list())

    async def account(self, name: AgentName) -> Account | AccountRefusal:
        """The account of that name."""
        for each in await self.accounts():
            if each.name == name:
                return each
        return _missing(name)

    async def add(
        self, by: str, name: str, role: Role, password_hash: str = NO_PASSWORD
    ) -> Account | AccountRefusal:
        """Make an account; without a password it waits for its one-time link."""
        known = AgentName(name.strip())
        if not 0 < len(known) <= LONGEST_NAME or not known.isprintable():
            return _BAD_NAME
        if role not in LOGINS:
            return _BAD_ROLE
        at = self._clock.now()
        deed = self._deed(by, Act.ACCOUNT_ADDED, known, role=role.value)
        if not await self._store.add(known, role, password_hash, at, deed):
            return AccountRefusal(
                code="exists",
                zh=f"账号“{known}”已存在，请换个名字。",
                en=f'There is an account "{known}" already: choose another name.',
            )
        _told(deed)
        return Account(
            name=known,
            role=role,
            disabled=False,
            created_at=at,
            pending=password_hash == NO_PASSWORD,
        )

    async def set_password(
        self, by: str, name: AgentName, password_hash: str, keep: str | None = None
    ) -> Account | AccountRefusal:
        """Replace a password; every session but *keep* ends."""
        change = AccountChange(
            name=name,
            at=self._clock.now(),
            password_hash=password_hash,
            end=Ending.PASSWORD,
            keep=keep,
        )
        return await self._change(by, Act.ACCOUNT_PASSWORD, change)

    async def set_role(
        self, by: str, name: AgentName, role: Role, *, anyway: bool = False
    ) -> Account | AccountRefusal:
        """Give another role; whoever is logged in must log in anew."""
        if role not in LOGINS:
            return _BAD_ROLE
        if by == name:
            return _SELF
        change = AccountChange(
            name=name, at=self._clock.now(), role=role, end=Ending.ROLE, anyway=anyway
        )
        return await self._change(by, Act.ACCOUNT_ROLE, change, role=role.value)

    async def disable(
        self, by: str, name: AgentName, *, anyway: bool = False
    ) -> Account | AccountRefusal:
        """Switch an account off and put it out at once."""
        if by == name:
            return _SELF
        change = AccountChange(
            name=name,
            at=self._clock.now(),
            disabled=True,
            end=Ending.DISABLED,
            anyway=anyway,
        )
        return await self._change(by, Act.ACCOUNT_DISABLED, change)

    async def enable(self, by: str, name: AgentName) -> Account | AccountRefusal:
        """Switch an account on again; nobody is logged in by that."""
        change = AccountChange(name=name, at=self._clock.now(), disabled=False)
        return await self._change(by, Act.ACCOUNT_ENABLED, change)

    async def end_sessions(
        self, by: str, name: AgentName, keep: str | None = None
    ) -> Account | AccountRefusal:
        """End every session of an account but *keep*."""
        change = AccountChange(
            name=name, at=self._clock.now(), end=Ending.ENDED, keep=keep
        )
        return await self._change(by, Act.ACCOUNT_SESSIONS_ENDED, change)

    async def _change(
        self, by: str, action: Act, change: AccountChange, **data: str
    ) -> Account | AccountRefusal:
        deed = self._deed(by, action, change.name, **data)
        done = await self._store.change(replace(change, deed=deed))
        match done:
            case None:
                return _missing(change.name)
            case LastOverseer(account=account):
                return _last(account)
            case Changed():
                self.ended(done.ended)
                _told(deed)
                return done.account

    def _deed(self, by: str, action: Act, name: AgentName, **data: str) -> Deed:
        return Deed(
            at=self._clock.now(), actor=by, action=action, object=name, data=data
        )


def _told(deed: Deed) -> None:
    _log.info(deed.action.value, by=deed.actor, account=deed.object, **deed.data)


_BAD_NAME = AccountRefusal(
    code="bad_name",
    zh=f"账号名为 1 到 {LONGEST_NAME} 个看得见的字符。",
    en=f"A name has 1 to {LONGEST_NAME} printable characters.",
)
_BAD_ROLE = AccountRefusal(
    code="bad_role",
    zh="这个角色不能登录工作台。",
    en="No account can have this role.",
)
_SELF = AccountRefusal(
    code="own_account",
    zh="不能停用自己的账号或更改自己的角色，请让另一位管理员来做。",
    en="Nobody switches off their own account or changes their own role: ask another admin.",
)


def _missing(name: AgentName) -> AccountRefusal:
    return AccountRefusal(
        code="no_account",
        zh=f"没有账号“{name}”。",
        en=f'There is no account "{name}".',
    )


def _last(account: Account) -> AccountRefusal:
    if account.role is Role.ADMIN:
        return AccountRefusal(
            code=LAST,
            zh=f"“{account.name}”是最后一个管理员：没有管理员就没人能管账号。请先添加另一个，或确认仍要这样做。",
            en=f'"{account.name}" is the last admin: nobody could keep the accounts. '
            "Add another first, or confirm that you mean it.",
        )
    return AccountRefusal(
        code=LAST,
        zh=f"“{account.name}”是最后一个主管：没有主管就没人能接管工单。请先添加另一个，或确认仍要这样做。",
        en=f'"{account.name}" is the last supervisor: nobody could steer a shift. '
        "Add another first, or confirm that you mean it.",
    )
