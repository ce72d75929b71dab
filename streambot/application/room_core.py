"""RoomCore: the synchronous middle of a room - session, outbox and view - without any waiting.

The engine drives it from a live link, the replay from a log on a virtual clock; both get the
same decisions because everything between an event and its batch happens here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import assert_never

import msgspec

from streambot.application.desk_returns import There
from streambot.application.desk_work import DeskWork
from streambot.application.host_sight import hear_line, show_host
from streambot.application.room_view import RoomView, SeenLine
from streambot.application.running import Running
from streambot.domain.actions import (
    Action,
    AlertAgents,
    AppendToTicket,
    AskRating,
    Decide,
    LookAgain,
    LookUpOrder,
    OpenTicket,
    OweReply,
    PraiseAgent,
    RateTicket,
    Remember,
    ShowReply,
    WakeAt,
    WithdrawReply,
    WithdrawTicket,
)
from streambot.domain.broadcast import BroadcastMark
from streambot.domain.decision import Decision, DecisionKind, IgnoreReason
from streambot.domain.dedup import SeenEvents
from streambot.domain.desk_policy import DeskPolicy
from streambot.domain.events import (
    FromRoom,
    FromViewer,
    GiftSent,
    Link,
    LinkChanged,
    OrderChanged,
    PlatformEvent,
    ReplySettled,
    RoomClosed,
    RoomEvent,
    StatsChanged,
    TicketChanged,
    ViewerEntered,
    ViewerSpoke,
)
from streambot.domain.greeting_figures import GreetingFigures
from streambot.domain.order import OrderStatus
from streambot.domain.pacing import Outbox
from streambot.domain.reply import (
    EventId,
    LineOut,
    OutId,
    Reply,
    ReplyKind,
    ReplyState,
)
from streambot.domain.room import SPEAKING, RoomMode, RoomName
from streambot.domain.session import RoomSession
from streambot.domain.ticket import Ticket, TicketState
from streambot.domain.viewer import ViewerKey
from streambot.ports.store import Committed, RoomBatch

#: Replies a human's arrival doesn't take back: their own, and the promise that they come.
_KEPT_FOR_HUMANS = frozenset({ReplyKind.AGENT, ReplyKind.HOLDING, ReplyKind.ORDER})

_WITH_A_HUMAN = frozenset({TicketState.ACTIVE, TicketState.WAITING_VIEWER})
#: Withdrawals remembered until the reply they are about is on disk, if there is one.
_RECALLED_KEPT = 1_000


class Step(msgspec.Struct, kw_only=True):
    """What one event led to: what to commit, and what to ask the world."""

    batch: RoomBatch
    look_ups: list[LookUpOrder] = []
    second_looks: list[LookAgain] = []
    wakes: list[datetime] = []
    alerts: list[AlertAgents] = []

    @property
    def is_mere_record(self) -> bool:
        """Whether its commit tells nothing: only what happened and what was decided is kept."""
        batch = self.batch
        return not (
            batch.gaps or batch.replies or batch.settled or batch.desk or batch.marks
        )

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to commit."""
        batch = self.batch
        return not (
            batch.events
            or batch.gaps
            or batch.decisions
            or batch.replies
            or batch.settled
            or batch.memory
            or batch.desk
            or batch.marks
        )


