"""ToCompare and Likeness: what a sentence encoder is given of a book, and what it says of a line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True)
class ToCompare:
    """What of a book lines are compared with by meaning, normalised.

    Args:
        phrases: every phrase, each once.
        answers: by the phrase, what it is answered; a phrase that nothing is told of has none.
    """

    phrases: tuple[str, ...]
    answers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """All that needs a vector, each once: the phrases first."""
        answers = (each for every in self.answers.values() for each in every)
        return tuple(dict.fromkeys((*self.phrases, *answers)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """Cosines of one line with a book's phrases.

    ``cosines`` holds the nearest phrases and those that were asked for, by the normalised
    phrase; ``mean`` and ``spread`` (standard deviation) are taken over every phrase of the book
    that has a vector, so that a cosine can be judged against the book's own noise. Where the
    encoder is taught to, a phrase's holds how near the line is to its answer as well.

    ``anger`` is how angry the viewer's own words sound to the encoder: calm lines have a mean of 0
    and a standard deviation of 1. ``sounds`` is how much the line sounds like a question put to a
    shop: talk has a mean of 0 and a standard deviation of 1. None: it wasn't asked, or this encoder
    doesn't tell.
    """

    cosines: Mapping[str, float]
    mean: float = 0.0
    spread: float = 1.0
    anger: float | None = None
    sounds: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What became of a second look at *text*; without a likeness nothing came in time."""

    text: str | None  # None: whatever the text, it isn't looked at again
    sentence: str = ""  # the whole of what the viewer said
    book: str = ""  # the version of the book it was compared with
    likeness: Likeness | None = None
    said: str = ""  # the words whose anger it tells
    matters: bool = True  # to what the book makes of it

    def anger_of(self, said: str) -> float | None:
        """How angry *said* sounds to the encoder, if that is what it was asked."""
        if self.likeness is None or self.said != said:
            return None
        return self.likeness.anger
