"""Cutting texts into lines: by code points, as rooms count, but never through a grapheme."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import sha256

import regex

from streambot.domain.reply import LineId, OutId

_GRAPHEME = regex.compile(r"\X")
#: Where a long text may be split, best first: after a sentence, a clause, a word.
_SENTENCE_END = "。！？!?；;\n…"
_CLAUSE_END = "，,、：:～~）) "
#: A part shorter than this share of its room is not worth a nicer place to split.
_LEAST_SHARE = 0.5


def graphemes(text: str) -> list[str]:
    """What a reader sees as single characters, in order."""
    found: list[str] = _GRAPHEME.findall(text)
    return found


def cut(text: str, most: int) -> str:
    """The longest start of *text* of at most *most* code points that splits no grapheme.

    A single grapheme longer than *most* gives an empty text.
    """
    if len(text) <= most:
        return text
    end = 0
    for match in _GRAPHEME.finditer(text):
        if match.end() > most:
            break
        end = match.end()
    return text[:end]


def cut_name(name: str, most: int) -> str:
    """*name* within *most* code points, with an ellipsis where something is missing."""
    return name if len(name) <= most else cut(name, most - 1) + "…"


def split(text: str, most: int) -> Sequence[str]:
    """*text* in parts of at most *most* code points, which joined give *text* again.

    Parts end at a sentence, else a clause, else between graphemes. A grapheme longer than
    *most* is split between its code points, since a line must never be too long.
    """
    return list(_parts(text, max(1, most)))


def _parts(text: str, most: int) -> Iterator[str]:
    while len(text) > most:
        part = _first_part(text, most)
        yield part
        text = text[len(part) :]
    if text:
        yield text


def _first_part(text: str, most: int) -> str:
    head = cut(text, most) or text[:most]
    least = int(len(head) * _LEAST_SHARE)
    for ends in (_SENTENCE_END, _CLAUSE_END):
        found = max(head.rfind(end) for end in ends) + 1
        # A mark inside a grapheme (a keycap, a joined emoji) is no place to split.
        if found > least and cut(text, found) == text[:found]:
            return text[:found]
    return head


def line_id(covers: Sequence[OutId], part: int) -> LineId:
    """The id of a line: the same replies and part give the same id on any machine."""
    content = "\n".join([*covers, str(part)])
    return LineId("l-" + sha256(content.encode()).hexdigest()[:32])


def turn(seed: str, among: int) -> int:
    """Which of *among* wordings is used for *seed*: spread evenly, and the same every time."""
    return int.from_bytes(sha256(seed.encode()).digest()[:4], "big") % among
