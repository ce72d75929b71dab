"""Two processes of one desk on one store: each sees who is at the other, and neither acts against it.

Every process has its own handle on the file, as a process of its own would; only the store and a
clock are shared. What a process does by itself happens when it is told to look.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from streambot.adapters.store.store import FILE
from streambot.application.feed import BEAT, Feed
from streambot.domain.agent import AgentName
from streambot.domain.desk_policy import Routing
from streambot.domain.presence import AgentState
from streambot.domain.ticket import Reason, TicketState
from streambot.domain.ticket_load import place_of
from streambot.domain.ticket_rules import TicketEvent
from tests.application.desk_handles import at_once, empty_store
from tests.application.desk_look import stored_tickets
from tests.application.desk_processes import Process, TwoProcesses
from tests.application.desk_world import ANNA, MEI, DeskWorld
from tests.domain.ticket_samples import POLICY

PUSH = replace(POLICY, routing=Routing.PUSH)
READY, BREAK = AgentState.READY, AgentState.BREAK
SUSPECT, OFFLINE = AgentState.SUSPECT, AgentState.OFFLINE


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A new store's file."""
    (tmp_path / FILE).write_bytes(empty_store())
    return tmp_path / FILE


@pytest.fixture
def look(path: Path) -> Iterator[sqlite3.Connection]:
    """Somebody beside every process who reads the file."""
    connection = sqlite3.connect(path)
    yield connection
    connection.close()


@pytest.fixture
def pair(
    request: pytest.FixtureRequest, path: Path
) -> Iterator[tuple[TwoProcesses, Process, Process]]:
    """Both processes, running."""
    world = TwoProcesses(path, getattr(request, "param", POLICY))
    first, second = world.open("first"), world.open("second")
    for process in (first, second):
        at_once(process.desk.revive())
    yield world, first, second
    for process in (first, second):
        process.handle.close()


Pair = tuple[TwoProcesses, Process, Process]


def test_a_console_at_the_other_process_keeps_the_ticket(pair: Pair) -> None:
    """Who claimed at one process and went on at another is not gone for the first."""
    world, first, second = pair
    laptop = first.desk.agent_arrived(MEI)
    phone = second.desk.agent_arrived(MEI)
    ticket = world.claim(first, MEI, world.hand_off(first, "v1"))
    first.desk.agent_left(MEI.name, laptop)
    world.pass_time(
        90,
        (second, MEI.name, phone),
        (first, ANNA.name, first.desk.agent_arrived(ANNA)),
    )
    stored = first.ticket(ticket)
    assert stored.owner == MEI.name
    assert first.desk.states[MEI.name] is second.desk.states[MEI.name] is READY


def test_who_came_back_elsewhere_a_moment_ago_keeps_the_ticket(
    pair: Pair,
) -> None:
    """The store decides, also where the other process has not read of it yet."""
    world, first, second = pair
    laptop = first.desk.agent_arrived(MEI)
    ticket = world.claim(first, MEI, world.hand_off(first, "v1"))
    first.desk.agent_left(MEI.name, laptop)
    anna = first.desk.agent_arrived(ANNA)
    world.pass_time(48, (first, ANNA.name, anna))
    assert first.desk.states[MEI.name] is OFFLINE
    second.desk.agent_arrived(MEI)
    second.look()
    world.clock.jump(timedelta(seconds=3))
    at_once(first.desk._leases.end_due())
    stored = first.ticket(ticket)
    assert stored.owner == MEI.name


def test_a_killed_process_consoles_are_missed_in_their_time(pair: Pair) -> None:
    """Suspect, then offline, then their ticket is the queue's, at its own age; never sooner."""
    world, first, second = pair
    mei, anna = first.desk.agent_arrived(MEI), second.desk.agent_arrived(ANNA)
    ticket = world.claim(first, MEI, world.hand_off(first, "v1"))
    both = (first, MEI.name, mei), (second, ANNA.name, anna)
    world.pass_time(60, *both)
    assert second.desk.states == {MEI.name: READY, ANNA.name: READY}
    first.handle.close()
    seen: list[AgentState] = []
    for _ in range(60):
        world.pass_time(1, both[1])
        stored = second.ticket(ticket)
        seen += [second.desk.states[MEI.name]] if stored.owner else []
    order = [state for n, state in enumerate(seen) if state not in seen[:n]]
    assert order == [READY, SUSPECT, OFFLINE]
    # Heard up to a third of 10 s before the end.
    assert 6 <= seen.count(READY) <= 10
    assert seen.count(SUSPECT) == 10
    assert seen.count(OFFLINE) == 30
    assert stored.state is TicketState.QUEUED
    assert stored.waiting_since == ticket.waiting_since
    spells = at_once(second.handle.store.agent_states(ticket.queued_at))
    of_mei = [each for each in spells if each.agent == MEI.name]
    assert [each.state for each in of_mei] == [READY, SUSPECT, OFFLINE]


