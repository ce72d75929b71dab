"""GET /api/tickets/<id>/context, POST .../reveal: what an agent should know beside the conversation."""

from __future__ import annotations

import msgspec
from aiohttp import web

from streambot.application.ticket_context import TicketContext
from streambot.domain.agent import Permission, can
from streambot.domain.order import Order
from streambot.domain.refusal import Refusal, RefusalCode
from streambot.domain.reply import TicketId
from streambot.domain.reveal import Field, hidden, reference
from streambot.ports.surroundings import EarlierTicket
from streambot.web import problems
from streambot.web.auth import allow
from streambot.web.bodies import RevealBody, body
from streambot.web.keys import CONTEXTS, ROOMS, session_of
from streambot.web.problems import Problem, Refused


async def context(request: web.Request) -> web.Response:
    """``{at, on_screen, around, earlier, orders, orders_down, mood, may_reveal}``."""
    session = allow(session_of(request), Permission.WATCH)
    found = await request.app[CONTEXTS].of(TicketId(request.match_info["ticket"]))
    if found is None:
        raise Refused(problems.NO_PAGE)
    shown = {
        "at": found.at,
        "on_screen": _product(request, found),
        "around": found.around,
        "earlier": [_earlier(each) for each in found.earlier],
        "orders": [_order(each) for each in found.orders or ()],
        "orders_down": found.orders is None,
        "mood": found.mood,
        "may_reveal": can(session.agent, Permission.REVEAL, found.ticket),
    }
    return _json(shown)


async def reveal(request: web.Request) -> web.Response:
    """``{value}`` of one masked field, for a reason that is kept."""
    session = allow(session_of(request), Permission.REVEAL)
    asked = await body(request, RevealBody)
    value = await request.app[CONTEXTS].reveal(
        session.agent,
        TicketId(request.match_info["ticket"]),
        asked.field,
        asked.order,
        asked.reason,
    )
    if isinstance(value, Refusal):
        raise Refused(
            Problem(_STATUS.get(value.code, 409), value.code, value.zh, value.en)
        )
    return _json({"value": value})


_STATUS = {RefusalCode.FORBIDDEN: 403, RefusalCode.CLOSED: 404, RefusalCode.HELD: 409}


def _json(shown: object) -> web.Response:
    return web.Response(
        body=msgspec.json.encode(shown), content_type="application/json"
    )


def _product(request: web.Request, found: TicketContext) -> dict[str, object] | None:
    """The product by the shop's own name, as far as the shop has it."""
    called = found.on_screen
    if called is None:
        return None
    view = request.app[ROOMS].views.get(found.ticket.room)
    for product in () if view is None else view.products:
        if called in (product.id, product.name):
            return {"name": product.name, "link": product.link, "price": product.price}
    return {"name": called, "link": None, "price": None}


def _earlier(each: EarlierTicket) -> dict[str, object]:
    ticket = each.ticket
    return {
        "id": ticket.id,
        "no": ticket.no,
        "room": ticket.room,
        "state": ticket.state,
        "reason": ticket.reason,
        "text": ticket.text,
        "queued_at": ticket.queued_at,
        "outcome": ticket.outcome,
        "owner": ticket.owner or ticket.last_owner,
        "same_name": each.same_name,
    }


def _order(order: Order) -> dict[str, object]:
    return {
        "ref": reference(order),
        "status": order.status,
        "platform": order.platform,
        "items": order.items,
        "quantity": order.quantity,
        "carrier": order.carrier,
        "ship_by": order.ship_by,
        "eta": order.eta,
        "updated_at": order.updated_at,
        "fields": {field: hidden(order, field) for field in Field},
    }
