"""First letters: with which characters a pattern may begin, so that most places cost one look."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, lru_cache

#: No letter stands before: what begins words only is tried behind one such look.
WORD_BEGINS = "(?<![a-z])"
_DIGITS = frozenset("0123456789")
_QUANTIFIER = re.compile(r"\?|\*|\+|\{(\d*),?\d*\}")
_Match = Callable[[str, int], re.Match[str] | None]
_ESCAPED, _CAPITAL = re.compile(r"\\."), re.compile("[A-Z]")
_MEMBER = re.compile(r"\\?(.)-\\?([^\]])|\\?(.)")


def guarded(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """The alternatives compiled behind a look at the next character."""
    letters = first_letters("|".join(patterns))
    ahead = "".join(sorted(map(re.escape, _in_both_cases(letters))))
    return re.compile(f"(?=[{ahead}])(?:{'|'.join(patterns)})", re.IGNORECASE)


class ByLetter:
    """Patterns by the character they begin with: at each place only those few are tried.

    Patterns are written in lower case, and lines are read in it: a pattern of some hundred words
    is compiled in half the time where it need not mind the case.

    Raises:
        ValueError: a pattern holds a capital, which no line that is read so has.
    """

    def __init__(self, patterns: Iterable[str]) -> None:
        by_letter: dict[str, list[str]] = {}
        for pattern in patterns:
            if _CAPITAL.search(_ESCAPED.sub("", pattern)) is not None:
                raise ValueError(f"write it in lower case: {pattern!r}")
            for alternative in _parts(pattern):
                for char in first_letters(alternative):
                    narrow = _narrowed(alternative, char)
                    by_letter.setdefault(char, []).extend(narrow)
        self._patterns = {char: _together(each) for char, each in by_letter.items()}

    @cached_property
    def _by_letter(self) -> dict[str, _Match]:
        return {
            char: re.compile(pattern).match for char, pattern in self._patterns.items()
        }

    def make_ready(self) -> None:
        """Compile everything, which takes a third of a second: once, and never on the loop."""
        _ = self._by_letter

    def anywhere(self, text: str) -> bool:
        """Whether any of the patterns matches somewhere in *text*."""
        lower = text.lower()
        for place, matches in enumerate(map(self._by_letter.get, lower)):
            if matches is not None and matches(lower, place) is not None:
                return True
        return False


def _together(alternatives: list[str]) -> str:
    """The alternatives as one pattern; those that begin words share the look behind."""
    size = len(WORD_BEGINS)
    words = [each[size:] for each in alternatives if each.startswith(WORD_BEGINS)]
    others = [each for each in alternatives if not each.startswith(WORD_BEGINS)]
    if words:
        others.append(f"{WORD_BEGINS}(?:{'|'.join(words)})")
    return "|".join(others)


def _in_both_cases(letters: Iterable[str]) -> set[str]:
    return {each for one in letters for each in (one.lower(), one.upper())}


def _narrowed(alternative: str, char: str) -> Iterator[str]:
    """What of an alternative may begin with *char*: of 今天|明天 only 明天 is tried at 明."""
    end = _closing(alternative, 0) if alternative[0] in "([" else 0
    behind = alternative[end + 1 :]
    if _QUANTIFIER.match(behind) is not None:
        yield alternative
    elif alternative.startswith("(?:"):
        for part in _parts(alternative[3:end]):
            if char in first_letters(part):
                yield from _narrowed(part + behind, char)
    elif alternative[0] == "(":  # a look around stands before what begins
        look = alternative[: end + 1]
        yield from (look + each for each in _narrowed(behind, char))
    elif alternative[0] == "[":
        yield re.escape(char) + behind
    else:
        yield alternative


@lru_cache(maxsize=512)
def first_letters(pattern: str) -> frozenset[str]:
    """Every character *pattern* may begin with; knows only the syntax the word lists use."""
    found: set[str] = set()
    for alternative in _parts(pattern):
        rest = alternative
        while rest:
            letters, optional, rest = _first(rest)
            found |= letters
            if not optional:
                break
        else:
            raise ValueError(f"may match nothing: {alternative!r}")
    return frozenset(found)


def _parts(pattern: str) -> Iterator[str]:
    """The alternatives at the outermost level."""
    depth, start, place = 0, 0, 0
    while place < len(pattern):
        char = pattern[place]
        if char == "\\":
            place += 1
        elif char == "[":
            place = _closing(pattern, place)
        elif char in "()":
            depth += 1 if char == "(" else -1
        elif char == "|" and not depth:
            yield pattern[start:place]
            start = place + 1
        place += 1
    yield pattern[start:]


def _closing(pattern: str, start: int) -> int:
    """Where the class or group that opens at *start* closes."""
    if pattern[start] == "[":
        place = start + 1
        while pattern[place] != "]":
            place += 2 if pattern[place] == "\\" else 1
        return place
    depth, place = 0, start
    while True:
        char = pattern[place]
        if char == "\\":
            place += 1
        elif char == "[":
            place = _closing(pattern, place)
        elif char in "()":
            depth += 1 if char == "(" else -1
            if not depth:
                return place
        place += 1


def _first(rest: str) -> tuple[frozenset[str], bool, str]:
    """The first item's letters, whether it may be absent, and what follows."""
    if rest[0] == "(":
        end = _closing(rest, 0)
        if not rest.startswith("(?:"):  # a look around takes no place
            return frozenset(), True, rest[end + 1 :]
        letters = first_letters(rest[3:end])
    elif rest[0] == "[":
        end = _closing(rest, 0)
        letters = _class(rest[1:end])
    elif rest[0] == "\\":
        end = 1
        letters = _DIGITS if rest[1] == "d" else frozenset(rest[1])
    elif rest[0] in "^$":
        return frozenset(), True, rest[1:]
    else:
        assert rest[0] != ".", rest
        end, letters = 0, frozenset(rest[0])
    behind = rest[end + 1 :]
    often = _QUANTIFIER.match(behind)
    if often is None:
        return letters, False, behind
    optional = often[0] in "?*" or (often[1] in ("0", "") and often[0] != "+")
    return letters, optional, behind[often.end() :]


def _class(members: str) -> frozenset[str]:
    assert members[0] != "^", members
    found = set(_DIGITS) if "\\d" in members else set()
    for member in _MEMBER.finditer(members.replace("\\d", "")):
        if member[3] is not None:
            found.add(member[3])
        else:
            found |= set(map(chr, range(ord(member[1]), ord(member[2]) + 1)))
    return frozenset(found)
