"""RoomSession: one room's events in, actions out; never awaits, reads a clock or logs.

``receive(event)`` is all there is. The instant of a platform event is ``received_at``, that of
every other event its ``at``; nothing else tells the session the time. A caller that is given
WakeAt sends a ClockTicked at that instant or later.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import assert_never

from streambot.domain.actions import (
    Action,
    OpenTicket,
    Remember,
    WakeAt,
    WithdrawReply,
)
from streambot.domain.decision import IgnoreReason
from streambot.domain.earshot import unheard
from streambot.domain.events import (
    BookReplaced,
    ClockTicked,
    GiftSent,
    InsideEvent,
    LineWithdrawn,
    Link,
    LinkChanged,
    ModeChanged,
    NoticePinned,
    OrderChanged,
    OrderFound,
    OrderLookupFailed,
    OrderMissing,
    Origin,
    ProductShown,
    ReplySettled,
    RoomClosed,
    RoomEvent,
    RoomOpened,
    SecondLookDone,
    StatsChanged,
    TicketChanged,
    ViewerCarted,
    ViewerEntered,
    ViewerFollowed,
    ViewerLeft,
    ViewerLiked,
    ViewerOrdered,
    ViewerSpoke,
)
from streambot.domain.faq.likeness import Likeness, Looked
from streambot.domain.greeting import Welcomes
from streambot.domain.hearing import Hearing
from streambot.domain.looking import looked_at
from streambot.domain.memory import RoomMemory
from streambot.domain.on_screen import carted
from streambot.domain.order_talk import OrderTalk
from streambot.domain.parking import Awaited, Parked, ParkingLot
from streambot.domain.policy import SessionPolicy
from streambot.domain.reply import ReplyKind, owed_to
from streambot.domain.room import RoomMode
from streambot.domain.ticket import Ticket
from streambot.domain.understanding import Understanding
from streambot.domain.unprompted import Unprompted

#: How long a line waits for the ticket its viewer was just given.
_TICKET_WAIT = timedelta(seconds=5)
#: Lines that a sentence has at most: whoever writes more in seconds is heard as far as that.
_SENTENCE_LINES = 5


class RoomSession:
    """The heart: decides for one room, purely."""

    def __init__(
        self,
        policy: SessionPolicy,
        understanding: Understanding,
        *,
        mode: RoomMode = RoomMode.ANSWERING,
        remembered: Iterable[Remember] = (),
        tickets: Iterable[Ticket] = (),
    ) -> None:
        self._policy = policy
        self.memory = RoomMemory(mode=mode)
        self._lot = ParkingLot()
        self._hearing = Hearing(policy, understanding, self.memory, self._lot)
        self._orders = OrderTalk(policy, self.memory, self._hearing.verdicts)
        self._welcomes = Welcomes(
            within=policy.within, cooldown=policy.greeting_cooldown
        )
        self._unprompted = Unprompted(policy, self.memory, self._hearing)
        facts = tuple(remembered)
        for part in (self.memory, self._welcomes, self._unprompted):
            part.restore(facts)
        for ticket in tickets:
            self.memory.ticket_changed(ticket)

    @property
    def notice(self) -> str:
        """What people pinned; empty: nothing."""
        return self._unprompted.notice

    def receive(self, event: RoomEvent) -> list[Action]:
        """Every action *event* leads to, in order."""
        match event:
            case ViewerSpoke():
                return list(self._spoke(event))
            case ViewerEntered():
                return list(self._arrival(event))
            case ViewerLeft():
                self.memory.present.pop(event.viewer.key, None)
                return []
            case ViewerFollowed() | GiftSent():
                self.memory.seen(event.viewer)
                return list(self._unprompted.gave(event))
            case ViewerLiked() | ViewerOrdered():
                self.memory.seen(event.viewer)
                return []
            case ViewerCarted():
                return list(carted(event, self.memory, self._hearing.understanding))
            case RoomOpened() | RoomClosed():
                return list(self._unprompted.opened(event))
            case StatsChanged():
                return []
            case LineWithdrawn():
                return list(self._withdrawn(event))
            case _:
                return list(self._told(event))

    def _told(self, event: InsideEvent) -> Iterator[Action]:
        """What the engine, the desk and people tell the session."""
        match event:
            case ClockTicked():
                self.memory.forget_long_ago(event.at - self._policy.reopen_window)
                for parked in self._lot.due(event.at):
                    yield from self._overdue(parked, event.at)
                yield from self._unprompted.told_the_time(event.at)
            case OrderFound() | OrderMissing() | OrderLookupFailed() | SecondLookDone():
                yield from self._answered(event)
            case OrderChanged():
                yield from self._orders.changed(event)
            case TicketChanged():
                yield from self._ticket_changed(event)
            case ReplySettled():
                for out in event.outs:
                    self.memory.owed.pop(out, None)
                yield from self._unprompted.settled(event)
            case LinkChanged():
                if event.link is Link.CONNECTED:
                    self.memory.capabilities = event.capabilities
                    self._welcomes.delay.forget()
                    yield from self._hearing.ratings.connected(event.at)
            case ModeChanged():
                self.memory.mode = event.mode
            case ProductShown():
                self.memory.show(event.product)
            case NoticePinned():
                yield from self._unprompted.pinned(event)
            case BookReplaced():
                self._hearing.read_by(event.understanding)
                for waiting in self._lot.release_looks():
                    yield from self._looked(waiting, None, event.at)
            case _:
                assert_never(event)

    def _spoke(self, event: ViewerSpoke) -> Iterator[Action]:
        ignored = unheard(event, self._policy.stale_after)
        yield from self._arrival(event)
        if ignored is not None:
            yield from self._hearing.verdicts.ignore(
                (event,), ignored, event.received_at
            )
            return
        yield from self._hear(event, event.received_at)
        if self._unprompted.heard(event.received_at):
            yield from self._unprompted.due(event.received_at)

    def _hear(self, line: ViewerSpoke, at: datetime) -> Iterator[Action]:
        """Hear a line, behind or together with what its viewer said just before."""
        parked = self._lot.of(line.viewer.key)
        if parked is None:
            yield from self._heard((line,), at)
        elif parked.until <= at:
            self._lot.release(line.viewer.key)
            yield from self._overdue(parked, at)
            yield from self._hear(line, at)
        elif parked.awaited is Awaited.SENTENCE:
            self._lot.release(line.viewer.key)
            lines = (*parked.lines, line)
            final = len(lines) >= _SENTENCE_LINES
            yield from self._heard(lines, at, final=final, looked=parked.looked)
        else:
            parked.behind.append(line)

    def _heard(
        self,
        lines: tuple[ViewerSpoke, ...],
        at: datetime,
        *,
        final: bool = False,
        looked: Looked | None = None,
    ) -> Iterator[Action]:
        """Decide what *lines* lead to."""
        actions = self._hearing.hear(lines, at, final=final, looked=looked)
        yield from self._awaiting_tickets(actions, at)

    def _awaiting_tickets(
        self, actions: Iterable[Action], at: datetime
    ) -> Iterator[Action]:
        """*actions*; the next lines of whoever is given a ticket wait for it."""
        for action in actions:
            yield action
            if not isinstance(action, OpenTicket):
                continue
            viewer = action.handoff.viewer.key
            if self._lot.of(viewer) is None:
                until = at + _TICKET_WAIT
                self._lot.park(
                    Parked(viewer=viewer, awaited=Awaited.TICKET, lines=[], until=until)
                )
                yield WakeAt(at=until)

    def _answered(
        self, event: OrderFound | OrderMissing | OrderLookupFailed | SecondLookDone
    ) -> Iterator[Action]:
        """Go on with the line that asked outside, unless it went on already."""
        if isinstance(event, SecondLookDone):
            if (parked := self._lot.looked_at(event.ref)) is not None:
                yield from self._looked(parked, event.scores, event.at)
        elif (parked := self._lot.answered(event.ref)) is not None:
            yield from self._order_told(parked, event)

    def _order_told(
        self, parked: Parked, told: OrderFound | OrderMissing | OrderLookupFailed
    ) -> Iterator[Action]:
        """Answer the line that asked, then hear what came behind it."""
        if self.memory.mode is RoomMode.SILENT:
            ignore = self._hearing.verdicts.ignore
            actions = ignore(parked.lines, IgnoreReason.SILENT, told.at)
        else:
            actions = self._orders.told(parked, told)
        yield from self._awaiting_tickets(actions, told.at)
        yield from self._behind(parked, told.at)

    def _looked(
        self, parked: Parked, likeness: Likeness | None, at: datetime
    ) -> Iterator[Action]:
        """Decide with what a second look told, then hear what came behind the line."""
        lines, looked = tuple(parked.lines), looked_at(parked, likeness)
        yield from self._heard(lines, at, final=parked.final, looked=looked)
        yield from self._behind(parked, at)

    def _arrival(self, event: ViewerEntered | ViewerSpoke) -> Iterator[Action]:
        """Welcome whoever is due, and tell them what happened while they were away."""
        if event.origin is Origin.HISTORY:
            return
        viewer, at = event.viewer, event.received_at
        self.memory.seen(viewer)
        self.memory.broadcast = event.scene.broadcast
        if event.scene.broadcast != self._unprompted.broadcast:
            yield from self._unprompted.at_work(event.scene.broadcast, at)
        if self.memory.mode is RoomMode.SILENT:
            return
        if viewer.key in self.memory.notices:
            yield from self._orders.came_back(viewer, at)
        if not self._policy.greeting or self._unprompted.quiet.hold(at):
            return
        greeting = self._welcomes.greeting(event)
        if greeting is None:
            return
        yield from self._welcomes.mark(viewer, at, event.scene.broadcast)
        yield from self._hearing.verdicts.greet(greeting, event)

    def _overdue(self, parked: Parked, at: datetime) -> Iterator[Action]:
        """Decide on what is known, now that waiting is over."""
        match parked.awaited:
            case Awaited.SENTENCE:
                lines = tuple(parked.lines)
                yield from self._heard(lines, at, final=True, looked=parked.looked)
            case Awaited.LOOK:
                yield from self._looked(parked, None, at)
            case Awaited.ORDER:
                late = OrderLookupFailed(at=at, ref=parked.ref)
                yield from self._order_told(parked, late)
            case Awaited.TICKET:
                yield from self._behind(parked, at)
            case _:
                assert_never(parked.awaited)

    def _behind(self, parked: Parked, at: datetime) -> Iterator[Action]:
        """Hear what the viewer wrote while an answer was awaited."""
        for line in parked.behind:
            yield from self._hear(line, max(at, line.received_at))

    def _ticket_changed(self, event: TicketChanged) -> Iterator[Action]:
        self.memory.ticket_changed(event.ticket)
        yield from self._hearing.ratings.resolved(event.ticket)
        viewer = event.ticket.viewer.key
        parked = self._lot.of(viewer)
        if parked is not None and parked.awaited is Awaited.TICKET:
            self._lot.release(viewer)
            yield from self._behind(parked, event.at)

    def _withdrawn(self, event: LineWithdrawn) -> Iterator[Action]:
        """A moderated line takes back what was pending for it; the others are heard."""
        at = event.received_at
        waited = self._lot.withdraw(event.event)
        if waited is not None:
            line, parked = waited
            yield from self._hearing.verdicts.ignore(
                (line,), IgnoreReason.WITHDRAWN, at
            )
            if self._lot.of(parked.viewer) is None:
                if parked.lines:
                    yield from self._heard(tuple(parked.lines), at)
                yield from self._behind(parked, at)
        kinds = (ReplyKind.ANSWER, ReplyKind.CLARIFY, ReplyKind.ORDER)
        outs = tuple(owed_to(kind, event.scene.room, event.event) for kind in kinds)
        for out in outs:
            self.memory.owed.pop(out, None)
        yield WithdrawReply(outs=outs)
