"""People of the console, their sessions and one-time logins."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from streambot.adapters.store import open_store
from streambot.adapters.store.accounts import Accounts
from streambot.domain.agent import AgentName, Role
from tests.adapters.store.samples import NOW, after

ANN, BEN = AgentName("ann"), AgentName("ben")


@pytest.fixture
async def accounts(tmp_path: Path) -> AsyncIterator[Accounts]:
    """The accounts of a fresh store, with one agent."""
    async with open_store(tmp_path, synchronous="OFF") as store:
        assert await store.accounts.add(ANN, Role.AGENT, "hash", NOW)
        yield store.accounts


async def test_accounts_are_kept_by_name(accounts: Accounts) -> None:
    """A name is given once; its hash never shows in a repr."""
    assert not await accounts.add(ANN, Role.SUPERVISOR, "other", NOW)
    assert await accounts.add(BEN, Role.SUPERVISOR, "secret", NOW)
    assert [(user.name, user.role) for user in await accounts.list()] == [
        (ANN, Role.AGENT),
        (BEN, Role.SUPERVISOR),
    ]
    found = await accounts.get(BEN)
    assert found is not None
    assert found.password_hash == "secret"
    assert "secret" not in repr(found)
    assert await accounts.get(AgentName("nobody")) is None


async def test_a_session_holds_until_it_expires(accounts: Accounts) -> None:
    """A session is found by its token's hash, in time, until it is closed."""
    for token in ("one", "two"):
        await accounts.open_session(token, ANN, "csrf", expires_at=after(60), now=NOW)
    found = await accounts.session("one", NOW)
    assert found is not None
    assert (found.name, found.role, found.csrf) == (ANN, Role.AGENT, "csrf")
    assert await accounts.session("one", after(60)) is None
    assert await accounts.session("unknown", NOW) is None
    await accounts.close_session("one")
    assert await accounts.session("one", NOW) is None
    assert await accounts.session("two", NOW) is not None


async def test_a_new_password_ends_sessions(accounts: Accounts) -> None:
    """Whoever held the old password is out at once."""
    await accounts.open_session("one", ANN, "csrf", expires_at=after(60), now=NOW)
    assert await accounts.set_password(ANN, "new")
    assert await accounts.session("one", NOW) is None
    assert not await accounts.set_password(BEN, "new")


async def test_a_disabled_account_is_out(accounts: Accounts) -> None:
    """Switching an account off ends its sessions; switching it on again opens none."""
    await accounts.open_session("one", ANN, "csrf", expires_at=after(60), now=NOW)
    assert await accounts.disable(ANN)
    assert await accounts.session("one", NOW) is None
    found = await accounts.get(ANN)
    assert found is not None
    assert found.disabled
    assert await accounts.disable(ANN, disabled=False)
    assert await accounts.session("one", NOW) is None
    assert not await accounts.disable(BEN)


async def test_a_one_time_login_works_once(accounts: Accounts) -> None:
    """The second use, a late one and an unknown token give nothing."""
    await accounts.add_once("a", Role.SUPERVISOR, after(60))
    await accounts.add_once("b", Role.SUPERVISOR, after(60))
    assert await accounts.redeem_once("a", NOW) is Role.SUPERVISOR
    assert await accounts.redeem_once("a", NOW) is None
    assert await accounts.redeem_once("b", after(60)) is None
    assert await accounts.redeem_once("c", NOW) is None
