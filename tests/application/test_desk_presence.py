"""Who is at the desk, over devices, breaks, nights and restarts, as stored for the shift."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from streambot.adapters.store import Store, open_store
from streambot.application.desk import Desk
from streambot.application.desk_presence import Presence
from streambot.domain.calendar import Calendar, Interval
from streambot.domain.presence import AgentPresence, AgentState, PresencePolicy
from streambot.domain.refusal import RefusalCode
from streambot.testing import FakeClock
from tests.application.desk_world import GUARD, MEI
from tests.domain.ticket_samples import POLICY

READY, BREAK = AgentState.READY, AgentState.BREAK
SUSPECT, OFFLINE = AgentState.SUSPECT, AgentState.OFFLINE
#: An hour before midnight in China.
LATE = datetime(2026, 1, 6, 15, tzinfo=UTC)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    """A real store."""
    async with open_store(tmp_path / "data", synchronous="OFF") as opened:
        yield opened


def desk_on(store: Store, clock: FakeClock, hours: Calendar | None = None) -> Desk:
    """A desk, or the same after a restart."""
    policy = POLICY if hours is None else replace(POLICY, hours=hours)
    return Desk(
        store, clock, policy, guard_of=lambda _: GUARD, committed=lambda _: None
    )


async def spells(store: Store, clock: FakeClock) -> list[tuple[AgentState, str]]:
    """What was stored of everybody, in order."""
    found = await store.agent_states(clock.now() - timedelta(days=2))
    return [(each.state, each.cause) for each in found]


async def pass_time(desk: Desk, clock: FakeClock, seconds: float) -> None:
    """Let time pass and the desk notice."""
    await clock.advance(timedelta(seconds=seconds))
    await desk.ring()


async def test_a_second_device_keeps_an_agent_at_the_desk(store: Store) -> None:
    """A phone that goes silent takes nobody offline while the laptop is heard."""
    clock = FakeClock(LATE)
    desk = desk_on(store, clock)
    laptop, _ = desk.agent_arrived("mei"), desk.agent_arrived("mei")
    for _ in range(12):
        await pass_time(desk, clock, 5)
        desk.agent_beat("mei", laptop)
    assert desk.states == {"mei": READY}
    assert await spells(store, clock) == [(READY, "connected")]
    await pass_time(desk, clock, 10)
    await pass_time(desk, clock, 10)
    assert await spells(store, clock) == [
        (READY, "connected"),
        (SUSPECT, "silent"),
        (OFFLINE, "gone"),
    ]
    assert desk.present == ()


async def test_states_survive_midnight_and_are_whole(store: Store) -> None:
    """A shift over midnight is one row of intervals, each ending where the next begins."""
    clock = FakeClock(LATE)
    desk = desk_on(store, clock)
    device = desk.agent_arrived("mei")
    await desk.ring()
    await pass_time(desk, clock, 9)
    desk.agent_beat("mei", device)
    assert await desk.be(MEI, "break") is BREAK
    for _ in range(800):
        clock.jump(timedelta(seconds=9))
        desk.agent_beat("mei", device)
    assert await desk.be(MEI, "ready") is READY
    found = await store.agent_states(LATE)
    assert [each.state for each in found] == [READY, BREAK, READY]
    assert found[1].until == found[2].since == LATE + timedelta(hours=2, seconds=9)
    assert found[2].until is None
    behind = await store.agent_states(LATE + timedelta(hours=2, seconds=9))
    assert behind == found[2:]


async def test_a_break_is_kept_over_a_reload_and_a_restart(store: Store) -> None:
    """Only the person ends their break."""
    clock = FakeClock(LATE)
    desk = desk_on(store, clock)
    device = desk.agent_arrived("mei")
    await desk.be(MEI, "break")
    assert not desk.attended
    desk.agent_left("mei", device)
    desk.agent_arrived("mei")
    assert desk.states == {"mei": BREAK}
    clock.jump(timedelta(hours=1))
    again = desk_on(store, clock)
    await again.revive()
    again.agent_arrived("mei")
    assert again.states == {"mei": BREAK}


async def test_a_restart_makes_nobody_absent(store: Store) -> None:
    """Whoever was there may come back as from a reload; the downtime is in the journal."""
    clock = FakeClock(LATE)
    desk = desk_on(store, clock)
    desk.agent_arrived("mei")
    await desk.ring()
    clock.jump(timedelta(minutes=10))
    again = desk_on(store, clock)
    await again.revive()
    assert again.states == {"mei": SUSPECT}
    await again.ring()
    assert (await spells(store, clock))[-1] == (SUSPECT, "restart")
    await pass_time(again, clock, 19)
    again.agent_arrived("mei")
    assert again.states == {"mei": READY}


async def test_states_that_an_agent_cannot_choose_are_refused(store: Store) -> None:
    """Nobody declares themselves suspect; what is allowed is said."""
    refused = await desk_on(store, FakeClock(LATE)).be(MEI, "suspect")
    assert not isinstance(refused, AgentState)
    assert refused.code is RefusalCode.HELD


async def test_outside_its_hours_the_desk_is_unattended(store: Store) -> None:
    """An overnight shift counts as one: after midnight too, not after its end."""
    clock = FakeClock(LATE)
    night = Calendar(week=((Interval(start=20 * 60, end=26 * 60),),) * 7)
    desk = desk_on(store, clock, night)
    device = desk.agent_arrived("mei")
    assert desk.attended
    clock.jump(timedelta(hours=2, minutes=59))
    desk.agent_beat("mei", device)
    assert desk.attended
    clock.jump(timedelta(minutes=1))
    desk.agent_beat("mei", device)
    assert not desk.attended


async def test_hours_while_a_room_is_live_follow_the_room(store: Store) -> None:
    """`hours: live` is open as long as a broadcast runs, and closed behind it."""
    clock, on_air = FakeClock(LATE), [False]
    policy = replace(POLICY, hours=Calendar(week=((),) * 7, live=True))
    desk = Desk(
        store,
        clock,
        policy,
        guard_of=lambda _: GUARD,
        committed=lambda _: None,
        live=lambda: on_air[0],
    )
    desk.agent_arrived("mei")
    assert not desk.attended
    on_air[0] = True
    assert desk.attended


_MOVES = st.tuples(
    st.sampled_from(["beat", "left", "break", "back", "nothing"]),
    st.sampled_from(["mei", "bo"]),
    st.sampled_from(["phone", "laptop"]),
    st.integers(-30, 40),
)


@given(st.lists(_MOVES, max_size=12))
@example(
    [
        ("beat", "mei", "laptop", 0),
        ("beat", "mei", "phone", 5),
        ("beat", "bo", "phone", 0),
        ("left", "mei", "phone", 1),
        ("nothing", "mei", "phone", 6),
    ]
)
def test_what_is_remembered_is_what_is_so(
    moves: list[tuple[str, str, str, int]],
) -> None:
    """After any beats, goodbyes, breaks and clock jumps, states are what each person's own are."""
    clock, policy = FakeClock(), PresencePolicy()
    presence, plain = Presence(clock, policy), dict[str, AgentPresence]()
    for move, name, device, seconds in moves:
        clock.jump(timedelta(seconds=seconds))
        now, known = clock.now(), plain.get(name, AgentPresence())
        if move == "beat":
            presence.beat(name, device)
            plain[name] = known.heard(device, now)
        elif move == "left":
            presence.left(name, device)
            plain[name] = known.closed(device, now)
        elif move in ("break", "back"):
            presence.pause(name, move == "break")
            plain[name] = known.paused(move == "break")
        assert presence.states() == {
            name: plain[name].state(now, policy) for name in sorted(plain)
        }
