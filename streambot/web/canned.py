"""Words for agents: canned replies filled and searchable, and what the book would answer."""

from __future__ import annotations

from aiohttp import web

from streambot.application.canned_replies import Offer
from streambot.application.suggested_answers import LINES
from streambot.domain.agent import Permission
from streambot.domain.order_wording import status_text
from streambot.domain.reply import TicketId
from streambot.domain.ticket import Ticket
from streambot.web import problems
from streambot.web.auth import allow
from streambot.web.explain import told
from streambot.web.keys import ARCHIVE, CANNED, CONTEXTS, ROOMS, SUGGESTED, session_of
from streambot.web.problems import Refused
from streambot.web.rooms import room_of


async def replies(request: web.Request) -> web.Response:
    """``{version, replies: [{id, title, shortcut, tags, visibility, sounds, initials, texts}]}``."""
    session = allow(session_of(request), Permission.WATCH)
    room = room_of(request)
    name = request.query.get("ticket")
    ticket = None
    if name:
        ticket = await request.app[ARCHIVE].ticket(TicketId(name))
        if ticket is None or ticket.room != room:
            raise Refused(problems.NO_PAGE)
    canned = request.app[CANNED]
    shown = request.app[ROOMS].views[room].shown
    status = None if ticket is None else await _order_status(request, ticket)
    offers = canned.offers(
        session.agent, room, ticket, shown=shown, order_status=status
    )
    return told(
        {"version": canned.version(room), "replies": [_shown(each) for each in offers]}
    )


async def _order_status(request: web.Request, ticket: Ticket) -> str | None:
    """How the viewer's orders stand, masked as in public; None where nobody knows."""
    orders = await request.app[CONTEXTS].orders(ticket)
    return status_text(orders, private=False) if orders else None


def _shown(offer: Offer) -> dict[str, object]:
    reply = offer.reply
    return {
        "id": reply.id,
        "title": reply.title,
        "shortcut": reply.shortcut,
        "tags": reply.tags,
        "visibility": reply.visibility.value,
        "sounds": offer.sounds,
        "initials": offer.initials,
        "texts": [{"text": each.text, "missing": each.missing} for each in offer.texts],
    }


async def suggested(request: web.Request) -> web.Response:
    """GET /api/tickets/<id>/suggested: the book's best answers to the viewer's newest lines."""
    allow(session_of(request), Permission.WATCH)
    archive = request.app[ARCHIVE]
    ticket = await archive.ticket(TicketId(request.match_info["ticket"]))
    view = None if ticket is None else request.app[ROOMS].views.get(ticket.room)
    if ticket is None or view is None:
        raise Refused(problems.NO_PAGE)
    lines = await archive.lines_of(ticket.room, ticket.viewer.key, LINES)
    found = request.app[SUGGESTED].of(lines, view.shown)
    return told({"suggested": found})
