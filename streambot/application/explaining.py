"""Explaining: what a book makes of a line and why, for the console and the command line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from streambot.application.beside_the_book import beside_the_book
from streambot.application.second_looks import SecondLooks
from streambot.application.understandings import InForce
from streambot.domain.actions import LookAgain
from streambot.domain.asking import Asked, Reader
from streambot.domain.catalogue_lookup import fill, find_product
from streambot.domain.decision import Decision
from streambot.domain.evidence import Evidence
from streambot.domain.faq.asked_of_shop import Sound, sound_of
from streambot.domain.faq.entry import FaqEntry
from streambot.domain.faq.grounds import Ground, grounds
from streambot.domain.faq.likeness import Likeness, Looked
from streambot.domain.faq.match import Candidate, FaqMatch
from streambot.domain.faq.normalise import folded, normalise
from streambot.domain.faq.pack import Intent
from streambot.domain.memory import RoomMemory
from streambot.domain.mood import MoodReading
from streambot.domain.product import Product
from streambot.domain.reply import EventId
from streambot.domain.room import RoomName
from streambot.domain.understanding import Understanding
from streambot.domain.viewer import ViewerKey
from streambot.ports.clock import Clock
from streambot.ports.suggestions import HeardLines

#: Stands for whoever asked, where an answer names the viewer.
SOMEBODY = "小明"
_NOBODY = ViewerKey("")  # of whom nothing is remembered
#: Who asks at a desk waits this long for an encoder's opinion; a room waits less.
_LOOK_WAIT = timedelta(seconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """A line judged alone; ``answer`` is None also where a value of it is missing.

    ``plain`` is how it was read: without a product's name where that finds an answer.
    ``intent`` is the common question that was asked for and that the book doesn't answer.
    """

    text: str
    plain: str
    match: FaqMatch
    answer: str | None
    intent: Intent | None
    mood: MoodReading

    @property
    def sound(self) -> Sound | None:
        """What a question sounds like, whatever the book knows; of other lines nothing is told."""
        return sound_of(self.match.sounds) if self.match.question_like else None

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """What of the match's evidence stands in the line as it was written."""
        text = self.text
        return tuple(
            each
            for each in self.match.evidence
            if folded(text[each.start : each.end]) == folded(each.text)
        )


def asked_alone(
    understanding: Understanding,
    text: str,
    *,
    at: datetime,
    product: Product | None = None,
    first: Asked | None = None,
    likeness: Likeness | None = None,
) -> Asked:
    """What *text* asks, read as a room reads it from a viewer of whom it remembers nothing.

    *likeness* is what an encoder said of the words that *first* was matched by; without it
    *first* stands.
    """
    looked = None
    if first is not None:
        if likeness is None:
            return first
        version = understanding.book.version
        looked = Looked(
            text=first.text, sentence=folded(text), book=version, likeness=likeness
        )
    reader = Reader(RoomMemory(shown=None if product is None else product.id))
    heard = reader.heard(folded(text), _NOBODY, understanding, at)
    return reader.asked(heard, understanding, at, looked)


def explain(
    understanding: Understanding,
    text: str,
    *,
    at: datetime,
    product: Product | None = None,
    asked: Asked | None = None,
    mood: MoodReading | None = None,
) -> Explained:
    """What *text* would be answered, with all that led there; *asked* and *mood* where known."""
    if asked is None:
        asked = asked_alone(understanding, text, at=at, product=product)
    match = asked.match
    return Explained(
        text=text,
        plain=normalise(asked.text),
        match=match,
        answer=_answer(understanding, match, text, product),
        intent=next(
            (
                intent
                for intent in understanding.book.pack.intents
                if intent.id == match.intent
            ),
            None,
        ),
        mood=mood or understanding.mood.read(text),
    )


def _answer(
    understanding: Understanding, match: FaqMatch, text: str, shown: Product | None
) -> str | None:
    """The first of the entry's answers whose values are all known."""
    entry = None if match.entry is None else understanding.entries.get(match.entry)
    if entry is None:
        return None
    catalogue = understanding.book.catalogue
    product = find_product(
        text, catalogue, None if shown is None else shown.id, entry.products
    )
    filled = (
        fill(answer, product, catalogue.shop, SOMEBODY) for answer in entry.answers
    )
    return next(filter(None, filled), None)


