"""RatingTalk: asks a helped viewer for 1 to 5 as the room allows, and hears the answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from streambot.domain.actions import Action, AskRating, RateTicket
from streambot.domain.decision import DecisionKind, IgnoreReason
from streambot.domain.events import ViewerSpoke
from streambot.domain.evidence import Evidence
from streambot.domain.faq.entry import Visibility
from streambot.domain.memory import RoomMemory
from streambot.domain.policy import SessionPolicy
from streambot.domain.rating_words import Rated, rating_in
from streambot.domain.reply import OutId, Reply, ReplyKind
from streambot.domain.room import Capability, RoomMode
from streambot.domain.satisfaction import Rating, deserves_rating
from streambot.domain.ticket import Reason, Ticket
from streambot.domain.verdicts import Verdicts

#: The decision's entry, so that reports can count it.
RATING = "rating"
_ASK = "这次服务请打分，回复1-5（5分最满意）"
_THANKS = "谢谢您的评价"
#: The question is of least urgency, and not asked much later than the help.
_ASK_LIVES = timedelta(minutes=2)
#: A question that a crash or a lost link swallowed is still asked so long after the help.
_STILL_ASKED = timedelta(minutes=5)


class RatingTalk:
    """One room's questions and answers about the service."""

    def __init__(
        self, policy: SessionPolicy, memory: RoomMemory, verdicts: Verdicts
    ) -> None:
        self._policy = policy
        self._memory = memory
        self._verdicts = verdicts

    def connected(self, at: datetime) -> Iterator[Action]:
        """Ask whoever was helped while nobody could be asked: no link, or no process at all."""
        for ticket in [*self._memory.tickets.values()]:
            if (
                ticket.resolved_at is not None
                and at - ticket.resolved_at < _STILL_ASKED
            ):
                yield from self.resolved(ticket, at)

    def resolved(self, ticket: Ticket, at: datetime | None = None) -> Iterator[Action]:
        """Ask the viewer of a ticket that a person resolved, where the room allows it."""
        at, where = at or ticket.resolved_at, self._where()
        if at is None or where is None or not deserves_rating(ticket):
            return
        reply = Reply(
            out_id=OutId(f"rating:{ticket.id}:{ticket.reopen_count}"),
            kind=ReplyKind.RATING,
            trigger=ticket.heard[-1] if ticket.heard else ticket.trigger,
            owed_at=at,
            expires_at=at + _ASK_LIVES,
            text=_ASK,
            viewer=ticket.viewer,
            visibility=where,
            merge_key=RATING,
        )
        yield AskRating(
            ticket=ticket.id, episode=ticket.reopen_count, reply=reply, at=at
        )

    def answer(self, line: ViewerSpoke, at: datetime) -> tuple[Rated, Rating] | None:
        """What *line* gives, if its viewer was asked; any other viewer's "5" is just a line."""
        asked = self._memory.asked_rating.get(line.viewer.key)
        if asked is None or not asked.takes(line.received_at):
            return None
        rated = rating_in(line.text)
        return None if rated is None else (rated, asked)

    def take(
        self, line: ViewerSpoke, rated: Rated, asked: Rating, at: datetime
    ) -> Iterator[Action]:
        """Keep a score; thank for it once, and pass a low one to people."""
        first = asked.rated_at is None
        self._memory.asked_rating[line.viewer.key] = replace(
            asked, score=rated.score, rated_at=asked.rated_at or line.received_at
        )
        yield RateTicket(
            ticket=asked.ticket,
            episode=asked.episode,
            viewer=line.viewer,
            event_id=line.id,
            score=rated.score,
            text=line.text,
            at=at,
        )
        if rated.rest and not rated.is_low:
            return  # what it says besides is heard like any line
        if rated.is_low:
            yield from self._low(line, at)
        elif first and self._memory.mode is not RoomMode.SILENT:
            yield from self._thank(line, at)
        else:
            yield from self._verdicts.ignore(
                (line,), IgnoreReason.COOLDOWN, at, entry=RATING
            )

    def _low(self, line: ViewerSpoke, at: datetime) -> Iterator[Action]:
        words = Evidence(rule="low_csat", start=0, end=len(line.text), text=line.text)
        yield from self._verdicts.handed_off(line, Reason.LOW_CSAT, (words,), at)

    def _thank(self, line: ViewerSpoke, at: datetime) -> Iterator[Action]:
        private = self._where() is Visibility.PRIVATE
        reply = self._verdicts.reply(
            line,
            ReplyKind.THANKS,
            _THANKS,
            at,
            at + self._policy.answer_life,
            visibility=Visibility.PRIVATE if private else Visibility.PUBLIC,
            merge_key=f"{RATING}\n{_THANKS}",
        )
        yield self._verdicts.owe(reply)
        yield from self._verdicts.decided(
            (line,), DecisionKind.ANSWER, reply, at, entry=RATING, score=1.0
        )

    def _where(self) -> Visibility | None:
        """Private where the room can; else in public; None: nobody is asked."""
        memory, ask = self._memory, self._policy.ask_rating
        if ask == "off" or memory.mode is not RoomMode.ANSWERING:
            return None
        if Capability.PRIVATE in memory.capabilities:
            return Visibility.PRIVATE
        may = ask == "auto" and Capability.ROOM_CHAT in memory.capabilities
        return Visibility.PUBLIC if may else None