@pytest.mark.parametrize("pair", [PUSH], indirect=True)
@pytest.mark.parametrize("has_read", [True, False])
def test_nobody_is_offered_what_comes_in_a_break_said_elsewhere(
    pair: Pair, has_read: bool
) -> None:
    """Neither once the other process has read of it, nor in the moment before."""
    world, first, second = pair
    here, there = first.desk.agent_arrived(MEI), second.desk.agent_arrived(MEI)
    consoles = (first, MEI.name, here), (second, MEI.name, there)
    world.pass_time(8, *consoles)
    assert at_once(second.desk.be(MEI, "break")) is BREAK
    if has_read:
        world.pass_time(4, *consoles)
        assert first.desk.states[MEI.name] is BREAK
    ticket = world.hand_off(first, "v1")
    at_once(first.desk._router.route())
    stored = first.ticket(ticket)
    assert stored.state is TicketState.QUEUED
    assert at_once(first.desk.be(MEI, "ready")) is READY
    world.pass_time(4, *consoles)
    assert second.desk.states[MEI.name] is READY
    stored = second.ticket(ticket)
    assert stored.offered_to == MEI.name


@pytest.mark.parametrize("pair", [PUSH], indirect=True)
def test_two_routers_offer_nothing_and_nobody_twice(
    pair: Pair, look: sqlite3.Connection
) -> None:
    """Both plan for the same people and tickets before either hears of the other's offers."""
    world, first, second = pair
    for n in range(4):
        world.hand_off(first, f"v{n}")
        world.hand_off(second, f"w{n}")
    for process in (first, second):
        for agent in (MEI, ANNA):
            process.desk.agent_arrived(agent)
        at_once(process.desk._shift.record())
    for process in (first, second):
        at_once(process.desk._router.route())
    tickets = stored_tickets(look)
    for agent in (MEI, ANNA):
        offers = [one for one in tickets if place_of(one) == agent.name]
        assert len(offers) == PUSH.ready_ramp
    for ticket in tickets:
        changes = at_once(first.handle.store.history(ticket.id))
        assert [one.event for one in changes].count(TicketEvent.OFFER) <= 1


@pytest.mark.parametrize("pair", [replace(PUSH, capacity=1)], indirect=True)
def test_two_routers_fill_nobody_beyond_what_they_carry(
    pair: Pair, look: sqlite3.Connection
) -> None:
    """The sum is looked up in the commit that offers, not in either process's plan. (I5)"""
    world, first, second = pair
    for process, call in ((first, "v1"), (second, "w1")):
        world.hand_off(process, call)
        process.desk.agent_arrived(MEI)
        at_once(process.desk._shift.record())
    for process in (first, second):
        at_once(process.desk._router.route())
    offers = [one for one in stored_tickets(look) if place_of(one) == MEI.name]
    assert len(offers) == 1


@pytest.mark.parametrize("pair", [PUSH], indirect=True)
def test_a_ticket_of_one_process_finds_its_group_at_the_other(pair: Pair) -> None:
    """People come with their rights: a legal matter goes to whoever is of that group, elsewhere."""
    world, first, second = pair
    plain = replace(ANNA, groups=frozenset())
    here, there = first.desk.agent_arrived(plain), second.desk.agent_arrived(MEI)
    world.pass_time(4, (first, ANNA.name, here), (second, MEI.name, there))
    assert first.desk.present == second.desk.present == (ANNA.name, MEI.name)
    assert [one.name for one in first.desk.floor().agents] == [ANNA.name, MEI.name]
    ticket = world.hand_off(first, "v1", reason=Reason.LEGAL)
    first.look()
    stored = second.ticket(ticket)
    assert stored.offered_to == MEI.name


