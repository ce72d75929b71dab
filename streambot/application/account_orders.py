"""Account orders: what ``streambot user`` wants, the same with the bot running and without."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal, assert_never

import msgspec

from streambot.application.accounts import AccountKeeper, AccountRefusal
from streambot.domain.account import Account
from streambot.domain.agent import AgentName
from streambot.domain.role import Role

#: Who acts when a command does.
BY = "命令行 command line"


class AccountOrder(msgspec.Struct, kw_only=True):
    """One order; a password arrives hashed."""

    do: Literal["add", "passwd", "role", "disable", "enable", "list"]
    name: str = ""
    role: Role | None = None
    password_hash: str = ""
    anyway: bool = False


class AccountRow(msgspec.Struct, kw_only=True):
    """One account as a command shows it."""

    name: str
    role: Role
    disabled: bool
    created_at: datetime
    last_login: datetime | None


class AccountReply(msgspec.Struct, kw_only=True):
    """What came of an order: accounts, or why not."""

    accounts: list[AccountRow] = []
    code: str = ""
    zh: str = ""
    en: str = ""


Done = Sequence[Account] | AccountRefusal


async def carry_out(keeper: AccountKeeper, order: AccountOrder) -> Done:
    """Do it; the accounts it was about, or why not."""
    if order.do == "list":
        return await keeper.accounts()
    done = await _change(keeper, order, AgentName(order.name))
    return done if isinstance(done, AccountRefusal) else (done,)


async def _change(
    keeper: AccountKeeper, order: AccountOrder, name: AgentName
) -> Account | AccountRefusal:
    match order.do:
        case "add":
            role = order.role or Role.AGENT
            return await keeper.add(BY, name, role, order.password_hash)
        case "passwd":
            return await keeper.set_password(BY, name, order.password_hash)
        case "role":
            role = order.role or Role.AGENT
            return await keeper.set_role(BY, name, role, anyway=order.anyway)
        case "disable":
            return await keeper.disable(BY, name, anyway=order.anyway)
        case "enable":
            return await keeper.enable(BY, name)
        case "list":
            raise ValueError(order.do)
        case _:
            assert_never(order.do)


def as_reply(done: Done) -> AccountReply:
    """The same as it goes over the wire."""
    if isinstance(done, AccountRefusal):
        return AccountReply(code=done.code, zh=done.zh, en=done.en)
    return AccountReply(
        accounts=[
            AccountRow(
                name=each.name,
                role=each.role,
                disabled=each.disabled,
                created_at=each.created_at,
                last_login=each.last_login,
            )
            for each in done
        ]
    )
