"""Romanised: lines typed in pinyin, put into the characters that a book uses for those sounds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import chain

from streambot.domain.faq.sounds import spelled, table

_RUN = re.compile("[a-z]+(?: +[a-z]+)*")
_LONGEST = 5
#: Letters of the shortest run that is worth trying: 多少qian, baoyou吗.
_LETTERS = 4
_CHINESE = re.compile("[一-龥]")
_CHINESE_RUN = re.compile("[一-龥]+")


class Romanised:
    """Reads typed pinyin as the words of a book; English lines give nothing."""

    def __init__(self, texts: Iterable[str], words: Iterable[str]) -> None:
        # Made with the book, off the loop: the first line in pinyin would hold up all others.
        self._ours = _by_sound(texts)
        self._pack = _by_sound_of_pack(tuple(words))

    def read(self, plain: str) -> str | None:
        """*plain* in characters; None where it holds no pinyin that the book could mean."""
        changed = _RUN.sub(lambda found: self._read(found[0]) or found[0], plain)
        if changed == plain or _CHINESE.search(changed) is None:
            return None
        return changed.replace(" ", "")

    def _read(self, run: str) -> str | None:
        if len(run) < _LETTERS:
            return None
        sounds = spelled(run, single=True)
        if sounds is None:
            return None
        found: list[str] = []
        at = 0
        while at < len(sounds):
            for length in range(min(_LONGEST, len(sounds) - at), 0, -1):
                part = self._written(sounds[at : at + length])
                if part is not None:
                    found.append(part)
                    at += length
                    break
            else:
                return None
        return "".join(found)

    def _written(self, sound: str) -> str | None:
        """What the book writes for *sound*, else the pack."""
        return self._ours.get(sound) or self._pack.get(sound)


def _by_sound(texts: Iterable[str]) -> Mapping[str, str]:
    """The characters that *texts* write most often for a sequence of sounds."""
    counts: dict[str, dict[str, int]] = {}
    sounds = table()
    for piece in chain.from_iterable(map(_CHINESE_RUN.findall, texts)):
        for length in range(1, _LONGEST + 1):
            for start in range(len(piece) - length + 1):
                part = piece[start : start + length]
                heard = counts.setdefault(part.translate(sounds), {})
                heard[part] = heard.get(part, 0) + 1
    return {
        sound: max(sorted(parts), key=parts.__getitem__)
        for sound, parts in counts.items()
    }


@lru_cache(maxsize=4)
def _by_sound_of_pack(words: tuple[str, ...]) -> Mapping[str, str]:
    """The same of a pack's words, which many books share."""
    return _by_sound(words)
