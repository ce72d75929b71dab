"""Slips that are good YAML and still not what the merchant meant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from streambot.authoring.dashes import put_right, wrong_dash
from streambot.authoring.reader import Reader
from streambot.authoring.scan import quoted
from streambot.authoring.tree import Listing, Scalar, Table, Value

_PLAIN = str.maketrans("［］，｛｝", "[],{}")
_COMMENT = re.compile(r"^(\s+)(#.*?)\s*$")
_DASH = re.compile(r"\s*-\s+")
#: What parts items between brackets, and what may have been meant to.
_PARTS = re.compile(r"\s*[，,]\s*")
_MAYBE_PARTS = re.compile(r"\s*[，,、；;]\s*")
#: A whole text between brackets of a Chinese keyboard, or one whose opening bracket is missing.
_WHOLE = re.compile(r"[［【]([^［］【】\[\]]*)[］】\]]|([^［］【】\[\]]+)[］\]]")

#: A whole sentence in quotes of a Chinese keyboard.
_QUOTED = re.compile(r"“([^“”]+)”|‘([^‘’]+)’")


class Held(StrEnum):
    """What the list of a key holds, which tells whether a sign in an item can be part of it."""

    SAID = "said"  # sentences to be said
    ASKED = "asked"  # lines as viewers type them
    WORDS = "words"  # single words


@dataclass(frozen=True, slots=True)
class _Found:
    """A value, what its key holds, and whether it is the only one of its list."""

    scalar: Scalar
    held: Held | None
    alone: bool


def warn_soft_slips(
    value: Value, reader: Reader, holds: Mapping[str, Held] | None = None
) -> None:
    """Report cut-off texts, and Chinese punctuation where a list was meant.

    *holds* tells of keys, under each of their names, what their lists hold.
    """
    for found in _values(value, holds or {}):
        if found.scalar.style is None:
            _comment(found.scalar, reader)
            if _dashes(found, reader):
                continue
            _quotes(found, reader)
            if not _bracket(found, reader):
                _parting(found, reader)


def _values(value: Value, holds: Mapping[str, Held]) -> Iterator[_Found]:
    """Every value below, keys left out."""
    stack: list[tuple[Value, Held | None, bool]] = [(value, None, True)]
    while stack:
        top, held, alone = stack.pop()
        match top:
            case Scalar():
                yield _Found(top, held, alone)
            case Listing(items=items):
                stack += [(item, held, len(items) == 1) for item in reversed(items)]
            case Table(pairs=pairs):
                stack += [
                    (item, holds.get(key.text.strip()), True)
                    for key, item in reversed(pairs)
                ]


def _comment(scalar: Scalar, reader: Reader) -> None:
    """A # right before a word is rarely meant as a comment."""
    line, column = scalar.end
    raw = reader.source.line(line + 1)
    found = _COMMENT.match(raw[column:])
    if found is None or scalar.in_flow:
        return
    comment = found[2]
    if comment[1:2] in ("", " ", "#", "-", "=") and not comment[1:].endswith("#"):
        return
    start = scalar.place.column - 1 if not scalar.is_null else column + len(found[1])
    one_line = line + 1 == scalar.place.line
    corrected = f"{raw[:start]}{quoted(raw[start:].rstrip())}" if one_line else None
    reader.report(
        "W301",
        scalar.place,
        "",
        f"“{comment[:30]}”被当成注释，不会发给顾客；要发出去请给整句加引号。",
        f'"{comment[:30]}" is read as a comment and never sent: put the whole text in quotes.',
        corrected=corrected,
    )


def _dashes(found: _Found, reader: Reader) -> bool:
    """Whether wrong dashes made one text of a list below its key; each is reported."""
    scalar = found.scalar
    if found.held is None or scalar.in_flow or scalar.is_null:
        return False
    numbers = range(scalar.place.line, scalar.end[0] + 2)
    lines = [reader.source.line(number) for number in numbers]
    if lines[0][: scalar.place.column - 1].strip() or not all(map(put_right, lines)):
        return False
    if found.held is Held.SAID and len(lines) == 1:
        return False  # a sentence may begin with a dash
    reader.problems += [wrong_dash(reader.source, number) for number in numbers]
    return True


