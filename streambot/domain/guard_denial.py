"""Denials: what a shop says it doesn't do, sell or claim is no offence, whatever the word."""

from __future__ import annotations

import re

#: How far before and after a word a denial is looked for.
_BEFORE, _AFTER = 24, 28
#: A 不 that denies: not that of 要不, 何不 and 不得不, nor the second of 能不能.
_NO = (
    r"(?:(?<![要何得莫岂能可会好是用])不"
    r"|(?<!要)(?<!不)(?:不[会能可要是用])|没有?|(?<![毫全])[无未]|毫无|全无"
    r"|(?<![除莫是])非|(?<![特分个级类差告区性识鉴辨])别|勿"
    r"|谨防|当心|小心|警惕|避免|防止|拒绝|禁止|严禁|杜绝|举报|抵制)"
)
#: What may stand between it and the word; anything else denies something else: 别犹豫加微信.
_LINK = (
    r"(?:[会能可敢许准得必用要该应再让叫请去走做卖搞谈说接含有是算跟当起到达]"
    r"|可以|添加?|需要|支持|接受|提供|允许|建议|鼓励|宣称|声称|声明|具备|具有|含有|属于|代表|等于|以及"
    r"|用于|用来|用作|起到|达到|直接|主动|要求|引导|诱导|通过|代替|替代|药品|药物|轻易|随便|随意|相信"
    r"|轻信|点击|公开|在公屏上?|在评论区|在弹幕|您|你|大家|买家|客户|跟人|和人|让人|这[种类个]"
    r"|任何的?|什么|所谓的?|普通)"
)
_DENIED = re.compile(rf"{_NO}{_LINK}{{0,4}}\Z")
#: 不加微信不发货, 没加微信的宝宝: the word is asked for all the same.
_ASKED = re.compile(
    r"(?:的话|就|是|)(?:不(?:行|发|给|送|享|能[领看买享进抢])|没(?:优惠|福利|法)"
    r"|[领看拿买进抢]不|错过|后悔|亏|可惜|晚了)"
    r"|的(?:宝|家人|朋友|姐|亲|抓紧|快|赶|私|找|问|教|话|来)"
)
_END = r"[的了哦呢呀啊哈亲啦喔噢嘞]{0,4}(?=[\s，,。.、！!~～…;；:：—-]|$)"
_WITHIN = r"[^，,。.！!？?;；…\s]"
_UNSOLD = (
    rf"不[在能]{_WITHIN}{{0,6}}卖|[不没](?:有|再|会|)卖|没有?现?货|无货|缺货|断货|卖完|卖光|售罄|下架"
    r"|[没不]有?上架|没有?做|不(?:提供|支持|允许|接受)|不能(?:加|说|做|用|宣称|发|提)"
    r"|没有?这[个种]?(?:功能|功效|效果|作用|说法|用途|方面)|谣言|违规|违法"
)
_US = r"(?:我们|本店|小店|店里|店铺|客服|咱们|咱家|这边|这里|平台|直播间|主播)"
#: Harms that goods are praised to be without: 祛斑副作用没有 is a claim.
_HARM = r"(?!副|反弹|刺激|伤|依赖|激素|风险|痛|残留|添加|负担)"
_SAID_NO = re.compile(
    rf"(?P<all>{_WITHIN}{{0,12}}?)(?:{_UNSOLD}){_END}"
    rf"|(?P<us>{_WITHIN}{{0,6}}?{_US}{_WITHIN}{{0,3}}?)不(?:做|用|加|给|收|留|接|弄|搞|聊){_END}"
    rf"|(?P<near>[的话是这个种]{{0,3}})不(?:加|行|可以|得|收|接){_END}"
    rf"|(?P<none>(?:{_HARM}{_WITHIN}){{0,6}}?)(?<!了)没有{_END}"
    rf"|(?P<far>{_WITHIN}{{0,6}}?)(?:不敢[说保]|不能保证|不宣称|谈不上|[是属]违规|被禁止)"
)
#: Others don't, or the goods do: no denial of one's own.
_NOT_OURS = re.compile(
    r"[就好快更才还便贵只]|别家|别人|人家|其[他它]|外面|市面|同行|隔壁|到处|哪[里家]|你|您"
)
#: Said before a word, this claims that the goods do it, in stock or not.
_CLAIMED = re.compile(
    r"(?:能|会|可以|帮助?|帮[您你]|有效|快速|专[治门]|来|赶紧|快|马上)\Z"
)
_LISTED = re.compile(
    r"(?:片|茶|类|药|膏|霜|贴|功效|作用|效果|号|群|)(?:[、/和或及与跟]|或者|以及|)\Z"
)


def denied(text: str, start: int, end: int) -> bool:
    """Whether what is said around ``text[start:end]`` denies it, within its clause."""
    near = text[max(0, start - _BEFORE) : start]
    no = _DENIED.search(near)
    if no is not None:
        return _ASKED.match(text, end) is None
    if _CLAIMED.search(near):
        return False
    said = _SAID_NO.match(text, end, end + _AFTER)
    return said is not None and _NOT_OURS.search(said[said.lastgroup or 0]) is None


def shares_denial(between: str) -> bool:
    """Whether a word after *between* belongs to the list of a word denied before it."""
    return len(between) <= 4 and _LISTED.match(between) is not None
