"""Matcher: what a room asks of whatever matches its lines."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from streambot.domain.faq.likeness import Likeness, ToCompare
from streambot.domain.faq.match import FaqMatch
from streambot.domain.product import ProductId


class Matcher(Protocol):
    """Finds the entry a line asks for."""

    def match(
        self,
        text: str,
        *,
        at: datetime | None = None,
        product: ProductId | None = None,
    ) -> FaqMatch:
        """Judge one line alone."""
        ...

    def says_nothing(self, text: str) -> bool:
        """Whether folded *text* is a statement that means nothing to the book.

        It holds at any time, and whatever product is on screen.
        """
        ...

    @property
    def compared(self) -> ToCompare:
        """What an encoder should know."""
        ...

    def is_worth_a_look(self, match: FaqMatch) -> bool:
        """Whether an encoder's second look may change what *match* leads to."""
        ...

    def reconsider(
        self,
        text: str,
        likeness: Likeness,
        *,
        at: datetime | None = None,
        product: ProductId | None = None,
    ) -> FaqMatch:
        """Judge one line anew, now that an encoder has compared it with the phrases."""
        ...
