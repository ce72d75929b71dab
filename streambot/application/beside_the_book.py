"""Beside the book: what a room looks at before or besides its book, which a line tried alone isn't."""

from __future__ import annotations

from enum import StrEnum

from streambot.domain.faq.cues import is_question
from streambot.domain.faq.parts import parts_of
from streambot.domain.faq.question_form import reports_purchase
from streambot.domain.faq.slots import read_slots
from streambot.domain.order_numbers import find_order_numbers
from streambot.domain.order_requests import asks_about_order
from streambot.domain.sizes import asks_size


class Beside(StrEnum):
    """What else may decide about a line."""

    SIZES = "sizes"
    ORDERS = "orders"
    BOUGHT = "bought"
    PARTS = "parts"


def beside_the_book(plain: str) -> tuple[Beside, ...]:
    """What a room looks at in a folded line that the book alone doesn't tell of."""
    slots = read_slots(plain)
    body = bool(slots.heights or slots.weights)
    found = {
        Beside.SIZES: body or asks_size(plain) is not None,
        Beside.ORDERS: bool(find_order_numbers(plain))
        or asks_about_order(plain) is not None,
        Beside.BOUGHT: reports_purchase(plain),
        Beside.PARTS: sum(map(is_question, parts_of(plain))) > 1,
    }
    return tuple(each for each, is_so in found.items() if is_so)
