"""Order numbers: finding them in a line, full or as a tail, and nothing that merely looks so."""

from __future__ import annotations

import re
import unicodedata

from streambot.domain.order_requests import asks_about_order, asks_order_change

__all__ = [
    "asks_about_order",
    "asks_order_change",
    "find_order_numbers",
    "plain_number",
]

_WORDS = re.compile(
    r"订单|单号|单子|尾号|尾数|末尾|后[四五六4-6]位|编号|快递|物流|运单|包裹|"
    r"\b(?:order|tracking|parcel|package)\b",
    re.IGNORECASE,
)
_TAILS = re.compile(
    r"尾号|尾数|末尾|后[四五六4-6]位|\blast (?:four|five|six|[4-6])\b", re.I
)
_DIGIT = re.compile("[0-9]")
#: Taken out before anything is looked for: dates, phones, prices, chat accounts, links.
_NO_NUMBER = re.compile(
    r"(?<!\d)(?:19|20)\d\d(?:[-/.](?:0?[1-9]|1[0-2])[-/.](?:0?[1-9]|[12]\d|3[01])(?!\d)|年)|"
    r"(?<!\d)(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)|"
    r"(?<!\d)0\d{2,3}-\d{7,8}(?!\d)|(?<!\d)400-?\d{3}-?\d{4}(?!\d)|"
    r"[¥￥$€]\s*\d[\d,.]*|(?<!\d)\d{1,12}\.\d+|(?<![\d,])\d{1,3}(?:,\d{3})+(?![\d,])|"
    r"(?<!\d)\d{1,12}\s*(?:元|块|rmb|cny|毛|折|件|个|双|斤|克|k?g\b|ml|毫升|码|人|万|k\b|w\b|%|号链接|点|分|秒|单(?!号))|"
    r"(?:qq|群|vx|v信|微信|wechat|weixin)\s*(?:号)?\s*[:：]?\s*[a-z]*\d+|"
    r"(?:手机|电话|号码)(?:号|尾号|后四位)?\s*(?:是|为)?\s*[:：]?\s*\d+|"
    r"满\s*\d+(?:[减送]\s*\d+)?|(?:价格?|运费|邮费|金额)\s*:?\s*\d+|"
    r"https?://\S+|www\.\S+",
    re.IGNORECASE,
)
#: Groups of digits held together by single spaces or dashes, perhaps behind a few letters.
_RUN = re.compile(
    r"(?<![A-Za-z0-9])[A-Za-z]{0,4}-?\d{1,32}(?:[ -][0-9]{1,32}){0,15}(?![A-Za-z0-9])",
    re.ASCII,
)
_FULL, _WITH_WORDS = 10, 7  # digits that are a number anyway, and beside an order word
_COUNTING = 3  # shorter groups in a row are somebody counting: 16 17 18
_LONGEST = 32
_TAIL = range(4, 7)
_NEAR = 12
_AT_MOST = 5
_DATE_LIKE = re.compile(r"20[0-3]\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")


def plain_number(number: str) -> str:
    """An order number without spaces and dashes, in upper case and ASCII digits."""
    return re.sub(r"[\s\-_]", "", unicodedata.normalize("NFKC", number)).upper()


def find_order_numbers(text: str) -> tuple[str, ...]:
    """Order numbers in *text*, each once, in order of appearance, at most five.

    Spaces and dashes in them are taken out. Tails of four to six digits count only near a word
    about orders; dates, phones, prices and accounts never do.
    """
    if text.isalpha():
        return ()
    plain = unicodedata.normalize("NFKC", text)
    if _DIGIT.search(plain) is None:
        return ()
    plain = _NO_NUMBER.sub(lambda found: "，" * len(found[0]), plain)
    words = [(found.start(), found.end()) for found in _WORDS.finditer(plain)]
    tails = _TAILS.search(plain) is not None
    numbers: dict[str, None] = {}
    for run in _RUN.finditer(plain):
        near = any(
            run.start() - end <= _NEAR and start - run.end() <= _NEAR
            for start, end in words
        )
        for number in _split(run[0], near=near, tails=near and tails):
            if _is_number(number, near=near):
                numbers[number] = None
    return tuple(numbers)[:_AT_MOST]


def _split(run: str, *, near: bool, tails: bool) -> list[str]:
    """One number to each: long groups stand alone, short ones beside each other are one."""
    numbers: list[str] = []
    short: list[str] = []
    for group in (part for token in run.split(" ") for part in _by_dashes(token)):
        if len(group) >= _FULL or tails:
            numbers += ["".join(short), group]
            short = []
        elif near or len(group) >= _COUNTING:
            short.append(group)
    return [number.upper() for number in (*numbers, "".join(short)) if number]


def _by_dashes(token: str) -> list[str]:
    """What dashes hold together, unless each part is a number of its own."""
    parts = token.split("-")
    return parts if all(len(part) >= _FULL for part in parts) else ["".join(parts)]


def _is_number(number: str, *, near: bool) -> bool:
    digits = "".join(char for char in number if char.isdigit())
    if len(digits) > _LONGEST:
        return False
    if len(digits) >= _FULL:
        return len(set(digits)) > 2  # 6666666666 is applause
    if not near:
        return False
    if len(digits) in _TAIL:
        return True
    return len(digits) >= _WITH_WORDS and _DATE_LIKE.fullmatch(digits) is None