def _quotes(found: _Found, reader: Reader) -> None:
    """Quotes of a Chinese keyboard around a whole sentence, which would be said with it."""
    quotes = _QUOTED.fullmatch(found.scalar.text)
    if quotes is None or found.held is not Held.SAID:
        return
    said = quotes[1] or quotes[2]
    reader.report(
        "W312",
        found.scalar.place,
        "",
        "中文引号会一起发出去；要给整句加引号请用英文的，真要发中文引号就在外面再加一对英文的。",
        "Chinese quotes are said with the text: use plain ones, or plain ones around these.",
        corrected=reader.with_value(found.scalar, quoted(said)),
    )


def _parting(found: _Found, reader: Reader) -> None:
    """Items parted by Chinese punctuation, which are one item."""
    scalar, held = found.scalar, found.held
    if scalar.is_listed and "，" in scalar.text:
        if held is Held.SAID and not found.alone:
            return  # plain commas part the answers: this one belongs to its sentence
        parts = _MAYBE_PARTS if held is Held.WORDS else _PARTS
        reader.report(
            "W302",
            scalar.place,
            "",
            "列表里用了中文逗号，这里会算成一项；要分开请用英文逗号。",
            "A full-width comma does not separate list items: use a plain one.",
            corrected=reader.with_value(scalar, parts.sub(", ", scalar.text).rstrip()),
        )
        return
    sure = held is Held.WORDS
    maybe = held is Held.ASKED and scalar.is_listed and found.alone
    if (sure or maybe) and len(_split(scalar.text)) > 1:
        reader.report(
            "W305",
            scalar.place,
            "",
            "几项之间用了中文标点，或少了 [ ]，这里会算成一项；列表请用英文的 [ ] 和逗号。",
            "These are one item: a list takes [ ] and plain commas.",
            corrected=_as_list(scalar, reader),
        )


def _split(text: str) -> list[str]:
    """The items of *text*; 、 and ； part them where no comma does."""
    parts = _PARTS if _PARTS.search(text) else _MAYBE_PARTS
    return [part for part in parts.split(text.strip()) if part]


def _as_list(scalar: Scalar, reader: Reader) -> str | None:
    """The line with a list in place of *scalar*, or the lines where it is an item of one."""
    words = [part for part in _MAYBE_PARTS.split(scalar.text.strip()) if part]
    if scalar.is_listed:
        return reader.with_value(scalar, ", ".join(words))
    lead = reader.source.line(scalar.place.line)[: scalar.place.column - 1]
    if _DASH.fullmatch(lead):
        return "\n".join(lead + word for word in words)
    return reader.with_value(scalar, f"[{', '.join(words)}]")


def _bracket(found: _Found, reader: Reader) -> bool:
    """Whether brackets that are none make one text of what was meant as a list; it is reported."""
    plain = _meant(found)
    if plain is None:
        return False
    scalar = found.scalar
    reader.report(
        "W303",
        scalar.place,
        "",
        "用了中文方括号，或少了开头的 [，会算成一句话；列表请用英文的 [ ] 和逗号。",
        "Full-width brackets, or a missing [, make this one text: use [ ] and plain commas for a list.",
        corrected=reader.with_value(scalar, plain),
    )
    return True


def _meant(found: _Found) -> str | None:
    """The list that brackets of a Chinese keyboard were meant to make."""
    text = found.scalar.text
    whole = _WHOLE.fullmatch(text)
    match found.held:
        case Held.SAID:
            opened = whole is not None and text.startswith("［")
        case Held.ASKED | Held.WORDS:
            if whole is None or found.scalar.is_listed:
                return None
            inside = whole[2] if whole[1] is None else whole[1]
            return f"[{', '.join(_split(inside))}]"
        case None:
            opened = text.startswith(("［", "｛"))
    return re.sub(r",\s*", ", ", text.translate(_PLAIN)) if opened else None
