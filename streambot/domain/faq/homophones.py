"""Homophones: a line that sounds like a phrasing from the first syllable to the last, and is one.

包游吗 shares one character of three with 包邮吗, and nobody means anything else by it.
"""

from __future__ import annotations

from collections.abc import Iterable

from streambot.domain.faq.sounds import readings

#: Of two syllables too many words sound alike.
_SYLLABLES = 3


class Homophones:
    """The phrasings of a book by their sound.

    Args:
        phrasings: in canonical form.
    """

    def __init__(self, phrasings: Iterable[str]) -> None:
        self._of: dict[str, str] = {}
        for plain in phrasings:
            if len(plain) >= _SYLLABLES and not plain.isascii():
                self._of.setdefault(_sound(plain), plain)

    def read(self, plain: str) -> str | None:
        """The phrasing that canonical *plain* is written for, or None."""
        if len(plain) < _SYLLABLES or plain.isascii():
            return None
        meant = self._of.get(_sound(plain))
        return None if meant == plain else meant


def _sound(plain: str) -> str:
    """The syllables of *plain*, none merged: 蓝款 is no 男款."""
    return " ".join(map(readings().get, plain, plain))
