"""A store of an earlier streambot, with tickets in it, is brought up without losing any."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from contextlib import closing
from pathlib import Path

from alembic import command
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from streambot.adapters.store import fold, open_store
from streambot.adapters.store.encoding import micros
from streambot.adapters.store.store import FILE
from streambot.adapters.store.upgrade import alembic_config
from streambot.domain.actions import MemoryKind
from streambot.domain.reply import TicketId
from streambot.domain.ticket import TicketState
from streambot.domain.ticket_load import load
from tests.adapters.store.samples import NOW, ROOM

#: What a ticket held then, as it was written.
OLD = {
    "room": "demo",
    "reason": "unmatched",
    "priority": 4,
    "evidence": [],
    "trigger": "e1",
    "text": "怎么弄",
    "queued_at": NOW.isoformat().replace("+00:00", "Z"),
    "waiting_since": NOW.isoformat().replace("+00:00", "Z"),
    "version": 2,
    "epoch": 1,
}
STATES = ("queued", "active", "waiting_viewer", "resolved", "closed")


def old_store(path: Path) -> None:
    """A store as 0003 left it: a ticket in every state, its journal and a running clock."""
    engine = create_engine(f"sqlite:///{path}", poolclass=NullPool)
    with engine.begin() as upgraded:
        config = alembic_config()
        config.attributes["connection"] = upgraded
        command.upgrade(config, "0003")
    with closing(sqlite3.connect(path)) as connection, connection:
        for no, state in enumerate(STATES, 1):
            owner = "mei" if state in ("active", "waiting_viewer") else None
            ticket = OLD | {
                "id": f"t{no}",
                "no": no,
                "card": f"t{no}",
                "state": state,
                "owner": owner,
                "viewer": {"key": f"v{no}", "name": "小明", "roles": []},
            }
            data = json.dumps(ticket).encode()
            connection.execute(
                "INSERT INTO tickets (id, no, room, viewer, state, version, epoch, data)"
                " VALUES (?, ?, 'demo', ?, ?, 2, 1, ?)",
                (f"t{no}", no, f"v{no}", state, data),
            )
            connection.execute(
                "INSERT INTO ticket_journal VALUES (?, 1, 'handoff', ?, 'viewer', '', ?)",
                (f"t{no}", micros(NOW), json.dumps({"set": ticket}).encode()),
            )
        connection.execute(
            "INSERT INTO clocks (ticket, kind, policy, started_at, due_at)"
            " VALUES ('t1', 'claim', 'default', ?, ?)",
            (micros(NOW), micros(NOW) + 20_000_000),
        )


async def test_tickets_of_an_earlier_store_are_all_there(tmp_path: Path) -> None:
    """Each as it was, its agent's load counted, its journal still adding up, its clock running."""
    await asyncio.to_thread(old_store, tmp_path / FILE)
    async with open_store(tmp_path) as store:
        _, tickets = await store.snapshot()
        assert [each.state for each in tickets] == list(STATES[:4])
        closed = await store.ticket(TicketId("t5"))
        assert closed is not None
        assert closed.state is TicketState.CLOSED
        held, _ = await store.transact(lambda tx: tx.held_by("mei"))
        assert [each.id for each in held] == ["t2", "t3"]
        assert load(held) == 2
        for each in tickets:
            assert fold(await store.history(each.id)) == each
        (clock,) = await store.running_clocks()
        assert (clock.ticket, clock.paused_at) == ("t1", None)


async def test_memory_of_another_version_is_passed_over(tmp_path: Path) -> None:
    """A kind of memory that this version doesn't know costs no room its start."""
    async with open_store(tmp_path):
        pass
    with closing(sqlite3.connect(tmp_path / FILE)) as connection, connection:
        for kind in ("asked_number", "of_tomorrow", "shown"):
            connection.execute(
                "INSERT INTO memory (room, kind, key, at, value) VALUES (?, ?, 'v1', ?, 'x')",
                (ROOM, kind, micros(NOW)),
            )
    async with open_store(tmp_path) as store:
        kept = (await store.revive(ROOM, NOW)).memory
    assert [each.memory for each in kept] == [MemoryKind.SHOWN]
