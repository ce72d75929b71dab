"""Texts: every word of the console in Chinese and English, one file for pages and script."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import msgspec
from aiohttp import web

STATIC = Path(__file__).parent / "static"
LANGUAGES = ("zh", "en")
LANGUAGE_COOKIE = "streambot_language"


@dataclass(frozen=True, slots=True)
class Texts:
    """The words by key: ``{key: [Chinese, English]}``."""

    words: dict[str, tuple[str, str]]

    def get(self, key: str, language: str) -> str:
        """The words of *key* in *language*."""
        return self.words[key][LANGUAGES.index(language)]


def load_texts(path: Path = STATIC / "i18n" / "console.json") -> Texts:
    """The shipped words."""
    return Texts(
        msgspec.json.decode(path.read_bytes(), type=dict[str, tuple[str, str]])
    )


def language_of(request: web.Request, default: str) -> str:
    """The language a person switched to in their browser, else *default*."""
    chosen = request.cookies.get(LANGUAGE_COOKIE, default)
    return chosen if chosen in LANGUAGES else LANGUAGES[0]
