"""OrderAsking: whether a line asks about an order, and the look-up that must come before its answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from streambot.domain.actions import Action, LookUpOrder, WakeAt
from streambot.domain.asking import SURE
from streambot.domain.events import ViewerSpoke
from streambot.domain.faq.match import FaqMatch, Outcome
from streambot.domain.order_numbers import asks_about_order, find_order_numbers
from streambot.domain.parking import Awaited, Parked, ParkingLot
from streambot.domain.policy import SessionPolicy


class OrderAsking:
    """Parks lines about orders until the order source has answered."""

    def __init__(self, policy: SessionPolicy, lot: ParkingLot) -> None:
        self._policy = policy
        self._lot = lot

    def asked(self, text: str, match: FaqMatch) -> tuple[str, ...] | None:
        """The order numbers to look up (none: by identity); None: no order is asked for."""
        answerable = match.outcome is Outcome.ANSWER
        if not self._policy.has_orders or (answerable and match.score >= SURE):
            return None
        numbers = find_order_numbers(text)
        if asks_about_order(text) is not None or (numbers and not answerable):
            return numbers
        return None

    def look_up(
        self, lines: Sequence[ViewerSpoke], numbers: tuple[str, ...], at: datetime
    ) -> Iterator[Action]:
        """Ask the order source; *lines* wait for it."""
        viewer = lines[-1].viewer
        until = at + self._policy.order_wait
        parked = Parked(
            viewer=viewer.key, awaited=Awaited.ORDER, lines=list(lines), until=until
        )
        self._lot.park(parked)
        yield LookUpOrder(
            ref=parked.ref, viewer=viewer, numbers=numbers, at=at, by=until
        )
        yield WakeAt(at=until)
