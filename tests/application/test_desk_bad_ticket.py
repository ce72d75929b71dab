"""One ticket that can't be read: its clocks fail alone, somebody is told, and all others go on."""

from __future__ import annotations

import asyncio
import sqlite3
from datetime import timedelta
from pathlib import Path

from streambot.adapters.store import open_store
from streambot.adapters.store.store import FILE
from streambot.application import handoffs
from streambot.application.desk import Desk
from streambot.application.desk_clocks import AFTER_FAULT
from streambot.domain.audit import Act
from streambot.domain.ticket import ClockKind
from streambot.ports.audit import AuditFilter
from streambot.testing import FakeClock
from tests.application.desk_world import GUARD
from tests.domain.ticket_samples import POLICY, handoff


async def test_a_damaged_ticket_stops_no_others_clocks(tmp_path: Path) -> None:
    """A row damaged on disk: the other promises of its commit are kept track of, once healed its own."""
    clock = FakeClock()
    async with open_store(tmp_path, synchronous="OFF") as store:
        desk = Desk(
            store, clock, POLICY, guard_of=lambda _: GUARD, committed=lambda _: None
        )
        made = []
        for n in range(5):
            call = handoff(f"e{n}", who=f"v{n}", at=clock.now())
            ticket, committed = await store.transact(
                lambda tx, call=call: handoffs.open_ticket(  # type: ignore[misc]
                    tx, call, policy=POLICY, attended=True, speak=False
                )
            )
            desk.heard(committed)
            made.append(ticket)
        bad, *good = made
        whole = await asyncio.to_thread(_swap, tmp_path, bad.id, b'{"id": 1}')

        clock.jump(POLICY.claim)
        await desk.ring()
        for ticket in good:
            late = await store.ticket(ticket.id)
            assert late is not None and late.breached == (ClockKind.CLAIM,)
        for _ in range(2):  # told once, however often it is tried again
            (told,) = await store.audited(AuditFilter(action=Act.WARNING))
            assert (told.deed.object, told.deed.data) == (bad.id, {"rule": "clock"})
            clock.jump(AFTER_FAULT)
            await desk.ring()

        await asyncio.to_thread(_swap, tmp_path, bad.id, whole)
        clock.jump(AFTER_FAULT + timedelta(seconds=1))
        await desk.ring()
        healed = await store.ticket(bad.id)
        assert healed is not None and ClockKind.CLAIM in healed.breached


def _swap(folder: Path, ticket: str, data: bytes) -> bytes:
    """Put *data* in the place of a ticket's row, behind the store's back; gives what it was."""
    connection = sqlite3.connect(folder / FILE)
    with connection:
        (was,) = connection.execute(
            "SELECT data FROM tickets WHERE id = ?", [ticket]
        ).fetchone()
        connection.execute("UPDATE tickets SET data = ? WHERE id = ?", [data, ticket])
    connection.close()
    return bytes(was)
