"""The notation of guard rules: words with wildcards and choices, made ready to look for."""

from __future__ import annotations

import re
from itertools import product

from streambot.domain.guard_view import plain

#: Ways one word may be spread into, stars it may hold, characters it may be written with.
MOST_WAYS, MOST_STARS, LONGEST_WORD = 600, 2, 400
_CHOICE = re.compile(r"\(([^()]*)\)")
_ESCAPED_CHOICE = re.compile(r"\\\((.*?)\\\)")
WILD = {
    "?": r"[^\n]",
    "*": r"[^，,。.！!？?;；\n]{0,6}?",
    "#": r"(?:[0-9]{1,9}(?:\.[0-9]{1,2})?|[零一二两三四五六七八九十百千万]{1,6})",
    "_": r"(?:[\s，,。.、！!？?…~:：;；—-]{1,3}|$)",
}
#: In a context: the word itself, whichever of the rule's it is.
ITSELF = "~"


class BadWord(ValueError):
    """A word can't be used; ``zh`` and ``en`` say why."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh = zh
        self.en = en


def spread(word: str) -> tuple[str, ...]:
    """Every way *word* may be written, its ``(a|b)`` choices taken one by one, folded.

    Raises:
        BadWord: it is too long, has too many ways or stars, or nothing but wildcards.
    """
    text = plain(word).text
    parts = _CHOICE.split(text)
    choices = [part.split("|") if at % 2 else [part] for at, part in enumerate(parts)]
    ways = 1
    for each in choices:
        ways *= len(each)
    if len(text) > LONGEST_WORD or ways > MOST_WAYS or text.count("*") > MOST_STARS:
        raise BadWord(
            f"一个词最多 {LONGEST_WORD} 个字、{MOST_WAYS} 种写法、{MOST_STARS} 个星号，请拆成几个。",
            f"A word has at most {LONGEST_WORD} characters, {MOST_WAYS} ways and "
            f"{MOST_STARS} stars: split it.",
        )
    found = tuple(dict.fromkeys("".join(way) for way in product(*choices)))
    if any(not plain_letters(way) for way in found) or re.search(r"[()|]", found[0]):
        raise BadWord(
            "词里除了 ? * # _ 和成对的 ( | ) 之外，至少要有一个字。",
            "A word needs at least one letter beside ? * # _ and closed ( | ).",
        )
    return found


def context(word: str) -> str:
    """*word* folded, for where words are excused; its choices stay.

    Raises:
        BadWord: as for :func:`spread`, though of any number of ways.
    """
    text = plain(word).text
    if text.count(ITSELF) > 1:
        raise BadWord("一个放行里最多一个 ~。", f"A context has one {ITSELF} at most.")
    for choices in _CHOICE.findall(text):
        if choices.count("|") > MOST_WAYS:
            raise BadWord("选项太多，请拆成几个。", "Too many choices: split it.")
    first = _CHOICE.sub(lambda found: found[1].split("|")[0], text)
    if len(text) > LONGEST_WORD or text.count("*") > MOST_STARS:
        spread(text)
    letters = _CHOICE.sub("字", text).replace(ITSELF, "")
    if re.search(r"[()|]", first) or not plain_letters(letters):
        raise BadWord(
            "括号没有成对，或者没有字。", "Brackets don't close, or no letters."
        )
    return text


def plain_letters(way: str) -> list[str]:
    """The characters of *way* that are no signs."""
    return [char for char in way if char not in WILD and not char.isspace()]


def expression(way: str) -> str:
    """*way* as a regular expression; Latin words end where letters do."""
    body = "".join(WILD.get(char) or re.escape(char) for char in way)
    if way.endswith("*"):
        body = body.removesuffix("?")  # as much as there is
    body = _ESCAPED_CHOICE.sub(
        lambda found: "(?:" + found[1].replace(r"\|", "|") + ")", body
    )
    before = "(?<![a-z])" if way[0].isascii() and way[0].isalpha() else ""
    after = "(?![a-z])" if way[-1].isascii() and way[-1].isalpha() else ""
    return f"{before}{body}{after}"
