"""Deadlines of tickets and presence at the desk, on a clock that moves only when told."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from itertools import chain
from typing import TypeVar

from msgspec.structs import replace

from streambot.application.desk_clocks import ring
from streambot.domain.clocks import Ending
from streambot.domain.ticket import ClockKind, Due, TicketState
from streambot.domain.ticket_steps import closed, opened
from streambot.errors import StoreFull
from streambot.ports.store import ClockRow, Committed, DeskTransaction, TicketChange
from streambot.testing import FakeClock, FakeDeskStore
from streambot.testing.desk_rows import DeskRows, FakeDeskTransaction
from tests.application.desk_world import MEI, DeskWorld
from tests.domain.ticket_samples import POLICY, handoff, seconds

T = TypeVar("T")


@asynccontextmanager
async def running(world: DeskWorld) -> AsyncIterator[DeskWorld]:
    """The world with its desk's clocks going."""
    task = asyncio.create_task(world.desk.run())
    await world.clock.settle()
    try:
        yield world
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


def ends(world: DeskWorld, ticket: str) -> dict[str, tuple[str, ...]]:
    """How each clock of *ticket* ended, by kind."""
    found: dict[str, tuple[str, ...]] = {}
    for row in world.store.clocks(ticket):  # type: ignore[arg-type]
        found[row.kind] = (*found.get(row.kind, ()), how(row))
    return found


def how(row: ClockRow) -> str:
    """How one clock ended."""
    names = {"met": row.met_at, "breached": row.breached_at, "cut": row.cancelled_at}
    return next((name for name, at in names.items() if at is not None), "running")


async def test_nobody_claims_and_the_viewer_is_told_once() -> None:
    """Breached at 20 s, told at 80 s that nobody is there, and never again."""
    async with running(DeskWorld()) as world:
        ticket = await world.hand_off()
        await world.pass_time(19.9)
        assert ends(world, ticket.id)["claim"] == ("running",)
        await world.pass_time(0.1)
        assert ends(world, ticket.id)["claim"] == ("breached",)
        assert not world.owed("unattended:")
        await world.pass_time(60)
        assert (await world.now(ticket.id)).unattended
        await world.pass_time(3_600)
        (line,) = world.owed("unattended:")
        assert line.ticket == ticket.id
        assert (await world.now(ticket.id)).state is TicketState.QUEUED


async def test_a_claim_in_time_stops_the_clock() -> None:
    """Nothing rings for a ticket that was claimed; the first reply's promise runs on."""
    async with running(DeskWorld()) as world:
        ticket = await world.hand_off()
        await world.pass_time(10)
        await world.do(MEI, "claim", ticket)
        await world.pass_time(169)
        assert ends(world, ticket.id) == {
            "claim": ("met",),
            "unattended": ("met",),
            "first": ("running",),
            "resolve": ("running",),
        }
        await world.pass_time(1)
        assert (await world.now(ticket.id)).breached == (ClockKind.FIRST,)
        assert not world.owed("unattended:")


async def test_a_nearer_deadline_wakes_the_clocks() -> None:
    """A handoff that comes while the clocks sleep towards a later one still rings in time."""
    async with running(DeskWorld()) as world:
        first = await world.do(MEI, "claim", await world.hand_off())
        await world.pass_time(1)
        ticket = await world.hand_off(handoff("e2", who="v2", at=world.clock.now()))
        await world.pass_time(20)
        assert ends(world, ticket.id)["claim"] == ("breached",)
        assert ends(world, first.id)["first"] == ("running",)


async def test_the_window_ends_and_the_ticket_is_closed() -> None:
    """Ten minutes after its end a resolved ticket is closed for good. (I11)"""
    async with running(DeskWorld()) as world:
        ticket = await world.do(MEI, "claim", await world.hand_off())
        await world.do(MEI, "resolve", ticket)
        await world.pass_time(599)
        assert (await world.now(ticket.id)).state is TicketState.RESOLVED
        await world.pass_time(1)
        assert (await world.now(ticket.id)).state is TicketState.CLOSED
        assert ends(world, ticket.id)["close"] == ("met",)


async def test_thanks_behind_the_resolution_are_promised_nothing() -> None:
    """No clock starts, none runs out, and the ticket closes when its window ends."""
    async with running(DeskWorld()) as world:
        ticket = await world.do(MEI, "claim", await world.hand_off())
        ticket = await world.do(MEI, "answer", ticket, text="已为您登记")
        await world.send(*world.owed())
        told = await world.now(ticket.id)
        solved = await world.do(MEI, "resolve", told, outcome="solved")
        thanked = await world.write(solved, "谢谢", "e2")
        assert thanked is not None
        assert [due.kind for due in thanked.due] == [ClockKind.CLOSE]
        await world.pass_time(300)
        assert (await world.now(ticket.id)).state is TicketState.RESOLVED
        await world.pass_time(301)
        assert (await world.now(ticket.id)).state is TicketState.CLOSED
        assert "running" not in {*chain(*ends(world, ticket.id).values())}


