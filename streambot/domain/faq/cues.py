"""Cues: small signs in a line - a question, the shop's name, an order or after-sale matter."""

from __future__ import annotations

import re

from streambot.domain.evidence import Evidence

# Each pattern stands behind a look for characters of which it needs one (of an English one any
# letter): most lines of a room ask nothing.
_ASKING = re.compile(
    r"[吗么咋哪啥]|(?<![前好这那过没十隔头])几(?!乎)|头几(?=毫米|厘米|寸|号|档|度)|谁(?!懂)|嘛$|呢$|怎样|多[少久大高长宽厚深远]|多重(?!曝|影|身|人|性|因)|"
    r"是[^，。,\s还]{1,7}还是(?!算|不|别|很|会|得)|为何|如何|何时|可以.*不|有.{1,6}没有?$|"
    r"有冇|系咪|边度|点[样解]|咩[码色料款牌]|"  # Cantonese
    r"(?<![征步讨砍杀攻])伐[?？\s]*$"  # Shanghainese
)
#: 显白不, 有加长的不, 能拆下来不: as 吗 at the end; 我不, 偏不 and their like refuse.
_NOT_AT_END = re.compile(
    r"(?:[\da-zA-Z一-龥][一-龥](?<![我就也才偏要绝从可并都还决说来])|[拿扛搬取摘脱抬寄送带洗拆装退长][上下回过出起]来|"
    r"[得到][到有了上]?\d{1,5}|(?:[能会]|支持|可以)[^，,。\s]{1,9}[\da-zA-Z一-龥])"
    r"不[呀啊嘞]?[\s?？~～]*$"
)
#: 开胶了没, 加糖了没有, 带刷子没: whether it is so, or so by now.
_YET = re.compile(
    r"(?:[了过完上]|(?<![都也还不没])[有含带加放送配][^，,。\s都也还不没]{1,6})没(?:有|得)?[啊呀]?(?=[\s?？~～，,]|$)"
)
#: 要泡水还是直接喂, 泵头的还是挖勺的, 红的好看还是黑的好看: which of the two; not 用惯了还是这个好.
_EITHER = re.compile(
    r"(?<!觉得)(?<!感觉)(好[看用吃穿喝]?|划算|合适|值|耐脏|显[瘦白])还是[^，,。\s]{1,8}\1|"
    r"(?:(?<!主)[要用放加走选偏带穿寄发](?![了过现觉])[^，,。\s还了过来]{1,6}|[^，,。\s还]{2,6}的)还是"
    r"(?!得|要|算|很|有点|不|别|没|会|挺|蛮|太|更|最|比)"
    r"(?:(?<!的还是)[^，,。\s了好吧]{1,8}|(?<=的还是)[^，,。\s]{1,8}的)[呀啊哦呢嘛哇]?(?=[\s?？~～，,]|$)|"
    r"(?:买|拍|挑|戴)[^，,。\s还了过来]{1,5}还是[^，,。\s了好吧得]{1,6}[呀啊哦呢嘛哇]?(?=[\s?？~～，,]|$)|"
    r"(?<![A-Za-z\d])(?:[SMLXsmlx]{1,4}|\d{2,3})[码号]?还是(?:[SMLXsmlx]{1,4}|\d{2,3})(?![A-Za-z\d局关楼分秒])|"
    r"(?<![一-龥])是[^，,。\s还]{2,8}还是(?!算|不|别|很|会|要|没|有|挺|太|最)[^，,。\s了好吧]{3,8}$"
)
#: 能不能, 厚不厚, 有没有, 结实不结实: whether or not.
_OR_NOT = re.compile(r"(?<![不没])([一-龥]{1,2})[不没唔]\1")
_ASKING_ENGLISH = re.compile(
    r"(?<![a-z])(?:(?:what|how|when|where|who)(?:'?s)?|which|why|can|could|do|does|did|is there|"
    r"are there|is it)(?![a-z])|^(?:is|are|r|will|would|should|was|were|has|any)(?![a-z'])|"
    # behind what sets out: toronto here, am i gonna pay duties
    r"[,.;!:…](?: (?:so|and|but))? ?(?:(?:am|will|would|should|shall|was|were|has|have) "
    r"(?:i|we|it|u|you|the|my|mine|this|that|these|those)|(?:is|are|r) "
    r"(?:the|this|that|they|these|those|u|you|my|mine|we)|any (?:chance|way|discount|news|idea))(?![a-z'])|"
    r" or (?:nah|naw|not|no|what)[\s?!.]*$",
    re.IGNORECASE,
)
#: What it is for, and how it is done: 那层是干嘛用的, 老是煎碎 求教.
_WHAT_FOR = re.compile("干[嘛吗啥]用|做(?:什么|啥)用|求(?:指?教|支招)")
#: Pictures behind the last word: 有冰袋垫着没🧊.
_PICTURES = re.compile(r"[^\w\s!-~\u2010-\u2027\u3000-\u303f\uff00-\uffef]+$")
_MARKED = re.compile(r"[?？](?=.*\w)|\w.*[?？]")
_LATIN = re.compile("[A-Za-z]")
#: A question word by itself asks nothing that a book could know; 多少钱 does.
_VAGUE = re.compile(
    "(?:那|这|这个|那个|大概|一般|到底|具体|要|还|都|是|你们|我)*"
    "(?:什么时候|啥时候|几时|何时|多久|多长时间|几天|怎么|怎样|咋|怎么样|怎么办|怎么弄|怎么回事|咋办|咋弄|为什么|为啥|"
    "哪里|哪儿|在哪|在哪里|可以|行|能|好|有|是|对|多少|几个|什么|哪个|哪些|谁|什么意思)"
    "(?:呢|啊|呀|吗|么|的|了|哦|嘛)*"
    "|when|how|why|where|what|how long|how much time|how many"
)
_VAGUE_MOST = 12
_SHOP = re.compile(
    r"主播|老板|店家|掌柜|小二|客服|店铺|你们家|你家|商家|亲亲|小黄车", re.IGNORECASE
)
_AFTER_SALE = re.compile(
    r"退货|退款|退钱|换货|退换|[退换]个[货款]|售后|补发|漏发|少发|发错|错发|破损|坏了|有瑕疵|质量问题|"
    r"没收到|签收|还没发|还不发|没发货|催发货|催一下|物流不动|不更新|丢件|丢了|退回|拒收|"
    r"[买拍要选订]的?(?:是)?[^，。\s]{1,4}的?[，, ]?(?:寄|发)?来了?(?:的是|个|一[个件双条])"
    r"[^，。\s]{1,5}的(?![^，。]{0,3}[吗么])|"
    # 膜发成15promax的了, 拍的白色发来黑色
    r"(?:发|寄)成了?[^，,。\s是]{1,8}?的?了(?:$|[\s，,。])|"
    r"[买拍要选订]的?(?:是)?([^，。\s的]{1,4}[色码款味])的?[，, ]?"
    r"(?:寄|发)来?了?(?:的是)?(?!\1)[^，。\s]{1,4}[色码款味](?!吗)|"
    r"少(?:了|发|给|装)(?:我)?[一两几][包个件袋盒瓶双条片罐箱][^，,。？?吗]{0,5}(?=$|[\s，,。])|"
    r"(?:换[码货]|退[货款]|售后)的?申请[^，,。？?]{0,8}(?:待审核|没审|没通过|没人审|没处理)|"
    r"运费险[^，,。]{0,4}(?:到哪|没到账|没收到|没赔|没看到)|"
    r"(?:一[只边]|[左右]耳)[^，,。\s]{0,3}(?:没声|不响|不亮|没反应|连不上)|充不[进上]电|不通电|开不了机|"
    r"[两2]只都是(?:[左右]脚?|同一)|忘(?:了|记)?给我(?:装|放|发|寄)|"
    r"(?:就|只有?|才)一[盒件个包瓶双袋][^，。]{0,6}[，, ]我?[买拍](?:的是|了)[两三四五六2-9]|"
    r"(?:我的|我)(?:订单|快递|包裹|货)|订单号|运单号|改地址|改尺码|取消订单|\brefund\b|\bmy order\b",
    re.IGNORECASE,
)


