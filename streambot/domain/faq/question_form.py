"""QuestionForm: why against how, rhetorical negation, and lines that report instead of asking."""

from __future__ import annotations

import re

from streambot.domain.faq.normalise import normalise

#: What goes wrong, or why: 怎么退不了 is no 怎么退.
_WHY = re.compile(
    r"为什么|为啥|为何|凭什么|干嘛不|怎么回事|"
    r"(?:怎么|咋)(?:还是?|老是?|总是?|一直|又|就|都|也|我)*(?:不能|不让|不给|不可以|不行|不发|不退|没)|"
    r"(?:怎么|咋)(?:还是?|老是?|总是?|一直)不|"
    r"(?:怎么|咋)(?!样)[^，。,？?]{0,5}(?:不了|不上|不出|不动|不进|不开|不到|不成|失败)|\bwhy\b|"
    r"\b(?:can't|cannot|can not|doesn't|does not|won't|unable to|not able to)\b",
    re.IGNORECASE,
)
_MAY_WHY = re.compile("[为凭干怎咋不失没]|wh|n[o']t|able", re.IGNORECASE)
_TROUBLE = re.compile(
    r"(?:退|下|付|领|拍|买|点|打|用|进|提交|支付|登|加|抢|换|改|取消)(?:款|货|单|钱|券)?"
    r"(?:不了|不上|不进|不成功|不出来|失败|没反应)|领(?:券|取)?不到|没(?:领到|领上|到账)"
)
#: What a buyer can't do, or asks the reason of: a person's matter, whatever the book holds.
_STUCK = re.compile(
    r"(?:退|换)(?:款|货)?不了|下不了单|下单(?:不了|失败|不成功)|付(?:款)?不了|支付(?:不了|失败|不成功)|付款(?:失败|不成功)|"
    r"(?:领|拍|买|提交)不了|领不到|没(?:领到|领上|到账)"
)
_STUCK_IN_ENGLISH = re.compile(
    r"\b(?:code|voucher|coupon|gift\s+card|link|check\s?out|cart|payment|card|site|website)s?\b[^.?!]{0,24}"
    r"\b(?:won'?t|doesn'?t|isn'?t|can'?t|not|keeps?\s+\w+ing)\b[^.?!]{0,16}"
    r"\b(?:work\w*|load\w*|appl[yi]\w*|invalid|expired|accept\w*|errors?|declined|go(?:ing)?\s+through)\b|"
    r"\b(?:keeps?\s+saying|says)\s+(?:it'?s\s+)?(?:invalid|expired|not\s+valid)\b",
    re.IGNORECASE,
)
_LATIN = re.compile("[A-Za-z]")
#: A page or button that is of no use: 结账那儿灰的, 溯源码扫出来是空白页.
_BLANK = re.compile(
    r"(?:结账|结算|付款|支付|下单|领券|提交|购买)[^，。,]{0,8}(?:灰的|灰色|变灰|置灰|没反应|一直转圈)|"
    r"(?:码(?!数)|链接|券)(?:[扫点打][^，,。\s]{0,4})?[^，,。]{0,4}(?:空白|没反应|不存在)"
)
_MAY_BE_BLANK = re.compile("[灰空存反转]")
_MAY_BE_STUCK = re.compile("[为凭怎咋不失没]")
_DEALING = re.compile("退|换货|下单|付款|支付|发货|优惠券|领券|快递|物流|订单|运费")
#: Whether what was asked for is done: 地址改好了吗 is no 怎么改地址.
_DONE = re.compile(
    r"(?<![能以会让])(?:改|退|换(?=[货码尺颜好成完过])|取消|申请|备注|审核|处理|登记)[^，。,？?能以]{0,4}?"
    r"(?:(?:成功|好|过来|通过|完|上|到账)没有?|(?:成功|好|过来|通过|完|上|到账)?了(?:吗|么|没有?))[\s?？]*$|"
    # 申请退货了什么时候处理: what was asked for is awaited
    r"(?:运费险|退款|赔款|赔付的?钱?)(?:到|打到|退到)哪个?(?:账户|卡|地方|里|儿)?[去了]|"
    r"申请[过了]?(?:退[货款]|换货|退换|售后)[了过][^，。,]{0,8}(?:处理|通过|审核|同意|动静|反应)"
)
#: What went wrong with the thing itself: who tells of it asks for more than what the thing is.
_MISHAP = re.compile(
    r"[写输开领]错|[发寄]成了?[^，,。\s是]{1,8}了|"
    r"[买拍要选订]的?[^，。\s的]{1,4}[色码款味]的?[，, ]?[发寄]来|过期了|丢了|弄丢|失效|作废|"
    r"没有?(?:收到|领到|寄来|发来|给我)|[漏少]发|[坏碎破烂]了(?!算)|"
    r"\b(?:is|are|do|does|wo)(?:n'?t| not) work|\b(?:not|stopped) working|\bmissing\b|"
    r"\b(?:can'?t|cannot|could ?n[o']t) (?:find|see|use|open|apply)",
    re.IGNORECASE,
)
#: How an entry says that it is asked about such things.
_OF_MISHAPS = re.compile(
    "[坏烂碎破漏丢]|损|瑕疵|少[发件了]|[没未]收|broken|damaged|faulty", re.IGNORECASE
)
#: 能退不能 and the like keep their 不; only one that turns a whole question round goes.
_RHETORIC = re.compile(
    r"(?:难道)?(?<![能可会要是有行好包该用怎么咋])(?:不(?=能|可以|会|包|送|支持|是正|给|退)|没(?=有))"
)
_ASKS_AT_END = re.compile(r"(?:吗|么|嘛)[\s?？!！。~～]*$")

