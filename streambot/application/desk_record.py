"""How a step of a ticket reaches the store, and what its viewer is told beside it."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from streambot.application.desk_audit import warn_of_slowness
from streambot.domain import ticket_steps as steps
from streambot.domain.desk_policy import DeskPolicy
from streambot.domain.desk_words import filled
from streambot.domain.faq.entry import Visibility
from streambot.domain.language import language_of
from streambot.domain.reply import EventId, OutId, Reply, ReplyKind
from streambot.domain.ticket import ClockKind, Due, Ticket
from streambot.domain.ticket_step import Step
from streambot.ports.store import ClockRow, DeskTransaction, TicketChange

#: Who did it, where it was no agent.
VIEWER, ASSISTANT, PLATFORM, CLOCK = "viewer", "assistant", "platform", "clock"


def record(
    tx: DeskTransaction, step: Step, actor: str, *, text: str = "", **data: object
) -> Ticket:
    """Commit *step* with its journal entry, clocks and what they warn of.

    A fenced owner's answers are withdrawn.
    """
    ticket = step.ticket
    change = TicketChange(
        event=step.event.value, at=step.at, actor=actor, text=text, data=data
    )
    tx.save(ticket, change)
    for end in step.ended:
        tx.end_clock(ticket.id, end.kind.value, end.how.value, end.at)
    for due in step.moved:
        tx.move_clock(_row(ticket, due))
    tx.add_clocks([_row(ticket, due) for due in step.started])
    warn_of_slowness(tx, step)
    if step.fenced:
        tx.withdraw(ticket.id)
    return ticket


def _row(ticket: Ticket, due: Due) -> ClockRow:
    return ClockRow(
        ticket=ticket.id,
        kind=due.kind.value,
        started_at=due.started_at,
        due_at=due.due_at,
        warn_at=due.warn_at,
        paused_at=due.paused_at,
    )


def stays_open(
    tx: DeskTransaction, ticket: Ticket, at: datetime, policy: DeskPolicy
) -> bool:
    """Whether a ticket can go on at *at*; a resolved one whose window is past is closed."""
    if ticket.resolved_at is None or at <= ticket.resolved_at + policy.reopen_window:
        return True
    record(tx, steps.closed(ticket, at, policy), CLOCK)
    return False


def owe_holding(
    tx: DeskTransaction,
    ticket: Ticket,
    trigger: EventId,
    at: datetime,
    policy: DeskPolicy,
    *,
    template: str | None = None,
) -> None:
    """Tell the viewer once an episode that they are heard; an empty template says nothing."""
    words = template
    if template is None:
        words = policy.holding(ticket.reason, language_of(ticket.text))
    if words:
        tx.owe(_holding(ticket, "holding", words, trigger, at, policy))


def owe_unattended(
    tx: DeskTransaction,
    ticket: Ticket,
    trigger: EventId,
    at: datetime,
    policy: DeskPolicy,
) -> None:
    """Tell the viewer once an episode that nobody is at the desk.

    Fenced by the ticket's epoch: once somebody claims it, it is no longer true.
    """
    words = _words(ticket, policy, "unattended")
    reply = _holding(ticket, "unattended", words, trigger, at, policy)
    tx.owe(replace(reply, ticket=ticket.id, epoch=ticket.epoch))


def owe_sooner(
    tx: DeskTransaction, step: Step, trigger: EventId, policy: DeskPolicy
) -> None:
    """Tell the viewer once an episode the time that a graver complaint is promised.

    Not where they talk to somebody already, nor at an empty desk: it would promise nobody.
    """
    ticket = step.ticket
    sooner = any(due.kind is ClockKind.COMPLAINT for due in step.moved)
    if not sooner or ticket.owner or ticket.unattended:
        return
    words = _words(ticket, policy, "grave")
    tx.owe(_holding(ticket, "sooner", words, trigger, step.at, policy))


def owe_late(
    tx: DeskTransaction, ticket: Ticket, at: datetime, policy: DeskPolicy
) -> None:
    """Tell the viewer once an episode that what they were promised takes longer."""
    words = _words(ticket, policy, "late")
    reply = _holding(ticket, "late", words, ticket.heard[-1], at, policy)
    tx.owe(replace(reply, ticket=ticket.id, epoch=ticket.epoch))


def ended_id(ticket: Ticket) -> OutId:
    """The line by which a viewer hears, once an episode, what the room's end means to them."""
    return OutId(f"ended:{ticket.id}:{ticket.reopen_count}")


def owe_ended(
    tx: DeskTransaction,
    ticket: Ticket,
    at: datetime,
    policy: DeskPolicy,
    *,
    private: bool,
) -> None:
    """Tell a viewer who still waits that the broadcast is over and how their matter goes on.

    In private where the room can, else by one public line for all of them.
    """
    words = _words(ticket, policy, "ended" if private else "ended_public")
    reply = _holding(ticket, "ended", words, ticket.heard[-1], at, policy)
    tx.owe(
        replace(
            reply,
            out_id=ended_id(ticket),
            expires_at=at + policy.ended_lasts,
            visibility=Visibility.PRIVATE if private else Visibility.PUBLIC,
            addressed=private,  # names would make it as many lines as there are names
        )
    )


def _words(ticket: Ticket, policy: DeskPolicy, name: str) -> str:
    """The line *name* in the viewer's own language, where the merchant wrote one."""
    return policy.words.line(language_of(ticket.text), name)


def _holding(
    ticket: Ticket,
    kind: str,
    words: str,
    trigger: EventId,
    at: datetime,
    policy: DeskPolicy,
) -> Reply:
    text = filled(words, ticket.no, policy.promise(ticket.priority))
    return Reply(
        out_id=OutId(f"{kind}:{ticket.id}:{ticket.reopen_count}"),
        kind=ReplyKind.HOLDING,
        trigger=trigger,
        owed_at=at,
        expires_at=at + policy.holding_lasts,
        text=text,
        viewer=ticket.viewer,
        visibility=Visibility.PRIVATE if ticket.private else Visibility.PUBLIC,
        merge_key=f"holding:{text}",
    )
