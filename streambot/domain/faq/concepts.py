"""ConceptTagger: finds the words of a text that stand for a shared meaning."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain

from streambot.domain.faq.normalise import normalise


class ConceptTagger:
    """Finds concepts, the longest word first; where two claim a word, the later one wins.

    Args:
        concepts: the words of each concept; they are normalised here.
    """

    def __init__(self, concepts: Mapping[str, Iterable[str]]) -> None:
        self._of: dict[str, str] = {}
        for concept, words in concepts.items():
            for word in filter(None, map(normalise, words)):
                self._of[word] = concept
        lengths: dict[str, set[int]] = {}
        for word in self._of:
            lengths.setdefault(word[0], set()).add(len(word))
        self._lengths = {
            first: tuple(sorted(each, reverse=True)) for first, each in lengths.items()
        }

    def __bool__(self) -> bool:
        return bool(self._of)

    def tags(self, text: str) -> list[str]:
        """The concepts in normalised *text*, in order of their words."""
        lengths, of = self._lengths, self._of
        found: list[str] = []
        end = 0
        for start, first in enumerate(text):
            if start < end or first not in lengths:
                continue
            for length in lengths[first]:
                word = text[start : start + length]
                if word in of and _stands_alone(text, start, start + length):
                    found.append(of[word])
                    end = start + length
                    break
        return found

    def knows(self, word: str) -> bool:
        """Whether *word* stands for a concept."""
        return word in self._of

    @property
    def words(self) -> tuple[str, ...]:
        """Every word that stands for a concept."""
        return tuple(self._of)

    def words_of(self, concepts: Iterable[str]) -> Iterable[str]:
        """Every word of these *concepts*."""
        wanted = frozenset(concepts)
        return (word for word, concept in self._of.items() if concept in wanted)


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a Latin word isn't a part of a longer one; Chinese needs no borders."""
    if not text[start].isascii():
        return True
    before, after = text[start - 1 : start], text[end : end + 1]
    return not any(each.isascii() and each.isalnum() for each in chain(before, after))
