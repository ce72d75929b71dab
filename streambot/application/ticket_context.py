"""TicketContexts: everything beside the conversation that an agent needs to answer a ticket."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from streambot.application.orders import OrderDesk
from streambot.application.understandings import InForce
from streambot.domain.agent import Agent, Permission, can
from streambot.domain.events import ViewerSpoke
from streambot.domain.mood import CALM, MoodReading
from streambot.domain.order import Order
from streambot.domain.order_numbers import find_order_numbers
from streambot.domain.refusal import Refusal, held, not_allowed, unknown
from streambot.domain.reply import TicketId
from streambot.domain.reveal import Field, reference, revealed
from streambot.domain.room import RoomName
from streambot.domain.ticket import Ticket
from streambot.domain.viewer import ViewerKey
from streambot.errors import OrderSourceDown
from streambot.ports.surroundings import EarlierTicket, NearbyLine, Surroundings

#: Half the minute of talk that is shown around a line, and the most lines of it.
REACH = timedelta(seconds=30)
MOST_AROUND = 80
MOST_EARLIER = 20
MOST_ORDERS = 10
#: Of a viewer's newest lines, how many may name an order.
_LINES_READ = 20
_SHORTEST_REASON, _LONGEST_REASON = 2, 200


class Spoken(Protocol):
    """Tickets, and what their viewers wrote."""

    async def ticket(self, ticket: TicketId) -> Ticket | None:
        """One ticket in whatever state."""
        ...

    async def lines_of(
        self, room: RoomName, viewer: ViewerKey, most: int = 50
    ) -> Sequence[ViewerSpoke]:
        """A viewer's newest lines, oldest first."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Reveal:
    """Somebody looked at one piece of personal data, and said why."""

    agent: Agent
    ticket: Ticket
    field: Field
    order: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketContext:
    """What is known around a ticket; ``orders`` None: their source did not answer."""

    ticket: Ticket
    at: datetime  # when the line was heard
    on_screen: str | None
    around: Sequence[NearbyLine]
    earlier: Sequence[EarlierTicket]
    orders: Sequence[Order] | None
    mood: MoodReading


class TicketContexts:
    """Reads a ticket's context, and reveals what it masks to whoever gives a reason."""

    def __init__(
        self,
        spoken: Spoken,
        surroundings: Surroundings,
        books: InForce,
        orders_of: Callable[[RoomName], OrderDesk | None],
        record: Callable[[Reveal], Awaitable[object]],
    ) -> None:
        self._spoken = spoken
        self._surroundings = surroundings
        self._books = books
        self._orders_of = orders_of
        self._record = record

    async def of(self, name: TicketId) -> TicketContext | None:
        """A ticket's context; None where there is no such ticket."""
        ticket = await self._spoken.ticket(name)
        if ticket is None:
            return None
        around = self._surroundings
        at = await around.moment(ticket.room, ticket.trigger) or ticket.queued_at
        return TicketContext(
            ticket=ticket,
            at=at,
            on_screen=await around.on_screen(ticket.room, at),
            around=await around.around(ticket.room, at, REACH, MOST_AROUND),
            earlier=await around.earlier(ticket, MOST_EARLIER),
            orders=await self.orders(ticket),
            mood=self._mood(ticket),
        )

    async def reveal(
        self, agent: Agent, name: TicketId, field: Field, order: str, reason: str
    ) -> str | Refusal:
        """What *field* of an order holds, in full; told only once it is on record who asked why."""
        ticket = await self._spoken.ticket(name)
        if ticket is None:
            return unknown(name)
        if not can(agent, Permission.REVEAL, ticket):
            return not_allowed(Permission.REVEAL)
        reason = reason.strip()
        if not _SHORTEST_REASON <= len(reason) <= _LONGEST_REASON:
            return held(
                "请写明查看原因（2 到 200 字），会记入审计。",
                "Say why, in 2 to 200 characters: it goes into the audit.",
            )
        orders = await self.orders(ticket)
        if orders is None:
            return held(
                "订单来源暂时没有回应，请稍后再试。",
                "The order source does not answer: try again in a moment.",
            )
        found = next((each for each in orders if reference(each) == order), None)
        value = None if found is None else revealed(found, field)
        if not value:
            return held(
                "这位观众没有这个订单或这项资料，请刷新后再看。",
                "This viewer has no such order or detail: reload and look again.",
            )
        await self._record(
            Reveal(agent=agent, ticket=ticket, field=field, order=order, reason=reason)
        )
        return value

    async def orders(self, ticket: Ticket) -> Sequence[Order] | None:
        """Orders of a ticket's viewer, newest first; None where their source does not answer."""
        desk = self._orders_of(ticket.room)
        if desk is None:
            return ()
        lines = await self._spoken.lines_of(ticket.room, ticket.viewer.key, _LINES_READ)
        texts = [ticket.text, *(line.text for line in lines)]
        named = {number for text in texts for number in find_order_numbers(text)}
        try:
            return (await desk.of_viewer(ticket.viewer.key, sorted(named)))[
                :MOST_ORDERS
            ]
        except OrderSourceDown:
            return None

    def _mood(self, ticket: Ticket) -> MoodReading:
        try:
            _, understanding = self._books.in_force(ticket.room)
        except KeyError:  # the room was taken out of the configuration
            return CALM
        return understanding.mood.read(ticket.text)
