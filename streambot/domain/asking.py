"""Asking: what a line asks, given its slots, the products it means and what was asked before."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

import msgspec

from streambot.domain.catalogue_lookup import speaks_of_product
from streambot.domain.faq.context import (
    Turn,
    takes_others_place,
)
from streambot.domain.faq.entry import FaqId
from streambot.domain.faq.likeness import Looked
from streambot.domain.faq.match import FaqMatch, Outcome
from streambot.domain.faq.normalise import normalise
from streambot.domain.faq.parts import parts_of
from streambot.domain.faq.readings import asks_size_of_host, neutral
from streambot.domain.faq.slots import Slots, may_hold_slots, read_slots
from streambot.domain.leanings import leaning_questions, of_return
from streambot.domain.looking import with_look
from streambot.domain.memory import RoomMemory
from streambot.domain.misfit import (
    is_all_of_another,
    is_told_of_others,
    takes_place,
    without_misfits,
)
from streambot.domain.product import Product
from streambot.domain.shelf import NOTHING, Pointed
from streambot.domain.understanding import Understanding
from streambot.domain.viewer import ViewerKey

#: A near-exact hit: no other reading of the line is looked for.
SURE = 0.95
#: Answers in one reply to a line that asks several things.
MOST_ANSWERS = 2
#: The only part of a line that asks is what it asks, if it is so sure and the whole hints at it.
_SURE_PART, _HINTED = 0.9, 0.15

_NO_SLOTS = Slots()
#: A line without one of these holds no slot, points at nothing but by name, reports nothing.
_SPECIAL = re.compile(
    "[0-9①-⑳号链拍码斤米￥这身刚上前那手现正单付买购抢]|[SsMmLl](?![a-z])|[Tt]his"
)


def is_plain(text: str) -> bool:
    """Whether folded *text* is mere words: no slot, no pointing but by name, no report."""
    return _SPECIAL.search(text) is None


class Heard(NamedTuple):
    """A viewer's folded line, what it points at, and what they asked a moment ago.

    ``plain``: it leans on nothing and names nothing, as most lines of a room.
    """

    text: str
    slots: Slots
    about: Pointed
    turn: Turn | None
    plain: bool


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """A question as it was understood: the words that were matched, and about what.

    ``also`` holds the second question of a line that asks two.
    """

    text: str
    match: FaqMatch
    about: Pointed = NOTHING
    slots: Slots = _NO_SLOTS
    also: tuple[Asked, ...] = ()

    @property
    def answers(self) -> bool:
        """Whether an entry answers it."""
        return self.match.outcome is Outcome.ANSWER


class Reader:
    """Reads lines for one room: by the book, and by what its memory says is talked of."""

    def __init__(self, memory: RoomMemory) -> None:
        self._memory = memory

    def heard(
        self, text: str, viewer: ViewerKey, understanding: Understanding, at: datetime
    ) -> Heard:
        """Folded *text* of one viewer, with what it and its viewer point at."""
        memory = self._memory
        turn = memory.turns.of(viewer, at)
        special = not is_plain(text)
        slots = read_slots(text) if special and may_hold_slots(text) else _NO_SLOTS
        about = understanding.shelf.pointed(
            text,
            slots,
            shown=memory.shown,
            before=memory.shown_before,
            talked_of=() if turn is None else turn.products,
        )
        if turn is not None and turn.unknown and not about.explicit:
            about = Pointed(unknown=turn.unknown, carried=True)
        plain = turn is None and not special and not about.explicit
        return Heard(text, slots, about, turn, plain)

    def asked(
        self,
        heard: Heard,
        understanding: Understanding,
        at: datetime,
        looked: Looked | None = None,
    ) -> Asked:
        """What a line asks, leaning on what its viewer asked before and a second look told."""
        turn, understanding = heard.turn, with_look(understanding, looked)
        if turn is not None and (full := of_return(heard.text, turn)):
            return self._read(full, heard.slots, heard.about, understanding, at)
        plain = self._matched(heard.text, heard.slots, heard.about, understanding, at)
        asks = plain.match.question_like or plain.match.outcome is not Outcome.IGNORE
        if not asks and turn is None and not heard.about.explicit:
            return plain  # as most lines of a room
        plain = self._best(plain, understanding, at)
        plain = self._of_screen(plain, understanding, at) or plain
        if plain.answers and plain.match.score >= SURE:
            return (
                plain
                if _is_literal(plain)
                else self._parts_or(plain, heard.text, understanding, at)
            )
        if turn is not None and turn.text:
            leaned = self._leaned(plain, turn, understanding, at)
            if leaned is not None:
                return leaned
        if plain.match.question_like:
            return self._parts_or(plain, heard.text, understanding, at)
        return plain

    def _read(
        self,
        text: str,
        slots: Slots,
        about: Pointed,
        understanding: Understanding,
        at: datetime,
    ) -> Asked:
        plain = self._matched(text, slots, about, understanding, at)
        return self._best(plain, understanding, at)

    def _best(self, best: Asked, understanding: Understanding, at: datetime) -> Asked:
        """The best of a line's readings: as typed, and without what isn't its question."""
        if best.answers and best.match.score >= SURE:
            return best
        slots, about, as_said = best.slots, best.about, best.match
        for reading in _readings(best.text, slots, about, understanding):
            other = self._matched(reading, slots, about, understanding, at)
            if as_said.rules_out(other.match.entry):
                continue
            if _rank(other) > _rank(best):
                best = other
        return best

    def _of_screen(
        self, asked: Asked, understanding: Understanding, at: datetime
    ) -> Asked | None:
        """The line as asked by name of the product on screen, where that is answered: 辣不辣."""
        about, match, shelf = asked.about, asked.match, understanding.shelf
        best = next((each for each in match.candidates if each.veto is None), None)
        if asked.answers or about.explicit or about.one is None or best is None:
            return None
        if not match.question_like or about.one.id not in shelf.named(best.phrasing):
            return None
        text = f"{shelf.names_in(best.phrasing)[0]}{asked.text}"
        read = self._matched(text, asked.slots, about, understanding, at)
        return read if read.match.entry == best.entry else None

    def _matched(
        self,
        text: str,
        slots: Slots,
        about: Pointed,
        understanding: Understanding,
        at: datetime,
    ) -> Asked:
        product = about.one
        match = understanding.matcher.match(
            text, at=at, product=None if product is None else product.id
        )
        if match.outcome in (Outcome.ANSWER, Outcome.CLARIFY):
            match = without_misfits(match, text, slots, about, understanding)
        return Asked(text=text, match=match, about=about, slots=slots)

    def _leaned(
        self, plain: Asked, turn: Turn, understanding: Understanding, at: datetime
    ) -> Asked | None:
        """The line as it leans on what its viewer asked before; None where it doesn't."""
        text, slots, about = plain.text, plain.slots, plain.about
        best: Asked | None = None
        for question in leaning_questions(text, slots, about, turn, understanding):
            read = self._read(question, slots, about, understanding, at)
            if is_told_of_others(text, read.match) or takes_others_place(text, turn):
                best = best or read
            elif not takes_place(text, question, read.match, understanding):
                continue
            if read.answers and not is_all_of_another(text, read.match, understanding):
                return read
            if read.match.outcome is Outcome.CLARIFY and best is None:
                best = read
        if best is not None and takes_others_place(text, turn):
            return _unless_answered(best)  # 黑色呢 behind 白色透吗 is no 有黑色吗
        said = plain.match.outcome in (Outcome.ANSWER, Outcome.CLARIFY)
        return None if said else best

    def _parts_or(
        self, whole: Asked, text: str, understanding: Understanding, at: datetime
    ) -> Asked:
        """The first two questions of a line that asks several, or the *whole* of it.

        Each is about what it names itself, else what the one before it was about; an entry must
        answer each of the two. Where only one part asks, and asks what the whole seems to, the
        rest of the line is no question: 才看到，2号多少钱.
        """
        memory, about, others_ask = self._memory, whole.about, False
        found = dict[tuple[FaqId, tuple[Product, ...]], Asked]()
        for part in parts_of(text):
            slots = read_slots(part)
            own = understanding.shelf.pointed(
                part, slots, shown=memory.shown, before=memory.shown_before
            )
            about = own if own.explicit else about
            read = self._read(part, slots, about, understanding, at)
            entry = understanding.entries.get(read.match.entry or FaqId(""))
            if read.answers and entry is not None:
                of_product = any(map(speaks_of_product, entry.answers))
                asks = entry.id, about.products if of_product else ()
                found.setdefault(asks, read)
            elif read.match.question_like or read.match.outcome is not Outcome.IGNORE:
                others_ask = True
        if len(found) < MOST_ANSWERS:
            sole = next(iter(found.values()), whole)
            return whole if others_ask or not _suggests(whole, sole) else sole
        first, *others = list(found.values())[:MOST_ANSWERS]
        return msgspec.structs.replace(first, also=tuple(others))