def test_a_promise_left_on_a_resolved_ticket_never_rings() -> None:
    """As stores of an older version hold them: passed over, and gone with the closing."""
    at = FakeClock().now()
    queued = opened(handoff("e1", at=at), 1, POLICY, attended=True).ticket
    turn = Due(kind=ClockKind.TURN, started_at=at, due_at=at + seconds(180))
    left = replace(queued, state=TicketState.RESOLVED, resolved_at=at, due=(turn,))
    later, tx = at + seconds(200), FakeDeskTransaction(DeskRows())
    tx.save(left, TicketChange(event="resolve", at=at, actor="mei"))
    ring(tx, left.id, later, POLICY)
    assert tx.ticket(left.id) == left
    over = closed(left, later, POLICY)
    assert [end.how for end in over.ended] == [Ending.CANCELLED]
    assert over.ticket.due == ()


async def test_a_restart_forgets_no_deadline() -> None:
    """What came due while the desk was down rings at its start, dated at its deadline.

    Named flaw: a deadline kept in memory is lost at a restart.
    """
    world = DeskWorld()
    ticket = await world.hand_off()
    await world.pass_time(1_000)
    world.desk = world.open_desk()
    async with running(world):
        breached = [row for row in world.store.clocks(ticket.id) if row.breached_at]
        assert {row.kind: row.breached_at for row in breached} == {
            row.kind: row.due_at for row in breached
        }
        assert len(breached) == 3
        assert len(world.owed("unattended:")) == 1


async def test_two_desks_on_one_store_ring_once() -> None:
    """Every deadline acts once, however many look at it. (I8)"""
    world = DeskWorld()
    ticket = await world.hand_off()
    other = DeskWorld(store=world.store, clock=world.clock)
    async with running(world), running(other):
        await world.pass_time(400)
        assert len(world.owed("unattended:")) == 1
        assert (await world.now(ticket.id)).breached == (
            ClockKind.CLAIM,
            ClockKind.FIRST,
        )


async def test_a_wall_clock_set_forward_is_noticed() -> None:
    """Deadlines are instants: within half a minute of a jump they have rung."""
    async with running(DeskWorld()) as world:
        ticket = await world.do(MEI, "claim", await world.hand_off())
        world.clock.jump(timedelta(hours=1))
        await world.pass_time(30)
        assert ends(world, ticket.id)["first"] == ("breached",)


async def test_a_wall_clock_set_back_rings_late_and_once() -> None:
    """Set back by an hour, nothing rings twice and nothing is lost."""
    async with running(DeskWorld()) as world:
        ticket = await world.hand_off()
        world.clock.jump(timedelta(hours=-1))
        await world.pass_time(3_600)
        assert not world.owed("unattended:")
        await world.pass_time(90)
        assert len(world.owed("unattended:")) == 1
        assert ends(world, ticket.id)["claim"] == ("breached",)


class FullStore(FakeDeskStore):
    """A store whose disk is full while ``full`` says so."""

    full = False

    async def transact(
        self, work: Callable[[DeskTransaction], T]
    ) -> tuple[T, Committed]:
        """Refuse while full."""
        if self.full:
            raise StoreFull("磁盘已满 The disk is full.")
        return await super().transact(work)


async def test_a_full_disk_only_delays_the_clocks() -> None:
    """What can't be written rings once there is room again."""
    store = FullStore()
    async with running(DeskWorld(store=store)) as world:
        ticket = await world.hand_off()
        store.full = True
        await world.pass_time(100)
        assert ends(world, ticket.id)["claim"] == ("running",)
        store.full = False
        await world.pass_time(2)
        assert ends(world, ticket.id)["claim"] == ("breached",)
        assert len(world.owed("unattended:")) == 1


async def test_somebody_is_at_the_desk_while_a_console_is_open() -> None:
    """Tabs of one agent count as one; a reload is no absence, twenty seconds are."""
    world = DeskWorld()
    assert not world.desk.attended
    world.desk.agent_arrived("mei")
    world.desk.agent_arrived("mei")
    world.desk.agent_left("mei")
    assert world.desk.present == ("mei",)
    world.desk.agent_left("mei")
    assert len(world.desk.present) == 0
    await world.pass_time(19)
    assert world.desk.attended
    await world.pass_time(1)
    assert not world.desk.attended


async def test_the_turn_promise_runs_from_the_first_unanswered_line() -> None:
    """A viewer who writes again is answered within the turn's time, or it is a breach."""
    async with running(DeskWorld()) as world:
        ticket = await world.do(MEI, "claim", await world.hand_off())
        ticket = await world.do(MEI, "answer", ticket, text="在的")
        await world.send(*world.owed())
        await world.write(ticket, "那尺码呢", "e2")
        await world.pass_time(100)
        await world.write(ticket, "？？", "e3")
        await world.pass_time(80)
        assert ends(world, ticket.id)["turn"] == ("breached",)
        row = next(row for row in world.store.clocks(ticket.id) if row.kind == "turn")
        assert row.due_at - row.started_at == POLICY.turn == seconds(180)