def as_fields(explained: Explained) -> dict[str, object]:
    """The same as plain values; codes stay codes, numbers have four places."""
    match, intent = explained.match, explained.intent
    return {
        "text": explained.text,
        "plain": explained.plain,
        "outcome": match.outcome.value,
        "reason": match.reason,
        "entry": match.entry,
        "score": round(match.score, 4),
        "answer": explained.answer,
        "intent": None if intent is None else {"id": intent.id, "title": intent.title},
        "shop": round(match.shop, 4),
        "sound": explained.sound,
        "beside": beside_the_book(folded(explained.text)),
        "looked_again": match.looked_again,
        "mood": explained.mood.mood.value,
        "evidence": [
            {
                "rule": each.rule,
                "start": each.start,
                "end": each.end,
                "text": each.text,
            }
            for each in (*explained.evidence, *explained.mood.evidence)
        ],
        "candidates": [_candidate(each, explained.plain) for each in match.candidates],
    }


def _candidate(each: Candidate, plain: str) -> dict[str, object]:
    return {
        "entry": each.entry,
        "score": round(each.score, 4),
        "phrasing": each.phrasing,
        "veto": each.veto,
        "why": {name: round(value, 4) for name, value in each.why.items()},
        "grounds": [_ground(ground) for ground in grounds(each)],
    }


def _ground(ground: Ground) -> dict[str, object]:
    amount = None if ground.amount is None else round(ground.amount, 4)
    return {"name": ground.name, "amount": amount, "helps": ground.helps}


def find_entries(
    understanding: Understanding, words: str, *, at: datetime, most: int
) -> list[FaqEntry]:
    """Entries that *words* may mean: those they ask for, then those that hold them; all for none."""
    entries = understanding.entries
    found = {
        each.entry: entries[each.entry]
        for each in understanding.matcher.match(words, at=at).candidates
        if each.entry in entries
    }
    plain = normalise(words)
    for entry in entries.values():
        if len(found) >= most:
            break
        if any(plain in normalise(text) for text in _texts(entry)):
            found.setdefault(entry.id, entry)
    return list(found.values())[:most]


def _texts(entry: FaqEntry) -> Iterator[str]:
    yield entry.id
    yield from entry.questions
    yield from entry.answers


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """A line of a room: what was decided when it was said, and what the book makes of it now."""

    decided: Decision | None
    now: Explained


class Explainer:
    """Asks the books that are in force in the rooms, and the rooms' second looks."""

    def __init__(
        self, books: InForce, heard: HeardLines, clock: Clock, looks: SecondLooks
    ) -> None:
        self._books = books
        self._heard = heard
        self._clock = clock
        self._looks = looks

    async def why(
        self, room: RoomName, event: EventId, shown: str | None
    ) -> Why | None:
        """Why a line was dealt with as it was; *shown* is its text while it is on the page.

        None where nobody knows the line. Raises KeyError where there is no such room.
        """
        line = await self._heard.line(room, event)
        text = shown if line is None else line.text
        if text is None:
            return None
        return Why(
            decided=await self._heard.decision(room, event),
            now=await self.explain(room, text),
        )

    async def explain(self, room: RoomName, text: str) -> Explained:
        """What a room's book makes of *text*, with the encoder's help where the room has it.

        Raises KeyError where there is no such room.
        """
        _, understanding = self._books.in_force(room)
        at = self._clock.now()
        asked = asked_alone(understanding, text, at=at)
        reader = understanding.mood
        mood = reader.read(text)
        matters = understanding.matcher.is_worth_a_look(asked.match)
        if not matters and not reader.is_worth_a_look(mood):
            return explain(understanding, text, at=at, asked=asked, mood=mood)
        likeness = await self._likeness(room, understanding, asked, text, at)
        if matters:
            asked = asked_alone(
                understanding, text, at=at, first=asked, likeness=likeness
            )
        if likeness is not None and likeness.anger is not None:
            mood = reader.reconsider(text, likeness.anger)
        return explain(understanding, text, at=at, asked=asked, mood=mood)

    async def _likeness(
        self,
        room: RoomName,
        understanding: Understanding,
        asked: Asked,
        said: str,
        at: datetime,
    ) -> Likeness | None:
        """What the room's encoder says of a line; None where nobody can tell in time."""
        phrasings = (each.plain for each in asked.match.candidates)
        return await self._looks.likeness(
            room,
            LookAgain(
                ref="console",
                line=asked.text,
                candidates=tuple(dict.fromkeys(phrasings)),
                book_version=understanding.book.version,
                at=at,
                by=at + _LOOK_WAIT,
                said=said,
            ),
        )

    def entries(self, room: RoomName, words: str, most: int) -> list[FaqEntry]:
        """A room's entries that *words* may mean. Raises KeyError where there is no such room."""
        _, understanding = self._books.in_force(room)
        return find_entries(understanding, words, at=self._clock.now(), most=most)
