"""Control: an order about accounts reaches the running bot, or the store when none runs."""

from __future__ import annotations

import asyncio
from pathlib import Path
from urllib.error import URLError
from urllib.request import ProxyHandler, Request, build_opener

import msgspec

from streambot.adapters.clock import SystemClock
from streambot.adapters.store import open_store
from streambot.application.account_orders import (
    AccountOrder,
    AccountReply,
    as_reply,
    carry_out,
)
from streambot.application.accounts import LAST, AccountKeeper
from streambot.bootstrap.control_file import read_control
from streambot.errors import StoreLocked, UsageError
from streambot.web.control import KEY_HEADER

_WITHIN = 10  # seconds


def give(data_dir: Path, order: AccountOrder) -> AccountReply:
    """Carry *order* out where the accounts are written just now.

    Raises:
        UsageError: it is refused, in words.
        StoreError: the store can't be used.
    """
    try:
        reply = asyncio.run(_in_store(data_dir, order))
    except StoreLocked as locked:
        reply = _at_the_bot(data_dir, order, locked)
    if reply.code == LAST:
        raise UsageError(
            f"{reply.zh}加上 --anyway 就是确认。 {reply.en} --anyway confirms it."
        )
    if reply.code:
        raise UsageError(f"{reply.zh} {reply.en}")
    return reply


async def _in_store(data_dir: Path, order: AccountOrder) -> AccountReply:
    async with open_store(data_dir) as store:
        keeper = AccountKeeper(store.accounts, SystemClock())
        return as_reply(await carry_out(keeper, order))


def _at_the_bot(
    data_dir: Path, order: AccountOrder, locked: StoreLocked
) -> AccountReply:
    control = read_control(data_dir)
    if control is None:
        raise locked
    request = Request(
        f"{control.url}/api/control/accounts",
        data=msgspec.json.encode(order),
        headers={"Content-Type": "application/json", KEY_HEADER: control.key},
        method="POST",
    )
    try:
        # Never through a proxy: it is this machine.
        with build_opener(ProxyHandler({})).open(request, timeout=_WITHIN) as answer:
            return msgspec.json.decode(answer.read(), type=AccountReply)
    except (URLError, OSError, msgspec.DecodeError) as error:
        raise locked from error
