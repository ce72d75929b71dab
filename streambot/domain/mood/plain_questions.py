"""Plain questions: what is asked of the shop for its own sake, which blames nobody.

A cue of whom a line speaks is lifted by ``cues.py`` where praise or a question ends the line right
behind it; here the line as a whole asks, and all such cues go.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

#: The shop as a place: who asks there blames nobody.
_AT_THE_SHOP = re.compile(r"你们?(?:家|店里?|这边|这里|那边)|咱们?家")
#: The same said to its people: who sets out so and asks for goods or terms wants to know them.
_TO_THE_SHOP = re.compile(
    r"^(?:请问|麻烦问?一?下?|我?想[问知]道?一?下?)?(?:你们|客服)(?:这边|那边|家)?(?=.*(?:"
    r"什么(?:[料颜面材尺快时口牌价码规优活]|味|码)|啥(?:[料颜面材尺快时口牌价码规]|味)|多[少大长宽重厚]|"
    r"几[个天号件码种款]|哪[里个家款种天些]|[有要会能][不没][有要会能]|([一-龥])不(?!发|管|退|理|回|是|给)\1|"
    r"怎么(?:退|换|给钱|付|下单|拍|领|选|买|弄|操作|走)|流程|谁[出付]|多久))"
)
#: What is asked for its own sake: 你们家有什么口味, 你们家紧不紧.
_PLAIN_QUESTION = re.compile(
    r"吗|(?<![什这那怎要特])么|呢$|什么(?!意思|东西|玩意|态度|人|店|破|鬼|情况|服务|质量|效率)|"
    r"多[少久大高长宽重厚深远]|几[个天号件码种款人份点次块毛瓶包斤寸]|哪|谁|([一-龥]{1,2})[不没]\1|[^，。]{1,7}还是|"
    r"怎么(?:[^，。不没还就能会这那都又老]{1,4}[?？]*$|做|弄|用|洗|退|换|买|卖|下单|领|拍|选|查|加|联系|去|走|算|搜|"
    r"称呼)|[不没][呀啊]?[?？]*$|可以[^，。]{1,8}[不没]|"
    r"(?<![a-z])(?:what|where|when|how|is|are|do|does|can|will)(?![a-z])",
    re.IGNORECASE,
)
#: A question to the shop that ends a line, whatever was told before it: 旧镯子寄过去了 你们签收了没.
_ENDS_PLAINLY = re.compile(
    r"(?:你们|你家|你这个?)[^，。,.!！]{0,12}?"
    r"(?:了没有?|(?:多长时间|多久|几天|啥时候|什么时候|几时|多少钱?)[^，。,. ]{0,6}|"
    r"(?:怎么|咋)(?:弄|处理|整|收费|算|选|拍)|(?:是|用)(?:啥|什么)[^，。,. ]{0,4}|"
    r"有没有[^，。,. ]{1,8}|(?:[下上进出]去|有用|管用|能用|好用|合适)[不吗么])"
    r"[呀啊呢哦的吧]*[?？]?$"
)
#: What makes of such a question a reproach.
_REPROACH = re.compile(
    r"到底|究竟|倒是|凭|为什么|为啥|干嘛|怎么(?:还|就|能|会(?!员)|这|那|都|又|老|一直|回事|有我)|"
    r"[怎咋](?:么)?[不没](?!有?卖)|还[不没]|难道|好意思|良心|要脸|不管|不理|不回|没人|没用|不处理|不解决|敢|算什么|"
    r"什么时候(?:能|才)|才[能给]|给我|多少[遍次天]了?|几[遍次天]了|多久了|好久|这么久|半天|等|催|投诉|差评|解释|说法|"
    r"负责|赔|骗|坑|垃圾|恶心|无语|失望|[!！]|[?？]{2}"
)
#: A plain question is no longer than this.
_LONGEST = 40
_LAST = r"[呀啊呢哦的嘛]*[?？]*$"
_BESIDE = "[^，。,. ]"
#: What the shop does in a case, how one goes about it and what it has to show, asked at the end of a
#: line: 电池不行的你们给换不, 运费你们包不包, 坏了要寄回去吗, 单子怎么传给你们.
_ASKS_TERMS = re.compile(
    rf"(?:([给包管赔退换修补寄出送带保收])[不没]\1{_BESIDE}{{0,3}}|"
    r"(?:[给包管赔退换修补寄送带保]|能|可以|要)[^，。,. 不没]{0,6}[不没]|"
    rf"(?:能|可以|会|包|需?要|负责){_BESIDE}{{1,10}}[吗么]|"
    rf"(?:能不能|可不可以|会不会|要不要|有没有|是不是得){_BESIDE}{{1,10}}|"
    r"(?:要求|运费|条件|流程)(?:是?啥|是?什么)|有(?:啥|什么)(?:区别|不一样|不同|差别)|"
    r"[怎咋](?:么)?(?:给|传|寄|发给|联系|弄|退|换|修|处理|操作|申请)[^，。,. 不没]{0,5}|"
    rf"(?:联系|找)(?:谁|哪[个位]?)[^，。,. 不没]{{0,6}}){_LAST}"
)
#: What makes a reproach of such a question: 你就说退不退, 你们自己家会装吗, 还要请个摄影师吗.
_PRESSES = re.compile(
    r"^(?:你们|商家|客服|卖家|老板|平台)?([管赔退])[不没]\1|你就|就说|[直你]说|回答|看你|自己家|是要|"
    r"请|等|拿|写|天天|你们没有|行不行?|好不好|应该|合理|敢|假|骗|骂|人话|点责任|良心|意思|怎么(?:还|就|能|会|都|又|老)|还[不没]|凭|到底|究竟|投诉|[!！]|[?？]{2}"
)
#: Cues beside which it stays one: whom it is asked of, and the case it is asked for.
_OF_TERMS = frozenset({
    "you_people", "you_dont", "the_shop", "bad_word", "refused", "have_to", "must", "money_back",
    "asks_how", "asks_may", "if_ever", "soft_end", "feels", "but", "plays", "polite", "sorry", "differs",
    "trade", "praises", "too_bad", "very",
})  # fmt: skip
#: And rules; what does harm may be asked after as a case as well: 万一喝了过敏怎么处理.
_TERMS_OF = frozenset({"defect", "refusal", "demand"})
_CASE = re.compile("万一|如果|要是|的话|假如")


def names_shop_as_place(text: str) -> bool:
    """Whether the line says 你们家 and its like."""
    return _AT_THE_SHOP.search(text) is not None


def asks_plainly(text: str) -> bool:
    """Whether the line asks something of the shop as a place, or for goods, and blames nobody."""
    if len(text) > _LONGEST or _REPROACH.search(text) is not None:
        return False
    if _TO_THE_SHOP.search(text) is not None or _ENDS_PLAINLY.search(text) is not None:
        return True
    return names_shop_as_place(text) and _PLAIN_QUESTION.search(text) is not None


def asks_for_terms(text: str, rules: Iterable[str], cues: Iterable[str]) -> bool:
    """Whether the line ends in a question of what the shop does in a case, and only tells the case.

    Args:
        text: the line, its innocent words masked.
        rules: those it breaks, as often as it does.
        cues: what else was found in it.
    """
    broken = list(rules)
    askable = _TERMS_OF if _CASE.search(text) is None else _TERMS_OF | {"safety"}
    return (
        len(text) <= _LONGEST
        and len(broken) < 2
        and askable.issuperset(broken)
        and _OF_TERMS.issuperset(cues)
        and _ASKS_TERMS.search(text) is not None
        and _PRESSES.search(text) is None
    )
