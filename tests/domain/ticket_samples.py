"""Tickets and handoffs that the desk's tests start from."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from streambot.domain.desk_policy import DeskPolicy
from streambot.domain.evidence import Evidence
from streambot.domain.reply import EventId
from streambot.domain.room import RoomName
from streambot.domain.ticket import Handoff, Reason
from streambot.domain.viewer import Viewer, ViewerKey

POLICY = DeskPolicy()
ROOM = RoomName("demo")
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


def seconds(count: float) -> timedelta:
    """A span of *count* seconds."""
    return timedelta(seconds=count)


def viewer(key: str = "v1") -> Viewer:
    """A viewer known by *key*."""
    return Viewer(key=ViewerKey(key), name=f"name-{key}", roles=frozenset({"buyer"}))


def handoff(
    event: str = "e1",
    *,
    who: str = "v1",
    reason: Reason = Reason.UNMATCHED,
    priority: int = 4,
    text: str = "这个怎么弄",
    at: datetime = NOON,
    key: str | None = None,
    private: bool = False,
    holding: str | None = None,
) -> Handoff:
    """A call for a human."""
    return Handoff(
        room=ROOM,
        viewer=viewer(who),
        reason=reason,
        priority=priority,
        evidence=(Evidence(rule=reason.value, start=0, end=2, text=text[:2]),),
        event_id=EventId(event),
        text=text,
        at=at,
        key=key,
        private=private,
        holding=holding,
    )
