"""Order requests: lines about one's own order or a change to it, not about the shop's rules."""

from __future__ import annotations

import re

from streambot.domain import order_requests_in_english as in_english
from streambot.domain.evidence import Evidence
from streambot.domain.ticket import Reason

_MINE = r"(?:我|俺|咱)(?:的|这|那|家|们的)?(?:个|单|件|些)?"
_GAP = r"[^，。！？,.!?]"
_PARCEL = r"(?:快递|包裹|物流|订单|单子?(?!品)|件|货|东西|衣服|裤子|鞋子?|宝贝)"
_NOT_YET = r"(?:还没有?|还未|还不|一直没|怎么没|咋没|没有?|不)"
_WHERE = r"(?:到哪儿?(?!些|都|个)|走到哪|送到哪|在哪(?!买|拍|发|下单|里发|儿发|里买))"
_WHEN = r"(?:什么时候|啥时候|何时|几时|哪天|几号|多久|多会儿)"
_SENT = r"(?:发货|发出|寄出|发走|出库|揽收)"

_ASKS = re.compile(
    rf"(?:快递|包裹|物流|订单|单子){_GAP}{{0,4}}{_WHERE}|"
    rf"{_MINE}{_GAP}{{0,8}}{_PARCEL}{_GAP}{{0,6}}"
    rf"(?:{_WHERE}|{_WHEN}|发了|到了[吗没么]|{_NOT_YET}(?:到|发|动|更新|收)|状态|进度|情况|咋样|怎么样|呢$)|"
    rf"{_MINE}{_GAP}{{0,8}}(?:{_WHERE}(?:了|啦|呢|[?？]|$)|{_SENT}了?[吗没么]|{_WHEN}(?:能|才|会)?(?:到|发|送|收)|"
    rf"(?:怎么|咋|为什么|为啥|为何){_NOT_YET}(?:到|发|送|收))|"
    rf"(?<!开始)(?:发货|寄出|发出|发走|揽收|出库)了(?:吗|没有?|么|嘛)|"
    rf"(?:怎么|咋|为什么|为啥|为何)(?:还没|还不|一直没|没|不)(?:给我|帮我|有)?(?:发货|发出|寄出|收到|到货|送到|派送)|"
    rf"(?:昨[天晚]|前[天晚]|上周|上个?月|前几天|前些天|上次|上回|之前|早上|\d{{1,2}}[号日])"
    rf"{_GAP}{{0,4}}(?:买|拍|下单?|付)(?:了?的|了){_GAP}{{0,12}}"
    rf"(?:发了|发货了|{_NOT_YET}(?:到|发|收)|到哪|{_WHEN}(?:能|才)?(?:到|发|走|寄)|物流|快递(?!费))|"
    rf"(?:查|看)(?:一?下|一查|一看|看|查|询|个)?{_GAP}{{0,4}}(?:订单|快递(?!费)|物流|单号|包裹)|"
    r"(?:帮|给)(?:我|忙|咱)?(?:催(?![更眠收泪吐熟化生婚奶])|追(?![剧番求着回到我]))|"
    r"(?:帮|给)(?:我|忙|咱)?(?:看|查|瞅|瞧)(?:看|查|瞅|瞧|一?[下眼])?[^，。\s]{0,3}到哪儿?了|"
    r"查(?:一?下|一?查|询)?我的(?:[吗呗吧]|(?=[\s?？]|$))|^(?:把|能把)?单号(?:发|给)我?|"
    r"寄回去?(?:的|了)[^，。?？]{0,6}(?:收到|到)了?[吗没么]|"
    rf"(?:订单|快递|物流|包裹)(?:号|单号)?(?:查询|查一?下|查查|状态|进度)|"
    rf"(?:物流|快递|包裹|单号)(?:信息)?(?:{_GAP}{{0,3}}|[一直还都就]*(?:停|卡|停留)在{_GAP}{{1,6}}?[一两三四五六七八几\d]+天)(?:没|不)动|"
    rf"(?:物流|快递|包裹)(?:信息)?{_GAP}{{0,3}}(?:不更新|没更新|卡住|停了)|麻烦催(?=催|一|下|$)|"
    rf"(?:快递|运单|物流)单?号(?:是多少|多少|发我|给我|是什么|呢)|"
    rf"(?:快递|包裹)(?:都|是不是)?(?:到了|丢了)(?:吗|没有?|么)?",
    re.IGNORECASE,
)