#: What came is faulty, or isn't what was ordered: 到手屏幕有划痕, 寄来的碎了, 收到有点小.
_AS_IT_CAME = re.compile(
    "(?:收到|到货|到手(?!价)|拿到手?|买回[来去家]|寄(?:过)?来|送(?:过)?来|发(?:过)?来的|拆开|开箱|"
    "(?:上[次回周]|上个月|昨[天晚]|前[天几]天?|刚)[^，。？?]{0,4}买的?)"
    "[^？?]{0,10}?"
    "(?:坏(?![人事蛋笑])(?!消息)|破(?!费)|碎|裂|漏|缺(?!货)|少了?(?=[一两几个件包瓶条\\d])|脏|污|有个?洞|线头|"
    "划[痕伤]|瑕疵|[开脱][线胶]|不一样|不一致|不符|不对|色差|过期|发霉|变质|起球|异味|[臭怪]味|股味|有味[道儿]|"
    "[用开穿戴充]不[了上进]|不能用|不亮|没反应|用过的|二手|变形|凹|掉[色毛漆]|褪色|缩水|过敏|假[的货]|"
    "(?:太|有点|偏)[大小长短薄厚紧松肥]|[大小长短松]了|不合[身适脚]|没有?(?:吊牌|标签|配件|赠品|发票|说明书))"
)
_MAY_BE_AFTER_SALE = re.compile(
    "[退换售发破坏瑕质收签催物新丢单递包货改到买寄送拆开忘只来边耳充通A-Za-z]"
)


