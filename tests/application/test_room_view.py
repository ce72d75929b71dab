"""What a room's view shows of lines whose decision comes later than they do."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec

from streambot.application.feed_frames import state_frame
from streambot.application.room_view import RoomView, SeenLine
from streambot.domain.events import Link, LinkChanged
from streambot.domain.reply import LineId, LineOut, ReplyKind, TicketId
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


def _prompt(name: str, kind: ReplyKind, ticket: str | None = None) -> LineOut:
    return LineOut(
        line_id=LineId(name),
        kind=kind,
        text=name,
        covers=(),
        made_at=datetime(2026, 1, 1, 12, tzinfo=UTC),
        ticket=None if ticket is None else TicketId(ticket),
    )


def test_prompts_leave_when_they_are_no_longer_worth_saying() -> None:
    """Welcomes soon, answers later, an agent's words never; beyond 100 the oldest go."""
    view = RoomView(room=RoomName("demo"), mode=RoomMode.ANSWERING)
    view.show_on_prompter(_prompt("agent", ReplyKind.AGENT, "t1"))
    view.show_on_prompter(_prompt("hello", ReplyKind.GREETING))
    view.show_on_prompter(_prompt("answer", ReplyKind.ANSWER))
    start = datetime(2026, 1, 1, 12, tzinfo=UTC)

    def gone(seconds: float) -> list[str]:
        overdue = view.overdue_prompts(start + timedelta(seconds=seconds))
        return [line.text for line in overdue]

    assert gone(10) == []
    assert gone(16) == ["hello"]
    assert gone(200) == ["hello", "answer"]
    for number in range(100):
        view.show_on_prompter(_prompt(f"a{number}", ReplyKind.ANSWER))
    assert gone(1) == ["hello", "answer"]


def test_a_link_that_is_up_may_have_something_to_say() -> None:
    """It is shown in both languages until the link says that it is over, or is made anew."""
    at = datetime(2026, 1, 1, 12, tzinfo=UTC)
    view = RoomView(room=RoomName("demo"), mode=RoomMode.ANSWERING)
    said = LinkChanged(
        at=at, link=Link.CONNECTED, detail="配额快用完了。 Nearly used up."
    )
    view.link_changed(said)
    assert view.link == "connected"
    assert (view.troubles["link"].zh, view.troubles["link"].en) == (
        "配额快用完了。",
        "Nearly used up.",
    )
    view.link_changed(LinkChanged(at=at, link=Link.CONNECTING))
    assert "link" in view.troubles
    view.link_changed(LinkChanged(at=at, link=Link.CONNECTED))
    assert not view.troubles


def test_silence_is_lifted_to_what_the_room_did_before() -> None:
    """A room that only watched doesn't begin to answer because somebody silenced it for a while."""
    view = RoomView(room=RoomName("demo"), mode=RoomMode.OBSERVING)
    for _ in range(2):
        view.switched(RoomMode.SILENT)
    frame = msgspec.json.decode(state_frame(view, 0))
    assert (frame["mode"], frame["resumes"]) == ("silent", "observing")
    born = RoomView(room=RoomName("demo"), mode=RoomMode.SILENT)
    assert born.resumes is RoomMode.ANSWERING
