"""Puts a ticket's context together: store, books in force, order desks, and the audit of reveals."""

from __future__ import annotations

from streambot.adapters.store import Store
from streambot.application.ticket_context import Reveal, TicketContexts
from streambot.application.understandings import InForce
from streambot.bootstrap.order_desks import OrderDesks
from streambot.domain.audit import Act, Deed
from streambot.ports.clock import Clock


def ticket_contexts(
    store: Store, books: InForce, orders: OrderDesks, clock: Clock
) -> TicketContexts:
    """Contexts over the running parts; nothing is revealed before its audit is on disk."""

    async def record(reveal: Reveal) -> None:
        await store.audit(
            Deed(
                at=clock.now(),
                actor=reveal.agent.name,
                role=reveal.agent.role.value,
                action=Act.REVEAL,
                object=reveal.ticket.id,
                room=reveal.ticket.room,
                reason=reveal.reason,
                data={"field": reveal.field.value},
            )
        )

    return TicketContexts(store, store.surroundings, books, orders.named, record)
