"""Rights: what each role may do with a ticket, denied unless said otherwise."""

from __future__ import annotations

from dataclasses import replace

import pytest
from msgspec import structs

from streambot.domain.agent import (
    LEGAL,
    OWNERS,
    Agent,
    AgentName,
    Permission,
    Role,
    can,
    groups_of,
    serves,
)
from streambot.domain.room import RoomName
from streambot.domain.ticket_steps import opened, picked
from tests.domain.ticket_samples import POLICY, handoff

MEI = Agent(name=AgentName("mei"), role=Role.AGENT)
BOSS = Agent(name=AgentName("boss"), role=Role.SUPERVISOR)
FREE = opened(handoff(), 1, POLICY, attended=True).ticket
MEIS = picked(handoff(), 1, "mei", POLICY).ticket
ANNAS = structs.replace(MEIS, owner="anna")


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
    # To look up who somebody is a supervisor needn't take the ticket first.
    assert can(BOSS, action, FREE) is (action is Permission.REVEAL)


def test_a_supervisor_frees_what_is_stuck_but_speaks_for_nobody() -> None:
    """Release and resolve work on another's ticket, answering does not."""
    assert can(BOSS, Permission.RELEASE, ANNAS)
    assert can(BOSS, Permission.RESOLVE, ANNAS)
    assert not can(BOSS, Permission.ANSWER, ANNAS)


def test_only_supervisors_switch_a_rooms_mode() -> None:
    """The panic key is a supervisor's."""
    assert can(BOSS, Permission.SWITCH_MODE)
    assert not can(MEI, Permission.SWITCH_MODE)


def test_an_admin_is_a_supervisor_who_keeps_the_accounts() -> None:
    """The one person of a small shop needs one account; nobody else makes accounts."""
    admin = Agent(name=AgentName("root"), role=Role.ADMIN)
    for action in Permission:
        assert can(admin, action) >= can(BOSS, action)
    assert can(admin, Permission.ACCOUNTS)
    others = [role for role in Role if role is not Role.ADMIN]
    assert not any(
        can(Agent(name=AgentName("x"), role=role), Permission.ACCOUNTS)
        for role in others
    )


@pytest.mark.parametrize(
    ("role", "denied"),
    [
        (Role.MERCHANT, (Permission.WATCH, Permission.SEE, Permission.REVEAL)),
        (Role.OPERATOR, (Permission.WATCH, Permission.CLAIM, Permission.EDIT_BOOK)),
        (Role.INSPECTOR, (Permission.CLAIM, Permission.NOTE, Permission.REVEAL)),
        (Role.VIEWER, tuple(Permission)),
        (Role.CONNECTOR, tuple(set(Permission) - {Permission.CONNECT})),
    ],
)
def test_what_a_role_is_not_for_it_cannot_do(
    role: Role, denied: tuple[Permission, ...]
) -> None:
    """No chat for merchants, no tickets for operators, no claims for inspectors."""
    actor = Agent(name=AgentName("x"), role=role)
    assert not any(can(actor, action) for action in denied)


def test_a_connectors_token_opens_its_own_room_alone() -> None:
    """A service token is worth nothing anywhere else."""
    token = Agent(name=AgentName("t"), role=Role.CONNECTOR, room=RoomName("demo"))
    assert can(token, Permission.CONNECT, RoomName("demo"))
    assert not can(token, Permission.CONNECT, RoomName("other"))


def test_groups_are_served_by_their_members_and_by_supervisors() -> None:
    """Until ``legal`` is configured it is everybody's; then only its members take its tickets."""
    anna = AgentName("anna")
    assert serves(MEI, LEGAL) and serves(MEI, "") and not serves(MEI, "supervisor")
    configured = {"legal": ["anna"], "shoes": ["mei"]}
    mei = replace(MEI, groups=groups_of(MEI.name, configured))
    assert [serves(mei, each) for each in ("", "legal", "shoes", "bags")] == [
        *(True, False, True, False)
    ]
    assert groups_of(anna, configured) == {"legal"}
    assert all(serves(BOSS, each) for each in ("", "legal", "supervisor", "shoes"))


def test_the_feed_shows_each_role_its_own_kinds() -> None:
    """An unknown kind is shown to nobody."""
    operator = Agent(name=AgentName("o"), role=Role.OPERATOR)
    assert can(MEI, Permission.SEE, "ticket") and can(MEI, Permission.SEE, ANNAS)
    assert not can(MEI, Permission.SEE, "audit")
    assert can(operator, Permission.SEE, "mode")
    assert not can(operator, Permission.SEE, "ticket")
    assert not can(operator, Permission.SEE, ANNAS)
    assert not can(BOSS, Permission.SEE, "never heard of")
