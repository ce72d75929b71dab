"""What a room's view shows of lines whose decision comes later than they do."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec

from streambot.application.feed_frames import state_frame
from streambot.application.room_view import RoomView, SeenLine
from streambot.domain.room import RoomMode, RoomName


def test_late_decision_is_shown_again() -> None:
    """A line decided after it was shown comes again, once, under the same id."""
    at = datetime(2026, 1, 1, 12, tzinfo=UTC)
    view = RoomView(room=RoomName("demo"), mode=RoomMode.ANSWERING)
    for name in ("e1", "e2"):
        view.add(SeenLine(id=name, at=at, kind="viewer", name="a", text="在吗"))
    shown = view.seen
    for _ in range(2):
        view.decided("e1", "handoff", "unmatched")
    view.decided("gone", "answer", None)
    frame = msgspec.json.decode(state_frame(view, shown))
    assert [
        (line["id"], line["decision"], line["reason"]) for line in frame["lines"]
    ] == [("e1", "handoff", "unmatched")]
    assert len(view.lines) == 2
