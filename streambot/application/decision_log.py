"""The canonical log line: one for each decision, the same wherever lines are decided."""

from __future__ import annotations

import logging

import structlog

from streambot.domain.decision import DecisionKind
from streambot.domain.events import ViewerSpoke
from streambot.domain.room import RoomName
from streambot.ports.store import RoomBatch

_log = structlog.get_logger()
#: What is ignored or only welcomed is most of a room, and says little.
_QUIET = (DecisionKind.IGNORE, DecisionKind.GREET)


def log_decisions(room: RoomName, batch: RoomBatch) -> None:
    """Log a batch's decisions; quiet ones and viewers' texts at debug only."""
    loud = [made for made in batch.decisions if made.kind not in _QUIET]
    everything = _log.is_enabled_for(logging.DEBUG)
    if not (loud or everything):
        return
    for decision in batch.decisions if everything else loud:
        (_log.debug if decision.kind in _QUIET else _log.info)(
            "line_decided",
            room=room,
            event_id=decision.event_id,
            kind=decision.kind.value,
            entry=decision.entry,
            score=decision.score,
            reason=decision.reason,
        )
    if everything:
        for event in batch.events:
            if isinstance(event, ViewerSpoke):
                _log.debug("line_received", room=room, text=event.text)
