"""What a room owes, against a list that is searched anew at every question."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from msgspec.structs import replace

from streambot.domain.faq.entry import Visibility
from streambot.domain.queued import QueuedReplies, lane_of
from streambot.domain.reply import EventId, OutId, Reply, ReplyKind
from streambot.domain.viewer import Viewer, ViewerKey

_START = datetime(2026, 5, 1, 12, tzinfo=UTC)
_KINDS = (ReplyKind.AGENT, ReplyKind.ORDER, ReplyKind.ANSWER, ReplyKind.GREETING)
_seconds = st.integers(0, 20)
_outs = st.integers(0, 40)


def _after(seconds: int) -> datetime:
    return _START + timedelta(seconds=seconds)


@st.composite
def _replies(draw: st.DrawFn) -> Reply:
    out = draw(_outs)
    viewer = draw(st.sampled_from([None, "v1", "v2"]))
    held = draw(st.booleans())
    return Reply(
        out_id=OutId(f"o{out}"),
        kind=draw(st.sampled_from(_KINDS)),
        trigger=EventId(f"e{out}"),
        owed_at=_START,
        expires_at=_after(draw(_seconds)),
        not_before=_after(draw(_seconds)) if held else None,
        text="好",
        viewer=None if viewer is None else Viewer(key=ViewerKey(viewer), name=viewer),
        visibility=draw(st.sampled_from([Visibility.PUBLIC, Visibility.PROMPTER])),
    )


class _Machine(RuleBasedStateMachine):
    """The queue, and beside it what waits, in order of arrival."""

    def __init__(self) -> None:
        super().__init__()
        self.queue = QueuedReplies()
        self.waiting: list[Reply] = []
        self.known: set[OutId] = set()
        self.taken: list[Reply] = []
        self.now = _START

    @rule(reply=_replies())
    def owe(self, reply: Reply) -> None:
        self.queue.add(reply)
        if reply.out_id not in self.known:
            self.known.add(reply.out_id)
            self.waiting.append(reply)

    @rule(out=_outs)
    def take(self, out: int) -> None:
        found = [each for each in self.waiting if each.out_id == f"o{out}"]
        assert self.queue.remove(OutId(f"o{out}")) == (found[0] if found else None)
        self.waiting = [each for each in self.waiting if each not in found]
        self.taken += found

    @rule(later=_seconds)
    def give_back(self, later: int) -> None:
        """A line was refused: its replies wait again, before the others, perhaps for longer."""
        back = [replace(each, expires_at=_after(later)) for each in self.taken]
        self.queue.put_back(back)
        self.waiting = [*back, *self.waiting]
        self.taken = []

    @rule(seconds=_seconds)
    def expire(self, seconds: int) -> None:
        self.now = max(self.now, _after(seconds))
        old = [each for each in self.waiting if each.expires_at <= self.now]
        got = self.queue.expire(self.now)
        assert sorted(each.out_id for each in got) == sorted(x.out_id for x in old)
        assert list(got) == sorted(got, key=lane_of)
        self.waiting = [each for each in self.waiting if each.expires_at > self.now]

    @invariant()
    def is_alike(self) -> None:
        assert list(self.queue) == sorted(self.waiting, key=lane_of)
        assert len(self.queue) == len(self.waiting)
        ends = [each.expires_at for each in self.waiting]
        assert self.queue.first_expiry == min(ends, default=None)
        for now in (_START, self.now, _after(7)):
            after = [end for end in ends if end > now]
            starts = [x.not_before for x in self.waiting if x.not_before is not None]
            assert self.queue.next_expiry(now) == min(after, default=None)
            assert self.queue.next_ready(now) == min(
                (start for start in starts if start > now), default=None
            )
        for key in ("v1", "v2"):
            theirs = [x for x in self.waiting if x.viewer and x.viewer.key == key]
            found = self.queue.of(ViewerKey(key))
            assert sorted(x.out_id for x in found) == sorted(x.out_id for x in theirs)
            assert list(found) == sorted(found, key=lane_of)


TestQueuedReplies = _Machine.TestCase


def test_what_left_leaves_little_behind() -> None:
    """Agents' words end in years: those that were said long ago aren't kept until then."""
    queue = QueuedReplies()
    for number in range(10_000):
        reply = Reply(
            out_id=OutId(f"o{number}"),
            kind=ReplyKind.AGENT,
            trigger=EventId("e"),
            owed_at=_START,
            expires_at=datetime.max.replace(tzinfo=UTC),
            text="好",
        )
        queue.add(reply)
        queue.remove(reply.out_id)
    assert len(queue._ends) <= 102