def _unless_answered(asked: Asked) -> Asked:
    """*asked*, which an answer that was found doesn't answer, as a person's matter."""
    if not asked.answers:
        return asked
    match = msgspec.structs.replace(asked.match, outcome=Outcome.HANDOFF, entry=None)
    return msgspec.structs.replace(asked, match=match)


def _suggests(whole: Asked, part: Asked) -> bool:
    """Whether a line is likest to ask what its *part* does: it would be asked back, or nearly."""
    best = next(iter(whole.match.candidates), None)
    if best is None or best.entry != part.match.entry:
        return False
    if whole.match.outcome is Outcome.CLARIFY:
        return True
    return part.match.score >= _SURE_PART and best.score >= _HINTED


def _is_literal(asked: Asked) -> bool:
    """Whether an entry asks it in the same words: then it is one question, pauses or not."""
    return normalise(asked.text) == normalise(asked.match.candidates[0].phrasing)


def _rank(asked: Asked) -> tuple[int, float]:
    """Which of two readings is better: an answer before a suggestion, the surer first."""
    order = (Outcome.IGNORE, Outcome.HANDOFF, Outcome.CLARIFY, Outcome.ANSWER)
    return order.index(asked.match.outcome), asked.match.score


def _readings(
    text: str, slots: Slots, about: Pointed, understanding: Understanding
) -> Iterable[str]:
    """The line without links, measures, names, "已拍" and rhetoric; each only if it differs."""
    rest = neutral(text, slots)
    if rest != text and normalise(rest):
        yield rest
    if (about.named or about.pointing) and not asks_size_of_host(text):
        shelf = understanding.shelf
        nameless = shelf.without_pointing(shelf.without_names(rest))
        if nameless != rest and normalise(nameless):
            yield nameless
