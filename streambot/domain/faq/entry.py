"""FaqEntry and FaqBook: what merchants wrote, checked, ready to be matched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType

from streambot.domain.faq.pack import IntentId, Pack
from streambot.domain.guard import Guard, built_in_guard
from streambot.domain.product import Catalogue

FaqId = NewType("FaqId", str)


class Visibility(StrEnum):
    """Where an answer may appear."""

    PUBLIC = "public"
    PRIVATE = "private"
    PROMPTER = "prompter"


class HandoffRule(StrEnum):
    """Whether a question of this entry goes to a human as well."""

    NEVER = "never"
    AFTER_ANSWER = "after_answer"
    AT_ONCE = "at_once"


@dataclass(frozen=True, slots=True, kw_only=True)
class Validity:
    """When an entry is in force, both ends inclusive; None is open."""

    since: datetime | None = None
    until: datetime | None = None

    def holds(self, at: datetime) -> bool:
        """Whether *at* lies inside."""
        return (self.since is None or self.since <= at) and (
            self.until is None or at <= self.until
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class FaqEntry:
    """A question with its phrasings and answer; keys as in docs/faq-yaml.md."""

    id: FaqId
    questions: tuple[str, ...]
    answers: tuple[str, ...]  # rotated; may hold {product.price}-like values
    keywords: tuple[str, ...] = ()
    must: tuple[str, ...] = ()  # every one of these must be in the line
    any: tuple[str, ...] = ()  # at least one of these
    none: tuple[str, ...] = ()  # not one of these
    not_questions: tuple[str, ...] = ()
    products: tuple[str, ...] = ()  # product ids or link numbers; empty = whole shop
    valid: Validity | None = None
    priority: int = 0
    cooldown: timedelta = timedelta(seconds=20)
    visibility: Visibility = Visibility.PUBLIC
    handoff: HandoffRule = HandoffRule.NEVER
    handoff_reason: str | None = None
    greeting: bool = True  # may carry a welcome
    language: str = "zh"
    threshold: float | None = None
    follow_up: Mapping[str, str] = field(default_factory=dict)
    tests_match: tuple[str, ...] = ()
    tests_not: tuple[str, ...] = ()
    intent: IntentId | None = None  # of the pack; brings its phrasings
    brought: tuple[str, ...] = ()  # the questions that only came with the intent


@dataclass(frozen=True, slots=True, kw_only=True)
class FaqBook:
    """All entries in force for a room; ``version`` changes with every reload."""

    entries: tuple[FaqEntry, ...] = ()
    version: str = ""
    angry_words: tuple[str, ...] = ()
    benign_words: tuple[str, ...] = ()
    catalogue: Catalogue = field(default_factory=Catalogue)
    pack: Pack = field(default_factory=Pack)
    guard: Guard = field(default_factory=built_in_guard)  # what may not be said here
