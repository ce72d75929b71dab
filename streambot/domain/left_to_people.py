"""Lines of viewers whose matter is people's: they join the ticket, and the assistant is silent.

Only where the viewer was told that nobody is there it goes on answering, beside the ticket.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import msgspec

from streambot.domain.acclaim import acclaim
from streambot.domain.actions import (
    Action,
    AppendToTicket,
    Decide,
    PraiseAgent,
    WithdrawReply,
    WithdrawTicket,
)
from streambot.domain.decision import Decision, DecisionKind, IgnoreReason
from streambot.domain.events import ViewerSpoke
from streambot.domain.evidence import Evidence
from streambot.domain.faq.entry import Visibility
from streambot.domain.faq.match import FaqMatch
from streambot.domain.faq.normalise import normalise
from streambot.domain.memory import RoomMemory
from streambot.domain.mood import Mood, MoodReading, handoff_reason
from streambot.domain.praise import PRAISE, praise_in
from streambot.domain.reply import OutId, ReplyKind
from streambot.domain.room import RoomMode
from streambot.domain.ticket import Reason, Ticket, TicketState
from streambot.domain.verdicts import Verdicts

#: The decision's entry, so that reports can count it.
GIVEN_UP = "given_up"
_GIVEN_UP = "好的，已为您取消登记，有需要随时再说"
_GIVEN_UP_LIVES = timedelta(minutes=1)
#: Lines so soon behind a call for people, and so few with it, are details of it.
_STILL_AT_IT = timedelta(minutes=2)
_SAID_BEHIND = 2

#: The whole line says so and nothing else: "算了，我要退货" is no never mind.
_NEVER_MIND = re.compile(
    r"(?:(?:那|哦|嗯|好的?|我|就)+)?"
    r"(?:算了|不用(?:人工|客服|找人|回复)?了|不需要(?:人工|客服)?了|没事(?:儿)?了|不找了|"
    r"(?:问题)?(?:自己|已经?)*(?:解决|搞定|弄好|处理好)了?)+"
    r"(?:吧|啦|哈|哦|多?谢+|感谢|你们?|您|亲)*"  # repeats are one: 谢谢 reads 谢
)
#: What the assistant makes of a line that may well be meant for the people who come.
_FOR_PEOPLE = (IgnoreReason.CHATTER, IgnoreReason.SILENT)


def never_mind(text: str) -> bool:
    """Whether *text* says that nobody is needed any more, and nothing else."""
    return _NEVER_MIND.fullmatch(normalise(text)) is not None


def left_to_people(
    ticket: Ticket,
    lines: Sequence[ViewerSpoke],
    at: datetime,
    verdicts: Verdicts,
    read: Callable[[str], MoodReading],
) -> Iterator[Action]:
    """Add *lines* to *ticket*, which a graver complaint raises.

    Who doesn't need anybody any more takes their call back.
    """
    for line in lines:
        yield _graver(ticket, line, at, verdicts, read) or _appended(ticket, line, at)
        if ticket.state is TicketState.QUEUED and never_mind(line.text):
            yield WithdrawTicket(ticket=ticket.id, reason="viewer", at=at)
    words = praise_in(lines[-1].text)
    kept = None if words is None else acclaim(ticket, lines[-1], words, at)
    if kept is not None:
        yield PraiseAgent(acclaim=kept)
    yield from verdicts.ignore(
        lines, IgnoreReason.HUMAN_OWNS, at, entry=None if words is None else PRAISE
    )


def beside(
    ticket: Ticket,
    lines: Sequence[ViewerSpoke],
    decided: Iterator[Action],
    at: datetime,
    memory: RoomMemory,
    verdicts: Verdicts,
) -> Iterator[Action]:
    """What is *decided* on *lines* while *ticket* waits for a desk where nobody is.

    What the assistant has no answer to and is more of the matter is kept for whoever comes; who
    doesn't need them any more hears once that nobody will.
    """
    if never_mind(lines[-1].text):
        yield from _given_up(ticket, lines, at, memory, verdicts)
        return
    of = {line.id: line for line in lines}
    for action in decided:
        if isinstance(action, Decide) and action.decision.reason in _FOR_PEOPLE:
            line = of.get(action.decision.event_id)
            if line is not None and _is_more_of_it(ticket, action.decision, at, memory):
                memory.keep_behind(ticket)
                yield _appended(ticket, line, at)
                kept = msgspec.structs.replace(
                    action.decision, reason=IgnoreReason.HUMAN_OWNS
                )
                action = replace(action, decision=kept)
        yield action


def reopened(
    ticket: Ticket,
    lines: Sequence[ViewerSpoke],
    match: FaqMatch,
    at: datetime,
    verdicts: Verdicts,
) -> Iterator[Action]:
    """The matter is a human's again; only who asks something is told to wait."""
    text = lines[-1].text
    words = Evidence(rule="reopened", start=0, end=len(text), text=text)
    holding = None if match.question_like else ""
    yield from verdicts.hand_off(lines, ticket.reason, (words,), at, holding=holding)


def _given_up(
    ticket: Ticket,
    lines: Sequence[ViewerSpoke],
    at: datetime,
    memory: RoomMemory,
    verdicts: Verdicts,
) -> Iterator[Action]:
    line = lines[-1]
    memory.let_go(ticket)  # said twice in one breath, it is acknowledged once
    yield WithdrawReply(outs=(OutId(f"unattended:{ticket.id}:{ticket.reopen_count}"),))
    yield _appended(ticket, line, at)
    yield WithdrawTicket(ticket=ticket.id, reason="viewer", at=at)
    if memory.mode is RoomMode.SILENT:
        yield from verdicts.ignore(lines, IgnoreReason.SILENT, at, entry=GIVEN_UP)
        return
    reply = verdicts.reply(
        line,
        ReplyKind.ANSWER,
        _GIVEN_UP,
        at,
        at + _GIVEN_UP_LIVES,
        visibility=Visibility.PRIVATE if ticket.private else Visibility.PUBLIC,
        merge_key=GIVEN_UP,
    )
    yield verdicts.owe(reply)
    yield from verdicts.decided(
        (line,), DecisionKind.ANSWER, reply, at, entry=GIVEN_UP, score=1.0
    )
    yield from verdicts.ignore(lines[:-1], IgnoreReason.MERGED, at)


def _graver(
    ticket: Ticket,
    line: ViewerSpoke,
    at: datetime,
    verdicts: Verdicts,
    read: Callable[[str], MoodReading],
) -> Action | None:
    if ticket.priority == 0:
        return None
    reading = read(line.text)
    if reading.mood is not Mood.ANGRY:
        return None
    reason = Reason(handoff_reason(reading))
    return verdicts.graver(ticket, line, reason, reading.evidence, at)


def _is_more_of_it(
    ticket: Ticket, decision: Decision, at: datetime, memory: RoomMemory
) -> bool:
    """A question is, and what is said right behind the call; later the viewer only chats."""
    soon = at - ticket.queued_at <= _STILL_AT_IT
    return decision.question or (soon and memory.kept_behind(ticket) < _SAID_BEHIND)


def _appended(ticket: Ticket, line: ViewerSpoke, at: datetime) -> Action:
    return AppendToTicket(
        ticket=ticket.id,
        viewer=line.viewer,
        event_id=line.id,
        text=line.text,
        at=at,
    )
