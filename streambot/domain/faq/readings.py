"""Readings: a line without what isn't its question - links, a body, "已拍", rhetorical 不."""

from __future__ import annotations

import re
from collections.abc import Iterator

from streambot.domain.faq.question_form import without_report, without_rhetoric
from streambot.domain.faq.slots import Slots, read_slots


def neutral(text: str, slots: Slots) -> str:
    """Folded *text* with its *slots* and phrases that change nothing about the question left out.

    It may be empty: "3号" asks nothing. Equal to *text* where there is nothing to leave out.
    """
    taken = slots.links or (slots.heights and slots.weights)
    return without_rhetoric(without_report(slots.rest_text if taken else text))


#: Whom a line is said to, before what is asked; what is asked of the host stays (主播多高).
_CALLED = re.compile(
    r"^(?:主播|老板娘?|客服|掌柜的?|店家|小姐姐|哥|姐|老师|那个|亲亲?|嗯+|哎|诶|哈喽)[\s,，:：~～]*"
)
#: The same behind it, where a particle or a pause parts the two: 怎么联系主播 asks for the host.
_CALLED_AFTER = re.compile(
    r"(?<=[啊呀呢吧哦嘛吗么了\s,，~～])(?:主播|老板娘?|掌柜的?|店家|小姐姐|哥哥?|姐姐?|老师|亲亲?)[\s~～!！?？]*$"
)
_OF_THE_HOST = re.compile(
    "多高|多重|体重|身高|多大|几岁|年龄|哪里人|什么(?:手机|口红|粉底|眼镜|耳机|麦克风)|结婚|对象|名字"
)
_LEFT = 3


def other_readings(text: str, *, alike: bool) -> Iterator[str]:
    """Folded *text* without whom it calls, and without slots, reports and rhetoric.

    *alike*: whether it is like anything in the book; else only the first is worth trying.
    """
    called = _CALLED.match(text) or _CALLED_AFTER.search(text)
    if called is not None and _OF_THE_HOST.search(text) is None:
        rest = text[: called.start()] + text[called.end() :]
        if len(rest) >= _LEFT:
            yield rest
    if alike and _MAY_DIFFER.search(text) is not None:
        rest = neutral(text, read_slots(text))
        if rest and rest != text:
            yield rest


_MAY_DIFFER = re.compile("[0-9①-⑳号链拍码斤单付买购抢不没]")
