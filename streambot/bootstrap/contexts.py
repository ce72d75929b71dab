"""Puts a ticket's context together: store, books in force, order desks, and the record of reveals."""

from __future__ import annotations

import structlog

from streambot.adapters.store import Store
from streambot.application.ticket_context import Reveal, TicketContexts
from streambot.application.understandings import InForce
from streambot.bootstrap.order_desks import OrderDesks

_log = structlog.get_logger()


def ticket_contexts(store: Store, books: InForce, orders: OrderDesks) -> TicketContexts:
    """Contexts over the running parts."""

    async def record(reveal: Reveal) -> None:
        _log.info(
            "revealed",
            agent=reveal.agent.name,
            ticket=reveal.ticket.no,
            field=reveal.field,
        )

    return TicketContexts(store, store.surroundings, books, orders.named, record)