def is_question(text: str) -> bool:
    """Whether a line asks something; bare question marks don't."""
    if _ASKING.search(text) is not None:
        return True
    if "不" in text or "没" in text or "唔" in text:
        if _OR_NOT.search(text) is not None or _asks_at_end(text):
            return True
    if "还是" in text and _EITHER.search(text) is not None:
        return True
    if ("?" in text or "？" in text) and _MARKED.search(text) is not None:
        return True
    if ("用" in text or "求" in text) and _WHAT_FOR.search(text) is not None:
        return True
    english = _LATIN.search(text) is not None and _ASKING_ENGLISH.search(text)
    return bool(english)


def _asks_at_end(text: str) -> bool:
    """Whether any of what spaces part asks with a last 不 or 没 (上门安装不 我不会装)."""
    if not text[-1].isalnum():
        text = _PICTURES.sub("", text)
    if "没" in text and _YET.search(text) is not None:
        return True
    return any(map(asks_with_not, text.split()))


def asks_with_not(text: str) -> bool:
    """Whether a line asks with a last 不 (显白不)."""
    return "不" in text and _NOT_AT_END.search(text) is not None


def is_vague(plain: str) -> bool:
    """Whether a canonical line is a question word and nothing it could be about: 什么时候, 多久."""
    return len(plain) <= _VAGUE_MOST and _VAGUE.fullmatch(plain) is not None


def mentions_shop(text: str) -> bool:
    """Whether a line addresses the shop or its host."""
    return _SHOP.search(text) is not None


def concerns_order_or_after_sale(text: str) -> Evidence | None:
    """The words by which a line is about an order or after-sale."""
    if _MAY_BE_AFTER_SALE.search(text) is None:
        return None
    return _evidence("after_sale", _AFTER_SALE.search(text) or _AS_IT_CAME.search(text))


def _evidence(rule: str, found: re.Match[str] | None) -> Evidence | None:
    if found is None:
        return None
    return Evidence(rule=rule, start=found.start(), end=found.end(), text=found[0])
