"""Spelling: a text as it is typed in pinyin, so that ``fh`` or ``fahuo`` finds 发货."""

from __future__ import annotations

import re

from streambot.domain.faq.sounds import readings

#: Other readings of characters that shops use in several; the table of sounds knows one of each.
_ALSO = {
    "重": "chong",
    "长": "zhang",
    "行": "hang",
    "还": "huan hai",
    "调": "diao",
    "便": "pian",
    "差": "chai",
    "降": "xiang",
    "色": "shai",
    "薄": "bo bao",
    "率": "lv shuai",
    "会": "kuai",
    "乐": "yue",
    "没": "mo",
    "觉": "jiao jue",
    "系": "ji",
    "参": "shen",
    "单": "shan",
    "称": "chen",
    "得": "dei",
    "了": "liao",
    "都": "dou du",
    "着": "zhao",
    "和": "huo",
    "折": "she",
    "角": "jue",
    "落": "la",
    "露": "lou",
    "盛": "cheng",
    "省": "xing",
    "什": "shi",
    "弹": "dan tan",
    "藏": "zang",
    "给": "ji",
    "大": "dai",
    "血": "xie",
    "壳": "qiao",
    "剥": "bao",
    "地": "de di",
    "的": "di",
    "卡": "qia",
    "合": "ge",
    "传": "zhuan",
}
_PART = re.compile(r"[A-Za-z0-9]+|[一-龥]")


def spelled_out(text: str) -> tuple[str, ...]:
    """A token for each character or Latin word of *text*, several readings parted by ``/``."""
    return tuple(_token(part) for part in _PART.findall(text))


def _token(part: str) -> str:
    if part.isascii():
        return part.lower()
    known = readings().get(part)
    all_of = [*([known] if known else []), *_ALSO.get(part, "").split()]
    return "/".join(dict.fromkeys(all_of)) or part


def initials(text: str) -> str:
    """The first letters of *text* in their commonest reading; Latin words stay whole."""
    known = readings()
    return "".join(
        part.lower() if part.isascii() else known.get(part, part)[0]
        for part in _PART.findall(text)
    )
