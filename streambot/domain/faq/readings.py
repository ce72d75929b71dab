"""Readings: a line without what isn't its question - links, a body, "已拍", rhetorical 不."""

from __future__ import annotations

import re
from collections.abc import Iterator

from streambot.domain.faq.colours import COLOUR, all_colours
from streambot.domain.faq.normalise import folded
from streambot.domain.faq.question_form import without_report, without_rhetoric
from streambot.domain.faq.slots import Slots, read_slots


def neutral(text: str, slots: Slots) -> str:
    """Folded *text* with its *slots* and phrases that change nothing about the question left out.

    It may be empty: "3号" asks nothing. Equal to *text* where there is nothing to leave out.
    """
    taken = slots.links or (slots.heights and slots.weights)
    return without_rhetoric(without_report(slots.rest_text if taken else text))


_WHOM = r"主播|老板娘?|客服|掌柜的?|店家|小姐姐|哥|姐|老师|那个|亲亲?+|嗯++|哎|诶|哈喽"
#: Whom a line is said to, before what is asked; what is asked of the host stays (主播多高).
_CALLED = re.compile(rf"^(?:{_WHOM})[\s,，:：~～]*")
#: That, and how a question sets out; what it points at (那件) stays.
_OPENS = re.compile(
    rf"^(?:(?:@ ?)?(?:{_WHOM}|家人们|宝子们?|宝贝们?|哈哈++|那么|那(?![个款件种条双些里边位天年时样])|"
    r"就是|到底|究竟|所以|刚来的?|刚进来|没[听看][清见到]|我?都?问了?好?几?[遍次]了?|"
    r"请问一?下?|麻烦问一?下|我?想问一?下?|这[个款件]|咱们?家?|你们?家|你们)[\s,，:：~～]*)+"
)
#: The same behind it, where a particle or a pause parts the two: 怎么联系主播 asks for the host.
_CALLED_AFTER = re.compile(
    r"(?<=[啊呀呢吧哦嘛吗么了\s,，~～])(?:主播|老板娘?|掌柜的?|店家|小姐姐|哥哥?|姐姐?|老师|亲亲?)[\s~～!！?？]*$"
)
#: What such a call ends with, and what may stand behind it.
_CALLED_LAST, _AROUND_CALLED = tuple("播板娘柜的家哥姐师亲"), " \t\n~～!！?？"
#: What is asked of whoever answers: 回我一下, 在线等, 111.
_PLEADS = re.compile(
    r"[\s,，]{0,4}(?:[回答]复?(?:我|一下)一?下?|在线等|急+用?|谢谢[你啦了]?|求[回解]答?复?|看看我|"
    r"(?<!\d)(?:1{2,9}|6{2,9}))"
    r"[\s~～!！]{0,9}$"
)
_MAY_PLEAD = tuple("我下等急用谢你啦了答复求16~～!！ ")
_OF_THE_HOST = re.compile(
    "多高|多重|体重|身高|多大|几岁|年龄|哪里人|什么(?:手机|口红|粉底|眼镜|耳机|麦克风)|结婚|对象|名字"
)
#: Which size is worn by who shows it: 身上这件多大码.
_SIZE_OF_HOST = re.compile(
    r"(?<!我)穿的(?:是|[这那][件个款条套])*(?:什么|几|啥|多大|哪个)尺?码|"
    r"身上的?(?:是|[这那][件个款条套])*(?:什么|几|啥|多大|哪个|[smlx]+)尺?码",
    re.IGNORECASE,
)
#: 主播我穿什么码 is about the viewer.
_FOR_ME = re.compile(r"^@? ?(?:主播|老板娘?|小姐姐)[\s,，]*我")
_MAY_DIFFER = re.compile("[0-9①-⑳号链拍码斤单付买购抢不没]")
_LEFT = 3


def is_for_me(text: str) -> bool:
    """Whether a folded line calls somebody and then speaks of the viewer."""
    return _FOR_ME.match(text) is not None


def asks_size_of_host(text: str) -> bool:
    """Whether folded *text* asks which size somebody on screen wears."""
    return _SIZE_OF_HOST.search(text) is not None


def other_readings(text: str, *, alike: bool) -> Iterator[str]:
    """Folded *text* without whom it calls, and without openers, pleas, slots, reports and rhetoric.

    Who asks for a colour also asks which there are.

    *alike*: whether it asks or is like anything in the book; else only the first is worth trying.
    """
    rest = bare(text) if alike else _without(text, _CALLED)
    if _LEFT <= len(rest) < len(text):
        yield rest
    if (at_large := all_colours(rest)) is not None:
        yield at_large
    if alike and _MAY_DIFFER.search(text) is not None:
        rest = neutral(text, read_slots(text))
        if rest and rest != text:
            yield rest


def is_at_large(phrasing: str) -> bool:
    """Whether a book's *phrasing* asks which colours there are, and for none of them."""
    return "色" in phrasing and not COLOUR.search(phrasing)


def is_left_of(reading: str, text: str) -> bool:
    """Whether a *reading* has only words of the line."""
    return not set(reading) - set(folded(text))


def bare(text: str) -> str:
    """Folded *text* without what is said around its question; it may be empty."""
    rest = _without(text, _OPENS)
    if rest.endswith(_MAY_PLEAD):
        pleads = _PLEADS.search(rest)
        if pleads is not None:
            return rest[: pleads.start()]
    return rest


def _without(text: str, opens: re.Pattern[str]) -> str:
    """*text* without how it *opens* and whom it calls behind; as it is where it asks of the host."""
    called = opens.match(text)
    start = 0 if called is None else called.end()
    end = len(text)
    if text.rstrip(_AROUND_CALLED).endswith(_CALLED_LAST):
        behind = _CALLED_AFTER.search(text, start)
        end = end if behind is None else behind.start()
    if end - start == len(text) or _asks_of_host(text):
        return text
    return text[start:end]


def _asks_of_host(text: str) -> bool:
    return _OF_THE_HOST.search(text) is not None or asks_size_of_host(text)
