"""Summary words: what a summary counts by code, called as people know it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from streambot.domain.faq.entry import FaqEntry
from streambot.web.texts import Texts

#: What a summary tells apart, and the group of words that its codes are in.
PARTS = {"answered": "said", "handed_off": "reason", "held": "guard"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A row: what was counted in words, and the code that the files know it by."""

    words: str
    code: str
    count: int


def rows(
    part: str,
    counts: Mapping[str, int],
    entries: Sequence[FaqEntry],
    texts: Texts,
    language: str,
) -> list[Counted]:
    """*counts* with words; an entry is called by its first question, as long as the book has it.

    What nobody has words for, a shop's own rule, say, keeps the name its merchant gave it.
    """
    asked: dict[str, str] = {
        each.id: each.questions[0] for each in entries if each.questions
    }
    found = []
    for code, count in counts.items():
        key = f"{PARTS[part]}.{code}" if code else "said.other"
        known = texts.get(key, language) if key in texts.words else code
        words = asked.get(code, known) if part == "answered" else known
        found.append(Counted(words=words, code=code, count=count))
    return found
