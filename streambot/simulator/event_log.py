"""EventLog: the bounded memory of a room, from which a bot that was away is told what it missed."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from streambot.simulator import frames


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One fact about a room, with the fields of its kind."""

    id: str
    at: datetime
    kind: str
    viewer: frames.Viewer | None = None
    fields: Mapping[str, Any] = field(default_factory=dict)

    def frame(self, origin: frames.Origin = "live") -> str:
        """The event as it is sent."""
        return frames.event(
            id=self.id,
            at=self.at,
            kind=self.kind,
            origin=origin,
            viewer=self.viewer,
            fields=self.fields,
        )


class EventLog:
    """The last *most* events in order, found by their id."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: deque[Event] = deque()
        self._numbers: dict[str, int] = {}
        self._next = 0

    def add(self, event: Event) -> bool:
        """Keep *event*, forgetting the oldest; False when its id is kept already."""
        if event.id in self._numbers:
            return False
        self._kept.append(event)
        self._numbers[event.id] = self._next
        self._next += 1
        if len(self._kept) > self._most:
            del self._numbers[self._kept.popleft().id]
        return True

    def last(self, count: int) -> list[str]:
        """The newest *count* events as history, oldest first."""
        start = max(0, len(self._kept) - count)
        return [event.frame("history") for event in islice(self._kept, start, None)]

    def missed(self, after: str, overlap: int = 0) -> list[str]:
        """Frames for a bot whose last event was *after*, with *overlap* events told again.

        Where *after* isn't kept (any more) a gap comes first, then all there is.
        """
        known = self._numbers.get(after)
        if known is not None:
            oldest = self._next - len(self._kept)
            start = max(0, known + 1 - overlap - oldest)
            return [event.frame() for event in islice(self._kept, start, None)]
        before = self._kept[0].id if self._kept else None
        return [frames.gap(after, before), *(event.frame() for event in self._kept)]
