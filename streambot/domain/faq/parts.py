"""Parts: where one line asks several things (多少钱 几号链接 什么时候发)."""

from __future__ import annotations

import re

from streambot.domain.faq.normalise import normalise

_MAY_PART = re.compile(r"[\s，,。？?！!；;、]|还有|然后|另外|顺便|以及|再问")
#: 还有货吗 asks one thing: 还有 joins only what could stand by itself.
_BETWEEN = re.compile(
    r"[，,。？?！!；;]+|(?<![a-z0-9])\s+|\s+(?![a-z0-9])|"
    r"(?<=..)还有(?![货吗没多几库现啊呀嘛券赠优別别的])|然后|另外(?![的一])|顺便(?:问一?下?)?|以及|再问一?下?",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"^(?:还有就?是?|然后|另外|顺便(?:问一?下?)?|再问一?下?|那|以及|请问一?下?|问一?下|and|also)\s*"
)
_LINK = re.compile(r"(?<=\d)\s+(?=号)")
#: More than this is no question but a story.
_MOST = 5


def parts_of(text: str) -> tuple[str, ...]:
    """The parts of *text* that may each be a question; none where it is one."""
    if _MAY_PART.search(text) is None:
        return ()
    parts = [
        _LEAD.sub("", part.strip())
        for part in _BETWEEN.split(_LINK.sub("", text))
        if len(normalise(part)) >= 2
    ]
    return tuple(parts) if 2 <= len(parts) <= _MOST else ()
