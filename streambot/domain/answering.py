"""Answering: saying a FAQ answer, or a size out of a product's table, to one viewer's line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import chain

from streambot.domain.actions import Action, MemoryKind, Remember
from streambot.domain.answer_text import (
    BETWEEN,
    AnswerText,
    sizes_told,
    worded,
)
from streambot.domain.asking import Asked, Reader
from streambot.domain.clarifying import Clarifying
from streambot.domain.decision import DecisionKind, IgnoreReason
from streambot.domain.events import ViewerSpoke
from streambot.domain.evidence import found_in
from streambot.domain.faq.context import Turn
from streambot.domain.faq.entry import FaqEntry, FaqId, HandoffRule
from streambot.domain.faq.match import FaqMatch
from streambot.domain.faq.normalise import folded
from streambot.domain.faq.question_form import is_english
from streambot.domain.memory import RoomMemory
from streambot.domain.policy import SessionPolicy
from streambot.domain.product import Product
from streambot.domain.reply import ReplyKind
from streambot.domain.sizes import SizeAdvice
from streambot.domain.ticket import Reason
from streambot.domain.understanding import Understanding
from streambot.domain.verdicts import Verdicts
from streambot.domain.viewer import ViewerKey

#: Code points of several products' answers in one reply; more is asked back about.
_TOGETHER_FIT = 40
#: Stands for the size tables where an entry would be named.
SIZE_TABLE = FaqId("size_table")


class Answering:
    """Answers lines from the book and the size tables, each entry within its cooldown."""

    def __init__(
        self,
        policy: SessionPolicy,
        memory: RoomMemory,
        verdicts: Verdicts,
        reader: Reader,
    ) -> None:
        self._policy = policy
        self._memory = memory
        self._verdicts = verdicts
        self._reader = reader
        self.clarifying = Clarifying(policy, memory, verdicts)

    def answer(
        self,
        lines: Sequence[ViewerSpoke],
        match: FaqMatch,
        understanding: Understanding,
        at: datetime,
        asked: Asked | None = None,
    ) -> Iterator[Action]:
        """Say the matched entry's answer, hand off, or stay within the cooldown.

        *asked* is how the lines were read; without it they are what they say by themselves.
        """
        asked = asked or self._as_said(lines, match, understanding, at)
        entries = [
            understanding.entries[each.match.entry]
            for each in (asked, *asked.also)
            if each.match.entry is not None
        ]
        evidence = match.evidence if len(lines) == 1 else ()
        at_once = next((e for e in entries if e.handoff is HandoffRule.AT_ONCE), None)
        said = self._worded(lines[0], entries, asked, understanding)
        if at_once is not None:
            reason, card = _reason(at_once), f"faq:{at_once.id}"
            yield from self._verdicts.hand_off(lines, reason, evidence, at, key=card)
        elif said is None:
            unknown = asked.about.unknown
            card = f"link:{unknown[0]}" if unknown else f"faq:{entries[0].id}"
            yield from self._verdicts.hand_off(
                lines, Reason.UNMATCHED, evidence, at, key=card
            )
        else:
            self._carry(lines[0].viewer.key, asked, at)
            yield from self._tell(lines, said, asked, at)

    def _worded(
        self,
        line: ViewerSpoke,
        entries: Sequence[FaqEntry],
        asked: Asked,
        understanding: Understanding,
    ) -> list[AnswerText] | None:
        """The words of every answer; None where one has none, or they may not be said together."""
        if len({entry.visibility for entry in entries}) > 1:
            return None
        texts = [
            worded(
                entry,
                each.about,
                line,
                understanding.shelf,
                understanding.book.guard,
            )
            for entry, each in zip(entries, (asked, *asked.also), strict=True)
        ]
        said = [text for text in texts if text is not None]
        return said if len(said) == len(texts) else None

    def _tell(
        self,
        lines: Sequence[ViewerSpoke],
        said: Sequence[AnswerText],
        asked: Asked,
        at: datetime,
    ) -> Iterator[Action]:
        """Say what wasn't just said; ask back where several products' answers don't fit."""
        entry, products = said[0].entry, said[0].products
        fresh = [text for text in said if not self._was_just_said(text, at)]
        if len(products) > 1 and sum(len(each.text) for each in said) > _TOGETHER_FIT:
            yield from self.clarifying.ask_which(lines, entry, products, asked, at)
        elif fresh:
            yield from self._say(lines, fresh, asked, at)
        else:
            yield from self._cooling(lines, entry, asked.match, at)

    def _as_said(
        self,
        lines: Sequence[ViewerSpoke],
        match: FaqMatch,
        understanding: Understanding,
        at: datetime,
    ) -> Asked:
        text = folded(" ".join(line.text for line in lines))
        viewer = lines[-1].viewer.key
        heard = self._reader.heard(text, viewer, understanding, at)
        return Asked(text=text, match=match, about=heard.about, slots=heard.slots)

    def _carry(self, viewer: ViewerKey, asked: Asked, at: datetime) -> None:
        """Let the viewer's next words lean on this question."""
        last = asked.also[-1] if asked.also else asked
        about = last.about
        named = about.products if about.explicit or about.carried else ()
        turn = Turn(
            at=at,
            text=last.text,
            entry=last.match.entry,
            products=tuple(product.id for product in named),
            unknown=about.unknown,
        )
        self._memory.turns.keep(viewer, turn)

    def _was_just_said(self, answer: AnswerText, at: datetime) -> bool:
        """Whether the answer was said within its cooldown; one still queued is joined."""
        said = self._memory.said_at.get(answer.cooldown_key)
        return (
            said is not None
            and at - said < answer.entry.cooldown
            and not self._memory.is_owed(answer.cooldown_key)
        )

    def _cooling(
        self,
        lines: Sequence[ViewerSpoke],
        entry: FaqEntry,
        match: FaqMatch,
        at: datetime,
    ) -> Iterator[Action]:
        line = lines[-1]
        repeat = self._verdicts.repeats.unanswered(line.viewer.key, line.text, at)
        if repeat is None:
            yield from self._verdicts.ignore(
                lines, IgnoreReason.COOLDOWN, at, entry=entry.id, score=match.score
            )
        else:
            yield from self._verdicts.hand_off(
                lines, Reason.REPEAT_QUESTION, (repeat,), at
            )

    def _say(
        self,
        lines: Sequence[ViewerSpoke],
        answers: Sequence[AnswerText],
        asked: Asked,
        at: datetime,
    ) -> Iterator[Action]:
        """Owe one reply with every answer in it."""
        line, memory = lines[0], self._memory
        text = BETWEEN.join(answer.text for answer in answers)
        keys = tuple(answer.cooldown_key for answer in answers)
        entries = [answer.entry for answer in answers]
        reply = self._verdicts.reply(
            line,
            ReplyKind.ANSWER,
            text,
            at,
            at + self._policy.answer_life,
            visibility=entries[0].visibility,
            merge_key=f"{'+'.join(keys)}\n{text}",
            carries=all(entry.greeting for entry in entries),
        )
        memory.owe(reply.out_id, keys)
        self._answered(line.viewer.key, at)
        yield self._verdicts.owe(reply)
        for key in keys:
            memory.said_at[key] = at
            yield Remember(memory=MemoryKind.COOLDOWN, key=key, at=at)
        questions = (asked, *asked.also)
        seen = chain.from_iterable(each.match.evidence for each in questions)
        yield from self._verdicts.decided(
            lines,
            DecisionKind.ANSWER,
            reply,
            at,
            entry=entries[0].id,
            score=min(each.match.score for each in questions),
            reason=asked.match.reason,
            evidence=found_in(folded(lines[0].text), seen),
        )
        for entry in entries:
            if entry.handoff is HandoffRule.AFTER_ANSWER:
                yield self._verdicts.open(line, _reason(entry), (), at)
                break

    def advise_size(
        self,
        lines: Sequence[ViewerSpoke],
        advised: Sequence[tuple[Product, SizeAdvice]],
        at: datetime,
    ) -> Iterator[Action]:
        """Say the size by each product's table; outside all of them a person answers."""
        product, first = advised[0]
        evidence = (first.evidence,) if len(lines) == 1 else ()
        text = sizes_told(advised, english=is_english(lines[0].text))
        if text is None:
            card = f"size:{product.id}"
            yield from self._verdicts.hand_off(
                lines, Reason.UNMATCHED, evidence, at, key=card
            )
            return
        reply = self._verdicts.reply(
            lines[0], ReplyKind.ANSWER, text, at, at + self._policy.answer_life
        )
        self._answered(lines[0].viewer.key, at)
        yield self._verdicts.owe(reply)
        yield from self._verdicts.decided(
            lines,
            DecisionKind.ANSWER,
            reply,
            at,
            entry=SIZE_TABLE,
            score=1.0,
            evidence=evidence,
        )

    def _answered(self, viewer: ViewerKey, at: datetime) -> None:
        self._memory.answered_at[viewer] = at
        self._verdicts.repeats.answered(viewer)


def _reason(entry: FaqEntry) -> Reason:
    """The handoff reason an entry names; after-sale when it names none we know."""
    known = {reason.value for reason in Reason}
    if entry.handoff_reason in known:
        return Reason(entry.handoff_reason)
    return Reason.AFTER_SALE
