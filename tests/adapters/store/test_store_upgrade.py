"""Opening a store of an earlier streambot that has tickets in it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import msgspec
from alembic import command
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from streambot.adapters.store import open_store
from streambot.adapters.store.store import FILE
from streambot.adapters.store.upgrade import alembic_config
from streambot.domain.ticket import TicketState
from tests.adapters.store.samples import ticket

_LATER = ("offered_to", "offer_until", "group", "paused_at", "paused_until", "weight")
_INSERT = text(
    "INSERT INTO tickets (id, no, room, viewer, state, version, epoch, data) "
    "VALUES (:id, :no, :room, :viewer, :state, 1, 0, :data)"
)


async def test_tickets_of_before_the_whole_life_cycle_have_their_holders(
    tmp_path: Path,
) -> None:
    """Who owned a live ticket holds it; what waited or was resolved has nobody's place."""
    await asyncio.to_thread(_write_0009, tmp_path / FILE)
    async with open_store(tmp_path) as store:
        held, _ = await store.transact(lambda tx: tx.held_by("mei"))
        waiting = await store.ticket(ticket("t3", 3).id)
    assert [each.no for each in held] == [1, 2]
    assert waiting is not None
    assert (waiting.group, waiting.weight, waiting.offered_to) == ("", 1.0, None)


def _write_0009(path: Path) -> None:
    config = alembic_config()
    engine = create_engine(f"sqlite:///{path}", poolclass=NullPool)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0009")
        for no, state, owner in (
            (1, TicketState.ACTIVE, "mei"),
            (2, TicketState.WAITING_VIEWER, "mei"),
            (3, TicketState.QUEUED, None),
            (4, TicketState.RESOLVED, "mei"),
        ):
            old = ticket(f"t{no}", no, of=f"v{no}", state=state, owner=owner)
            fields = msgspec.to_builtins(old)
            kept = {name: fields[name] for name in fields if name not in _LATER}
            row = {
                "id": old.id,
                "no": no,
                "room": old.room,
                "viewer": old.viewer.key,
                "state": state.value,
                "data": msgspec.json.encode(kept),
            }
            connection.execute(_INSERT, row)