class RoomCore:
    """Runs one room's events through its session and keeps outbox and view in step."""

    def __init__(
        self,
        room: RoomName,
        session: RoomSession,
        outbox: Outbox,
        view: RoomView,
        *,
        desk: DeskPolicy,
        attended: Callable[[], bool],
        seen: SeenEvents,
        there: Callable[[], There] = lambda: None,
    ) -> None:
        self.room = room
        self.session = session
        self.outbox = outbox
        self.view = view
        self._desk = DeskWork(
            room, desk, attended=attended, speaks=lambda: self._speaks, there=there
        )
        self._seen = seen
        self._recalled: dict[OutId, None] = {}  # before they were committed
        self._unwanted: list[OutId] = []  # committed too late to be said
        self._greetings: dict[OutId, Reply] = {}
        self.welcomed = GreetingFigures()
        self.running = Running()
        self._unkept_marks: list[BroadcastMark] = []  # of the event being decided on

    def receive(self, event: RoomEvent, *, journaled: bool = False) -> Step | None:
        """Decide about *event*; None for one that was here before.

        *journaled*: the event is in the journal already, undecided, from before a restart.
        """
        step = Step(batch=RoomBatch(room=self.room))
        self._unkept_marks = []
        if isinstance(event, FromRoom):
            if not journaled:
                if not self._seen.first_time(self.room, event.id):
                    self.view.count("duplicates")
                    return None
                step.batch.events.append(event)
                if self.running.is_news(event):
                    marks = self._unkept_marks = self.running.told(event)
                    step.batch.marks += marks
                    self.view.running(self.running.since)
                    if marks and marks[-1].begins:
                        self.view.stand(closed=False)
        elif isinstance(event, LinkChanged):
            if event.link is Link.GAP:  # lines are missing, but the link is up
                step.batch.gaps.append((event.after, event.before, event.at))
                self.view.count("gaps")
            else:
                self.view.link_changed(event)
        elif isinstance(event, TicketChanged):
            self._give_way(event.ticket, step)
            self.view.board.ticket_changed(event.ticket)
        elif isinstance(event, OrderChanged):
            self._tell_who_waits_for_it(event, step)
        actions = self.session.receive(event)
        self.view.show_product(self.session.memory.shown)
        shown = None
        if isinstance(event, FromRoom):
            self._show(event, actions)
            shown = event.id
        for action in actions:
            self._carry_out(action, step, shown)
        if isinstance(event, RoomClosed):
            self.view.stand(closed=True)
            step.batch.desk.append(
                self._desk.closing(event.received_at, self.view.private)
            )
        return step

    def undecidable(self, event: PlatformEvent, *, journaled: bool) -> RoomBatch:
        """*event*, about which the program failed, journaled and ignored: it fails once only."""
        made = Decision(
            at=event.received_at,
            event_id=event.id,
            viewer=event.viewer.key if isinstance(event, FromViewer) else ViewerKey(""),
            kind=DecisionKind.IGNORE,
            reason=IgnoreReason.FAILED,
            question=isinstance(event, ViewerSpoke),
        )
        events = [] if journaled else [event]
        # A broadcast may begin with such a line, and has begun all the same.
        marks = [] if journaled else self._unkept_marks
        return RoomBatch(room=self.room, events=events, decisions=[made], marks=marks)

    def _tell_who_waits_for_it(self, event: OrderChanged, step: Step) -> None:
        buyer = event.order.viewer
        here = None if buyer is None else self.session.memory.present.get(buyer)
        self.view.board.order_changed(event.order, here, event.at)
        if buyer is not None and event.order.status is OrderStatus.SHIPPED:
            step.batch.desk.append(self._desk.shipped(buyer, event.at))

    def _show(self, event: FromRoom, actions: Iterable[Action]) -> None:
        """Put an event on the console and make room detection see the arrival."""
        decided, arrives = _decided(event, actions)
        match event:
            case ViewerSpoke():
                hear_line(event, decided, self.view.board, arrives=arrives)
                self.outbox.arrived(event.received_at)
                self.view.count("lines")
                self.view.add(
                    SeenLine(
                        id=event.id,
                        at=event.received_at,
                        kind="viewer",
                        name=event.viewer.name,
                        text=event.text,
                        viewer=event.viewer.key,
                        decision=decided.kind.value if decided else None,
                        reason=decided.reason if decided else None,
                    )
                )
            case ViewerEntered():
                show_host(event, self.view.board)
                self.outbox.arrived(event.received_at)
                self.view.count("arrivals")
            case GiftSent():
                self.view.add(
                    SeenLine(
                        id=event.id,
                        at=event.received_at,
                        kind="gift",
                        name=event.viewer.name,
                        text=f"{event.gift} ×{event.count}",
                        viewer=event.viewer.key,
                    )
                )
            case StatsChanged():
                self.view.counters["viewers"] = event.viewers
                self.view.changes += 1
            case _:
                show_host(event, self.view.board)

    def _carry_out(self, action: Action, step: Step, shown: EventId | None) -> None:
        """Do *action*; *shown* is the event that the console shows with its decision."""
        batch = step.batch
        match action:
            case Decide():
                made = action.decision
                batch.decisions.append(made)
                self._count(made)
                if made.event_id in self.view.board.undecided:
                    self.view.board.decided(made, self.outbox.guard)
                if made.event_id != shown:
                    self.view.decided(made.event_id, made.kind.value, made.reason)
            case OweReply():
                batch.replies.append(action.reply)
                self.view.board.owes(action.reply)
            case ShowReply():
                self.view.board.owes(action.reply)
                self._show_would(action.reply)
            case WithdrawReply():
                self._withdraw(action.outs, step)
            case (
                OpenTicket()
                | AppendToTicket()
                | WithdrawTicket()
                | AskRating()
                | RateTicket()
                | PraiseAgent()
            ):
                batch.desk.append(self._desk.doing(action))
            case LookUpOrder():
                step.look_ups.append(action)
            case LookAgain():
                step.second_looks.append(action)
            case AlertAgents():
                step.alerts.append(action)
            case WakeAt():
                step.wakes.append(action.at)
            case Remember():
                batch.memory.append(action)
            case _:
                assert_never(action)

    @property
    def _speaks(self) -> bool:
        """Whether the assistant may tell viewers that a human will come."""
        return self.session.memory.mode in SPEAKING

    def _count(self, decision: Decision) -> None:
        if decision.kind is DecisionKind.IGNORE:
            self.view.count("ignored")
            if decision.question:
                self.view.count("unanswered")
        elif decision.kind is not DecisionKind.GREET:
            self.view.count(f"decided_{decision.kind}")

    def _show_would(self, reply: Reply) -> None:
        name = reply.viewer.name if reply.viewer else ""
        self.view.count("would_say")
        self.view.add(
            SeenLine(
                id=reply.out_id,
                at=reply.owed_at,
                kind="would",
                name=name,
                text=reply.text or "（欢迎）",
            )
        )

    def _withdraw(self, outs: Iterable[OutId], step: Step) -> None:
        wanted = tuple(outs)
        withdrawn = self.outbox.withdraw(wanted)
        for out in wanted:
            self.session.memory.owed.pop(out, None)
            self._greetings.pop(out, None)
            if out not in withdrawn:
                self._recalled[out] = None
                if len(self._recalled) > _RECALLED_KEPT:
                    del self._recalled[next(iter(self._recalled))]
        step.batch.settled.extend((out, ReplyState.WITHDRAWN) for out in withdrawn)

    def _give_way(self, ticket: Ticket, step: Step) -> None:
        """Once a human owns the matter the assistant takes back what it had to say."""
        if ticket.state not in _WITH_A_HUMAN:
            return
        self._withdraw(
            (
                reply.out_id
                for reply in self.outbox.queued_for(ticket.viewer.key)
                if reply.kind not in _KEPT_FOR_HUMANS
            ),
            step,
        )

    def withdrawn_all(self) -> Step:
        """Take back everything the assistant wanted to say (the mode changed)."""
        step = Step(batch=RoomBatch(room=self.room))
        self._withdraw(
            (
                reply.out_id
                for reply in self.outbox.queued
                if reply.kind is not ReplyKind.AGENT
            ),
            step,
        )
        return step

    def committed(self, result: Committed) -> list[TicketChanged]:
        """Release a commit's effects: queue its replies; returns what the session must hear."""
        for reply in result.replies:
            if self._is_wanted(reply):
                self.owe(reply)
            else:
                self._unwanted.append(reply.out_id)
        for out in result.withdrawn:
            self.outbox.withdraw((out,))
        return [
            TicketChanged(at=ticket.waiting_since, ticket=ticket)
            for ticket in result.tickets
            if ticket.room == self.room
        ]

    def _is_wanted(self, reply: Reply) -> bool:
        """Whether *reply* may still be said, now that it is on disk."""
        if reply.kind is ReplyKind.AGENT:
            return True
        if reply.out_id in self._recalled:
            del self._recalled[reply.out_id]
            return False
        theirs = self._human_has(reply) and reply.kind not in _KEPT_FOR_HUMANS
        return self._speaks and not theirs

    def _human_has(self, reply: Reply) -> bool:
        if reply.viewer is None:
            return False
        ticket = self.session.memory.tickets.get(reply.viewer.key)
        return ticket is not None and ticket.state in _WITH_A_HUMAN

    def taken_back(self) -> Step | None:
        """What was committed when nobody wanted it any more, to be settled so."""
        if not self._unwanted:
            return None
        step = Step(batch=RoomBatch(room=self.room))
        step.batch.settled.extend((out, ReplyState.WITHDRAWN) for out in self._unwanted)
        for out in self._unwanted:
            self.session.memory.owed.pop(out, None)
        self._unwanted.clear()
        return step

    def owe(self, reply: Reply) -> None:
        """Queue a committed reply."""
        if reply.kind is ReplyKind.GREETING:
            self._greetings[reply.out_id] = reply
        self.outbox.owe(reply)

    def settled(self, event: ReplySettled) -> None:
        """Show a line out, or why there was none, and count its welcomes."""
        line = event.line
        self.view.board.settled(event.outs, event.state)
        self._count_welcomes(event)
        if line is None:
            self.view.count(f"replies_{event.state}", len(event.outs))
            return
        self.view.count(f"lines_{event.state}")
        self._show_out(line, event.at, event.state)

    def part_said(self, line: LineOut, at: datetime) -> None:
        """Show a part of a long text; its replies settle with the last one."""
        self._show_out(line, at, ReplyState.SENT)

    def _show_out(self, line: LineOut, at: datetime, state: ReplyState) -> None:
        self.view.add(
            SeenLine(
                id=line.line_id,
                at=at,
                kind="out",
                name="",
                text=line.text,
                decision=state,
                reason=line.kind.value,
            )
        )

    def _count_welcomes(self, event: ReplySettled) -> None:
        if event.state is ReplyState.SHOWN:
            return
        greetings = [
            self._greetings.pop(out) for out in event.outs if out in self._greetings
        ]
        if event.state is ReplyState.SENT and event.line is not None:
            heard = [each.heard_at for each in greetings if each.heard_at is not None]
            self.welcomed.sent(event.line, heard, event.at)
        elif event.state is not ReplyState.WITHDRAWN:
            self.welcomed.miss(len(greetings))
        if greetings:
            self._show_welcomes()

    def _show_welcomes(self) -> None:
        figures = self.welcomed
        self.view.counters |= {
            "welcomed_named": figures.named,
            "welcomed_counted": figures.counted,
            "welcomed_missed": figures.missed,
            "lateness_p50": figures.p50 or 0.0,
            "lateness_p99": figures.p99 or 0.0,
        }
        self.view.changes += 1

    def switch(self, mode: RoomMode) -> None:
        """Show the mode that is in force."""
        self.view.mode = mode
        self.view.changes += 1


def _decided(
    event: FromRoom, actions: Iterable[Action]
) -> tuple[Decision | None, bool]:
    """The last word on *event*, and whether it is an arrival: a first line is both."""
    decided, arrives = None, False
    for action in actions:
        if isinstance(action, Decide) and action.decision.event_id == event.id:
            decided = action.decision
            arrives = arrives or decided.kind is DecisionKind.GREET
    return decided, arrives
