"""Leanings: the questions a short line may ask after what its viewer asked before (那XL呢)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from streambot.domain.faq.context import (
    Turn,
    as_topic,
    in_place,
    is_only_pointing,
    leaning,
)
from streambot.domain.faq.normalise import normalise
from streambot.domain.faq.slots import Slots
from streambot.domain.shelf import Pointed
from streambot.domain.understanding import Understanding

#: What sending costs, and that something is sent back.
_FREIGHT = re.compile("运费(?!险)|邮费|快递费|谁[出付]")
_BACK = re.compile("(?P<swap>换[货码])|退(?!款)")
#: Characters of a line that may be about the return its viewer asked of.
_SHORT = 12


def of_return(text: str, turn: Turn) -> str | None:
    """What folded *text* asks in full whose viewer asked of a return: then 要付运费吗 is its freight."""
    if len(text) > _SHORT or _FREIGHT.search(text) is None or _BACK.search(text):
        return None
    back = _BACK.search(turn.text)
    return back and f"{'换货' if back['swap'] else '退货'}{text}"


def leaning_questions(
    text: str, slots: Slots, about: Pointed, turn: Turn, understanding: Understanding
) -> Iterable[str]:
    """The questions folded *text* may ask after *turn*, the likeliest first.

    Args:
        text: the line.
        slots: what of links, sizes and measures is in it.
        about: what it points at.
        turn: what its viewer asked a moment ago.
        understanding: the book, whose entries may name follow-ups.
    """
    word = leaning(text)
    entry = understanding.entries.get(turn.entry) if turn.entry is not None else None
    if entry is not None and entry.follow_up:
        said = {normalise(text), normalise(word or "")}
        for key, question in entry.follow_up.items():
            if normalise(key) in said:
                yield question
    pointing = about.explicit and turn.entry is not None
    if pointing and is_only_pointing(text, slots, about.named):
        yield turn.text
    elif word is not None:
        replaced = in_place(turn.text, word)
        if replaced is not None:
            yield replaced
        else:
            yield from as_topic(word)
