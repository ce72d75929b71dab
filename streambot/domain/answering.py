"""Answering: wording a FAQ answer, a size or a "did you mean" for one viewer's line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from hashlib import sha256

from streambot.domain.actions import Action, MemoryKind, Remember
from streambot.domain.catalogue_lookup import fill, find_product
from streambot.domain.decision import DecisionKind, IgnoreReason
from streambot.domain.events import ViewerSpoke
from streambot.domain.faq.entry import FaqEntry, HandoffRule
from streambot.domain.faq.match import FaqMatch
from streambot.domain.greeting import clean_name
from streambot.domain.guard import Held
from streambot.domain.memory import RoomMemory
from streambot.domain.policy import SessionPolicy
from streambot.domain.product import Product
from streambot.domain.reply import ReplyKind
from streambot.domain.room import RoomMode
from streambot.domain.sizes import SizeAdvice
from streambot.domain.ticket import Reason
from streambot.domain.understanding import Understanding
from streambot.domain.verdicts import Verdicts
from streambot.domain.viewer import ViewerKey

#: A viewer is asked "did you mean" at most this often.
_CLARIFY_AGAIN = timedelta(seconds=60)
#: Code points of a "did you mean" that with a name still makes one line of 40.
_SUGGESTIONS_FIT = 26
#: Suggestions are at least so likely, compared with the best of them.
_WORTH_ASKING = 0.5


class Answering:
    """Answers lines from the book and the size tables, each entry within its cooldown."""

    def __init__(
        self, policy: SessionPolicy, memory: RoomMemory, verdicts: Verdicts
    ) -> None:
        self._policy = policy
        self._memory = memory
        self._verdicts = verdicts

    def answer(
        self,
        lines: Sequence[ViewerSpoke],
        match: FaqMatch,
        understanding: Understanding,
        at: datetime,
    ) -> Iterator[Action]:
        """Say the matched entry's answer, hand off, or stay within the cooldown."""
        assert match.entry is not None
        entry = understanding.entries[match.entry]
        hand_off, card = self._verdicts.hand_off, f"faq:{entry.id}"
        evidence = match.evidence if len(lines) == 1 else ()
        if entry.handoff is HandoffRule.AT_ONCE:
            yield from hand_off(lines, _reason(entry), evidence, at, key=card)
            return
        text = self._worded(entry, lines[0], understanding)
        if text is None:
            yield from hand_off(lines, Reason.UNMATCHED, evidence, at, key=card)
        elif self._was_just_said(entry, at):
            yield from self._cooling(lines, entry, match, at)
        else:
            yield from self._say(lines, entry, text, match, at)

    def _was_just_said(self, entry: FaqEntry, at: datetime) -> bool:
        """Whether the answer was said within its cooldown; one still queued is joined."""
        said = self._memory.said_at.get(entry.id)
        return (
            said is not None
            and at - said < entry.cooldown
            and not self._memory.is_owed(entry.id)
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
        entry: FaqEntry,
        text: str,
        match: FaqMatch,
        at: datetime,
    ) -> Iterator[Action]:
        line, memory = lines[0], self._memory
        reply = self._verdicts.reply(
            line,
            ReplyKind.ANSWER,
            text,
            at,
            at + self._policy.answer_life,
            visibility=entry.visibility,
            merge_key=f"{entry.id}\n{text}",
            carries=entry.greeting,
        )
        memory.said_at[entry.id] = at
        if memory.mode is not RoomMode.OBSERVING:  # what is only shown is never settled
            memory.owed[reply.out_id] = entry.id
        self._answered(line.viewer.key, at)
        yield self._verdicts.owe(reply)
        yield Remember(memory=MemoryKind.COOLDOWN, key=entry.id, at=at)
        yield from self._verdicts.decided(
            lines,
            DecisionKind.ANSWER,
            reply,
            at,
            entry=entry.id,
            score=match.score,
            reason=match.reason,
            evidence=match.evidence,
        )
        if entry.handoff is HandoffRule.AFTER_ANSWER:
            yield self._verdicts.open(line, _reason(entry), (), at)

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
            entry="size_table",
            score=1.0,
            evidence=evidence,
        )

    def may_clarify(self, viewer: ViewerKey, at: datetime) -> bool:
        """Whether this viewer may be asked "did you mean" again."""
        before = self._memory.clarified_at.get(viewer)
        return before is None or at - before >= _CLARIFY_AGAIN

    def clarify(
        self, lines: Sequence[ViewerSpoke], match: FaqMatch, at: datetime
    ) -> Iterator[Action]:
        """Ask which of up to three questions was meant."""
        asked = [
            f"“{candidate.phrasing}”"
            for candidate in match.candidates[:3]
            if candidate.veto is None and candidate.score >= match.score * _WORTH_ASKING
        ]
        while len(asked) > 1 and len(_did_you_mean(asked)) > _SUGGESTIONS_FIT:
            asked.pop()
        reply = self._verdicts.reply(
            lines[0],
            ReplyKind.CLARIFY,
            _did_you_mean(asked),
            at,
            at + self._policy.clarify_life,
        )
        self._memory.clarified_at[lines[0].viewer.key] = at
        yield self._verdicts.owe(reply)
        yield from self._verdicts.decided(
            lines,
            DecisionKind.CLARIFY,
            reply,
            at,
            score=match.score,
            reason=match.reason,
            evidence=match.evidence,
        )

    def _answered(self, viewer: ViewerKey, at: datetime) -> None:
        self._memory.answered_at[viewer] = at
        self._verdicts.repeats.answered(viewer)

    def _worded(
        self, entry: FaqEntry, line: ViewerSpoke, understanding: Understanding
    ) -> str | None:
        """The wording whose turn it is, or the next with every value; None: there is none."""
        turn = sha256(line.id.encode()).digest()[0]
        catalogue = understanding.book.catalogue
        product = find_product(line.text, catalogue, self._memory.shown, entry.products)
        name = clean_name(line.viewer.name) or "您"
        if isinstance(understanding.book.guard.judge(name, public=True), Held):
            name = "您"
        wordings = (
            fill(
                entry.answers[(turn + later) % len(entry.answers)],
                product,
                catalogue.shop,
                name,
            )
            for later in range(len(entry.answers))
        )
        return next((words for words in wordings if words is not None), None)


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


def _did_you_mean(asked: Sequence[str]) -> str:
    return f"您想问的是{'还是'.join(asked)}？"


def _reason(entry: FaqEntry) -> Reason:
    """The handoff reason an entry names; after-sale when it names none we know."""
    known = {reason.value for reason in Reason}
    if entry.handoff_reason in known:
        return Reason(entry.handoff_reason)
    return Reason.AFTER_SALE
