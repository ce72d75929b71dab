"""What a store keeps of who holds a ticket, of clocks that stand still, and of answers taken back."""

from __future__ import annotations

from msgspec.structs import replace

from streambot.adapters.store import Store
from streambot.domain.reply import ReplyKind, TicketId
from streambot.domain.ticket import TicketState
from streambot.ports.store import ClockRow, DeskTransaction
from streambot.testing import FakeDeskStore
from tests.adapters.store.samples import (
    NOW,
    Opening,
    after,
    change,
    line,
    reply,
    ticket,
)
from tests.domain.ticket_samples import ROOM


async def test_who_holds_what_is_known_by_number(desk: Store | FakeDeskStore) -> None:
    """Owned, laid aside and offered count; what waits, what is over and others' does not."""

    def fill(tx: DeskTransaction) -> None:
        active, paused = TicketState.ACTIVE, TicketState.PAUSED
        holdings: tuple[dict[str, object], ...] = (
            {"state": paused, "owner": "mei", "paused_at": NOW},
            {"state": active, "owner": "mei"},
            {"state": TicketState.OFFERED, "offered_to": "mei"},
            {"state": TicketState.QUEUED, "last_owner": "mei"},
            {"state": TicketState.RESOLVED, "last_owner": "mei"},
            {"state": active, "owner": "anna"},
        )
        for no, fields in enumerate(holdings, start=1):
            tx.save(ticket(f"t{no}", no, of=f"v{no}", **fields), change())

    await desk.transact(fill)
    held, _ = await desk.transact(lambda tx: [each.no for each in tx.held_by("mei")])
    assert held == [1, 2, 3]
    moved = ticket("t2", 2, of="v2", state=TicketState.ACTIVE, owner="anna", version=2)
    await desk.transact(lambda tx: tx.save(moved, change("transfer")))
    held, _ = await desk.transact(lambda tx: [each.no for each in tx.held_by("mei")])
    assert held == [1, 3]


async def test_what_one_commit_moves_is_counted_in_it(
    desk: Store | FakeDeskStore,
) -> None:
    """Given, passed on and given back within one transaction: each time who holds it is known."""
    await desk.transact(Opening("t1"))

    def move(tx: DeskTransaction) -> list[list[int]]:
        found = []
        for version, owner in enumerate(("mei", "anna", None, "mei"), start=2):
            state = TicketState.ACTIVE if owner else TicketState.QUEUED
            moved = ticket("t1", 1, state=state, owner=owner, version=version)
            tx.save(moved, change("transfer"))
            found += [[x.no for x in tx.held_by(who)] for who in ("mei", "anna")]
        return found

    held, _ = await desk.transact(move)
    assert held == [[1], [], [], [1], [], [], [1], []]


async def test_an_answer_is_recalled_only_before_it_is_on_its_way(
    desk: Store | FakeDeskStore,
) -> None:
    """Recalled it is never sent; on its way it is not recalled; twice is once."""
    await desk.transact(Opening("t1"))
    first = replace(reply(1, "t1"), kind=ReplyKind.AGENT)
    second = replace(reply(2, "t1"), kind=ReplyKind.AGENT)
    await desk.transact(lambda tx: tx.owe(first) and tx.owe(second))
    assert await desk.line_sending(line(2, 2, ticket="t1"), ROOM)

    def recall(tx: DeskTransaction) -> list[bool]:
        return [tx.recall(each.out_id) for each in (first, first, second)]

    assert (await desk.transact(recall))[0] == [True, False, False]
    assert not await desk.line_sending(line(1, 1, ticket="t1"), ROOM)


async def test_a_clock_stands_still_and_goes_on(desk: Store | FakeDeskStore) -> None:
    """A moved clock runs with its new deadline; one that ended is not moved any more."""
    name = TicketId("t1")
    await desk.transact(Opening("t1"))
    clock = ClockRow(ticket=name, kind="resolve", started_at=NOW, due_at=after(180))
    still = replace(clock, paused_at=after(5))
    later = replace(clock, due_at=after(240))

    async def rows() -> tuple[ClockRow, ...]:
        if isinstance(desk, FakeDeskStore):
            return tuple(each for each in desk.clocks(name) if each.met_at is None)
        return tuple(await desk.running_clocks())

    await desk.transact(lambda tx: tx.add_clocks([clock]))
    await desk.transact(lambda tx: tx.move_clock(still))
    assert await rows() == (still,)
    await desk.transact(lambda tx: tx.move_clock(later))
    assert await rows() == (later,)
    await desk.transact(lambda tx: tx.end_clock(name, "resolve", "met", after(60)))
    await desk.transact(lambda tx: tx.move_clock(still))
    assert await rows() == ()
