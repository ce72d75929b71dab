"""Answering: saying a FAQ answer, or a size out of a product's table, to one viewer's line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from streambot.domain.actions import Action, MemoryKind, Remember
from streambot.domain.answer_text import BETWEEN, AnswerText, worded
from streambot.domain.asking import Asked, Reader
from streambot.domain.clarifying import Clarifying
from streambot.domain.decision import DecisionKind, IgnoreReason
from streambot.domain.events import ViewerSpoke
from streambot.domain.evidence import Evidence
from streambot.domain.faq.context import Turn
from streambot.domain.faq.entry import FaqEntry, FaqId, HandoffRule
from streambot.domain.faq.match import FaqMatch
from streambot.domain.faq.normalise import folded
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
        questions = (asked, *asked.also)
        entries = [
            understanding.entries[each.match.entry]
            for each in questions
            if each.match.entry is not None
        ]
        at_once = next((e for e in entries if e.handoff is HandoffRule.AT_ONCE), None)
        evidence = match.evidence if len(lines) == 1 else ()
        card = f"faq:{entries[0].id}"
        if at_once is not None:
            yield from self._verdicts.hand_off(
                lines, _reason(at_once), evidence, at, key=f"faq:{at_once.id}"
            )
            return
        texts = [
            worded(entry, each.about, lines[0], understanding.shelf)
            for entry, each in zip(entries, questions, strict=True)
        ]
        said = [text for text in texts if text is not None]
        if len(said) < len(texts) or len({e.visibility for e in entries}) > 1:
            unknown = asked.about.unknown
            card = f"link:{unknown[0]}" if unknown else card
            yield from self._verdicts.hand_off(
                lines, Reason.UNMATCHED, evidence, at, key=card
            )
            return
        self._carry(lines[0].viewer.key, asked, at)
        crowded = sum(len(each.text) for each in said) > _TOGETHER_FIT
        products = said[0].products
        if crowded and len(products) > 1:
            yield from self.clarifying.ask_which(
                lines, entries[0], products, match, at, asked
            )
            return
        fresh = [text for text in said if not self._was_just_said(text, at)]
        if fresh:
            yield from self._say(lines, fresh, asked, at)
        else:
            yield from self._cooling(lines, entries[0], match, at)

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
        yield from self._verdicts.decided(
            lines,
            DecisionKind.ANSWER,
            reply,
            at,
            entry=entries[0].id,
            score=min(each.match.score for each in questions),
            reason=asked.match.reason,
            evidence=_evidence(lines, questions),
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
        text = _sizes_told(advised)
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


def _evidence(
    lines: Sequence[ViewerSpoke], questions: Sequence[Asked]
) -> tuple[Evidence, ...]:
    """The words of the line that each question was found in."""
    text = folded(lines[0].text)
    found = []
    for each in questions:
        for evidence in each.match.evidence:
            start = text.find(evidence.text) if evidence.text else -1
            if start >= 0:
                end = start + len(evidence.text)
                found.append(
                    Evidence(
                        rule=evidence.rule, start=start, end=end, text=evidence.text
                    )
                )
    return tuple(found)


def _sizes_told(advised: Sequence[tuple[Product, SizeAdvice]]) -> str | None:
    """``T恤、卫衣M码，牛仔裤27码，仅供参考``; None where no table holds this body."""
    if len(advised) == 1:
        product, advice = advised[0]
        if advice.size is None:
            return None
        return f"{product.name}建议{advice.size}码，仅供参考哦"
    names: dict[str, list[str]] = {}
    for product, advice in advised:
        if advice.size is not None:
            short = product.aliases[0] if product.aliases else product.name
            names.setdefault(advice.size, []).append(short)
    told = [f"{'、'.join(each)}{size}码" for size, each in names.items()]
    return f"{'，'.join(told)}，仅供参考哦" if told else None


def _reason(entry: FaqEntry) -> Reason:
    """The handoff reason an entry names; after-sale when it names none we know."""
    known = {reason.value for reason in Reason}
    if entry.handoff_reason in known:
        return Reason(entry.handoff_reason)
    return Reason.AFTER_SALE
