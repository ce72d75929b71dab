"""NextLine: which of the waiting replies gets a free slot, and in what words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from streambot.domain.answer_wording import (
    Draft,
    askers_of,
    numbered,
    one_line,
    parts,
    said_again,
    sharing,
    together,
)
from streambot.domain.faq.entry import Visibility
from streambot.domain.gratitude_wording import thanks_drafts
from streambot.domain.greeting import GreetingStyle
from streambot.domain.guard import Guard
from streambot.domain.lines import line_id
from streambot.domain.queued import Lane, QueuedReplies
from streambot.domain.reply import LineOut, Reply, ReplyKind
from streambot.domain.said import SaidLately
from streambot.domain.slot import Chosen, Slot, last_slot
from streambot.domain.viewer import ViewerKey
from streambot.domain.welcome_wording import sayable, welcome_lines

#: When the last of the waiting answers would wait longer, short ones share a line.
_CROWDED = timedelta(seconds=5)
_URGENT = (Lane.AGENT, Lane.ORDER)
#: Lines that a welcome may be put before; never an agent's words, never an apology.
_CARRIERS = frozenset({ReplyKind.ORDER, ReplyKind.ANSWER, ReplyKind.CLARIFY})
_ANSWERS = frozenset({ReplyKind.ANSWER, ReplyKind.CLARIFY})
#: Words that are not ours to vary: they wait until they may be repeated.
_FIXED = frozenset({ReplyKind.AGENT, ReplyKind.TIMER})


class NextLine:
    """Chooses by the order of ``pacing``; only looks, changes nothing."""

    def __init__(
        self,
        queue: QueuedReplies,
        said: SaidLately,
        style: GreetingStyle,
        guard: Callable[[], Guard],
    ) -> None:
        self._queue = queue
        self._said = said
        self._style = style
        self._guard = guard

    def for_prompter(self, now: datetime) -> Chosen | None:
        """The next reply that only people at the console see; it needs no slot."""
        for reply in self._queue.alive(Lane.PROMPTER, now):
            draft = parts([reply], len(reply.text) + 1_000)
            line = _line(reply, draft, now, Visibility.PROMPTER)
            return Chosen(line=line, replies=(reply,), addressed=True)
        return None

    def best(self, slot: Slot) -> Chosen | None:
        """What goes into *slot*; None when everything had better wait."""
        answers = self._queue.alive(Lane.ANSWER, slot.now)
        welcomes, own = self._welcomes(answers, slot)
        for lane in _URGENT:
            waiting = self._queue.alive(lane, slot.now)
            for reply in waiting:
                due = [*own, *welcomes] if reply.kind is ReplyKind.HOLDING else []
                if (first := self._welcome_first(reply, due, slot)) is not None:
                    return first
                carried = self._carried(reply, welcomes)
                chosen = self._say(reply, waiting, carried, slot)
                if chosen is not None:
                    return chosen
        if answers:
            return self._answer(answers, [*own, *welcomes], slot)
        if welcomes and (slot.quiet or slot.now >= last_slot(welcomes)):
            return self._welcome(welcomes, slot)
        return self._least_urgent(welcomes, slot)

    def between_parts(self, slot: Slot) -> Chosen | None:
        """A welcome that can't wait for the end of a long text; never two in a row."""
        welcomes = self._queue.alive(Lane.WELCOME, slot.now)
        if not welcomes or slot.welcomed_at or slot.next <= last_slot(welcomes):
            return None
        return self._welcome(welcomes, slot)

    @staticmethod
    def _carried(reply: Reply, welcomes: Sequence[Reply]) -> Sequence[Reply]:
        """Whose welcomes may stand in *reply*'s line; a promise welcomes its own viewer only."""
        if reply.kind is ReplyKind.HOLDING:
            return [each for each in welcomes if _key(each) == _key(reply)]
        return welcomes if reply.kind in _CARRIERS else []

    def _welcomes(
        self, answers: Sequence[Reply], slot: Slot
    ) -> tuple[list[Reply], list[Reply]]:
        """Welcomes for anybody's line, and those that only the next answer may carry.

        A viewer whose own answer waits is welcomed in it, unless that would be too late.
        """
        anyones: list[Reply] = []
        own: list[Reply] = []
        asking = {_key(reply) for reply in answers}
        now_asking = {_key(reply) for reply in sharing(answers)}
        for welcome in self._queue.alive(Lane.WELCOME, slot.now):
            if _key(welcome) in now_asking:
                own.append(welcome)
            elif _key(welcome) not in asking or slot.next > last_slot([welcome]):
                anyones.append(welcome)
        return anyones, own

    def _answer(
        self, answers: Sequence[Reply], welcomes: Sequence[Reply], slot: Slot
    ) -> Chosen | None:
        if welcomes:
            must_go = slot.next > last_slot(welcomes)
            carrying = self._carrying(answers, welcomes, slot, must_go=must_go)
            if carrying is not None:
                return carrying
            if (first := self._welcome_first(answers[0], welcomes, slot)) is not None:
                return first
        for reply in answers:
            chosen = self._say(reply, answers, (), slot)
            if chosen is not None:
                return chosen
        return None

    def _welcome_first(
        self, reply: Reply, welcomes: Sequence[Reply], slot: Slot
    ) -> Chosen | None:
        """A welcome that can't wait for *reply*, unless one went before it just now."""
        just_now = slot.welcomed_at is not None and reply.owed_at <= slot.welcomed_at
        if not welcomes or just_now or slot.next <= last_slot(welcomes):
            return None
        return self._welcome(welcomes, slot)

    def _carrying(
        self,
        answers: Sequence[Reply],
        welcomes: Sequence[Reply],
        slot: Slot,
        *,
        must_go: bool,
    ) -> Chosen | None:
        """The oldest answer with the welcomes; in a crowd several answers go before them."""
        if not must_go and self._is_crowded(answers, slot):
            several = self._in_one_line(answers[0], answers, (), slot)
            if several is not None and len(several.replies) > 1:
                return several
        return self._in_one_line(answers[0], answers, welcomes, slot)

    def _least_urgent(self, welcomes: Sequence[Reply], slot: Slot) -> Chosen | None:
        """Thanks, then a scheduled line; a welcome that can't wait for it goes first."""
        for lane in (Lane.THANKS, Lane.TIMER):
            waiting = self._queue.alive(lane, slot.now)
            if waiting and welcomes and slot.next > last_slot(welcomes):
                return self._welcome(welcomes, slot)
            gifts = [each for each in waiting if each.kind is ReplyKind.GIFT]
            others = [each for each in waiting if each.kind is not ReplyKind.GIFT]
            for reply in others:
                chosen = self._say(reply, others, (), slot)
                if chosen is not None:
                    return chosen
            if gifts and (thanks := self._gratitude(gifts, slot)) is not None:
                return thanks
        return None

    def _gratitude(self, gifts: Sequence[Reply], slot: Slot) -> Chosen | None:
        """Thanks to everybody who gave or followed, in one line."""
        for draft in thanks_drafts(gifts, self._style, slot.most):
            if draft.addressed or self._are_fresh(draft.texts, slot.now):
                return self._chosen(gifts[0], draft, slot)
        return None

    def _welcome(self, welcomes: Sequence[Reply], slot: Slot) -> Chosen | None:
        welcomes = sayable(welcomes, self._style, self._guard())
        for worded in welcome_lines(welcomes, self._style, slot.most):
            if worded.addressed or self._said.is_fresh(worded.text, slot.now):
                draft = Draft(
                    texts=(worded.text,),
                    replies=tuple(welcomes),
                    named=worded.named,
                    counted=worded.counted,
                    addressed=worded.addressed,
                )
                return self._chosen(welcomes[0], draft, slot)
        return None

    def _say(
        self,
        reply: Reply,
        waiting: Sequence[Reply],
        welcomes: Sequence[Reply],
        slot: Slot,
    ) -> Chosen | None:
        """*reply* in one line if at all possible, else in parts; None: not now."""
        if welcomes:
            carrying = self._in_one_line(reply, waiting, welcomes, slot)
            if carrying is not None:
                return carrying
        chosen = self._in_one_line(reply, waiting, (), slot)
        if chosen is not None:
            return chosen
        group = askers_of(reply, waiting, slot.most)
        draft = self._fresh(reply.kind, parts(group, slot.most), slot)
        return None if draft is None else self._chosen(reply, draft, slot)

    def _in_one_line(
        self,
        reply: Reply,
        waiting: Sequence[Reply],
        welcomes: Sequence[Reply],
        slot: Slot,
    ) -> Chosen | None:
        public = reply.visibility is Visibility.PUBLIC
        if welcomes and not (public and reply.carries):
            return None
        group = askers_of(reply, waiting, slot.most)
        crowded = reply.kind in _ANSWERS and self._is_crowded(waiting, slot)
        welcomes = sayable(welcomes, self._style, self._guard())
        draft = one_line(group, welcomes, self._style, slot.most, brief=crowded)
        if draft is None:
            return None
        if crowded:
            draft = together(draft, waiting, slot.most)
        fresh = self._fresh(reply.kind, draft, slot)
        return None if fresh is None else self._chosen(reply, fresh, slot)

    @staticmethod
    def _is_crowded(answers: Sequence[Reply], slot: Slot) -> bool:
        different = {reply.merge_key or reply.out_id for reply in answers}
        return (len(different) - 1) * slot.interval > _CROWDED

    def _fresh(self, kind: ReplyKind, draft: Draft, slot: Slot) -> Draft | None:
        """*draft* in words that don't repeat what was just said to nobody in particular."""
        if draft.addressed or self._are_fresh(draft.texts, slot.now):
            return draft
        if kind in _FIXED:
            return None
        if len(draft.texts) > 1:
            return draft.saying(numbered(draft.texts, slot.most))
        for text in said_again(draft.texts[0], slot.most):
            if self._said.is_fresh(text, slot.now):
                return draft.saying([text])
        return None

    def _are_fresh(self, texts: Sequence[str], now: datetime) -> bool:
        once = max(Counter(texts).values()) == 1
        return once and all(self._said.is_fresh(text, now) for text in texts)

    def _chosen(self, reply: Reply, draft: Draft, slot: Slot) -> Chosen:
        visibility = reply.visibility if slot.can_write else Visibility.PROMPTER
        following: tuple[Chosen, ...] = ()
        for part in range(len(draft.texts), 0, -1):
            chosen = Chosen(
                line=_line(reply, draft, slot.now, visibility, part),
                replies=draft.replies,
                addressed=draft.addressed,
                rest=following,
            )
            following = (chosen, *following)
        return chosen


def _key(reply: Reply) -> ViewerKey | None:
    return None if reply.viewer is None else reply.viewer.key


def _line(
    reply: Reply,
    draft: Draft,
    now: datetime,
    visibility: Visibility,
    part: int = 1,
) -> LineOut:
    covers = tuple(each.out_id for each in draft.replies)
    private = visibility is Visibility.PRIVATE and reply.viewer is not None
    human = reply.kind is ReplyKind.AGENT
    last = part == len(draft.texts)
    return LineOut(
        line_id=line_id(covers, part),
        kind=reply.kind,
        text=draft.texts[part - 1],
        covers=covers,
        made_at=now,
        visibility=visibility,
        to=(reply.viewer,) if private and reply.viewer is not None else (),
        named=draft.named if last else 0,
        counted=draft.counted if last else 0,
        part=part,
        parts=len(draft.texts),
        ticket=reply.ticket if human else None,
        epoch=reply.epoch if human else 0,
    )
