"""Which of the known words somebody probably meant."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import fuzz, process

_ALIKE = 60  # a word at least this like a known one is taken for a slip of it


def closest(word: str, known: Iterable[str]) -> str | None:
    """The known word *word* is probably a slip of."""
    found = process.extractOne(
        word.strip().lower(), list(known), scorer=fuzz.ratio, score_cutoff=_ALIKE
    )
    return None if found is None else found[0]
