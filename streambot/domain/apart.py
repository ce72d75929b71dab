"""Apart: what some of a sentence's lines ask without the rest, which may only blur it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from streambot.domain.asking import Asked, Reader
from streambot.domain.events import ViewerSpoke
from streambot.domain.faq.match import FaqMatch, Outcome
from streambot.domain.faq.normalise import folded
from streambot.domain.understanding import Understanding

_Alone = Callable[[Sequence[ViewerSpoke]], Asked]


def alone_ask(
    reader: Reader,
    understanding: Understanding,
    at: datetime,
    lines: Sequence[ViewerSpoke],
) -> Asked:
    """What *lines* of one viewer ask by themselves."""
    text = folded(" ".join(line.text for line in lines))
    heard = reader.heard(text, lines[-1].viewer.key, understanding, at)
    return reader.asked(heard, understanding, at)


def say_less_together(
    lines: Sequence[ViewerSpoke], match: FaqMatch, alone: _Alone, *, wanted: bool
) -> bool:
    """Whether *lines*, of which *match* is the whole's, lead to more apart.

    So do those that together are nobody's, and those that together are only handed over while the
    first of them are asked back about.

    Args:
        lines: one viewer's sentence.
        match: of all of them together.
        alone: tells what some of them ask.
        wanted: whether the whole is a person's.
    """
    if len(lines) == 1:
        return False
    if not wanted:
        return True
    handed = match.outcome is Outcome.HANDOFF
    return handed and alone(lines[:-1]).match.outcome is Outcome.CLARIFY
