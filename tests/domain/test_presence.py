"""Presence: beats, several devices, breaks, and the grace that a restart does not use up."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from streambot.domain.presence import (
    AgentPresence,
    AgentState,
    PresencePolicy,
    extended,
    lease_ends,
)

T0 = datetime(2026, 1, 1, 12, tzinfo=UTC)
POLICY = PresencePolicy()


def after(seconds: float) -> datetime:
    """An instant so long after the beginning."""
    return T0 + timedelta(seconds=seconds)


HERE = AgentPresence().heard("laptop", T0)


def test_one_late_beat_is_no_absence() -> None:
    """Beats a window equal to the ping, which flaps: a beat is lost before anybody is suspect.

    Named flaw: presence flaps since its window is its ping.
    """
    assert HERE.state(after(5), POLICY) is AgentState.READY
    assert HERE.state(after(9.9), POLICY) is AgentState.READY
    assert HERE.state(after(10), POLICY) is AgentState.SUSPECT
    assert HERE.state(after(20), POLICY) is AgentState.OFFLINE
    assert HERE.heard("laptop", after(19)).state(after(20), POLICY) is AgentState.READY
    assert AgentPresence().state(T0, POLICY) is AgentState.OFFLINE


def test_a_live_second_device_keeps_everything() -> None:
    """Beats phones that flap a person offline: one live device is a live person."""
    both = HERE.heard("phone", after(15))
    assert both.state(after(24), POLICY) is AgentState.READY
    assert both.closed("laptop", after(16)).state(after(24), POLICY) is AgentState.READY
    assert both.gone_since(after(34), POLICY) is None
    assert both.gone_since(after(40), POLICY) == after(35)


def test_a_closed_tab_is_suspect_and_a_reload_is_back() -> None:
    """Nothing new goes to a page that closed, and its owner has 20 s to come back."""
    closed = HERE.closed("laptop", after(3))
    assert closed.state(after(3), POLICY) is AgentState.SUSPECT
    assert closed.state(after(23), POLICY) is AgentState.OFFLINE
    assert closed.heard("new tab", after(5)).state(after(5), POLICY) is AgentState.READY
    assert HERE.closed("unknown", after(3)) == HERE


def test_a_break_is_the_persons_and_survives_a_reload() -> None:
    """Closing and opening the page does not end a break; going silent hides it."""
    resting = HERE.paused(True)
    back = resting.closed("laptop", after(2)).heard("other", after(4))
    assert back.state(after(4), POLICY) is AgentState.BREAK
    assert back.state(after(15), POLICY) is AgentState.SUSPECT
    assert back.paused(False).state(after(5), POLICY) is AgentState.READY


def test_leases_end_sooner_where_a_reply_is_owed() -> None:
    """30 s behind the disconnection, 120 s where it is the viewer's turn."""
    assert lease_ends(T0, POLICY, reply_owed=True) == after(30)
    assert lease_ends(T0, POLICY, reply_owed=False) == after(120)


def test_a_restart_uses_up_nobodys_grace() -> None:
    """I14: an hour's downtime leaves as much grace as there was before it."""
    assert extended(T0, after(10), after(3610)) == after(3600)
    assert extended(T0, after(10), after(10)) == T0
    # Nobody knows when it stopped: grace begins anew, never later than the start.
    assert extended(after(5), T0, after(3600)) == after(3600)


def test_a_clock_set_back_makes_nobody_absent() -> None:
    """Beats of the future count as just now."""
    assert HERE.state(after(-3600), POLICY) is AgentState.READY


@given(
    beats=st.lists(
        st.tuples(st.sampled_from("ab"), st.integers(0, 60), st.booleans()),
        min_size=1,
        max_size=8,
    ),
    wait=st.integers(0, 40),
)
def test_the_state_changes_only_when_it_says(
    beats: list[tuple[str, int, bool]], wait: int
) -> None:
    """Between now and ``changes_at`` silence changes nothing: no polling is needed."""
    who = AgentPresence()
    for device, second, closes in sorted(beats, key=lambda beat: beat[1]):
        step = who.closed if closes else who.heard
        who = step(device, after(second))
    now = after(max(second for _, second, _ in beats) + wait)
    before, edge = who.state(now, POLICY), who.changes_at(now, POLICY)
    if edge is None:
        assert before is who.state(now + timedelta(days=1), POLICY)
        return
    almost = edge - timedelta(milliseconds=1)
    assert almost < now or who.state(almost, POLICY) is before
