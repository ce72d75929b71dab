"""Hearsay: an angry word that is quoted, defended against, said in jest, or told of a cure."""

from __future__ import annotations

import re
from collections.abc import Collection

#: Right before a word that somebody else said: 弹幕有人刷骗子, 谁说假货的.
_SAID_BY_OTHERS = re.compile(
    r"(?:楼上|上面|前面|刚[才刚]|弹幕|公屏|评论区?|有[的些]?人|谁|那[个些位]|某些人|黑粉|"
    r"喷子)[^,，。!！?？]{0,4}(?:说|刷|喊|讲|骂|喷|扣|叫)(?:的)?[^,，。!！?？]{0,3}$"
)
#: Behind it, by whom it is denied.
_DEFENDED = re.compile(
    r"我[^,，。]{0,9}(?:是[真好正]|收到|到了|没问题|没事|＿＿|满意|好用|挺好|很好|靠谱)|我(?:都|"
    r"也)?买[了过]|别(?:乱|瞎|造谣|带节奏|黑|听|信)|(?:你|去|自己)问(?:问)?(?:客服|主播)|黑粉|带节奏|闭嘴|"
    r"(?:乱|瞎|胡)[说讲]|造谣|同行"
)
#: And where it is agreed with, all the same.
_AGREED = re.compile(
    "我?[也都](?:是假|没收|没到|被骗|一样|坏|不)|确实|果然|没错|说得对|没说错|真的是骗|解释"
)
#: Words of a film or a song, or of the host, between quotation marks.
_QUOTES = re.compile(
    r"(?:那句|台词|电影|歌词|歌里|段子|名场面|(?:主播|刚才?)[^,，。]{0,3}说的?)[^,，。]{0,4}[\"“「『][^\"”」"
    r"』]*$"
)
_STILL_QUOTES = re.compile(r"^[^\"”」』]*[\"”」』](?![^。]{0,6}(?:呢|骗|屁|鬼|结果))")
#: What no complaint is about: charm, one's purse, and what fans wait for.
_JEST = re.compile(
    r"(?:[这那]么|太|长得|[美帅甜瘦香]成|[看吃爱]到)[^,，。假差烂]{0,3}(?:可爱|好看|美|帅|漂亮|瘦|甜|便宜|"
    r"好吃|香|划算|好听|年轻|会卖|这样)|[美帅甜瘦]成这样|犯[法规](?:的|了|吧|啊)?|偷走?了?我的?心|(?:钱包|"
    r"余额|花呗|体重秤?|存款)(?:说|要|都|在|又|哭|喊|表示)|再不(?:出新|上新|上链接|开播|播|唱|返场|补货|"
    r"更新|露脸|跳|来)"
)
_COMPLAINT = re.compile(
    r"假|差|烂|坏|破|退|赔|骗|坑|[没不](?:发|收|到|给|理|回|管|处理)|质量|客服|售后|过敏|到底|等了|订单|"
    r"快递|证据|截图"
)
_THREATS = frozenset({"law", "demand"})
#: What the goods cured: 救了我的烂脸, 以前烂脸，后来用你家好了.
_CURED = re.compile(
    r"(?:治好|治愈|救[了回活]?|拯救|修复|养好|改善|缓解)了?(?:我的?|了)?[^,，。]{0,3}$"
)
_CURED_SINCE = re.compile(
    r"(?:后来|现在|自从|直到|还好)[^,，。]{0,4}(?:用|换|吃|涂|遇到|到)[^,，。别]{0,8}(?:好了|没事|不过敏|"
    r"没再|再[也没])|用了?(?:这|它|你们?家)[^,，。]{0,4}(?:没事|好了|再没|不过敏|＿＿)|(?:就|"
    r"只有)你们?家?的?(?:没事|＿＿|不会)"
)
_HERE = re.compile("你们|你家|这[家个款瓶]|主播推荐")
#: In English: others did it, or it only seemed so.
_BY_OTHERS = re.compile(
    r"(?<![a-z])(?:an)?other (?:shop|seller|store|site|place|brand|live|compan(?:y|ie))s?(?: (?!you|u |ur|"
    r"yall|this|but|and)[a-z]+){0,2} $",
    re.IGNORECASE,
)
#: Behind it, where they did it.
_AT_OTHERS = re.compile(
    r"^ (?:\w+ ){0,2}(?:on|at|by|from) (?:an|some )?other (?:shop|seller|store|site|place|brand)",
    re.IGNORECASE,
)
_ONLY_SEEMED = re.compile(
    r"(?<![a-z])(?:thought|heard|says?|said|afraid|worried|scared|assumed|figured)(?: [a-z]+){0,3} (?:was|"
    r"were|is|its|be|would be)(?: an?)? $",
    re.IGNORECASE,
)
_TURNED_OUT_WELL = re.compile(
    r"(?<![a-z])(?:but|turns? out|glad)(?!.*(?:not|isnt|never))(?=.*(?:legit|real|genuine|great|came|"
    r"arrived|love|good|amazing))",
    re.IGNORECASE,
)


def said_by_others(text: str, start: int, end: int) -> bool:
    """Whether the word between is quoted, or told of somebody whom the line contradicts."""
    before, behind = text[:start], text[end:]
    if _QUOTES.search(before) is not None and _STILL_QUOTES.search(behind) is not None:
        return True
    return (
        _SAID_BY_OTHERS.search(before) is not None
        and _DEFENDED.search(behind) is not None
        and _AGREED.search(behind) is None
    )


def done_elsewhere(text: str, start: int, end: int) -> bool:
    """Whether others did it by the English words before it, or it only seemed so."""
    before = text[:start]
    if _BY_OTHERS.search(before) is not None or _AT_OTHERS.search(text[end:]):
        return True
    seemed = _ONLY_SEEMED.search(before) is not None
    return seemed and _TURNED_OUT_WELL.search(text, end) is not None


def in_jest(text: str, rules: Collection[str]) -> bool:
    """Whether who threatens with the law means charm or a purse: 这么可爱我要报警了."""
    if not _THREATS.issuperset(rules) or "law" not in rules:
        return False
    return _JEST.search(text) is not None and _COMPLAINT.search(text) is None


def was_cured(text: str, start: int, end: int) -> bool:
    """Whether a harm was there before the goods, which cured it."""
    before = text[:start]
    if _HERE.search(before) is None and _CURED_SINCE.search(text, end) is not None:
        return True
    return _CURED.search(before) is not None and "医院" not in before
