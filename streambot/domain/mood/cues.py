"""Cues: turns of phrase that make anger likelier or less likely, each with its weight.

None decides alone: their weights are summed with what the learned tone says of the line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from streambot.domain.mood.benign import PRAISE
from streambot.domain.mood.first_letters import first_letters

#: What asks plainly: whatever else is said of "you", nobody is blamed.
_ASKS = (
    r"吗|呢|几点|哪|什么时候|有没有|能不能|可以|几号|怎么卖|怎么联系|"
    r"(?:叫|卖|搜|姓|是|送|发)(?:什么|啥)(?:名字?|店|牌子|快递|物流|礼物)?|"
    r"怎么(?:还)?[不没](?:有)?(?:卖|出新|上新|上架|开?播)[^，。]{0,4}|会不会再.{1,4}|"
    r"怎么(?:都)?这么早.{0,2}|(?:招|收|卖|送)[^，。不没]{0,6}不"
)
#: What praises at the end of a line; 不错 and its like are masked by then, as 多少 is.
_PRAISES = (
    r"＿＿[，, ]?(?:马上|立刻|当天|当场|很快)就.{1,6}了|＿＿[单件个人种款年]?|[真很太好]良心|良心(?:店|"
    r"商家)|(?<!不)靠谱|[好真太]厉害|给力|(?:真|很|超|太|特别)(?:好|棒|赞)|"
    r"(?:真|很|超|太|好|这么)(?:有耐心|用心|贴心|温柔|好看|好吃|漂亮|可爱|便宜|实惠)|(?<!没)回购.{0,4}"
)
#: Behind it, to the end of the line, either makes of "you" no reproach.
_MEANT_WELL = rf"(?!(?!.*(?:到底|究竟)).{{0,14}}(?:{_ASKS}|{_PRAISES})[?？!！。~～啊呀呢哦了的]*$)"
_NUMBER = r"[几\d一二两三四五六七八九十半多好]"

#: name -> pattern.
PATTERNS: dict[str, str] = {
    "why_still": (
        r"(?:为什么|为啥|怎么|咋|干嘛|凭啥)(?:你们|我的|我|他们|就|会)?(?:还|"
        r"一直|总是|老是|又|都|就|要|不|没|只|非)"
    ),
    "you_people": (
        r"(?<!相信)(?<!支持)(?<!关注)(?<!喜欢)(?<!找到)(?<!推荐)(?<!买)"
        rf"(?:你们(?![说讲提](?:一声|一下|一嘴|个建议))|贵店|贵公司|你家|你店|(?<!主播)(?<![来去到在])你这){_MEANT_WELL}"
    ),
    "the_shop": (
        rf"(?:商家|客服|卖家|店家|售后|快递(?![盒袋箱柜])员?|物流|平台|厂家|骑手|师傅|"
        rf"前台|服务员|京东|淘宝|天猫|拼多多|美团|饿了么){_MEANT_WELL}"
    ),
    "after_all": r"到底|究竟|倒底",
    "still_not": r"(?:还|都|一直|从来|根本|也|就是|仍|至今|愣是|并)(?:是)?(?:没|不|未)",
    "so_long": (
        rf"(?:都|已经|快|这都|等了?)?(?:{_NUMBER}{{1,8}})(?:多|来)?个?(?:半)?(?:天|"
        rf"周|星期|礼拜|月|小时|钟头|年)(?:多)?(?:了(?!一直[用买吃喝穿在])|还|才|都)|(?:这么|"
        rf"那么)(?:久|长|多天)|半天|大半天"
    ),
    "again": (
        rf"又(?!好|快|大|便宜|香|甜|能|可以)|每次|天天|老是|总是|一直|"
        rf"好几(?:次|遍|天)|多少[次遍]|几次|{_NUMBER}[次遍回]了|反复|再三|"
        rf"次次"
    ),
    "rhetorical": (
        r"难道|(?:不是|有意思|有这样|这样|合理|好意思|可能|应该)(?:.{0,8})吗|"
        r"哪有|怎么可能|谁知道|什么意思|算什么|是吧[?？]?$|是吗[?？]?$|"
        r"不(?:觉得|应该|需要).{0,10}吗"
    ),
    "turned_out": r"结果|居然|竟然|却|反而|原来|没想到|谁知|既然|竟|偏偏|照样",
    "bad_word": (
        r"差|烂|破|坑|慢|臭|脏|丑|坏|碎|漏|洒|凉|少|缺|错|硬|腥|油腻|"
        r"难[吃看用喝闻受以]|粗糙|廉价|失望|恶心|垃圾|敷衍"
    ),
    "very": r"太|极|非常|特别|超级|实在|真是|简直|十分|相当|这么|那么|越来越|死了|得要命",
    "must": (
        r"必须|赶紧(?!囤|冲|入手|上车|抢|安排|去抢|再囤|回购)|(?:马上|立刻|立即)(?!就)|赶快|(?<!别)给我(?!看|推|来|介|讲|试|发链|发[个条一]|(?:换|补|修|"
        r"回|处理|解决|办)好?了(?!吗|没))|"
        r"要求|强烈|尽快"
    ),
    "loss": r"损失|浪费|耽误|耽搁|后悔|亏了|害(?:我|得)",
    "refused": (
        r"(?!(?<=([发退换回开赔修补]))不\1)(?:不|没|没人|不给|不让|拒绝|无法|不能|没法|不肯)(?:给)?(?:处理|"
        r"解决|管|理|回|退|换|修|赔|接|承认|负责|认|补|开|发|解释)"
    ),
    "cannot": (
        r"(?:用|退|打|开|联系|找|登|买|装|穿|看|吃|收|送|查|弄|处理|解决)不(?:了|"
        r"到|上|通|出|开|起|下)"
    ),
    "this_is": (
        r"就这|这也|这都|这叫|这种|这就是|这样(?:的|子|做|对|处)|这是(?:什么|"
        r"在|要)|什么(?:破|鬼|玩意|东西|人|情况|服务|逻辑|道理|态度)|"
        r"搞(?:什么|啥)(?!活动|优惠|抽奖|促销|福利|节目|特价|秒杀|价)"
    ),
    "deny": (
        r"(?:不|没)(?:是我|关我|怪我)|不是.{0,4}(?:责任|问题)|(?<![看答复下对])(?:我|顾客)的(?:错|"
        r"问题|责任)|怪(?:我(?!自己|没|眼|手|太)|谁)|责任|负责"
    ),
    "money_back": r"退[款货钱]|(?<!赔不)赔(?!不赔)|退(?:我|给|回)|差价|押金|运费",
    "trade": r"做生意|消费者|顾客|买家|服务|态度|质量|诚信|信誉|信用|体验",
    "never_again": r"再也|以后|下次|不会再|永远|最后一次",
    "but": r"但|但是|可是|不过|就是(?!好|这)",
    "exclaim": r"[！!]",
    "exclaim_many": r"[！!]{2}|[!！].+[!！]",
    "asks_hard": r"[？?]{2}|[!！][?？]|[?？][!！]",
    "trailing": r"\.{3}|…|。。",
    "i_did": r"我(?:都|已经|等|问|催|打|说|申请|提交|联系|要|就|从|也|是|现在)",
    "laughs": r"哈哈|233|笑死|hhh|xswl|嘿嘿|嘻嘻|草$|lol|www|乐了|2333",
    "plays": (
        r"boss|怪物|打怪|龙|弹幕|游戏|技能|装备|大招|队友|剧情|玩家|猎人|"
        r"(?!^)(?<!@)(?<!@ )主播|武器|太刀|大剑|(?<!个)锤|弓|盾|地图|关卡|存档|up主?|视频|这把|"
        r"这局|老婆|妹妹"
    ),
    "feels": (
        r"难过|伤心|想哭|害怕|害羞|脸皮薄|社恐|孤独|失眠|开心|幸福|好想|梦|爱情|生日|妈妈|"
        r"老师|学校|考试|上班|同学|天气|微博|偶像|演唱会|电影"
    ),
    "if_ever": r"如果|要是|万一|假如|的话|若",
    "you_dont": (
        r"(?:你们?|客服|商家|主播|老板|卖家|快递|师傅).{0,4}(?:不|没|"
        r"就|怎么|这样|这么|到底|总|只|能不能|还(?!是|能[拍买退换用]|有)|自己|是不是|居然)"
    ),
    "why": r"为什么|为啥|凭啥|什么原因|怎么回事|咋回事|啥情况|什么情况",
    "how_can": r"(?:怎么|咋)(?:能|可以|可能|会|好意思|搞|这样|这么|办事|做事|说|变|成|没|不|那么)",
    "what_of_me": r"那我|怎么办|咋办|让我怎么|叫我怎么|我怎么|我该",
    "complains": r"投诉|反映|曝光|举报|差评|介入|维权|申诉",
    "waits": r"等(?!等|一下|会|我|下|于|级|你|到货通知)",
    "too_bad": r"太(?!好|棒|美|香|漂亮|可爱|帅|爱|喜|赞|值|划|强|厉|牛|刀|甜|酷|顶|稳|秀|感谢|谢)",
    "have_to": r"还要(?!多久|一)|还得|又要|还让|非要|偏要|必须要|只能",
    "soft_end": r"(?:嘛|啊|呀|了吧|呢吧|的吧|哼|唉|哎|靠)[。！!？?~～…]*$",
    "not_come": r"没收到|未收到|收不到|没到|没发|(?<!发)不发|没来|没送|不到账|没货|没退",
    "differs": r"不对(?!齐)|不一样|不一致|不符|不同|错(?!过)|两样",
    "pricing": r"降价|降了|便宜了|涨价|差价|原价|贵了|多收|少退|扣",
    "polite": r"谢谢|请问|您好|你好|麻烦(?!死|得|了吧)|好的|辛苦|劳驾|多谢|感谢",
    "asks_how": (
        r"怎么(?:操作|申请|弄|办|退|换|用|开|查|改|联系|填|买|领|才能|"
        r"样|还款?|取消|选|收费|算|去|走)|如何|在哪|哪里|多少(?!次|遍|"
        r"天)|哪个|几点|几号"
    ),
    "asks_may": (
        r"(?<!这不)(?:能不能|可不可以|可以.{0,10}[吗么嘛]|有没有|会不会|"
        r"有.{0,8}[吗么]|会(?:赔|退|补|换|管|给)[^，。]{0,4}[吗么嘛]|(?<!该)不会(?![又再])[^，,。]{1,4}吧[?？]?$|要不要|需要.{0,8}[吗么]|行吗|好吗|对吗)"
    ),
    "praises": PRAISE,
    "sorry": r"道歉|抱歉|对不起|不好意思",
}

COMPILED: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern, re.IGNORECASE)) for name, pattern in PATTERNS.items()
)


def _by_letter() -> dict[str, frozenset[int]]:
    """The places in ``COMPILED`` of the cues that may begin with a character."""
    places: dict[str, set[int]] = {}
    for place, pattern in enumerate(PATTERNS.values()):
        for letter in first_letters(pattern):
            for char in (letter, letter.lower(), letter.upper()):
                places.setdefault(char, set()).add(place)
    return {letter: frozenset(each) for letter, each in places.items()}


_BY_LETTER = _by_letter()
_NOWHERE: frozenset[int] = frozenset()


def cues_in(text: str) -> Iterator[tuple[str, re.Match[str]]]:
    """The cues in *text* and where; only those that can begin with one of its characters are tried."""
    may = _NOWHERE.union(*[_BY_LETTER.get(char, _NOWHERE) for char in text])
    for place in sorted(may):
        name, pattern = COMPILED[place]
        seen = pattern.search(text)
        if seen is not None:
            yield name, seen
