"""RoomPeer: a platform's server as the conformance suite drives it, and what a platform may lack."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from streambot.ports.clock import Clock
from streambot.ports.connector import Connector


class Feature(StrEnum):
    """What a platform may lack; the cases that need it are then left out."""

    ENTERS = "enters"  # arrivals are told
    EVENT_IDS = "event_ids"  # an event that is told again has the same id
    HISTORY = "history"  # what is old is marked as such
    RESUME = "resume"  # what was missed is told on the next link
    AUTH = "auth"  # there are credentials that can be wrong
    REVOKE = "revoke"  # access can be taken away from an open link
    UNKNOWN = "unknown"  # there may be kinds that a connector doesn't know
    OVERSIZED = "oversized"  # a frame can be larger than a connector may take
    WRITES = "writes"  # a bot may write
    REFUSALS = "refusals"  # a line can be refused
    PENALTY = "penalty"  # a line can be refused for haste
    UNCERTAIN = "uncertain"  # a line can arrive without a word on it


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """Something in the room; without ``text`` its viewer came in.

    ``mark`` stands for the platform's own id: told twice under one mark, it is one event.
    """

    mark: str
    viewer: str  # id and name alike
    at: datetime
    text: str | None = None
    history: bool = False


class RoomPeer(Protocol):
    """A server of the platform with one room in it, on a free port; as scripted, no cleverer.

    Orders take effect before they return. What is told while no bot is linked is lost, save
    where the platform resumes.
    """

    @property
    def secret(self) -> str:
        """The credential that must never be shown; empty where there is none."""
        ...

    @property
    def written(self) -> Sequence[str]:
        """Every line that arrived from the bot, refused and repeated ones too, in order."""
        ...

    @property
    def shown(self) -> Sequence[str]:
        """The lines that viewers see, in order."""
        ...

    def connector(self) -> Connector:
        """A new connector to the room, on the clock that the peer was started with."""
        ...

    async def tell(self, *happenings: Happening) -> None:
        """Put these on the wire at once, in this order, as often as they are named."""
        ...

    async def tell_unknown(self) -> None:
        """Send a sound frame of a kind that no connector knows, a different one each time."""
        ...

    async def tell_malformed(self) -> None:
        """Send a frame that can't be read."""
        ...

    async def tell_oversized(self) -> None:
        """Send a frame larger than anything the platform sends."""
        ...

    async def cut(self) -> None:
        """End the link without a word, as networks do."""
        ...

    async def fall_silent(self) -> None:
        """Say nothing more on this link, not even to pings; go on reading."""
        ...

    async def stop_reading(self) -> None:
        """Leave this link half open: nothing is read from it and nothing is said."""
        ...

    async def forget(self) -> None:
        """Keep nothing of what was told (``RESUME`` alone)."""
        ...

    async def deny(self) -> None:
        """Take the credentials for wrong from now on."""
        ...

    async def revoke(self) -> None:
        """Take access away: tell the open link as the platform does, let nobody in again."""
        ...

    async def refuse_next(self) -> None:
        """Refuse the next line for what it says."""
        ...

    async def penalise_next(self, seconds: float) -> None:
        """Refuse the next line for haste, with so long a pause where the platform names one."""
        ...

    async def die_after_next(self) -> None:
        """Take the next line, and let its link die before any word on it."""
        ...

    async def left(self) -> bool:
        """Wait for the bot's link to end: whether it ended as the platform wants it."""
        ...


#: Starts a peer whose keepalives go by the clock given, and which its connectors are to use.
Serving = Callable[[Clock], AbstractAsyncContextManager[RoomPeer]]
