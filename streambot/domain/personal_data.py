"""Personal data: numbers and addresses of people, found by their shape however they are split."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from streambot.domain.guard_rules import Finds
from streambot.domain.guard_view import digits, numerals

_GAP = r"[ \t.·\-—_~]{1,3}"
#: Prices are listed and sizes multiplied with these, too: 199、1299、1599 and 150*2000*2200.
_ANY_GAP = r"[ \t.·\-—_~/|*,，、]{1,3}"
_PHONE = re.compile(
    rf"(?<!\d)(?:\+?86[ -]?)?1[3-9](?:\d{{9}}"
    rf"|\d{_GAP}\d{{4}}{_GAP}?\d{{4}}|\d{{5}}{_GAP}\d{{4}}"
    rf"|\d{_GAP}\d{{8}}|\d{{2}}{_GAP}\d{{4}}{_GAP}\d{{3}}|\d{{3}}{_GAP}\d{{6}}"
    rf"|\d{_GAP}\d{{3}}{_GAP}\d{{5}}|(?:{_GAP}\d{{2}}){{4}}{_GAP}\d)(?!\d)"
    rf"|(?<!\d)1(?:{_ANY_GAP}\d){{10}}(?!{_ANY_GAP}?\d)|(?<!\d)0\d{{2,3}}-\d{{7,8}}(?!\d)"
)
_CALLED_PHONE = re.compile(
    r"(?:电话|手机号|号码|联系|拨打|致电|手机(?=\D{0,3}1[3-9](?!\d)))[号码是为: ]{0,4}"
    rf"(1[3-9](?:(?:{_ANY_GAP})?\d){{9}})(?!\d)"
)
_LISTED_PHONE = re.compile(rf"(?<!\d)1[3-9]\d{_ANY_GAP}\d{{4}}{_ANY_GAP}\d{{4}}(?!\d)")
_ROUND = "0589"  # what prices and sizes end in
_LANDLINE_WORDS = re.compile(r"(?:电话|热线|座机|手机|号码)\D{0,4}([2-8]\d{6,7})(?!\d)")
_IDENTITY = re.compile(
    r"(?<!\d)\d{17}[\dx](?![\dx])"
    r"|(?<!\d)[1-9]\d{5}[ -]{1,2}(?:19|20)\d{2}[ -]{0,2}[01]\d[ -]{0,2}[0-3]\d[ -]{1,2}\d{3}[\dx]"
    r"(?![\dx])|(?<!\d)[1-9](?: \d){16} [\dx](?![\dx])"
)
#: Said before a number of an identity card, which then needs no right check digit.
_CALLED_IDENTITY = re.compile(r"(?:身份证|证件|id)[^\d，,。;；]{0,8}$")
_WEIGHTS, _CHECKS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2), "10x98765432"
#: Said before a number of goods, which is printed on them for everybody.
_CALLED_GOODS = re.compile(
    r"(?:条形?码|许可证|备案|妆网备字|文号|食健字|isbn|货号|款号|型号|批号|标准号)"
    r"[^\d，,。;；!?]{0,8}$"
)
_LONG_NUMBER = re.compile(
    r"(?<![\d*])[a-z]{0,4}\d{10,}(?!\d)"
    r"|(?:单号|订单|运单|快递号|编号)[^\d*]{0,6}?([a-z]{0,4}\d(?:[ .\-]{1,2}\d|\d){9,40})(?!\d)"
    r"|(?<!\d)\d(?: \d){9,40}(?! ?\d)"
)
_ADDRESS = re.compile(
    r"[一-龥]{2,8}(?:省|市|区|县)[一-龥\d]{0,16}(?:路|街|(?<![知味渠报频])道|巷|村|镇)[一-龥]{0,12}?"
    r"(?:\d{1,5}|[一二三四五六七八九十百零〇]{1,6})号(?!链|宝|商|款|色|车|线|发|前|后|之|到|开|码|以|左|上|晚|那|这)"
    r"|\d{1,4}号?(?:栋|幢|单元)\d{0,4}|\d{1,4}号楼|(?:栋|幢|单元|楼)\d{2,4}室"
    r"|(?<![\d一-龥])\d{3,4}室"
)
_LINK = re.compile(
    r"https?://|(?<![a-z])www\.|(?<![a-z0-9@.])[a-z0-9-]{2,30}\.(?:com|cn|net|top|xyz|vip|shop|club)"
    r"(?![a-z])|[\w.+-]{1,40}@[a-z0-9-]{1,30}\.[a-z]{2,6}"
)
#: An address in words: www 点 abc 点 com, abc艾特qq点com.
_SPELT_LINK = re.compile(
    r"(?<![a-z])(?:w ?){3}(?:[.。·丶]|点|dot)"
    r"|(?<![a-z0-9])(?=[0-9-]*[a-z])[a-z0-9-]{2,30} ?(?:[。·丶]|点|(?<= )dot(?= )) ?(?:com|cn|net|org)"
    r"(?![a-z])|[a-z0-9][\w.+-]{0,39} ?(?:艾特|爱特|@|(?<= )at(?= )) ?[a-z0-9-]{1,30} ?(?:[.。·丶]|点)"
    r" ?(?:com|cn|net|org)(?![a-z])"
)
_CONTACT = re.compile(
    r"(?:(?:微信|薇信|徽信|v信|扣扣|企鹅|(?<![a-z])(?:vx|wx|qq|weixin|wechat))[号是为 :]{0,4}"
    r"|(?<![a-z])[vq][号是为 :]{1,4})[a-z0-9_-]{5,20}(?![a-z0-9])"
)
_SPELT = re.compile(
    r"(?:[。·丶点]|dot) ?(?:com|cn|net|org)|w ?w ?w ?(?:[.。·丶点]|dot)"
)
_SIGNS = re.compile(
    rf"{_SPELT.pattern}|"
    r"[.栋幢室号]|单元|://|[话线机码]\D{0,4}\d{6}"
    r"|(?:[信扣鹅]|(?<![a-z])(?:vx|wx|qq|weixin|wechat))[号是为 :]{0,4}[a-z0-9_-]{5}"
    r"|(?<![a-z])[vq][号是为 :]{1,4}[a-z0-9_-]{5}"
)
_PHONE_DIGITS, _MOBILE_DIGITS = 7, 10
_CHEER = 2  # a number of so few different characters is 6666666666
_MOST = 20  # findings of one kind that anybody wants to hear of

Spans = Iterator[tuple[int, int]]


def may_hold(text: str) -> bool:
    """Whether *text* can hold anything of this kind at all: a quick look."""
    return _SIGNS.search(text) is not None or numerals(text) >= _MOBILE_DIGITS


def _phones(text: str) -> Spans:
    if numerals(text) < _PHONE_DIGITS:
        return
    read = digits(text)
    for found in _PHONE.finditer(read):
        if not _is_model(text, *found.span()):
            yield found.span()
    for found in _LISTED_PHONE.finditer(read):
        if not all(part[-1] in _ROUND for part in re.split(r"\D+", found[0])):
            yield found.span()
    for called in (_CALLED_PHONE, _LANDLINE_WORDS):
        for found in called.finditer(read):
            yield found.span(1)


def _is_model(text: str, start: int, end: int) -> bool:
    """Whether letters hold the number: those of a model, K13812345678B; else it's a long number."""
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    held = [char.isascii() and char.isalpha() for char in (before, after)]
    return all(held) or (any(held) and _CALLED_GOODS.search(text[:start]) is not None)


