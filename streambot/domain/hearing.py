"""Hearing: what one viewer's line leads to - the order of the questions the assistant asks.

1. A human owns this viewer's matter: the line goes to their ticket, the assistant is silent.
2. Safety, law, anger, or a call for a person: handoff at once, in every mode. What may be anger
   waits a moment for an encoder's opinion of it.
3. The mode is silent: nothing else is decided.
   Praise, and nothing else, is thanked once.
4. A choice of what was offered, sizes from the product's table, "已拍"; then an order
   question, then the FAQ book, with what this viewer asked before - which an encoder's second
   look may better: the line waits a moment for it (``looking.py``).
5. What may become a whole with the viewer's next words (clarify, unmatched) waits for them.
6. What nobody can answer is handed off only by the rule for unmatched lines; all else is
   ignored and counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial

from streambot.domain.actions import Action, WakeAt
from streambot.domain.all_to_people import all_to_people
from streambot.domain.answering import Answering
from streambot.domain.apart import alone_ask, say_less_together
from streambot.domain.asking import Asked, Heard, Reader
from streambot.domain.card import card_of
from streambot.domain.decision import IgnoreReason
from streambot.domain.events import ViewerSpoke
from streambot.domain.faq.likeness import Looked
from streambot.domain.faq.match import FaqMatch, Outcome
from streambot.domain.faq.normalise import folded
from streambot.domain.handoff_gate import HandoffGate
from streambot.domain.left_to_people import beside, left_to_people, reopened
from streambot.domain.looking import NOT_AGAIN, Looking
from streambot.domain.memory import RoomMemory
from streambot.domain.mood import RepeatWatch
from streambot.domain.order_asking import OrderAsking
from streambot.domain.order_numbers import asks_order_change
from streambot.domain.parking import Parked, ParkingLot
from streambot.domain.policy import SessionPolicy
from streambot.domain.praise import Thanking, praise_in
from streambot.domain.rating_talk import RatingTalk
from streambot.domain.room import RoomMode
from streambot.domain.small_talk import SmallTalk
from streambot.domain.talk import Talk
from streambot.domain.thanks import is_mere_thanks
from streambot.domain.ticket import Reason
from streambot.domain.understanding import Understanding
from streambot.domain.unmatched import asked_in_full, is_a_persons
from streambot.domain.urgency import Urgency
from streambot.domain.verdicts import Verdicts


class Hearing:
    """Turns lines into actions; shares the session's memory and parking lot."""

    def __init__(
        self,
        policy: SessionPolicy,
        understanding: Understanding,
        memory: RoomMemory,
        lot: ParkingLot,
    ) -> None:
        self.understanding = understanding
        self._policy = policy
        self._memory = memory
        self._lot = lot
        self._gate = HandoffGate(policy.room, policy.handoffs_per_minute)
        self.verdicts = Verdicts(self._gate, memory, RepeatWatch(policy.repeats))
        self._reader = Reader(memory)
        self._answering = Answering(policy, memory, self.verdicts, self._reader)
        self._talk = Talk(policy, memory, self.verdicts, self._answering)
        self._orders = OrderAsking(policy, lot)
        self._looking = Looking(policy, lot)
        self._thanking = Thanking(policy, memory, self.verdicts)
        self.ratings = RatingTalk(policy, memory, self.verdicts)
        self._urgency = Urgency(memory, understanding)
        patience = self._urgency.patience
        self._small_talk = SmallTalk(policy, memory, patience, understanding)

    def read_by(self, understanding: Understanding) -> None:
        """Read lines by another book from now on."""
        self.understanding = understanding
        self._urgency.read_by(understanding)
        self._small_talk.read_by(understanding)

    def hear(
        self,
        lines: Sequence[ViewerSpoke],
        at: datetime,
        *,
        final: bool = False,
        looked: Looked | None = None,
    ) -> Iterator[Action]:
        """Decide about *lines*, one viewer's sentence; *final*: nothing more is awaited."""
        line = lines[-1]
        if self._memory.asked_rating and not looked:
            given = self.ratings.answer(line, at)
            if given is not None:
                yield from self.ratings.take(line, *given, at)
                yield from self.verdicts.ignore(lines[:-1], IgnoreReason.MERGED, at)
                if given[0].is_low or not given[0].rest:
                    return
        ticket = self._memory.human_owns(line.viewer.key)
        if ticket is not None:
            read = self.understanding.mood.read
            yield from left_to_people(ticket, lines, at, self.verdicts, read)
            return
        if len(lines) == 1 and self._small_talk.knows(line, at):
            chatter = IgnoreReason.CHATTER
            decided = self.verdicts.ignore(lines, chatter, at, score=0.0)
        else:
            decided = self._decided(lines, at, final=final, looked=looked)
        waits = self._memory.waits_for_nobody(line.viewer.key)
        if waits is not None:
            memory, verdicts = self._memory, self.verdicts
            decided = beside(waits, lines, decided, at, memory, verdicts)
        yield from decided

    def _decided(
        self,
        lines: Sequence[ViewerSpoke],
        at: datetime,
        *,
        final: bool,
        looked: Looked | None,
    ) -> Iterator[Action]:
        line = lines[-1]
        urgent = self._urgency.of(line, looked)
        if urgent is not None:
            yield from self.verdicts.hand_off(lines, urgent[0], urgent[1], at)
        elif self._looking.is_due_to_mood(line, self.understanding, looked):
            yield from self._look_at_mood(lines, at, final=final)
        elif self._memory.mode is RoomMode.SILENT:
            yield from self.verdicts.ignore(lines, IgnoreReason.SILENT, at)
        elif self._memory.mode is RoomMode.PEOPLE:
            yield from self._all_to_people(lines, at)
        elif len(lines) == 1 and (praise := praise_in(line.text)) is not None:
            yield from self._thanking.thank(line, praise, at)
        else:
            final = final or self._lot.is_full
            yield from self._understand(lines, at, final=final, looked=looked)

    def _look_at_mood(
        self, lines: Sequence[ViewerSpoke], at: datetime, *, final: bool
    ) -> Iterator[Action]:
        """Let *lines* wait for how angry an encoder finds them, and what it makes of them else."""
        text = folded(" ".join(line.text for line in lines))
        book = self.understanding
        heard = self._reader.heard(text, lines[-1].viewer.key, book, at)
        asked = self._reader.asked(heard, book, at)
        yield from self._looking.ask(
            lines, asked.text, asked.match, book, at, final=final
        )

    def _understand(
        self,
        lines: Sequence[ViewerSpoke],
        at: datetime,
        *,
        final: bool,
        looked: Looked | None,
    ) -> Iterator[Action]:
        text = folded(" ".join(line.text for line in lines))
        viewer = lines[-1].viewer.key
        heard = self._reader.heard(text, viewer, self.understanding, at)
        settled = self._talk.settle(lines, heard, self.understanding, at)
        if settled is not None:
            yield from settled
            return
        asked = self._reader.asked(heard, self.understanding, at, looked)
        match = asked.match
        numbers = self._orders.asked(text, match)
        if numbers is not None:
            yield from self._orders.look_up(lines, numbers, at)
        elif self._looking.is_due(text, match, self.understanding, looked):
            yield from self._looking.ask(
                lines, asked.text, match, self.understanding, at, final=final
            )
        elif match.outcome is Outcome.ANSWER:
            yield from self._answering.answer(
                lines, match, self.understanding, at, asked
            )
        elif (clear := self._clear_by_itself(lines, at)) is not None:
            yield from self._answering.answer(
                lines[-1:], clear.match, self.understanding, at, clear
            )
            yield from self.verdicts.ignore(lines[:-1], IgnoreReason.MERGED, at)
        elif (change := asks_order_change(text)) is not None:
            yield from self.verdicts.hand_off(lines, change[0], (change[1],), at)
        else:
            yield from self._unanswered(
                lines, heard, asked, at, final=final, looked=looked
            )

    def _all_to_people(
        self, lines: Sequence[ViewerSpoke], at: datetime
    ) -> Iterator[Action]:
        """Hand over whatever is asked, also what the book could answer."""
        text = "".join(line.text for line in lines)
        viewer, book = lines[-1].viewer.key, self.understanding
        heard = self._reader.heard(folded(text), viewer, book, at)
        match = self._reader.asked(heard, book, at).match
        card = card_of(match, text, book, self._memory.shown)
        yield from all_to_people(lines, text, match, at, self.verdicts, card=card)

    def _clear_by_itself(
        self, lines: Sequence[ViewerSpoke], at: datetime
    ) -> Asked | None:
        """The newest line's own question, where what came before it only blurs it."""
        if len(lines) == 1:
            return None
        asked = alone_ask(self._reader, self.understanding, at, lines[-1:])
        return asked if asked.answers else None

    def _unanswered(
        self,
        lines: Sequence[ViewerSpoke],
        heard: Heard,
        asked: Asked,
        at: datetime,
        *,
        final: bool,
        looked: Looked | None,
    ) -> Iterator[Action]:
        line, memory, match = lines[-1], self._memory, asked.match
        viewer = line.viewer.key
        before = memory.reopenable(viewer, at, self._policy.reopen_window)
        if before is not None and not is_mere_thanks(line.text):
            yield from reopened(before, lines, match, at, self.verdicts)
            return
        if memory.just_spoke_to(viewer, at, self._policy.sentence_wait):
            yield from self.verdicts.ignore(lines, IgnoreReason.MERGED, at)
            return
        asks, text = match.question_like, heard.text
        wanted = is_a_persons(line, heard, match, self.understanding)
        clarifying = self._answering.clarifying
        alone = partial(alone_ask, self._reader, self.understanding, at)
        if say_less_together(lines, match, alone, wanted=wanted):
            yield from self._understand(lines[:-1], at, final=True, looked=NOT_AGAIN)
            yield from self._understand(lines[-1:], at, final=final, looked=NOT_AGAIN)
        elif wanted and not final:
            yield self._wait_for_the_rest(lines, looked)
        elif match.outcome is Outcome.CLARIFY and clarifying.may_ask(viewer, at):
            yield from clarifying.ask(lines, asked, self.understanding, at)
        else:
            text = asked_in_full(heard, match)
            yield from self._unmatched(lines, text, match, at, asks=asks, wanted=wanted)

    def _wait_for_the_rest(
        self, lines: Sequence[ViewerSpoke], looked: Looked | None
    ) -> Action:
        parked = Parked.sentence(lines, self._policy.sentence_wait, looked)
        self._lot.park(parked)
        return WakeAt(at=parked.until)

    def _unmatched(
        self,
        lines: Sequence[ViewerSpoke],
        text: str,
        match: FaqMatch,
        at: datetime,
        *,
        asks: bool,
        wanted: bool,
    ) -> Iterator[Action]:
        """Hand off what the rule for unmatched lines lets through, ignore the rest."""
        line, verdicts = lines[-1], self.verdicts
        repeat = (
            verdicts.repeats.unanswered(line.viewer.key, text, at) if asks else None
        )
        many = self._gate.asked_again(line, at) if asks and not wanted else ()
        if repeat is not None:
            yield from verdicts.hand_off(
                lines, Reason.REPEAT_QUESTION, (repeat,), at, question=True
            )
        elif wanted or many:
            card = card_of(match, text, self.understanding, self._memory.shown)
            evidence = match.evidence if len(lines) == 1 else ()
            yield from verdicts.hand_off(
                lines, Reason.UNMATCHED, evidence, at, key=card, question=asks
            )
            for earlier in many:
                known = self._memory.tickets.get(earlier.viewer.key)
                if earlier.id != line.id and known is None:
                    yield verdicts.open(earlier, Reason.UNMATCHED, (), at, key=card)
        else:
            if len(lines) == 1:
                self._small_talk.note(line, match, at)
            yield from verdicts.ignore(
                lines, IgnoreReason.CHATTER, at, score=match.score, question=asks
            )