_CHINESE = re.compile("[\u3400-\u9fff]")
_ENGLISH_WORD = re.compile(r"[A-Za-z]{2,}")

_BOUGHT = (
    r"(?:已经?拍(?:了|好|下)?|拍(?:了|好了?|下了?|完了?)|已经?下单了?|下(?:好)?单(?:了|完成|成功了?)|下好了|"
    r"已经?付款?了?|付(?:了|好了|完了|款了|过了|过款了)|已经?买(?:了|好)?|买(?:了|好了|完了)|已经?购买?了?|"
    r"购买了|已经?支付了?|支付了|抢到了?)"
)
# No word twice, and numbers whole: what can be read in many ways is tried in all of them.
_WHO = r"(?:我|俺|主播|老师|老板|亲|宝宝|都|也|刚才|刚|这边|全部|已经?|又|终于)*"
_WHAT = (
    r"(?:[一二两三四五六七八九十\d]++(?:[单件个份双套条箱盒包组瓶]|号?(?:链接)?)|"
    r"订单|了|啦|咯|喽|哦|哈|这个|这款|那个|链接|支持|支持一下|主播)*"
)
_REPORT = re.compile(rf"{_WHO}{_BOUGHT}{_WHAT}")
_REPORT_BEFORE = re.compile(
    rf"^{_WHO}{_BOUGHT}(?:了|的)?(?:[\s，,。.!！~～]+|(?=什么时候|啥时候|多久|几[天号]|哪天|怎么|能不能|可以|会不会|有没有))"
)
_MAY_REPORT = re.compile("[拍单付买购抢]")


def is_english(text: str) -> bool:
    """Whether a line has Latin words and no Chinese character."""
    return _ENGLISH_WORD.search(text) is not None and _CHINESE.search(text) is None


def asks_why(text: str) -> bool:
    """Whether a line asks for the reason of something or tells that it fails, not how it goes."""
    if _MAY_WHY.search(text) is None:
        return False
    return _WHY.search(text) is not None or _TROUBLE.search(text) is not None


def tells_of_trouble(text: str) -> bool:
    """Whether a line says that buying, paying or returning fails, or asks why it does."""
    if _LATIN.search(text) is not None and _STUCK_IN_ENGLISH.search(text) is not None:
        return True
    if _MAY_BE_BLANK.search(text) is not None and _BLANK.search(text) is not None:
        return True
    if _MAY_BE_STUCK.search(text) is None or not asks_why(text):
        return False
    return _STUCK.search(text) is not None or (
        _WHY.search(text) is not None and _DEALING.search(text) is not None
    )


def asks_whether_done(text: str) -> bool:
    """Whether a line asks if what a buyer asked for was done."""
    return _DONE.search(text) is not None


def tells_of_mishap(text: str) -> bool:
    """Whether a line tells that something is lost, broken, missing, out of date or written wrongly."""
    return _MISHAP.search(text) is not None


def asks_of_mishaps(phrasing: str) -> bool:
    """Whether a phrasing shows that its entry is asked about what went wrong."""
    return tells_of_mishap(phrasing) or _OF_MISHAPS.search(phrasing) is not None


def contradicts_form(line: str, phrasing: str) -> bool:
    """Whether one of them asks why something fails, or if it is done, and the other doesn't."""
    if asks_why(line) != asks_why(phrasing):
        return True
    return asks_whether_done(line) != asks_whether_done(phrasing)


def without_rhetoric(text: str) -> str:
    """*text* without a negation that asks the same: 不能退吗 is 能退吗."""
    if ("不" not in text and "没有" not in text) or asks_why(text):
        return text
    if _ASKS_AT_END.search(text) is None:
        return text
    return _RHETORIC.sub("", text)


def reports_purchase(text: str) -> bool:
    """Whether a line tells that its viewer bought something, and nothing else (已拍, 已付款)."""
    if _MAY_REPORT.search(text) is None or len(text) > 20:
        return False
    return _REPORT.fullmatch(normalise(text)) is not None


def without_report(text: str) -> str:
    """*text* without "已拍，" before the question that follows it."""
    if _MAY_REPORT.search(text) is None:
        return text
    found = _REPORT_BEFORE.match(text)
    return text if found is None else text[found.end() :]
