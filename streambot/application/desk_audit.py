"""What the desk audits: what is done to a ticket by who doesn't own it, and rules agents break."""

from __future__ import annotations

from datetime import datetime

from streambot.domain.agent import Agent
from streambot.domain.audit import Act, Deed
from streambot.domain.clocks import Ending
from streambot.domain.reply import TicketId
from streambot.domain.ticket import ClockKind, Ticket
from streambot.domain.ticket_step import Step
from streambot.ports.store import DeskTransaction

#: Commands by name. Those of supervisors alone are audited always, the others on another's ticket.
_ALWAYS = {
    "take_over": Act.TAKE_OVER,
    "requeue": Act.REQUEUE,
    "raise": Act.PRIORITY,
    "whisper": Act.WHISPER,
}
_ON_ANOTHERS = {
    "release": Act.RELEASE,
    "resolve": Act.RESOLVE,
    "transfer": Act.TRANSFER,
}

#: Whose text is a reason; a whisper's stands in the ticket's journal alone.
_REASONED = frozenset({Act.RELEASE, Act.REQUEUE, Act.TRANSFER, Act.TAKE_OVER})


#: Clocks that run out because whoever has the ticket is slow.
_OWNERS_CLOCKS = frozenset(
    {ClockKind.FIRST, ClockKind.TURN, ClockKind.COMPLAINT, ClockKind.FOLLOW_UP}
)
#: What the guard warns of and nobody is at fault for.
_NO_OFFENCE = frozenset({"long_line"})
#: Rules of the desk itself, in front of a clock's kind; the others are the guard's.
SLOW = "slow:"
#: What the desk itself warns of: a ticket that everybody who could take it had already.
STARVED = "starved"
#: And of a ticket whose clocks can't be kept: nobody would hear of its promises otherwise.
CLOCK_FAILED = "clock"
#: Who warns where no agent is at fault.
DESK = "desk"


def warn_of(
    tx: DeskTransaction, agent: str, ticket: Ticket, rule: str, at: datetime
) -> None:
    """Write down that *agent* broke *rule*, for supervisors to see; their words stay out of it."""
    if rule in _NO_OFFENCE:
        return
    tx.audit(
        Deed(
            at=at,
            actor=agent,
            action=Act.WARNING,
            object=ticket.id,
            room=ticket.room,
            data={"rule": rule, "no": ticket.no},
        )
    )


def alarm_of_starved(tx: DeskTransaction, ticket: Ticket, at: datetime) -> None:
    """Tell supervisors that everyone eligible had *ticket* and it is asked of them again. (I13)"""
    warn_of(tx, DESK, ticket, STARVED, at)


def alarm_of_clocks(tx: DeskTransaction, ticket: TicketId, at: datetime) -> None:
    """Tell supervisors that something is wrong with one ticket, whose clocks failed."""
    rule = {"rule": CLOCK_FAILED}
    tx.audit(
        Deed(at=at, actor=DESK, action=Act.WARNING, object=ticket, room="", data=rule)
    )


def warn_of_slowness(tx: DeskTransaction, step: Step) -> None:
    """A warning for each promise to the viewer that ran out while somebody owned the ticket."""
    owner = step.ticket.owner
    for end in step.ended if owner is not None else ():
        if end.how is Ending.BREACHED and end.kind in _OWNERS_CLOCKS:
            warn_of(tx, str(owner), step.ticket, f"{SLOW}{end.kind}", step.at)


def audit_command(
    tx: DeskTransaction,
    agent: Agent,
    action: str,
    before: Ticket,
    at: datetime,
    reason: str = "",
) -> None:
    """Write *agent*'s command on *before* into the audit, in the command's own transaction."""
    act = _ALWAYS.get(action)
    if act is None and before.owner not in (None, agent.name):
        act = _ON_ANOTHERS.get(action)
    if act is None:
        return
    tx.audit(
        Deed(
            at=at,
            actor=agent.name,
            role=agent.role.value,
            action=act,
            object=before.id,
            room=before.room,
            reason=reason if act in _REASONED else "",
            data={"owner": before.owner, "no": before.no},
        )
    )