def _identities(text: str) -> Spans:
    if numerals(text) < 17:
        return
    read = digits(text)
    for found in _IDENTITY.finditer(read):
        called = _CALLED_IDENTITY.search(read, 0, found.start()) is not None
        if _is_identity(found[0], called=called):
            yield found.span()


def _is_identity(number: str, *, called: bool) -> bool:
    """Whether *number* has a birthday, and parts, or is called one, or has its check digit."""
    card = re.sub(r"[ -]", "", number)
    month, day = int(card[10:12]), int(card[12:14])
    if card[6:8] not in ("19", "20") or not (0 < month < 13 and 0 < day < 32):
        return False
    if called or card != number:
        return True
    total = sum(int(one) * weight for one, weight in zip(card, _WEIGHTS, strict=False))
    return _CHECKS[total % 11] == card[-1]


def _long_numbers(text: str) -> Spans:
    if numerals(text) < 10:
        return
    for found in _LONG_NUMBER.finditer(digits(text)):
        if len(set(found[0]) - {" "}) > _CHEER:
            start, end = found.span(1) if found[1] is not None else found.span()
            if not _CALLED_GOODS.search(text, 0, start):
                yield start, end


def _addresses(text: str) -> Spans:
    yield from (found.span() for found in _ADDRESS.finditer(_arabic(text)))


def _arabic(text: str) -> str:
    """Digits of any script as ours, but Chinese numerals only before 栋, 号 and the like."""
    return _CHINESE_NUMBER.sub(lambda found: digits(found[0]), text)


_CHINESE_NUMBER = re.compile(
    r"[^\x00-\x7f一-龥]|[零〇一二三四五六七八九]+(?=[号栋幢室单])"
)


def _links(text: str) -> Spans:
    if "." in text or "://" in text:
        yield from (found.span() for found in _LINK.finditer(text))
    if _SPELT.search(text):
        yield from (found.span() for found in _SPELT_LINK.finditer(text))


def _contacts(text: str) -> Spans:
    for found in _CONTACT.finditer(text):
        if any(char.isdigit() or char == "_" for char in found[0]):
            yield found.span()


_FINDERS: Mapping[Finds, Callable[[str], Spans]] = MappingProxyType(
    {
        Finds.PHONE: _phones,
        Finds.IDENTITY_NUMBER: _identities,
        Finds.LONG_NUMBER: _long_numbers,
        Finds.ADDRESS: _addresses,
        Finds.LINK: _links,
        Finds.CONTACT: _contacts,
    }
)


def found(kind: Finds, text: str) -> Spans:
    """Where *text*, folded and in small letters, holds something of *kind*."""
    for number, span in enumerate(_FINDERS[kind](text)):
        if number == _MOST:
            return
        yield span
