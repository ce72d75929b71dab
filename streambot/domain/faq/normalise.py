"""Normalising a line, so that the same question typed differently becomes the same text."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files

from opencc_purepy import OpenCC
from opencc_purepy.dictionary_lib import DictionaryMaxlength

_STICKER = re.compile(r"\[[^\[\]\s]{1,12}\]")
_LOOSE_SPACE = re.compile(r"(?<![a-z0-9 ]) +| +(?![a-z0-9 ])|(?<= ) +")
#: One to four characters of Chinese said again and again: 好好好, 多少钱多少钱.
_AGAIN = re.compile(r"([^\x00-\x7f]{1,4}?)\1+")
#: XXXL and XXXS are no stretched XXL.
_STRETCHED = re.compile(r"([a-wyz])\1{2,}|(x)\2{2,}(?!x*[ls](?![a-z]))")
_TWICE = r"\1\1\2\2"
#: Particles at the end carry no meaning; what carries some (吗, 呢) stays.
_PARTICLES = "啊呀哦喔噢哈嘛啦哟诶欸唉"
_CJK = range(0x3400, 0xA000)
_BMP_END = 0x10000


def _converter() -> OpenCC:
    """Converts single characters; all of its phrases would be held in 30 MB for ever."""
    file = files("opencc_purepy").joinpath("dicts", "TSCharacters.txt")
    dictionary = DictionaryMaxlength()  # type: ignore[no-untyped-call]
    dictionary.ts_characters = DictionaryMaxlength.load_dictionary_maxlength(
        file.read_text(encoding="utf-8")
    )
    return OpenCC("t2s", dictionary)


@cache
def _simplified() -> dict[int, str]:
    """Traditional characters and their simplified form, one to one."""
    chars = [chr(code) for code in _CJK]
    plain = _converter().convert("\n".join(chars)).split("\n")
    return {
        ord(char): simple
        for char, simple in zip(chars, plain, strict=True)
        if len(simple) == 1 and simple != char
    }


@cache
def _folding() -> dict[int, str]:
    """Wide forms and traditional characters, each with the one character it stands for."""
    wide = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    return _simplified() | wide | {0x3000: " "}


@lru_cache(maxsize=512)
def folded(text: str) -> str:
    """*text* with width and traditional forms folded, as long as before: spans stay true."""
    if text.isascii() or _foldable().search(text) is None:
        return text
    return text.translate(_folding())


@cache
def _foldable() -> re.Pattern[str]:
    return re.compile(f"[{''.join(map(chr, _folding()))}]")


class _Characters(dict[int, str]):
    """What each character becomes; learns as it goes, for the basic plane only."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        category = unicodedata.category(char)
        if category[0] in "LN":
            mapped = _simplified().get(code, char)
        elif (
            (category in ("Mn", "Mc", "Me", "Cf", "Cc") and not char.isspace())
            or category == "So"
            or code >= _BMP_END
        ):
            mapped = ""
        else:
            mapped = " "
        if code < _BMP_END:
            self[code] = mapped
        return mapped


@cache
def _characters() -> _Characters:
    return _Characters()


@lru_cache(maxsize=512)
def normalise(text: str) -> str:
    """*text* in its canonical form; applying it again changes nothing.

    Width, case and traditional forms are folded; stickers, emoji, punctuation, control and
    direction characters dropped; repeats squeezed; spaces kept only between Latin words.
    Remembers the latest, since a line has several readers and a room repeats itself.
    """
    if is_settled(text):
        return text if _says_nothing_twice(text) else _squeezed(text)
    if "[" in text or "［" in text:
        text = _STICKER.sub(" ", unicodedata.normalize("NFKC", text))
    elif not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    text = text.lower().translate(_characters())
    if " " in text:
        text = _LOOSE_SPACE.sub("", text)
    if text.isascii():
        return _STRETCHED.sub(_TWICE, text)
    return text if _says_nothing_twice(text) else _squeezed(text)


def _says_nothing_twice(text: str) -> bool:
    return len(set(text)) == len(text) and text[-1] not in _PARTICLES


def is_settled(text: str) -> bool:
    """Whether *text* is Chinese as it is written today, and nothing else."""
    return _settled().fullmatch(text) is not None


@cache
def _settled() -> re.Pattern[str]:
    """Lines that are Chinese as it is written today, and nothing else: as most are."""
    today = [chr(code) for code in range(0x4E00, 0x9FA6) if code not in _simplified()]
    return re.compile(f"[{''.join(today)}]+")


def _squeezed(text: str) -> str:
    """Repeats and trailing particles taken out, until nothing changes."""
    while True:
        shorter = _STRETCHED.sub(_TWICE, _AGAIN.sub(r"\1", text))
        shorter = shorter.rstrip(_PARTICLES) or shorter
        shorter = _LOOSE_SPACE.sub("", shorter) if " " in shorter else shorter
        if shorter == text:
            return text
        text = shorter
