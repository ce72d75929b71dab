"""Agents: the humans at the desk, and ``can``: the one place that says what anybody may do."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import NewType, Protocol

from streambot.domain.permission import (
    ALLOWED,
    OWNERS,
    SEEN_BY,
    SUPERVISED,
    Permission,
)
from streambot.domain.role import Role
from streambot.domain.room import RoomName
from streambot.domain.ticket import LEGAL, SUPERVISORS, Ticket

__all__ = [
    "ALLOWED",
    "LEGAL",
    "OWNERS",
    "SUPERVISED",
    "SUPERVISORS",
    "Agent",
    "AgentName",
    "Permission",
    "Role",
    "can",
    "groups_of",
    "hears_whispers",
    "serves",
]

AgentName = NewType("AgentName", str)


class Named(Protocol):
    """An account, as far as a right depends on it."""

    @property
    def name(self) -> AgentName:
        """Whose it is."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Agent:
    """Somebody who asks: a human at the console, or a connector for its one room.

    ``groups`` are those whose tickets they take; see ``groups_of``.
    """

    name: AgentName
    role: Role
    groups: frozenset[str] = frozenset({LEGAL})
    room: RoomName | None = None  # a connector's


def groups_of(
    name: AgentName, configured: Mapping[str, Collection[str]]
) -> frozenset[str]:
    """The groups *name* takes tickets of; ``legal`` is everybody's until it is configured."""
    own = {group for group, members in configured.items() if name in members}
    return frozenset(own if LEGAL in configured else own | {LEGAL})


def serves(actor: Agent, group: str) -> bool:
    """Whether *actor* takes tickets of *group*; "" is anybody's, a supervisor takes all."""
    if Permission.SUPERVISE in ALLOWED[actor.role]:
        return True
    return group == "" or (group in actor.groups and group != SUPERVISORS)


def hears_whispers(actor: Agent, owner: str | None) -> bool:
    """Whether *actor* is told what supervisors whisper to the *owner* of a ticket."""
    return actor.name == owner or can(actor, Permission.SEE, "whisper")


def can(
    actor: Agent | None,
    action: str,
    object: Ticket | Named | RoomName | str | None = None,  # noqa: A002 - the design's word
) -> bool:
    """Whether *actor* may do *action*; denied unless said otherwise.

    Args:
        actor: who asks; None is nobody, who may do nothing.
        action: one of ``Permission``; an unknown one is denied.
        object: what it is about: a ticket, an account, a room's name or, for ``see``, a kind
            of feed entry; None asks whether the role may do it at all.
    """
    if actor is None or action not in ALLOWED[actor.role]:
        return False
    if object is None:
        return True
    if isinstance(object, Ticket):
        return _on_ticket(actor, Permission(action), object)
    if isinstance(object, str):
        if action == Permission.SEE:
            return actor.role in SEEN_BY.get(object, frozenset())
        return actor.role is not Role.CONNECTOR or actor.room == object
    if action == Permission.OWN_ACCOUNT:
        return object.name == actor.name
    return action in (Permission.SEE_ACCOUNTS, Permission.ACCOUNTS)


def _on_ticket(actor: Agent, action: Permission, ticket: Ticket) -> bool:
    if action is Permission.SEE:
        return actor.role in SEEN_BY["ticket"]
    if action is Permission.DECLINE:
        return ticket.offered_to == actor.name
    if ticket.owner == actor.name:
        return True
    if action is Permission.CLAIM and ticket.offered_to == actor.name:
        return True  # offered for want of anybody of its group
    if not serves(actor, ticket.group):
        return False
    if action not in OWNERS:
        return True
    if action not in SUPERVISED or Permission.SUPERVISE not in ALLOWED[actor.role]:
        return False
    return ticket.owner is not None or action is Permission.REVEAL
