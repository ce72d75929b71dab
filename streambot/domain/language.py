"""Language: which of the desk's languages a viewer writes in, told from their own words."""

from __future__ import annotations

import re

from streambot.domain.faq.sounds import spelled

CHINESE, ENGLISH = "zh", "en"
LANGUAGES = (CHINESE, ENGLISH)
_HAN = re.compile("[\u3400-\u9fff]")
_RUN = re.compile("[a-z]+(?:[ ']+[a-z]+)*")
#: What has no such word is a size, a link or laughter (XL, hhh) in any language.
_WORD = re.compile("(?=[a-z]*[aeiou])[a-z]{4,}")


def language_of(text: str) -> str | None:
    """``zh``, ``en``, or None where the words tell neither; typed pinyin is Chinese."""
    if _HAN.search(text):
        return CHINESE
    runs = [run for run in _RUN.findall(text.lower()) if _WORD.search(run)]
    if not runs:
        return None
    pinyin = all(spelled(run, single=True) is not None for run in runs)
    return CHINESE if pinyin else ENGLISH
