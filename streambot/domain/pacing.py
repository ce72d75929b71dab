"""Pacing: which line goes next, in what words, and when - so that no platform is flooded.

At each free slot one line is chosen:

1. what an agent wrote;
2. an order's status, then a holding line;
3. an answer, which carries every waiting welcome where that fits;
4. welcomes: at once in a quiet room, else gathered until the last slot that keeps the promise;
5. thanks, and a question how the service was, then a scheduled line.

An answer that can't carry the welcomes, and a holding line, which never does, let them go first
in their last slot, but never twice in a row. The parts of a long text follow each other, with
nothing but such a welcome between them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from streambot.domain.budget import SendBudget
from streambot.domain.faq.entry import Visibility
from streambot.domain.greeting import GreetingStyle
from streambot.domain.guard import built_in_guard
from streambot.domain.names import with_sayable_name
from streambot.domain.next_line import NextLine
from streambot.domain.queued import Lane, QueuedReplies
from streambot.domain.reply import (
    LineId,
    LineOut,
    OutId,
    Reply,
    ReplyKind,
    SendOutcome,
    SendResult,
)
from streambot.domain.room import SendLimits, Sink
from streambot.domain.said import SaidLately
from streambot.domain.slot import Chosen, Slot, last_slot
from streambot.domain.viewer import ViewerKey

__all__ = ["GreetingStyle", "Outbox", "OutboxStats"]

#: A room is quiet when nobody else entered or spoke for so long.
_QUIET = timedelta(seconds=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxStats:
    """How much waits, and what became of the lines so far."""

    queued: int
    welcomes: int  # of them
    on_way: int
    sent: int
    refused: int


class Outbox:
    """One room's queued replies and the next line out of them; the sender's only adviser.

    Use: ``expired(now)``, then ``choose(now)``; commit the line, ``sending`` it, write it, ``settled``.
    """

    def __init__(
        self,
        limits: SendLimits,
        greeting: GreetingStyle | None = None,
        sinks: Collection[Sink] = (Sink.ROOM_CHAT, Sink.PROMPTER),
    ) -> None:
        self.guard = built_in_guard()  # the room's own, replaced with its book
        self._own, self._budget = limits, SendBudget(limits)
        self._queue = QueuedReplies()
        self._said = SaidLately()
        style = greeting or GreetingStyle()
        self._next = NextLine(self._queue, self._said, style, lambda: self.guard)
        self.can_write = Sink.ROOM_CHAT in sinks
        self._chosen: Chosen | None = None
        self._on_way: dict[LineId, Chosen] = {}
        self._gone: set[OutId] = set()  # withdrawn while on their way
        self._rest: tuple[Chosen, ...] = ()  # parts of the long text being written
        self._stirred: tuple[datetime | None, datetime | None] = (None, None)
        self._welcomed_at: datetime | None = None  # the last line was a mere welcome
        self._sent = self._refused = 0

    @property
    def queued(self) -> Sequence[Reply]:
        """What waits, in order of arrival within each kind."""
        return tuple(self._queue)

    def queued_for(self, viewer: ViewerKey) -> Sequence[Reply]:
        """What waits for one viewer."""
        return self._queue.of(viewer)

    @property
    def first_expiry(self) -> datetime | None:
        """When the first of what waits becomes too old to be said."""
        return self._queue.first_expiry

    @property
    def limits(self) -> SendLimits:
        """What is kept to now."""
        return self._budget.limits

    @property
    def stats(self) -> OutboxStats:
        """How much waits, and what became of the lines so far."""
        return OutboxStats(
            queued=len(self._queue),
            welcomes=self._queue.count(Lane.WELCOME),
            on_way=len(self._on_way),
            sent=self._sent,
            refused=self._refused,
        )

    def owe(self, reply: Reply) -> None:
        """Queue *reply*; an ``out_id`` that was owed before changes nothing."""
        welcome = reply.kind is ReplyKind.GREETING  # its name is judged once it is said
        self._queue.add(reply if welcome else with_sayable_name(reply, self.guard))

    def withdraw(self, outs: Iterable[OutId]) -> tuple[OutId, ...]:
        """Take replies back; gives those that were still queued.

        The later parts of a long text that is being written are not written any more.
        """
        gone = tuple(outs)
        if self._rest and not set(gone).isdisjoint(self._rest[0].line.covers):
            self._rest = ()
        on_way = (each for chosen in self._on_way.values() for each in chosen.replies)
        self._gone.update({reply.out_id for reply in on_way}.intersection(gone))
        return tuple(out for out in gone if self._queue.remove(out) is not None)

    def arrived(self, at: datetime) -> None:
        """Somebody entered or spoke at *at*; by this a quiet room is known."""
        self._stirred = (self._stirred[1], at)

    def limit(self, limits: SendLimits, *, can_write: bool = True) -> None:
        """Keep to the stricter of the room's settings and the platform's *limits*."""
        self._budget.limit(self._own.within(limits))
        self.can_write = can_write

    def wrote(self, at: datetime) -> None:
        """A line of ours went at *at* outside this outbox, e.g. before a restart."""
        self._budget.use(at)

    def expired(self, now: datetime) -> tuple[Reply, ...]:
        """Remove and give the replies that are too old to be said."""
        return self._queue.expire(now)

    def choose(self, now: datetime) -> LineOut | datetime | None:
        """A line to write now, else when to ask again; None: nothing waits.

        Nothing is used up until ``sending``; a later choice replaces an earlier one.
        """
        if not self._queue and not self._rest:
            return None
        self._chosen = self._next.for_prompter(now)
        free = self._budget.free_at(now)
        if self._chosen is None and free <= now:
            slot = self._slot(now)
            if self._rest:
                self._chosen = self._next.between_parts(slot) or self._rest[0]
            else:
                self._chosen = self._next.best(slot)
        return self._wake(now, free) if self._chosen is None else self._chosen.line

    def whole_texts(self, line: LineOut) -> tuple[str, ...]:
        """The uncut texts that *line*, as just chosen, is the first part of; none if it's whole."""
        chosen = self._chosen
        if chosen is None or line.parts == 1 or line.part > 1:
            return ()
        return tuple(reply.text for reply in chosen.replies)

    def sending(self, line: LineOut, at: datetime) -> None:
        """*line*, as just chosen, is being written: its slot and its replies are used.

        Raises:
            ValueError: another line was chosen since.
        """
        chosen = self._chosen
        if chosen is None or chosen.line.line_id != line.line_id:
            raise ValueError(f"line {line.line_id} is not the one chosen last")
        self._chosen = None
        if line.visibility is not Visibility.PROMPTER:  # a person settles those
            self._on_way[line.line_id] = chosen
        for out in line.covers:
            self._queue.remove(out)
        if line.visibility is Visibility.PROMPTER and self.can_write:
            return
        if line.parts > 1 or not self._rest:
            self._rest = chosen.rest
        self._budget.use(at)
        self._welcomed_at = at if line.kind is ReplyKind.GREETING else None
        if not chosen.addressed:
            self._said.add(line.text, at)

    def settled(self, line: LineOut, outcome: SendOutcome) -> tuple[Reply, ...]:
        """What became of *line*; gives the replies that wait again, none when it is final.

        A line refused for speed waits out the penalty. Of a long text nothing more is written
        after a part that failed for good.
        """
        was = self._on_way.pop(line.line_id, None)
        if was is None:
            return ()
        match outcome.result:
            case SendResult.SENT:
                self._sent += 1
                self._budget.forgive()
                self._budget.taken(outcome.at)
            case SendResult.UNCERTAIN:
                self._budget.taken(outcome.at)
                self._give_up_rest(line)
            case SendResult.REFUSED:
                self._refused += 1
                self._said.forget(line.text)
                return self._after_refusal(was, outcome)
        self._gone.difference_update(line.covers)
        return ()

    def declined(self, line: LineOut, *, again: bool) -> None:
        """*line* may not go after all; *again*: its replies wait for another line."""
        was = self._on_way.pop(line.line_id, None)
        self._give_up_rest(line)
        self._said.forget(line.text)
        if was is None or line.part > 1:
            return
        left = self._still_wanted(was)
        if again or len(left) < len(was.replies):
            self._queue.put_back(left)

    def held(self, line: LineOut) -> LineOut:
        """The guard refused *line*: gives what of it is settled so.

        Whom it would have welcomed on the way waits for another line; the text wasn't theirs.
        """
        was = self._on_way.pop(line.line_id, None)
        self._give_up_rest(line)
        self._said.forget(line.text)
        if was is None or line.kind is ReplyKind.GREETING:
            return line
        guests = [each for each in was.replies if each.kind is ReplyKind.GREETING]
        self._queue.put_back(guests)
        covers = tuple(o for o in line.covers if o not in {g.out_id for g in guests})
        return replace(line, covers=covers, named=0, counted=0)

    def _still_wanted(self, was: Chosen) -> tuple[Reply, ...]:
        """The replies of a line that were not withdrawn while it was on its way."""
        left = tuple(each for each in was.replies if each.out_id not in self._gone)
        self._gone.difference_update(was.line.covers)
        return left

    def _after_refusal(self, was: Chosen, outcome: SendOutcome) -> tuple[Reply, ...]:
        self._give_up_rest(was.line)
        if not outcome.for_later:
            self._gone.difference_update(was.line.covers)
            return ()
        self._budget.penalise(outcome.at, outcome.retry_after)
        if was.line.part > 1:
            self._rest = (was, *was.rest)
        else:
            self._queue.put_back(self._still_wanted(was))
        return was.replies

    def _give_up_rest(self, line: LineOut) -> None:
        if self._rest and self._rest[0].line.covers == line.covers:
            self._rest = ()

    def _slot(self, now: datetime) -> Slot:
        quiet_at = self._quiet_at()
        return Slot(
            now=now,
            next=self._budget.free_after_using(now),
            interval=self._budget.interval,
            most=self._budget.limits.line_length,
            quiet=quiet_at is None or quiet_at <= now,
            welcomed_at=self._welcomed_at,
            can_write=self.can_write,
        )

    def _quiet_at(self) -> datetime | None:
        """When nobody but the newest arrival will have stirred for 2 s."""
        before = self._stirred[0]
        return None if before is None else before + _QUIET

    def _wake(self, now: datetime, free: datetime) -> datetime | None:
        """When something may change by itself."""
        times = [self._queue.next_expiry(now), self._queue.next_ready(now)]
        if free > now:
            times.append(free)
        else:
            times += [self._quiet_at(), self._said.next_fresh(now)]
            welcomes = self._queue.alive(Lane.WELCOME, now)
            times.append(last_slot(welcomes) if welcomes else None)
        return min((at for at in times if at is not None and at > now), default=None)
