"""GET /api/tickets/<id>/history: what a ticket's viewer wrote, heard, and what people did."""

from __future__ import annotations

import msgspec
from aiohttp import web

from streambot.domain.agent import Permission, hears_whispers
from streambot.domain.reply import TicketId
from streambot.domain.ticket_rules import TicketEvent
from streambot.ports.store import TicketChange
from streambot.web import problems
from streambot.web.auth import allow
from streambot.web.keys import ARCHIVE, DESK, session_of
from streambot.web.problems import Refused

#: Of the viewer's lines and what was said to them, the newest.
MOST = 50


async def history(request: web.Request) -> web.Response:
    """``{lines: [{id, at, text}], replies: [{at, kind, text, state, author}], journal: [...]}``."""
    session = allow(session_of(request), Permission.WATCH)
    name = TicketId(request.match_info["ticket"])
    archive = request.app[ARCHIVE]
    ticket = await archive.ticket(name)
    if ticket is None:
        raise Refused(problems.NO_PAGE)
    lines = await archive.lines_of(ticket.room, ticket.viewer.key, MOST)
    replies = await archive.replies_to(ticket.room, ticket.viewer.key, MOST)
    journal = await request.app[DESK].history(name)
    if not hears_whispers(session.agent, ticket.owner):
        journal = [each for each in journal if each.event != TicketEvent.WHISPER]
    body = {
        "lines": [
            {"id": line.id, "at": line.received_at, "text": line.text} for line in lines
        ],
        "replies": [
            {
                "at": reply.owed_at,
                "kind": reply.kind,
                "text": reply.text,
                "state": state,
                "author": reply.author,
            }
            for reply, state in replies
        ],
        "journal": [_shown(change) for change in journal],
    }
    return web.Response(body=msgspec.json.encode(body), content_type="application/json")


def _shown(change: TicketChange) -> dict[str, object]:
    kept: dict[str, object] = {
        name: change.data[name]
        for name in ("outcome", "state", "reason", "visibility")
        if name in change.data
    }
    return {
        "event": change.event,
        "at": change.at,
        "actor": change.actor,
        "text": change.text,
        **kept,
    }
