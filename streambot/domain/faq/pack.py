"""Pack: what live shops have in common - words for the same, opposites, common questions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import NewType

IntentId = NewType("IntentId", str)


class IntentKind(StrEnum):
    """What a line that asks for an intent is, where no entry of the book answers it."""

    SHOP = "shop"  # a customer's: without an answer in the book it is a person's matter
    CHAT = "chat"  # about the host or the show: nobody's matter


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """A question that every live shop meets, in several phrasings."""

    id: IntentId
    phrasings: tuple[str, ...]
    title: str = ""
    kind: IntentKind = IntentKind.SHOP


#: Before a word of an exclusive set that means any of them.
ANY = "~"


def forms(word: str) -> tuple[str, ...]:
    """The forms of a word of an exclusive set: 退/退货 are two of one side."""
    return tuple(filter(None, (form.strip() for form in word.split("/"))))


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """Shared knowledge for matching; a book extends it, never the other way round.

    ``concepts`` maps a concept's name to the words that mean it, the name among them; no word
    means two. ``slang`` maps a word of live rooms to what it stands for, ``exclusive`` holds sets
    of words that rule each other out (``forms`` of one behind slashes, ``ANY`` before what rules
    out none), ``foreign`` names goods most shops don't sell: a question about one is about another
    shop's goods unless the book or its products know the word. A question with one of the
    ``shop_words`` is put to the shop: where nothing answers it, it is a person's.
    """

    concepts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    slang: Mapping[str, str] = field(default_factory=dict)
    exclusive: tuple[frozenset[str], ...] = ()
    intents: tuple[Intent, ...] = ()
    foreign: frozenset[str] = frozenset()
    shop_words: frozenset[str] = frozenset()

    def extended(self, more: Pack) -> Pack:
        """This pack with what *more* adds; where both speak of a word, *more* is right."""
        return Pack(
            concepts=_joined(self.concepts, more.concepts),
            slang={**self.slang, **more.slang},
            exclusive=tuple(dict.fromkeys((*self.exclusive, *more.exclusive))),
            intents=_met(self.intents, more.intents),
            foreign=self.foreign | more.foreign,
            shop_words=self.shop_words | more.shop_words,
        )


def _joined(
    known: Mapping[str, tuple[str, ...]], more: Mapping[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    """Each new group joins the concept its name belongs to; its words leave every other.

    A group whose name left it keeps the name: what was learned of the group stays true.
    """
    home = {word: name for name, words in known.items() for word in words}
    joined = {name: dict.fromkeys(words) for name, words in known.items()}
    for name, words in more.items():
        target = home.get(name, name)
        for word in (name, *words):
            joined.get(home.get(word, target), {}).pop(word, None)
            joined.setdefault(target, {})[word] = None
            home[word] = target
    return {name: tuple(words) for name, words in joined.items() if words}


def _met(known: tuple[Intent, ...], more: tuple[Intent, ...]) -> tuple[Intent, ...]:
    """Intents by id; one met again gains phrasings, and the title and kind given last."""
    met = {intent.id: intent for intent in known}
    for intent in more:
        old = met.get(intent.id)
        if old is not None:
            phrasings = dict.fromkeys((*old.phrasings, *intent.phrasings))
            intent = replace(
                intent, phrasings=tuple(phrasings), title=intent.title or old.title
            )
        met[intent.id] = intent
    return tuple(met.values())
