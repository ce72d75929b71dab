"""What a host's board holds beside questions: arrivals, orders that go wrong, answers given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec

from streambot.domain.order import OrderStatus
from streambot.domain.viewer import Viewer

#: How long the newest answers took, for a median.
SECONDS_KEPT = 1_000
#: Statuses of an order that somebody should do something about.
WRONG = frozenset(
    {
        OrderStatus.OUT_OF_STOCK,
        OrderStatus.DELAYED,
        OrderStatus.ADDRESS_PROBLEM,
        OrderStatus.DELIVERY_FAILED,
        OrderStatus.LOST,
        OrderStatus.RETURN_REFUSED,
    }
)


class Arrival(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody came in; whether their name may be said is asked only when it is shown."""

    viewer: Viewer
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongOrder:
    """An order that goes wrong, and whose it is, where they are known in the room."""

    status: OrderStatus
    name: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What the host answered since the process started: questions, viewers, how long each took."""

    questions: int = 0
    viewers: int = 0
    seconds: tuple[float, ...] = ()  # of the newest, for a median

    def and_of(self, took: Sequence[float]) -> Answered:
        """With one more question, and how long each of its askers waited."""
        return Answered(
            questions=self.questions + 1,
            viewers=self.viewers + len(took),
            seconds=(*self.seconds, *took)[-SECONDS_KEPT:],
        )
