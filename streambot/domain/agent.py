"""The humans at the desk: who they are and what each role may do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from streambot.domain.ticket import Ticket

AgentName = NewType("AgentName", str)


class Role(StrEnum):
    """What a person at the console may do; see ``can``."""

    AGENT = "agent"
    SUPERVISOR = "supervisor"


@dataclass(frozen=True, slots=True, kw_only=True)
class Agent:
    """A human who answers (or, as supervisor, watches all rooms)."""

    name: AgentName
    role: Role


class Permission(StrEnum):
    """What a person can ask of the console."""

    WATCH = "watch"  # see the rooms, the queue and the feed
    PICK = "pick"
    CLAIM = "claim"
    ANSWER = "answer"
    NOTE = "note"
    RELEASE = "release"
    RESOLVE = "resolve"
    MARK_SAID = "mark_said"  # a prompter line was said by a person
    SHOW_PRODUCT = "show_product"  # which product is on screen
    SWITCH_MODE = "switch_mode"  # what the assistant does in a room
    SUGGEST = "suggest"  # say that a line belongs to an entry
    EDIT_BOOK = "edit_book"  # add phrasings to the book, settle what agents suggest
    TRY = "try"  # ask the book something that nobody said


_AGENT = frozenset(
    {
        Permission.WATCH,
        Permission.PICK,
        Permission.CLAIM,
        Permission.ANSWER,
        Permission.NOTE,
        Permission.RELEASE,
        Permission.RESOLVE,
        Permission.MARK_SAID,
        Permission.SHOW_PRODUCT,
        Permission.SUGGEST,
    }
)
_SUPERVISOR = _AGENT | {
    Permission.SWITCH_MODE,
    Permission.EDIT_BOOK,
    Permission.TRY,
}

#: What each role may do; what is missing is denied.
ALLOWED: dict[Role, frozenset[Permission]] = {
    Role.AGENT: _AGENT,
    Role.SUPERVISOR: _SUPERVISOR,
}

#: Commands on a ticket that belong to its owner alone.
OWNERS = frozenset({Permission.ANSWER, Permission.RELEASE, Permission.RESOLVE})
#: Of these, what a supervisor may do to another's ticket, so that none is stuck on an absent agent.
SUPERVISED = frozenset({Permission.RELEASE, Permission.RESOLVE})


def can(actor: Agent | None, action: str, ticket: Ticket | None = None) -> bool:
    """Whether *actor* may do *action*; denied unless said otherwise.

    Args:
        actor: who asks; None is nobody, who may do nothing.
        action: one of ``Permission``; an unknown one is denied.
        ticket: the ticket it is about; None asks whether the role may do it at all.
    """
    if actor is None or action not in ALLOWED[actor.role]:
        return False
    if ticket is None or action not in OWNERS or ticket.owner == actor.name:
        return True
    supervised = actor.role is Role.SUPERVISOR and action in SUPERVISED
    return supervised and ticket.owner is not None
