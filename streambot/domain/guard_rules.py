"""GuardRules: what may not be said, as frozen values; authoring reads them from YAML."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import StrEnum


class Severity(StrEnum):
    """What a rule does to a line."""

    ERROR = "error"  # the line is held
    WARNING = "warning"  # an agent is asked once more; the assistant's is counted
    SUGGESTION = "suggestion"  # a better wording is offered


class Where(StrEnum):
    """Where in a line a rule's words count."""

    ANYWHERE = "anywhere"
    OPENER = "opener"  # the first words, after mentions
    WHOLE = "whole"  # nothing else is said


class Finds(StrEnum):
    """What only code can find, since it has a shape and no words."""

    PHONE = "phone"
    IDENTITY_NUMBER = "identity_number"
    LONG_NUMBER = "long_number"
    ADDRESS = "address"
    LINK = "link"
    CONTACT = "contact"  # an account on another platform


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardRule:
    """One rule; words and contexts may hold the wildcards of docs/guard.md, already spread out.

    Args:
        unless: contexts; a word inside one is no offence.
        only_for: categories of goods it concerns; none: all.
        public_only: whether a private line may say it.
        unless_denied: whether what the shop denies is no offence either: 不做~, ~我们不卖.
        replacements: what to say instead of a word, by word.
        replacement: what to say instead of any other; None: nobody can know.
        longest: code points a line may have under this rule.
    """

    id: str
    zh: str
    en: str
    severity: Severity = Severity.ERROR
    words: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    unless_denied: bool = False
    replacements: tuple[tuple[str, str], ...] = ()
    replacement: str | None = None
    finds: Finds | None = None
    where: Where = Where.ANYWHERE
    only_for: tuple[str, ...] = ()
    public_only: bool = False
    longest: int | None = None
    source: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardRules:
    """Every rule in force; on a tie of places the first rule speaks."""

    rules: tuple[GuardRule, ...] = ()

    def selling(self, categories: Collection[str] | None) -> GuardRules:
        """The rules for a shop with goods of *categories* alone; None: nobody said which."""
        if categories is None:
            return self
        kept = (
            rule
            for rule in self.rules
            if not rule.only_for or not set(rule.only_for).isdisjoint(categories)
        )
        return replace(self, rules=tuple(kept))


def _built_in() -> GuardRules:
    numbers = "公屏不能出现手机号、证件号、单号和地址，请改用私信或打码。"
    return GuardRules(
        rules=tuple(
            GuardRule(
                id=finds.value,
                finds=finds,
                public_only=finds is not Finds.IDENTITY_NUMBER,
                zh=numbers,
                en="No phone, identity, order or tracking numbers and no addresses in public.",
            )
            for finds in Finds
            if finds not in (Finds.LINK, Finds.CONTACT)
        )
    )


#: What holds before any file was read: nobody's data is ever said in public.
BUILT_IN = _built_in()
