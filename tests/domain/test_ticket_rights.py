"""Rights: what each role may do with a ticket, denied unless said otherwise."""

from __future__ import annotations

from dataclasses import replace

import pytest

from streambot.domain.agent import OWNERS, Agent, AgentName, Permission, Role, can
from streambot.domain.ticket_steps import opened, picked
from tests.domain.ticket_samples import POLICY, handoff

MEI = Agent(name=AgentName("mei"), role=Role.AGENT)
BOSS = Agent(name=AgentName("boss"), role=Role.SUPERVISOR)
FREE = opened(handoff(), 1, POLICY, attended=True).ticket
MEIS = picked(handoff(), 1, "mei", POLICY).ticket
ANNAS = replace(MEIS, owner="anna")


@pytest.mark.parametrize("action", Permission)
def test_nobody_may_do_anything(action: Permission) -> None:
    """Without somebody who asks, everything is denied."""
    assert not can(None, action)


@pytest.mark.parametrize("who", [MEI, BOSS])
def test_an_unknown_action_is_denied(who: Agent) -> None:
    """What no role was given, no role has."""
    assert not can(who, "delete_everything")


@pytest.mark.parametrize("action", sorted(OWNERS))
def test_an_owners_commands_are_the_owners(action: Permission) -> None:
    """Answering, releasing and resolving need the ticket; the queue's have no owner."""
    assert can(MEI, action, MEIS)
    assert not can(MEI, action, ANNAS)
    assert not can(MEI, action, FREE)
    assert not can(BOSS, action, FREE)


def test_a_supervisor_frees_what_is_stuck_but_speaks_for_nobody() -> None:
    """Release and resolve work on another's ticket, answering does not."""
    assert can(BOSS, Permission.RELEASE, ANNAS)
    assert can(BOSS, Permission.RESOLVE, ANNAS)
    assert not can(BOSS, Permission.ANSWER, ANNAS)


def test_only_supervisors_switch_a_rooms_mode() -> None:
    """The panic key is a supervisor's."""
    assert can(BOSS, Permission.SWITCH_MODE)
    assert not can(MEI, Permission.SWITCH_MODE)
