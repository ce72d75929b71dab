"""Pack: what live shops have in common - words for the same, opposites, common questions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NewType

IntentId = NewType("IntentId", str)


class IntentKind(StrEnum):
    """What a line that asks for an intent is, where no entry of the book answers it."""

    SHOP = (
        "shop"  # a customer's question: without an answer in the book it is a person's
    )
    CHAT = "chat"  # about the host or the show: nobody's matter


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """A question that every live shop meets, in several phrasings."""

    id: IntentId
    phrasings: tuple[str, ...]
    title: str = ""
    kind: IntentKind = IntentKind.SHOP


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """Shared knowledge for matching; a book extends it, never the other way round.

    ``concepts`` maps a concept's name to the words that mean it, ``slang`` a word of live rooms
    to what it stands for, ``exclusive`` holds sets of words that rule each other out, ``foreign``
    names goods most shops don't sell: a question about one is about another shop's goods unless
    the book or its products know the word.
    """

    concepts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    slang: Mapping[str, str] = field(default_factory=dict)
    exclusive: tuple[frozenset[str], ...] = ()
    intents: tuple[Intent, ...] = ()
    foreign: frozenset[str] = frozenset()
