"""CannedReplies: the replies that fit where an agent is, filled in and spelled out for the search."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from streambot.application.canned_books import CannedBooks
from streambot.application.understandings import InForce
from streambot.domain.agent import Agent
from streambot.domain.canned import (
    CannedReply,
    Filled,
    Situation,
    fill_in,
)
from streambot.domain.catalogue_lookup import find_product
from streambot.domain.greeting import clean_name
from streambot.domain.product import Product, ProductId
from streambot.domain.room import RoomName
from streambot.domain.spelling import initials, spelled_out
from streambot.domain.ticket import Ticket


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One reply for an agent's picker."""

    reply: CannedReply
    texts: tuple[Filled, ...]
    sounds: tuple[str, ...]  # the title in pinyin, a token a character
    initials: str  # of the first text


class CannedReplies:
    """Asks the books in force; *books* knows products, *canned* the replies."""

    def __init__(self, canned: CannedBooks, books: InForce) -> None:
        self._canned = canned
        self._books = books
        self._spelled: dict[RoomName, tuple[str, dict[str, tuple[str, ...]]]] = {}

    def version(self, room: RoomName) -> str:
        """The version of a room's replies."""
        return self._canned.book(room).version

    def offers(
        self,
        agent: Agent,
        room: RoomName,
        ticket: Ticket | None,
        *,
        shown: ProductId | None = None,
        order_status: str | None = None,
    ) -> list[Offer]:
        """What *agent* may pick from; *ticket* None: nobody in particular is answered.

        Raises:
            KeyError: there is no such room.
        """
        _, understanding = self._books.in_force(room)
        catalogue = understanding.book.catalogue
        product = find_product(ticket.text if ticket else "", catalogue, shown)
        here = Situation(
            room=room,
            role=agent.role.value,
            products=_names(product),
            reason=None if ticket is None else ticket.reason.value,
            group=ticket.group if ticket is not None else "",
        )
        values = _values(agent, room, ticket, product, catalogue.shop)
        values["order_status"] = order_status
        return [
            Offer(
                reply=reply,
                texts=tuple(fill_in(text, values) for text in reply.texts),
                sounds=self._sounds(room, reply.title),
                initials=initials(reply.texts[0]),
            )
            for reply in self._canned.book(room).replies
            if reply.fits(here)
        ]

    def _sounds(self, room: RoomName, title: str) -> tuple[str, ...]:
        version = self.version(room)
        kept = self._spelled.get(room)
        if kept is None or kept[0] != version:
            kept = self._spelled[room] = (version, {})
        known = kept[1]
        if title not in known:
            known[title] = spelled_out(title)
        return known[title]


def _names(product: Product | None) -> frozenset[str]:
    if product is None:
        return frozenset()
    link = () if product.link is None else (str(product.link),)
    return frozenset((product.id, *link))


def _values(
    agent: Agent,
    room: RoomName,
    ticket: Ticket | None,
    product: Product | None,
    shop: Mapping[str, str],
) -> dict[str, str | None]:
    """What stands in each blank; None where nobody knows."""
    values: dict[str, str | None] = {f"shop.{key}": text for key, text in shop.items()}
    values |= {"agent": agent.name, "room": room}
    if ticket is not None:
        values["name"] = clean_name(ticket.viewer.name) or "您"
        values["no"] = str(ticket.no)
    if product is not None:
        values["product"] = product.name
        values["sizes"] = "、".join(row.size for row in product.sizes) or None
        for blank in ("price", "stock", "coupon", "link"):
            found = getattr(product, blank)
            values[blank] = None if found is None else str(found)
    return values
