"""Hearsay: an angry word that is quoted, defended against, said in jest, or told of a cure."""

from __future__ import annotations

import re
from collections.abc import Collection

#: Right before a word that somebody else said: 弹幕有人刷骗子, 谁说假货的.
_SAID_BY_OTHERS = re.compile(
    r"(?:楼上|上面|前面|刚[才刚]|弹幕|公屏|评论区?|有[的些]?人|谁|那[个些位]|某些人|黑粉|"
    r"喷子)[^,，。!！?？]{0,4}(?:说|刷|喊|讲|骂|喷|扣|叫)(?:的)?[^,，。!！?？]{0,3}$|"
    # or at home
    r"(?:(?<!你)(?<!你们)(?:老公|老婆|闺蜜|室友|同事|朋友|同学|邻居|别人|人家|家人|婆婆|对象|男友|"
    r"我[妈爸姐妹哥弟]|妈妈|爸爸|姐姐|妹妹|弟弟|女儿|"
    r"儿子)(?:都|还|老|总|一直|天天|非|就)?(?:说|问|怀疑|以为|觉得|讲|担心|怕|嫌))[^,，。!！?？]{0,7}$"
)
#: Behind it, by whom it is denied.
_DEFENDED = re.compile(
    r"我[^,，。]{0,9}(?:是[真好正]|收到|到了|没问题|没事|＿＿|满意|好用|挺好|很好|靠谱)|我(?:都|"
    r"也)?买[了过]|别(?:乱|瞎|造谣|带节奏|黑|听|信)|(?:你|去|自己)问(?:问)?(?:客服|主播)|黑粉|带节奏|闭嘴|"
    r"(?:乱|瞎|胡)[说讲]|造谣|同行|^[^,，。!！]{0,4}[,，。! ]+(?:可是?|但是?|不过|结果)?我(?:偏|才|可|就|倒|"
    r"却|都|跟[他她]|告诉[他她])?"
    r"(?:说(?:这?不是|没有|不会|放心)|不信|不这么|不觉得|不同意)|越[用吃喝涂穿看]越|"
    r"我[^。!！]{0,12}(?:是真的(?!假|骗|坑|差|烂)|是(?:真货|正品)(?!吗))|没(?:出过)?(?:事|问题)$"
)
#: And where it is agreed with, all the same.
_AGREED = re.compile(
    "现在信了|才(?:知道|发现|信)|真信了|打脸|被[他她][说猜]中|早该听|后悔没听|结果(?!.{0,6}(?:是真|挺|很|"
    "＿＿|没))|"
    "我?[也都](?:是假|没收|没到|被骗|一样|坏|不)|确实|果然|没错|说得对|没说错|真的是骗|解释"
)
#: Words of a film or a song, or of the host, between quotation marks.
_QUOTES = re.compile(
    r"(?:那句|台词|电影|歌词|歌里|段子|名场面|(?:主播|刚才?)[^,，。]{0,3}说的?)[^,，。]{0,4}[\"“「『][^\"”」"
    r"』]*$"
)
#: Words between quotation marks that are the name of a picture or a story.
_NAMED = re.compile(
    r"^[^\"”」』]{0,4}[\"”」』](?:这|那)?(?:个|句|张|段|首)?的?(?:表情包?|故事|梗|台词|段子|图|歌|话题|剧情|"
    r"片段|短剧|小品)"
)
_OPENED = re.compile(r"[\"“「『][^\"”」』]{0,6}$")
_STILL_QUOTES = re.compile(r"^[^\"”」』]*[\"”」』](?![^。]{0,6}(?:呢|骗|屁|鬼|结果))")
#: What no complaint is about: charm, one's purse, and what fans wait for.
_JEST = re.compile(
    r"(?:[这那]么|太|长得|[美帅甜瘦香]成|[看吃爱]到)[^,，。假差烂]{0,3}(?:可爱|好看|美|帅|漂亮|瘦|甜|便宜|"
    r"好吃|香|划算|好听|年轻|会卖|这样)|[美帅甜瘦]成这样|犯[法规](?:的|了|吧|啊)?|偷走?了?我的?心|(?:钱包|"
    r"余额|花呗|体重秤?|存款)(?:说|要|都|在|又|哭|喊|表示)|再不(?:出新|上新|上链接|开播|播|唱|返场|补货|"
    r"更新|露脸|跳|来)"
)
_PURSE_SAYS = re.compile(
    r"(?:钱包|余额|花呗|体重秤?|存款|腰围)(?:它|都|又|已经)?(?:说|要|想|在|喊|表示|准备|申请)+(?:去|"
    r"来)?(?:投诉|举报|"
    r"退[钱款货])(?!.{0,12}(?:[假坏破骗]|不[退理]|没[到发收]))|"
    r"^我?要?(?:投诉|举报)我(?:家的?|那个?)?(?:老公|老婆|媳妇|对象|男友|男朋友|女朋友|爸|妈|儿子|闺女|孩子|猫|狗|闺蜜|室友|自己)"
    r"(?!.*(?:你们|你家|店|买|客服|收到|[发退]货|[假坏破骗退赔]|[没不]))"
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


def said_by_others(text: str, start: int, end: int) -> bool:
    """Whether the word between is quoted, or told of somebody whom the line contradicts."""
    before, behind = text[:start], text[end:]
    if _QUOTES.search(before) is not None and _STILL_QUOTES.search(behind) is not None:
        return True
    if _OPENED.search(before) is not None and _NAMED.search(behind) is not None:
        return True
    return (
        _SAID_BY_OTHERS.search(before) is not None
        and _DEFENDED.search(behind) is not None
        and _AGREED.search(behind) is None
    )


def in_jest(text: str, rules: Collection[str]) -> bool:
    """Whether who threatens means charm, a purse or their family: 这么可爱我要报警了, 我投诉我老公."""
    if not rules or not _THREATS.issuperset(rules):
        return False
    if "law" not in rules:
        return _PURSE_SAYS.search(text) is not None
    return _JEST.search(text) is not None and _COMPLAINT.search(text) is None


def was_cured(text: str, start: int, end: int) -> bool:
    """Whether a harm was there before the goods, which cured it."""
    before = text[:start]
    if _HERE.search(before) is None and _CURED_SINCE.search(text, end) is not None:
        return True
    return _CURED.search(before) is not None and "医院" not in before
