"""QueuedReplies: what a room still owes, in lanes of equal urgency, each in order of arrival."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from enum import IntEnum
from heapq import heapify, heappop, heappush

from streambot.domain.faq.entry import Visibility
from streambot.domain.reply import OutId, Reply, ReplyKind
from streambot.domain.viewer import ViewerKey

#: Ends of replies that left meanwhile, kept beside as many of those that wait.
_STALE_KEPT = 100
#: Newest ``out_id`` remembered after they left the queue, so that none is owed twice.
_KNOWN_KEPT = 200


class Lane(IntEnum):
    """Queues of falling urgency."""

    PROMPTER = 0  # read by a person, so it waits for no slot
    AGENT = 1
    ORDER = 2
    ANSWER = 3
    WELCOME = 4
    THANKS = 5
    TIMER = 6


_LANES: dict[ReplyKind, Lane] = {
    ReplyKind.AGENT: Lane.AGENT,
    ReplyKind.ORDER: Lane.ORDER,
    ReplyKind.HOLDING: Lane.ORDER,
    ReplyKind.ANSWER: Lane.ANSWER,
    ReplyKind.CLARIFY: Lane.ANSWER,
    ReplyKind.GREETING: Lane.WELCOME,
    ReplyKind.THANKS: Lane.THANKS,
    ReplyKind.RATING: Lane.THANKS,
    ReplyKind.GIFT: Lane.THANKS,
    ReplyKind.TIMER: Lane.TIMER,
}


def lane_of(reply: Reply) -> Lane:
    """Where *reply* waits."""
    if reply.visibility is Visibility.PROMPTER:
        return Lane.PROMPTER
    return _LANES[reply.kind]


class QueuedReplies:
    """Replies by lane; each ``out_id`` is taken in once.

    In a flood thousands wait while a few may be said: what is asked at each slot looks at none
    but those that it is about.
    """

    def __init__(self) -> None:
        self._lanes: dict[Lane, dict[OutId, Reply]] = {lane: {} for lane in Lane}
        self._where: dict[OutId, Lane] = {}
        self._known: dict[OutId, None] = {}
        self._viewers: dict[ViewerKey, dict[OutId, Lane]] = {}
        # A heap; some have left meanwhile.
        self._ends: list[tuple[datetime, OutId]] = []
        self._starts: dict[OutId, datetime] = {}  # of those that can be taken back yet

    def __len__(self) -> int:
        """How many replies wait."""
        return len(self._where)

    def __iter__(self) -> Iterator[Reply]:
        """Every waiting reply, most urgent lane first."""
        for lane in self._lanes.values():
            yield from lane.values()

    def add(self, reply: Reply) -> None:
        """Queue *reply* unless its ``out_id`` is known."""
        if reply.out_id in self._known:
            return
        self._put(reply)
        self._known[reply.out_id] = None
        if len(self._known) > _KNOWN_KEPT + len(self):
            del self._known[next(iter(self._known))]

    def put_back(self, replies: Iterable[Reply]) -> None:
        """Queue *replies* again, before everything else in their lanes."""
        for reply in reversed(tuple(replies)):
            lane = self._lanes[lane_of(reply)]
            later = {out: each for out, each in lane.items() if out != reply.out_id}
            lane.clear()
            self._put(reply)
            lane.update(later)

    def remove(self, out: OutId) -> Reply | None:
        """Take one reply out; None when it doesn't wait."""
        lane = self._where.pop(out, None)
        if lane is None:
            return None
        reply = self._lanes[lane].pop(out)
        self._starts.pop(out, None)
        if reply.viewer is not None:
            outs = self._viewers[reply.viewer.key]
            del outs[out]
            if not outs:
                del self._viewers[reply.viewer.key]
        return reply

    def of(self, viewer: ViewerKey) -> tuple[Reply, ...]:
        """What waits for one viewer, most urgent lane first, without looking at the rest."""
        outs = self._viewers.get(viewer, {})
        return tuple(
            self._lanes[lane][out]
            for out, lane in sorted(outs.items(), key=lambda each: each[1])
        )

    def expire(self, now: datetime) -> tuple[Reply, ...]:
        """Take out what must not be said any more, most urgent lane first."""
        old: list[Reply] = []
        while (end := self.first_expiry) is not None and end <= now:
            reply = self.remove(self._ends[0][1])
            assert reply is not None, "what ends first waits"
            old.append(reply)
        return tuple(sorted(old, key=lane_of))

    def alive(self, lane: Lane, now: datetime) -> list[Reply]:
        """What waits in *lane* and may still be said, oldest first."""
        return [
            each
            for each in self._lanes[lane].values()
            if each.expires_at > now
            and (each.not_before is None or each.not_before <= now)
        ]

    def count(self, lane: Lane) -> int:
        """How many wait in *lane*."""
        return len(self._lanes[lane])

    def next_ready(self, now: datetime) -> datetime | None:
        """When the next of those that may still be taken back may be said."""
        return min((at for at in self._starts.values() if at > now), default=None)

    @property
    def first_expiry(self) -> datetime | None:
        """When the first of the waiting replies becomes too old, or became so."""
        ends = self._ends
        while ends:
            end, out = ends[0]
            lane = self._where.get(out)
            if lane is not None and self._lanes[lane][out].expires_at == end:
                return end
            heappop(ends)
        return None

    def next_expiry(self, now: datetime) -> datetime | None:
        """When the next of the waiting replies becomes too old."""
        first = self.first_expiry
        if first is None or first > now:
            return first
        ends = (reply.expires_at for reply in self)
        return min((end for end in ends if end > now), default=None)

    def _put(self, reply: Reply) -> None:
        out, lane = reply.out_id, lane_of(reply)
        self._lanes[lane][out] = reply
        self._where[out] = lane
        if reply.viewer is not None:
            self._viewers.setdefault(reply.viewer.key, {})[out] = lane
        if reply.not_before is not None:
            self._starts[out] = reply.not_before
        heappush(self._ends, (reply.expires_at, out))
        if len(self._ends) > 2 * len(self._where) + _STALE_KEPT:
            self._ends = [(each.expires_at, each.out_id) for each in self]
            heapify(self._ends)
