"""The audit in the store: written with its deed, chained, and read in pages."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from streambot.adapters.store import Store, open_store
from streambot.domain.audit import Act, Deed
from streambot.ports.audit import AuditFilter
from streambot.ports.store import DeskTransaction
from tests.adapters.store.samples import NOW, Opening


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    """A fresh store."""
    async with open_store(tmp_path / "data", synchronous="OFF") as opened:
        yield opened


def deed(actor: str = "主管", action: Act = Act.MODE, **more: object) -> Deed:
    """Something somebody did."""
    return Deed(at=NOW, actor=actor, action=action, data=dict(more))  # type: ignore[arg-type]


async def test_a_deed_is_audited_with_its_act_or_not_at_all(store: Store) -> None:
    """What fails leaves no row; what is done has one, in the same transaction."""

    def fails(tx: DeskTransaction) -> None:
        tx.audit(deed())
        raise ValueError("refused")

    def works(tx: DeskTransaction) -> None:
        Opening("t1")(tx)
        tx.audit(deed(action=Act.TAKE_OVER))

    with pytest.raises(ValueError, match="refused"):
        await store.transact(fails)
    assert await store.audited(AuditFilter()) == ()
    await store.transact(works)
    (row,) = await store.audited(AuditFilter())
    assert row.deed == deed(action=Act.TAKE_OVER)
    assert (row.id, await store.broken_audit()) == (1, None)


async def test_pages_are_newest_first_and_filtered(store: Store) -> None:
    """Rows are asked for by who and what, and older pages by the last id seen."""
    await store.audit(*(deed("甲" if n % 2 else "乙", n=n) for n in range(6)))
    await store.audit(deed("甲", Act.LOGIN))
    newest = await store.audited(AuditFilter(actor="甲"), most=2)
    assert [row.id for row in newest] == [7, 6]
    older = await store.audited(AuditFilter(actor="甲"), before=6)
    assert [row.id for row in older] == [4, 2]
    assert [row.id for row in await store.audited(AuditFilter(action=Act.LOGIN))] == [7]


@pytest.mark.parametrize(
    ("tampering", "broken"),
    [
        ("UPDATE audit SET reason = 'x' WHERE id = 2", 2),
        ("UPDATE audit SET at = at + 1 WHERE id = 1", 1),
        ("DELETE FROM audit WHERE id = 2", 2),
        ("DELETE FROM audit WHERE id = 4", 4),
        ("UPDATE audit SET action = 'nonsense' WHERE id = 3", 3),
    ],
)
async def test_tampering_is_found(store: Store, tampering: str, broken: int) -> None:
    """A row changed or taken out behind our back is named, also the newest one."""
    await store.audit(*(deed(n=n) for n in range(4)))
    assert await store.broken_audit() is None
    with sqlite3.connect(store.path) as connection:
        connection.execute(tampering)
    connection.close()
    assert await store.broken_audit() == broken


async def test_hostile_texts_are_kept_short_and_whole(store: Store) -> None:
    """A name tried at login can be anything; it neither fails nor breaks the chain."""
    await store.audit(deed("\ud800" + "长" * 10_000, Act.LOGIN_REFUSED))
    (row,) = await store.audited(AuditFilter())
    assert len(row.deed.actor) == 500
    assert await store.broken_audit() is None