def test_presence_is_written_little(pair: Pair, look: sqlite3.Connection) -> None:
    """Nothing while nobody is there; then once a third of 10 s, however many people and beats."""
    world, first, _ = pair
    first.look()
    before = _writes(first)
    for _ in range(60):
        world.clock.jump(timedelta(seconds=1))
        first.look()
    assert _writes(first) == before
    consoles = []
    for n in range(5):
        agent = replace(MEI, name=AgentName(f"p{n}"))
        consoles.append((first, agent.name, first.desk.agent_arrived(agent)))
        world.pass_time(1, *consoles)
    first.look()
    before = _writes(first)
    world.pass_time(60, *consoles)
    assert _writes(first) - before <= 5 * 60 / 3
    instants = look.execute("SELECT DISTINCT heard_at FROM attendance").fetchall()
    assert len(instants) == 1
    assert look.execute("SELECT count(*) FROM attendance").fetchone() == (5,)


def test_a_break_said_before_a_restart_ends_when_it_is_said(pair: Pair) -> None:
    """A process that starts anew is believed by who heard its last run."""
    world, first, second = pair
    here = first.desk.agent_arrived(MEI)
    anna = second.desk.agent_arrived(ANNA)
    consoles = (first, MEI.name, here), (second, ANNA.name, anna)
    for state in ("break", "ready", "break"):
        at_once(first.desk.be(MEI, state))
    world.pass_time(4, *consoles)
    assert second.desk.states[MEI.name] is BREAK
    first.handle.close()
    again = world.open("first")
    at_once(again.desk.revive())
    here = again.desk.agent_arrived(MEI)
    assert again.desk.states[MEI.name] is BREAK
    at_once(again.desk.be(MEI, "ready"))
    world.pass_time(4, (again, MEI.name, here), consoles[1])
    assert again.desk.states[MEI.name] is second.desk.states[MEI.name] is READY
    again.handle.close()


def test_who_was_at_a_process_before_its_restart_is_not_yet_again(pair: Pair) -> None:
    """Its last run vouched for consoles that have to connect anew: suspect, and offered nothing."""
    world, first, second = pair
    first.desk.agent_arrived(MEI)
    first.look()
    anna = (second, ANNA.name, second.desk.agent_arrived(ANNA))
    world.pass_time(1, anna)
    first.handle.close()
    again = world.open("first")
    at_once(again.desk.revive())
    world.pass_time(4, anna)
    assert again.desk.states[MEI.name] is second.desk.states[MEI.name] is SUSPECT
    again.handle.close()


def test_a_shift_is_kept_by_what_all_processes_know(pair: Pair) -> None:
    """Closing the laptop writes nobody off whose phone came to the other process a moment ago."""
    world, first, second = pair
    laptop = first.desk.agent_arrived(MEI)
    first.look()
    second.desk.agent_arrived(MEI)
    second.look()
    first.desk.agent_left(MEI.name, laptop)
    at_once(first.desk._shift.record())
    spells = at_once(first.handle.store.agent_states(world.clock.now()))
    assert [one.state for one in spells] == [READY]


def test_whoever_leaves_one_process_leaves_only_that(pair: Pair) -> None:
    """A console that goes without a name is one of this process's own."""
    world, first, second = pair
    phone = second.desk.agent_arrived(MEI)
    world.pass_time(4, (second, MEI.name, phone))
    first.look()
    assert first.desk.states[MEI.name] is READY
    first.desk.agent_left(MEI.name)
    assert first.desk.states[MEI.name] is READY
    assert first.desk.present == (MEI.name,)


async def test_the_desk_hears_of_what_another_process_committed() -> None:
    """With the feed's next beat, so that its router, leases and clocks know the ticket too."""
    world = DeskWorld()
    other = world.open_desk()
    feed = Feed(world.store, dict, world.clock, found=other.catch_up)
    running = asyncio.create_task(feed.run())
    await world.clock.settle()
    ticket = await world.hand_off()
    assert other.floor().oldest_wait is None
    await world.pass_time(BEAT.total_seconds())
    assert other.floor().oldest_wait == ticket.waiting_since
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


def _writes(process: Process) -> int:
    """Rows this process's handle has written."""
    return process.handle.connection.total_changes
