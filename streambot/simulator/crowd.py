"""Crowd: the demo's believable viewers, the same for the same seed, going on for ever."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from itertools import chain
from random import Random

from streambot.simulator import demo_lines as lines
from streambot.simulator.cast import ANCHOR, Cast
from streambot.simulator.demo_opening import (
    BEATS,
    CUT_AT,
    FLOOD_AT,
    FLOOD_ENTERS,
    FLOOD_SECONDS,
    STEADY_ENTERS,
    Beat,
)
from streambot.simulator.frames import Viewer
from streambot.simulator.script import (
    Act,
    Cue,
    Happens,
    LinkCut,
    OrderChanges,
    TakenBack,
)

_OPENING_ENDS = 60.0
#: Mean seconds between two things happening, once the opening is over.
_PACE = 0.5
#: Roughly every so many seconds.
_FLOOD_EVERY, _CUT_EVERY, _ANGRY_EVERY = 170.0, 480.0, 230.0
_STATS_EVERY, _ANCHOR_EVERY, _ORDER_EVERY = 20.0, 35.0, 25.0

#: How often each thing happens, of a hundred; the rest of the questions are plain ones.
_MIX: dict[str, int] = {
    "enter": 27, "chatter": 23, "like": 8, "praise": 8, "faq": 9, "slang": 3, "typo": 2, "pinyin": 1,
    "full_width": 1, "traditional": 2, "english": 1, "size": 3, "unmatched": 1, "gift": 3, "follow": 3,
    "carted": 1, "left": 3, "duplicate": 1,
}  # fmt: skip
_SAYS: dict[str, tuple[str, ...]] = {
    "chatter": lines.CHATTER, "praise": lines.PRAISE, "faq": lines.FAQ, "slang": lines.SLANG,
    "typo": lines.TYPO, "pinyin": lines.PINYIN, "full_width": lines.FULL_WIDTH,
    "traditional": lines.TRADITIONAL, "english": lines.ENGLISH, "size": lines.SIZE,
    "unmatched": lines.UNMATCHED, "duplicate": lines.FAQ,
}  # fmt: skip


class Crowd:
    """Makes up viewers and what they do; ids end in *run*, so that each run has new ones."""

    def __init__(self, seed: int, run: str) -> None:
        self._random = Random(seed)
        self._cast = Cast(self._random, run)
        self._viewers = 240

    def cues(self) -> Iterator[Cue]:
        """The first minute, then an endless evening, in order of time."""
        opening = sorted(self._opening(), key=lambda cue: cue.at)
        return chain(opening, self._evening())

    # --- the first minute ---------------------------------------------------------------

    def _opening(self) -> Iterator[Cue]:
        cast: dict[str, Viewer] = {"anchor": ANCHOR, **self._cast.buyers}
        for beat in BEATS:
            if beat.who and beat.who not in cast:
                cast[beat.who] = self._cast.newcomer(plain=True)
            yield Cue(at=beat.at, tag=beat.tag, act=_act(beat, cast.get(beat.who)))
        for at in STEADY_ENTERS:
            yield Cue(at=at, tag="enter", act=self._enters())
        yield from self._flood(FLOOD_AT, FLOOD_ENTERS)
        yield Cue(at=CUT_AT, tag="drop", act=LinkCut())
        for at, order, values in lines.ORDER_CHANGES:
            if at < _OPENING_ENDS:
                act = OrderChanges(order_id=order, values=values)
                yield Cue(at=at, tag="order_change", act=act)

    def _flood(self, at: float, enters: int) -> Iterator[Cue]:
        for n in range(enters):
            when = at + FLOOD_SECONDS * n / enters
            yield Cue(at=when, tag="flood", act=self._enters())

    # --- the rest of the evening --------------------------------------------------------

    def _evening(self) -> Iterator[Cue]:
        streams = [self._ordinary(), self._orders_change()]
        streams += [
            self._now_and_then(_FLOOD_EVERY, lambda at: self._flood(at, 40)),
            self._now_and_then(_CUT_EVERY, _cut),
            self._now_and_then(_ANGRY_EVERY, self._somebody_angry),
            self._now_and_then(_STATS_EVERY, self._stats),
            self._now_and_then(_ANCHOR_EVERY, self._anchor),
            self._now_and_then(_ORDER_EVERY, self._order_question),
        ]
        return heapq.merge(*streams, key=lambda cue: cue.at)

    def _ordinary(self) -> Iterator[Cue]:
        at = _OPENING_ENDS
        tags, weights = list(_MIX), list(_MIX.values())
        while True:
            at += min(2.0, self._random.expovariate(1 / _PACE))
            tag = self._random.choices(tags, weights)[0]
            yield Cue(at=at, tag=tag, act=self._ordinarily(tag))

    def _ordinarily(self, tag: str) -> Act:
        choice = self._random.choice
        if tag == "enter":
            return self._enters()
        viewer = self._cast.somebody()
        if tag in _SAYS:
            text = choice(_SAYS[tag])
            return _spoken(viewer, text, twice=tag == "duplicate")
        match tag:
            case "like":
                clicks = {"count": self._random.randint(1, 30)}
                return Happens(kind="liked", viewer=viewer, fields=clicks)
            case "gift":
                gift, minor = choice(lines.GIFTS)
                fields = {
                    "gift": gift,
                    "count": 1,
                    "amount_minor": minor,
                    "currency": "CNY",
                }
                return Happens(kind="gifted", viewer=viewer, fields=fields)
            case "carted":
                product = {"product": choice(lines.PRODUCTS)}
                return Happens(kind="carted", viewer=viewer, fields=product)
            case "left":
                return Happens(kind="left", viewer=viewer)
            case _:
                return Happens(kind="followed", viewer=viewer)

    def _now_and_then(
        self, every: float, make: Callable[[float], Iterator[Cue]]
    ) -> Iterator[Cue]:
        """What *make* gives, at irregular times; it takes less time than lies between."""
        at = _OPENING_ENDS
        while True:
            at += every * self._random.uniform(0.6, 1.4)
            yield from make(at)

    def _somebody_angry(self, at: float) -> Iterator[Cue]:
        viewer = self._cast.newcomer(plain=True)
        for n, text in enumerate(self._random.choice(lines.ANGRY)):
            when = at + 4.5 * n
            yield Cue(at=when, tag="angry", act=_spoken(viewer, text))

    def _stats(self, at: float) -> Iterator[Cue]:
        self._viewers = max(80, self._viewers + self._random.randint(-15, 18))
        act = Happens(kind="stats", fields={"viewers": self._viewers})
        yield Cue(at=at, tag="stats", act=act)

    def _anchor(self, at: float) -> Iterator[Cue]:
        text = self._random.choice(lines.ANCHOR_SAYS)
        yield Cue(at=at, tag="anchor", act=_spoken(ANCHOR, text))

    def _order_question(self, at: float) -> Iterator[Cue]:
        buyer = self._random.choice(lines.BUYERS)
        viewer = self._cast.buyers[buyer.id]
        order = self._random.choice(buyer.orders)
        by_number = self._random.choice(lines.ORDER_BY_NUMBER).format(order)
        tag = self._random.choice(("order_identity", "order_number", "order_other"))
        match tag:
            case "order_identity":
                text = self._random.choice(lines.ORDER_MINE)
            case "order_number":
                text = by_number
            case _:
                viewer, text = self._cast.somebody(), by_number
        if tag != "order_other":
            entered = Happens(kind="entered", viewer=viewer)
            yield Cue(at=at, tag="enter", act=entered)
        yield Cue(at=at + 2, tag=tag, act=_spoken(viewer, text))

    def _orders_change(self) -> Iterator[Cue]:
        for at, order, values in lines.ORDER_CHANGES:
            if at >= _OPENING_ENDS:
                act = OrderChanges(order_id=order, values=values)
                yield Cue(at=at, tag="order_change", act=act)

    def _enters(self) -> Happens:
        return Happens(kind="entered", viewer=self._cast.newcomer())


def _act(beat: Beat, viewer: Viewer | None) -> Act:
    if beat.kind == "moderated" and viewer is not None:
        return TakenBack(viewer=viewer)
    return Happens(
        kind=beat.kind,
        viewer=viewer,
        fields=beat.fields,
        twice=beat.tag == "duplicate",
    )


def _spoken(viewer: Viewer, text: str, *, twice: bool = False) -> Happens:
    return Happens(kind="spoke", viewer=viewer, fields={"text": text}, twice=twice)


def _cut(at: float) -> Iterator[Cue]:
    yield Cue(at=at, tag="drop", act=LinkCut())
