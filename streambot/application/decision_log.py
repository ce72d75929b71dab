"""The canonical log line: one for each decision, the same wherever lines are decided."""

from __future__ import annotations

import logging

import structlog

from streambot.domain.decision import DecisionKind
from streambot.domain.events import ViewerSpoke
from streambot.domain.room import RoomName
from streambot.ports.store import RoomBatch

#: What is ignored or only welcomed is most of a room, and says little.
_QUIET = frozenset({DecisionKind.IGNORE, DecisionKind.GREET})


class DecisionLog:
    """Logs one room's decisions; quiet ones and viewers' texts at debug only."""

    def __init__(self, room: RoomName) -> None:
        self._log = structlog.get_logger().bind(room=room)
        self._everything: bool = self._log.is_enabled_for(logging.DEBUG)

    def write(self, batch: RoomBatch) -> None:
        """Log what was decided about a batch's events."""
        for decision in batch.decisions:
            quiet = decision.kind in _QUIET
            if quiet and not self._everything:
                continue
            (self._log.debug if quiet else self._log.info)(
                "line_decided",
                event_id=decision.event_id,
                kind=decision.kind.value,
                entry=decision.entry,
                score=decision.score,
                reason=decision.reason,
            )
        if self._everything:
            for event in batch.events:
                if isinstance(event, ViewerSpoke):
                    self._log.debug("line_received", text=event.text)
