"""People of the console, their sessions and one-time logins."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from streambot.adapters.store import open_store
from streambot.adapters.store.accounts import Accounts
from streambot.domain.agent import AgentName, Role
from streambot.domain.audit import Act, Deed
from streambot.ports.accounts import AccountChange, Changed, Ending, LastOverseer
from streambot.ports.audit import AuditFilter
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
    """Whoever held the old password is out at once, but for the session that changed it."""
    for token in ("one", "two"):
        await accounts.open_session(token, ANN, "csrf", expires_at=after(60), now=NOW)
    change = AccountChange(
        name=ANN, at=NOW, password_hash="new", end=Ending.PASSWORD, keep="two"
    )
    done = await accounts.change(change)
    assert isinstance(done, Changed) and done.ended == ("one",)
    assert await accounts.session("one", NOW) is None
    assert await accounts.why_ended("one") is Ending.PASSWORD
    assert await accounts.session("two", NOW) is not None
    assert await accounts.change(replace(change, name=BEN)) is None


async def test_a_disabled_account_is_out(accounts: Accounts) -> None:
    """Switching an account off ends its sessions; switching it on again opens none."""
    await accounts.open_session("one", ANN, "csrf", expires_at=after(60), now=NOW)
    off = AccountChange(name=ANN, at=NOW, disabled=True, end=Ending.DISABLED)
    done = await accounts.change(off)
    assert isinstance(done, Changed) and done.account.disabled
    assert await accounts.session("one", NOW) is None
    await accounts.change(AccountChange(name=ANN, at=NOW, disabled=False))
    assert await accounts.session("one", NOW) is None


async def test_the_last_who_may_is_kept_unless_meant(accounts: Accounts) -> None:
    """Neither the last admin nor the last supervisor goes without saying so."""
    boss, root = AgentName("boss"), AgentName("root")
    await accounts.add(boss, Role.SUPERVISOR, "hash", NOW)
    off = AccountChange(name=boss, at=NOW, disabled=True)
    assert isinstance(await accounts.change(off), LastOverseer)
    await accounts.add(root, Role.ADMIN, "hash", NOW)
    assert isinstance(await accounts.change(off), Changed)
    down = AccountChange(name=root, at=NOW, role=Role.AGENT)
    assert isinstance(await accounts.change(down), LastOverseer)
    assert isinstance(await accounts.change(replace(down, anyway=True)), Changed)


async def test_an_idle_session_ends(accounts: Accounts) -> None:
    """Nobody's open page is a way in tomorrow; what is used goes on."""
    await accounts.open_session("one", ANN, "csrf", expires_at=after(600), now=NOW)
    idle = timedelta(seconds=30)
    assert await accounts.session("one", after(29), idle) is not None
    await accounts.touch("one", after(29))
    assert await accounts.session("one", after(58), idle) is not None
    assert await accounts.session("one", after(59), idle) is None


async def test_a_persons_link_is_theirs_and_works_once(accounts: Accounts) -> None:
    """A newer link, being switched off, and use make a link void; it is no login by itself."""
    for token in ("old", "new"):
        await accounts.add_once(token, Role.AGENT, after(60), ANN)
    assert await accounts.invited("old", NOW) is None
    assert await accounts.redeem_once("new", NOW) is None
    assert await accounts.invited("new", NOW) == ANN
    assert await accounts.accept("new", NOW) == ANN
    assert await accounts.accept("new", NOW) is None
    await accounts.add_once("more", Role.AGENT, after(60), ANN)
    await accounts.change(AccountChange(name=ANN, at=NOW, disabled=True))
    assert await accounts.accept("more", NOW) is None


async def test_a_one_time_login_works_once(accounts: Accounts) -> None:
    """The second use, a late one and an unknown token give nothing."""
    await accounts.add_once("a", Role.SUPERVISOR, after(60))
    await accounts.add_once("b", Role.SUPERVISOR, after(60))
    assert await accounts.redeem_once("a", NOW) is Role.SUPERVISOR
    assert await accounts.redeem_once("a", NOW) is None
    assert await accounts.redeem_once("b", after(60)) is None
    assert await accounts.redeem_once("c", NOW) is None


async def test_a_change_and_its_audit_are_one_commit(tmp_path: Path) -> None:
    """What is done is audited with it; what is refused leaves no row, and a bad row no change."""
    async with open_store(tmp_path, synchronous="OFF") as store:
        deed = Deed(at=NOW, actor="root", action=Act.ACCOUNT_ADDED, object=ANN)
        assert await store.accounts.add(ANN, Role.ADMIN, "hash", NOW, deed)
        assert not await store.accounts.add(ANN, Role.ADMIN, "hash", NOW, deed)
        off = replace(deed, action=Act.ACCOUNT_DISABLED)
        change = AccountChange(name=ANN, at=NOW, disabled=True, deed=off)
        assert isinstance(await store.accounts.change(change), LastOverseer)
        assert await store.accounts.change(replace(change, name=BEN)) is None
        unfit = replace(off, data={"role": {Role.AGENT}})  # type: ignore[dict-item]
        with pytest.raises(TypeError):
            await store.accounts.change(replace(change, anyway=True, deed=unfit))
        kept = await store.accounts.get(ANN)
        assert kept is not None and not kept.disabled
        rows = await store.audited(AuditFilter())
        assert [row.deed.action for row in rows] == [Act.ACCOUNT_ADDED]
