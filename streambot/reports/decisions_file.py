"""The decisions file: every line's fate, the same bytes for the same input."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from streambot.domain.decision import Decision, DecisionKind
from streambot.domain.events import ReplySettled
from streambot.domain.reply import EventId, OutId, Reply, ReplyKind, ReplyState

#: Decisions that become ``hold`` when the guard refuses their text; a handoff stays one, and
#: a welcome stays a welcome that was missed.
_HELD_AS_SUCH = frozenset(
    {DecisionKind.ANSWER, DecisionKind.CLARIFY, DecisionKind.ORDER}
)


@dataclass(slots=True, kw_only=True)
class _Row:
    """A decision and what became of it."""

    order: int
    decision: Decision
    kind: DecisionKind
    reason: str | None
    settled_at: datetime
    text: str | None = None
    line_id: str | None = None
    sent_at: datetime | None = None


class DecisionsFile:
    """Collects decisions as they are taken and settled."""

    def __init__(self, room: str) -> None:
        self._room = room
        self._rows: list[_Row] = []
        self._waiting: dict[OutId, list[_Row]] = {}
        self._handoffs: dict[EventId, _Row] = {}

    def decided(self, decision: Decision) -> None:
        """Take a decision down; one that owes a reply waits for its fate."""
        row = _Row(
            order=len(self._rows),
            decision=decision,
            kind=decision.kind,
            reason=decision.reason,
            settled_at=decision.at,
        )
        self._rows.append(row)
        if decision.out_id is not None:
            self._waiting.setdefault(decision.out_id, []).append(row)
        if decision.kind is DecisionKind.HANDOFF:
            self._handoffs[decision.event_id] = row

    def owed(self, reply: Reply) -> None:
        """A holding line belongs to the handoff that caused it."""
        row = self._handoffs.get(reply.trigger)
        if reply.kind is ReplyKind.HOLDING and row is not None:
            self._waiting.setdefault(reply.out_id, []).append(row)

    def settled(self, event: ReplySettled) -> None:
        """Note what was said, held or missed."""
        for out in event.outs:
            for row in self._waiting.pop(out, ()):
                self._settle(row, event)

    def _settle(self, row: _Row, event: ReplySettled) -> None:
        row.settled_at = event.at
        line = event.line
        if event.state is ReplyState.SENT and line is not None:
            row.text, row.line_id, row.sent_at = line.text, line.line_id, event.at
        elif event.state is ReplyState.HELD:
            if row.kind in _HELD_AS_SUCH:
                row.kind, row.reason = DecisionKind.HOLD, event.rule

    def rows(self) -> Iterator[str]:
        """The file's lines, ordered by settling time, then input order."""
        ordered = sorted(self._rows, key=lambda row: (row.settled_at, row.order))
        for row in ordered:
            yield json.dumps(self._object(row), ensure_ascii=False)

    def _object(self, row: _Row) -> dict[str, object]:
        decision = row.decision
        score = decision.score
        return {
            "v": 1,
            "at": instant(decision.at),
            "room": self._room,
            "event_id": decision.event_id,
            "viewer": decision.viewer,
            "kind": row.kind.value,
            "entry": decision.entry,
            "score": None if score is None else round(score, 4),
            "reason": None if row.reason is None else str(row.reason),
            "text": row.text,
            "evidence": [
                {"rule": each.rule, "span": [each.start, each.end], "text": each.text}
                for each in decision.evidence
            ],
            "line_id": row.line_id,
            "sent_at": None if row.sent_at is None else instant(row.sent_at),
        }


def instant(at: datetime) -> str:
    """RFC 3339 in UTC with milliseconds."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
