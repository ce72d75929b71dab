"""What of the commands at the desk is audited: whatever is done to a ticket by who doesn't own it."""

from __future__ import annotations

from datetime import datetime

from streambot.domain.agent import Agent
from streambot.domain.audit import Act, Deed
from streambot.domain.ticket import Ticket
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
