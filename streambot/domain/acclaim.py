"""Acclaim: a viewer's praise of the agent who helped them, kept under that agent's name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from streambot.domain.events import ViewerSpoke
from streambot.domain.evidence import Evidence
from streambot.domain.faq.normalise import folded
from streambot.domain.reply import EventId, TicketId
from streambot.domain.room import RoomName
from streambot.domain.ticket import Ticket
from streambot.domain.viewer import ViewerKey

#: Praise of goods, of their way here or of the host is the shop's, whoever helped.
_THE_SHOPS = re.compile(
    r"快递|物流|发货|包装|质量|品质|做工|面料|材质|味道|口感|效果|东西|衣服|裤子|鞋|你们?家|正品|性价比|主播|"
    r"推荐|购买|信赖|回购|收到|到手|[用吃穿买喝]了|quality|seller|product|dress|shoes|bag|shop|store|order"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Acclaim:
    """One line of praise; ``agent`` is who spoke to the viewer, whoever owns the matter later."""

    room: RoomName
    event_id: EventId
    viewer: ViewerKey
    ticket: TicketId
    agent: str
    at: datetime
    text: str


def praised_agent(ticket: Ticket | None, words: Evidence) -> str | None:
    """Whom *words* are about: the agent who helped the viewer of *ticket*, None for the shop."""
    if ticket is None or _THE_SHOPS.search(folded(words.text)):
        return None
    return ticket.replied_by or ticket.owner or ticket.last_owner


def acclaim(
    ticket: Ticket | None, line: ViewerSpoke, words: Evidence, at: datetime
) -> Acclaim | None:
    """*line*'s praise as it is kept for an agent; None where it is nobody's at the desk."""
    agent = praised_agent(ticket, words)
    if ticket is None or agent is None:
        return None
    return Acclaim(
        room=ticket.room,
        event_id=line.id,
        viewer=line.viewer.key,
        ticket=ticket.id,
        agent=agent,
        at=at,
        text=line.text,
    )
