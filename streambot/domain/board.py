"""Board: what the host of a room needs to see at a glance, kept small over a whole broadcast."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from streambot.domain.board_parts import WRONG, Answered, Arrival, WrongOrder
from streambot.domain.board_question import (
    Ask,
    Question,
    Standing,
    begins,
    holds_data,
    question_key,
)
from streambot.domain.decision import Decision, DecisionKind, IgnoreReason
from streambot.domain.faq.entry import Visibility
from streambot.domain.guard import Guard, Held
from streambot.domain.names import spoken_name
from streambot.domain.order import Order
from streambot.domain.reply import (
    EventId,
    OutId,
    Reply,
    ReplyKind,
    ReplyState,
    TicketId,
)
from streambot.domain.ticket import Reason, Ticket, TicketState
from streambot.domain.viewer import Viewer

#: Questions kept; beyond these the least asked go, pinned ones last.
QUESTIONS_KEPT = 60
#: How long a question is "right now" after it was last asked, unless it is pinned.
FRESH = timedelta(minutes=10)
#: Arrivals shown, orders that go wrong, lines whose words are remembered for their decision.
ARRIVALS_KEPT, ORDERS_KEPT, LINES_HEARD = 20, 50, 1_000
#: Questions just dealt with, so that a mark that comes twice finds them.
DONE_KEPT = 200

_SPOKEN = frozenset({ReplyKind.ANSWER, ReplyKind.CLARIFY})
_WAITING = frozenset({TicketState.QUEUED, TicketState.OFFERED})
_ABOUT_ORDERS = frozenset(
    {Reason.ORDER_PROBLEM, Reason.ORDER_CHANGE, Reason.AFTER_SALE}
)


@dataclass(slots=True)
class Board:
    """One room's board. Each part has a count of its changes, so that what rests costs nothing."""

    questions: dict[str, Question] = field(default_factory=dict)  # by key
    arrivals: deque[Arrival] = field(
        default_factory=lambda: deque(maxlen=ARRIVALS_KEPT)
    )
    came: int = 0
    orders: dict[str, WrongOrder] = field(default_factory=dict)
    tickets: dict[TicketId, Ticket] = field(default_factory=dict)  # that are live
    answered: Answered = field(default_factory=Answered)
    done: dict[str, Question] = field(default_factory=dict)  # by id, marked or skipped
    changes: dict[str, int] = field(
        default_factory=lambda: dict.fromkeys(
            ("questions", "arrivals", "orders", "tickets"), 0
        )
    )
    undecided: dict[EventId, tuple[Viewer, str, datetime]] = field(default_factory=dict)
    _of_reply: dict[OutId, Question] = field(default_factory=dict)
    _owed: Reply | None = None

    # --- what happens in the room

    def heard(self, event: EventId, viewer: Viewer, text: str, at: datetime) -> None:
        """Remember a line until it is decided on."""
        self.undecided[event] = viewer, text, at
        if len(self.undecided) > LINES_HEARD:
            del self.undecided[next(iter(self.undecided))]

    def arrived(self, viewer: Viewer, at: datetime) -> None:
        """Somebody came in."""
        self.came += 1
        self.arrivals.append(Arrival(viewer=viewer, at=at))
        self._changed("arrivals")

    def owes(self, reply: Reply) -> None:
        """The assistant has an answer; the decision on its line follows."""
        self._owed = reply if reply.kind in _SPOKEN else None

    def decided(self, decision: Decision, guard: Guard) -> None:
        """A line was decided on: if it asks something, it joins whoever asks the same."""
        if decision.kind is DecisionKind.GREET:
            return  # a first line is an arrival, too; what it says is decided behind that
        owed, self._owed = self._owed, None
        line = self.undecided.pop(decision.event_id, None)
        if line is None:
            return
        viewer, text, at = line
        reply = owed if owed and owed.trigger == decision.event_id else None
        key = question_key(decision, text, reply)
        if key is None:
            return
        question = self._known(key)
        if question is None:
            if not begins(decision):
                return
            question = self._new(key, decision.event_id, text, at, guard)
        question.asked_by(viewer, decision.event_id, at)
        self._answer(question, decision, reply)
        self._changed("questions")

    def settled(self, outs: Iterable[OutId], state: ReplyState) -> None:
        """The room took a reply, or it will never be said."""
        for out in outs:
            if state is ReplyState.SHOWN:
                continue  # it still waits to be said
            question = self._of_reply.pop(out, None)
            if question is None:
                continue
            question.unsaid.discard(out)
            if state is not ReplyState.SENT:
                question.owed.discard(out)
            self._changed("questions")

    def withdrawn(self, event: EventId) -> None:
        """A line was moderated: its words are shown no more."""
        self.undecided.pop(event, None)
        for question in self.questions.values():
            if question.worded_by == event:
                question.hide()
                self._changed("questions")

    def ticket_changed(self, ticket: Ticket) -> None:
        """A matter that people have, or wait for, changed."""
        if ticket.is_live:
            self.tickets[ticket.id] = ticket
        elif self.tickets.pop(ticket.id, None) is None:
            return
        self._changed("tickets")
        if ticket.first_reply_at is not None:
            self._told(ticket)
        if ticket.reason in _ABOUT_ORDERS:
            self._changed("orders")

    def order_changed(self, order: Order, viewer: Viewer | None, at: datetime) -> None:
        """An order went wrong, or is right again."""
        if order.status in WRONG:
            name = "" if viewer is None else spoken_name(viewer) or ""
            self.orders.pop(order.order_id, None)
            self.orders[order.order_id] = WrongOrder(
                status=order.status, name=name, at=at
            )
            if len(self.orders) > ORDERS_KEPT:
                del self.orders[next(iter(self.orders))]
        elif self.orders.pop(order.order_id, None) is None:
            return
        self._changed("orders")

    # --- what the host does

    def find(self, name: str) -> Question | None:
        """An open question by its id."""
        return next((each for each in self.questions.values() if each.id == name), None)

    def pin(self, question: Question, *, pinned: bool) -> None:
        """Keep it at the top, or not any more."""
        question.pinned = pinned
        self._changed("questions")

    def close(self, question: Question, at: datetime, *, answered: bool) -> None:
        """It was answered, or skipped, at *at*; who asked later asks on."""
        if self.find(question.id) is not None:
            self._drop(question)
            later = [ask for ask in question.asks.values() if ask.at > at]
            if later:
                self._ask_on(question, later)
            self.done[question.id] = question
            if len(self.done) > DONE_KEPT:
                del self.done[next(iter(self.done))]
        if answered and not question.answered:
            question.answered = True
            took = [(at - ask.at).total_seconds() for ask in question.asked_until(at)]
            self.answered = self.answered.and_of(took)

    # --- what is shown

    def now(self, at: datetime) -> list[Question]:
        """Questions of right now: pinned, then unanswered by how many ask, then the others."""
        for question in list(self.questions.values()):
            if not question.pinned and at - question.last_at > FRESH:
                self._drop(question)
        return sorted(self.questions.values(), key=_rank)

    @property
    def waiting(self) -> list[Ticket]:
        """Tickets that nobody has, the most urgent first."""
        found = [each for each in self.tickets.values() if each.state in _WAITING]
        return sorted(found, key=lambda each: (each.priority, each.waiting_since))

    @property
    def about_orders(self) -> list[Ticket]:
        """Tickets about orders that go wrong, whoever has them."""
        found = [each for each in self.tickets.values() if each.reason in _ABOUT_ORDERS]
        return sorted(found, key=lambda each: each.queued_at)

    # --- inside

    def _changed(self, part: str) -> None:
        self.changes[part] += 1

    def _known(self, key: str) -> Question | None:
        if not key.endswith("*"):
            return self.questions.get(key)
        entry = key.removesuffix("*")
        found = [
            each
            for each in self.questions.values()
            if each.key == entry or each.key.startswith((f"{entry}/", f"{entry}+"))
        ]
        return max(found, key=lambda each: each.last_at, default=None)

    def _new(
        self, key: str, event: EventId, text: str, at: datetime, guard: Guard
    ) -> Question:
        question = Question(
            id=f"q:{event}",
            key=key,
            text=text,
            worded_by=event,
            first_at=at,
            last_at=at,
            unfit=lambda said: (
                holds_data(said) or isinstance(guard.judge(said, public=True), Held)
            ),
        )
        self.questions[key] = question
        if len(self.questions) > QUESTIONS_KEPT * 5 // 4:
            ranked = sorted(self.questions.values(), key=_keep, reverse=True)
            for each in ranked[QUESTIONS_KEPT:]:
                if each is not question:
                    self._drop(each)
        return question

    def _answer(
        self, question: Question, decision: Decision, reply: Reply | None
    ) -> None:
        if decision.kind is DecisionKind.HANDOFF:
            question.human, question.told = True, False
        if reply is None or decision.reason == IgnoreReason.COOLDOWN:
            return
        if reply.visibility is not Visibility.PRIVATE:
            question.answer = reply.text
        if decision.out_id is not None:
            question.owes(decision.out_id)
            self._of_reply[decision.out_id] = question

    def _ask_on(self, question: Question, later: Sequence[Ask]) -> None:
        first, unsaid = later[0], question.unsaid
        fresh = replace(
            question,
            id=f"q:{first.events[0]}",
            first_at=first.at,
            more=0,
            pinned=False,
            asks={ask.viewer.key: ask for ask in later},
            owed=set(unsaid),
            unsaid=set(unsaid),
        )
        self.questions[fresh.key] = fresh
        self._of_reply |= dict.fromkeys(unsaid, fresh)

    def _told(self, ticket: Ticket) -> None:
        """People answered a ticket: so is the question that led to it."""
        for question in self.questions.values():
            ask = question.asks.get(ticket.viewer.key)
            if ask is not None and ticket.trigger in ask.events and not question.told:
                question.told = True
                self._changed("questions")

    def _drop(self, question: Question) -> None:
        if self.questions.get(question.key) is question:
            del self.questions[question.key]
        for out in question.unsaid:
            self._of_reply.pop(out, None)
        self._changed("questions")


def _rank(question: Question) -> tuple[object, ...]:
    said = question.standing is Standing.SAID
    return not question.pinned, said, -question.count, question.first_at


def _keep(question: Question) -> tuple[object, ...]:
    return question.pinned, question.count, question.last_at
