"""Misread: what a program sent and nobody can read, told in words - what is wrong, and where."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, TypeVar

import msgspec

from streambot.web.problems import Problem, Refused, bad_body

R = TypeVar("R", str, bytes)
T = TypeVar("T")

_NO_JSON: Final = ("不是完整的 JSON", "it is not whole JSON")
#: What the decoder says of values that don't fit, and the same in words.
_WORDS: Final = tuple(
    (re.compile(pattern, re.DOTALL), zh, en)
    for pattern, zh, en in (
        ("Object missing required field `(.+)`", "缺少 {0}", "{0} is missing"),
        (
            "Object contains unknown field `(.+)`",
            "不认识 {0}",
            "{0} is no key of it",
        ),
        ("Invalid (?:enum )?value (.+)", "不能是 {0}", "{0} can't stand there"),
        (
            "Expected `(.+?)`, got `(.+?)`",
            "要 {0}，收到 {1}",
            "{0} is expected, {1} came",
        ),
        (
            "Expected `(.+?)` of length (.+)",
            "长度要 {1}",
            "its length is to be {1}",
        ),
        ("Expected `(.+?)` ([<>]=? .+)", "要 {1}", "it is to be {1}"),
    )
)
_PLACE: Final = re.compile(r" - at `\$\.?(.*?)`$", re.DOTALL)
#: Of what the other side sent so much is said back to it.
_QUOTED: Final = 80


def understood(decode: Callable[[R], T], raw: R) -> T:
    """What *decode* makes of *raw*.

    Raises:
        Refused: nothing; it says what is wrong, and where.
    """
    try:
        return decode(raw)
    except msgspec.ValidationError as error:
        raise Refused(_misfit(str(error))) from error
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        raise Refused(bad_body(*_NO_JSON)) from error


def _misfit(said: str) -> Problem:
    found = _PLACE.search(said)
    place = found[1][:_QUOTED] if found else ""
    what = said[: found.start()] if found else said
    for pattern, zh, en in _WORDS:
        match = pattern.fullmatch(what)
        if match is not None:
            parts = [part[:_QUOTED] for part in match.groups()]
            zh, en = zh.format(*parts), en.format(*parts)
            break
    else:
        zh, en = "内容不合要求", "it doesn't fit"
    return bad_body(f"{place} {zh}" if place else zh, f"{place}: {en}" if place else en)
