"""Lines typed worse: what people's keyboards, phones and moods do to a question, one thing at a time.

Words and signs are ours; homophones are drawn by how common a character is, as they are when an
input method offers them.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable
from functools import cache
from importlib.util import find_spec

_BEFORE = ("请问", "那个", "嗯", "哎", "你好", "亲", "老板")
_AFTER = ("啊", "呀", "哦", "哈", "啦", "呢", "呗")
_EMOJI = ("😀", "😂", "🙏", "❤️", "🤔", "👍", "🌹")
_STICKERS = ("[笑哭]", "[比心]", "[玫瑰]", "[疑问]", "[捂脸]")
_MARKS = ("？", "?", "！", "!!", "～", "。。。", "…", "？？？", "，")
_CJK = ("一", "鿿")

Noise = Callable[[str, random.Random], str]


def noises() -> dict[str, Noise]:
    """Every noise that can be made here, by name."""
    known: dict[str, Noise] = {
        "traditional": lambda text, _: _to_traditional().convert(text),
        "full_width": lambda text, _: full_width(text),
        "filler": filler,
        "emoji": emoji,
        "elongation": elongated,
        "punctuation": punctuated,
        "dropped": dropped,
    }
    if find_spec("pypinyin") is not None and find_spec("jieba") is not None:
        known = {"homophone": homophone} | known
    return known


def noisy(noise: Noise, texts: list[str]) -> list[str]:
    """Each of *texts* with the noise; the same at every run."""
    return [
        noise(text, random.Random(f"{number}:{text}"))  # noqa: S311
        for number, text in enumerate(texts)
    ]


def homophone(text: str, chance: random.Random) -> str:
    """One character replaced by another that sounds alike, whatever its tone."""
    places = [at for at, char in enumerate(text) if _alike(char)]
    if not places:
        return text
    at = chance.choice(places)
    others = _alike(text[at])
    (other,) = chance.choices(list(others), weights=list(others.values()))
    return text[:at] + other + text[at + 1 :]


def full_width(text: str) -> str:
    """Every letter, digit and sign as an input method in wide mode types it."""
    wide = {code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000}
    return text.translate(wide)


def filler(text: str, chance: random.Random) -> str:
    """A word before that asks nothing, a particle after, or both."""
    before = chance.choice(("", *_BEFORE))
    after = chance.choice(_AFTER) if not before or chance.random() < 0.5 else ""
    body = text.rstrip("？?！!。. ")
    return before + body + after + text[len(body) :]


def emoji(text: str, chance: random.Random) -> str:
    """Emoji or stickers after it, and sometimes one before."""
    signs = chance.choices((*_EMOJI, *_STICKERS), k=chance.randint(1, 3))
    before = chance.choice(_STICKERS) if chance.random() < 0.3 else ""
    return before + text + "".join(signs)


def elongated(text: str, chance: random.Random) -> str:
    """Its last character held down, or a short one said again and again."""
    body = text.rstrip("？?！!。. ")
    if len(body) <= 6 and chance.random() < 0.5:
        return body * chance.randint(2, 3)
    return body + body[-1:] * chance.randint(2, 5) + text[len(body) :]


def punctuated(text: str, chance: random.Random) -> str:
    """A sign or a space somewhere between its characters, another sign at the end."""
    at = chance.randint(0, len(text))
    between = chance.choice((" ", "，", "、", "~", "。"))
    if text[max(0, at - 1) : at + 1].isascii():
        between = ""  # not into a word or a number
    return text[:at] + between + text[at:] + chance.choice(_MARKS)


def dropped(text: str, chance: random.Random) -> str:
    """One of its characters missing."""
    if len(text) < 2:
        return text
    at = chance.randrange(len(text))
    return text[:at] + text[at + 1 :]


def _alike(char: str) -> dict[str, int]:
    """Characters that sound like *char*, with how common each is."""
    if not _CJK[0] <= char <= _CJK[1]:
        return {}
    frequency, by_sound = _characters()
    sound = _sound(char)
    return {each: frequency[each] for each in by_sound.get(sound, ()) if each != char}


@cache
def _characters() -> tuple[dict[str, int], dict[str, list[str]]]:
    """Common characters with their frequency in jieba's dictionary, and by their sound."""
    import logging

    import jieba

    jieba.setLogLevel(logging.WARNING)
    jieba.initialize()
    frequency = {
        word: count
        for word, count in jieba.dt.FREQ.items()
        if len(word) == 1 and count > 50 and _CJK[0] <= word <= _CJK[1]
    }
    by_sound: dict[str, list[str]] = defaultdict(list)
    for char in sorted(frequency):
        by_sound[_sound(char)].append(char)
    return frequency, by_sound


@cache
def _sound(char: str) -> str:
    from pypinyin import lazy_pinyin

    return lazy_pinyin(char)[0]


@cache
def _to_traditional():  # noqa: ANN202 - the library has no types
    from opencc_purepy import OpenCC

    return OpenCC("s2t")