#: What can be changed about an order, and what after-sale does.
_CHANGE = (
    r"(?:改|换|修改|更改|更换|变更)(?:一?下|个|掉)?(?:我的?|订单的?|新|收货|收件|别的|其他|这个|那个)*"
    r"(?:地址|尺码|尺寸|码数|码|号|颜色|款式?|电话|手机号?|联系方式|收件人|收货人|备注|规格|口味)|"
    r"(?:地址|尺码|尺寸|码数|颜色|电话|手机号|收件人|备注)(?:帮我|给我|要|想|需要|得)?(?:改|换)(?:成|到|为|一?下|掉|个)|"
    r"(?:改|换)(?:成|大|小)(?:一[号码]|[a-z0-9]{1,4}码|[一-龥]{1,4}色|[smlx]{1,4}\b)|"
    r"取消(?:掉|一?下)?(?:我|这|那|刚才|刚刚|昨天|今天)?(?:的|个|一?单|拍|下)*(?:订单|单子?|交易|(?<=单))|"
    r"(?:订单|单子)(?:给我|帮我|要|想|都)?取消|取消(?:掉)?$|"
    r"(?:先|暂时|暂)?(?:别|不要|不用)(?:给我)?发(?:货|出)了?|先(?:别|不要)(?:给我|寄|急着)*发(?=$|[\s，,。！!])|合并(?:订单|发货)|备注(?:上|里)?(?:帮我|给我|麻烦)?(?:写|加|备注)(?:一?下|上)"
)
_AFTER_SALE = (
    r"退货退款|退款退货|退换货?|退货|退款|退钱|退掉|退了(?!吗|没|多)|退回去|换货|换一[件双个条]|换新|"
    r"补发|返修|维修|仅退款"
)
#: What happened, which calls for a change without asking for it.
_HAPPENED = (
    r"(?:地址|电话|手机号|收件人|尺码|码数?|颜色|款式?)(?:写|填|选|拍|买|弄|搞|下)错|"
    r"(?:门牌号?|房间?号|楼号|单元|地址|电话)(?:少写|漏写|没写全|写漏)|手[滑抖][^，。]{0,4}(?:拍|买|下单|付|[点选]成|[点选]错)|"
    r"(?:付款?|扣款?)(?:付|扣)?了?我?[两2][次遍]|(?:抬头|税号)(?:开|写|填|选)(?:成|错)[^，,。\s]{0,6}了|"
    r"(?:还)?(?:能|可以)(?:不能)?[^，,。\s]{0,2}拦(?:下来|住|截|回来?)(?=[吗么不没\s]|$)|(?:门牌|电话|手机号?|号码|地址)(?:写|填|打|输)错[一两几]?[位个字]|[专普]?票[^，,。]{0,6}(?:备注|抬头|税号)[^，,。]{0,3}(?:忘|漏)(?:了|记)?[写填]|"
    r"(?:重复|多)(?:付款?|下单|扣款?)了|"
    r"(?:拍|买|下单?|选|填)错(?:了|码|颜色|尺码|地址|款|[一-龥]{2}了)|拍[多重]了|(?:不想|不)要了(?:帮|给|取消|可以退|能退|怎么退)"
)
_ACTION = re.compile(
    rf"(?P<change>{_CHANGE})|(?P<after>{_AFTER_SALE})|(?P<happened>{_HAPPENED})",
    re.IGNORECASE,
)
_STRONG = re.compile(
    r"(?:帮|给|替|跟)(?:我|俺|咱|忙|下|一下)|(?<!不)麻烦(?!吗|么|不|死)|拜托|帮个忙|请(?!问)"
)
_WANTS = re.compile(
    rf"(?:我|俺|咱){_GAP}{{0,4}}(?:想要?|要(?!是)|得|需要|必须|申请|打算)(?!问|知道|了解|咨询|请问)"
    rf"{_GAP}{{0,8}}$|"
    rf"(?:^|[，。！？,.!? ])(?:想要?|要(?!是)|需要|申请|必须|赶紧|立刻|马上|尽快){_GAP}{{0,6}}$"
)
_MY = re.compile(rf"(?:我|俺)(?:的|这|那|刚|昨|今|上|买|拍|下){_GAP}{{0,10}}$")
_NEGATED = re.compile(
    r"(?:不要|别|不用|不想|不会|不能|没有?|不|无需|没说要?)(?:再|给我|帮我|去)?$"
)
_RULES = re.compile(
    r"可以|可不可|能不能|能(?!帮)|支持|是否|会不会|允许|怎么(?!还|办)|如何|咋(?!还)|怎样|谁出|谁付|谁承担|运费|邮费|"
    r"多久|几天|多少天|什么时候|政策|流程|规则|无理由|条件|想问|请问|[吗么嘛]|有没有|包不包|包退|[?？]\s*$"
)
_IF = re.compile(r"如果|要是|假如|万一|的话|假设|若是")
_BARE = re.compile(r"[\s\W啊呀吧了哦谢亲]*")

#: One of these is in whatever the Chinese of ``_ASKS``, of ``_ACTION`` finds.
_MAY_ASK = re.compile("[我俺咱发寄出揽收到派买拍下付单快物包催]")
_MAY_ACT = re.compile("[改换更消发合退修错拍要付扣复备少漏滑抖拦抬税忘]")
_LATIN = re.compile("[A-Za-z]")


def asks_about_order(text: str) -> Evidence | None:
    """The words by which a viewer asks what became of their own order."""
    found = None if _MAY_ASK.search(text) is None else _ASKS.search(text)
    if found is None and _LATIN.search(text) is not None:
        found = in_english.ASKS.search(text)
    return None if found is None else _evidence("order_asked", found)


def asks_order_change(text: str) -> tuple[Reason, Evidence] | None:
    """What a viewer wants done to their order; None for questions about the shop's rules."""
    english = in_english.WANTS.search(text) if _LATIN.search(text) is not None else None
    if english is not None and in_english.RULES.search(text) is None:
        return _request(english)
    if _MAY_ACT.search(text) is None or _IF.search(text) is not None:
        return None
    asks_rules = _RULES.search(text) is not None
    for found in _ACTION.finditer(text):
        before = text[: found.start()]
        if _NEGATED.search(before) is not None:
            continue
        if _STRONG.search(text) is not None or found.lastgroup == "happened":
            return _request(found)
        if asks_rules:
            continue
        bare = _BARE.fullmatch(before) and _BARE.fullmatch(text[found.end() :])
        if bare or _WANTS.search(before) or _MY.search(before) or "我的" in found[0]:
            return _request(found)
    return None


def _request(found: re.Match[str]) -> tuple[Reason, Evidence]:
    after_sale = found["after"] is not None
    reason = Reason.AFTER_SALE if after_sale else Reason.ORDER_CHANGE
    return reason, _evidence(reason.value, found)


def _evidence(rule: str, found: re.Match[str]) -> Evidence:
    return Evidence(rule=rule, start=found.start(), end=found.end(), text=found[0])
