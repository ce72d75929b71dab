"""Guard: passes a line out or holds it, the assistant's and the agents' alike, with the reason."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from streambot.domain.faq.normalise import folded


@dataclass(frozen=True, slots=True)
class Passed:
    """Nothing speaks against the line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """The line may not go out; ``start`` and ``end`` are code points of it."""

    rule: str
    start: int
    end: int
    text: str
    hint_zh: str
    hint_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rule:
    name: str
    pattern: re.Pattern[str]
    zh: str
    en: str
    public_only: bool = False


PASSED = Passed()

#: China's Advertising Law, article 9(3), and the regulator's guide of 2023-03-20 on its limits:
#: absolute terms about goods; sizes, times and counts (最大码, 最晚48小时, 最后3件) are no claim.
_ABSOLUTE = (
    r"国家级|世界级|最高级|最佳|顶级|顶尖|极品|史上最|全网最低|全网最便宜|最便宜|最低价|最优惠|最好的?(?!时间|是|在|再|先|不要|别|提前)|"
    r"第一品牌|销量第一|全国第一|行业第一|唯一|首选|王牌|万能|100%有效|百分之百有效|绝无仅有|永久有效|绝对(?:正品|有效|安全)|零风险"
)
_MEDICAL = (
    r"治疗|治愈|根治|药效|疗效|祛斑|祛痘印|减肥|消炎|杀菌|抗癌|降血[压糖脂]|壮阳|包治"
)
_CONTACT = (
    r"加(?:我)?(?:个)?(?:微信|微|vx|v信|qq)|微信号|(?:微信|vx|weixin|wechat|qq)\s*[:：号]?\s*[a-z0-9_-]{5,}|"
    r"扫(?:一扫)?(?:这个)?(?:二维码|码)|私下(?:转账|交易)|支付宝转|转账给|https?://|www\."
)
_RUDE = (
    r"傻[逼比b]|煞笔|沙比|滚蛋|去死|有病吧|神经病|闭嘴|爱买不买|废话"
    r"|蠢货|你妈|他妈|草泥马|fuck|shit\b|stupid|idiot"
)

_RULES = (
    _Rule(
        name="phone",
        pattern=re.compile(r"(?<!\d)1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)"),
        zh="公屏不能出现手机号，请改用私信或打码。",
        en="No phone numbers in public: use a private line or mask it.",
        public_only=True,
    ),
    _Rule(
        name="identity_number",
        pattern=re.compile(r"(?<!\d)\d{17}[\dXx](?![\dXx])"),
        zh="不能发送身份证号。",
        en="No identity numbers.",
    ),
    _Rule(
        name="long_number",
        pattern=re.compile(r"(?<![\d*])[A-Za-z]{0,4}\d{10,}(?!\d)"),
        zh="公屏不能出现完整的订单号或运单号，只写后四位，例如 ****1234。",
        en="No full order or tracking numbers in public: write the last four, ****1234.",
        public_only=True,
    ),
    _Rule(
        name="address",
        pattern=re.compile(
            r"[一-龥]{2,}(?:省|市|区|县)[一-龥\d]*(?:路|街|道|巷|村|镇)[一-龥]*\d+号|\d+(?:栋|单元|室)\d*"
        ),
        zh="公屏不能出现详细地址。",
        en="No addresses in public.",
        public_only=True,
    ),
    _Rule(
        name="off_platform",
        pattern=re.compile(_CONTACT, re.IGNORECASE),
        zh="不能引导到平台外联系或付款，请去掉联系方式或链接。",
        en="No contacts, payments or links outside the platform.",
    ),
    _Rule(
        name="absolute_term",
        pattern=re.compile(_ABSOLUTE),
        zh="这是广告法禁止的绝对化用语，请换成具体说法，例如“很多人选”。",
        en="An absolute term that the Advertising Law forbids: say something specific.",
    ),
    _Rule(
        name="medical_claim",
        pattern=re.compile(_MEDICAL),
        zh="不能宣称医疗功效，请去掉。",
        en="No medical claims.",
    ),
    _Rule(
        name="rude",
        pattern=re.compile(_RUDE, re.IGNORECASE),
        zh="这句话不礼貌，请换个说法。",
        en="Rude words: say it another way.",
    ),
)


def judge(text: str, *, public: bool, line_length: int | None = None) -> Passed | Held:
    """Whether *text* may go out.

    Args:
        text: the final text of a line.
        public: whether everybody in the room will see it.
        line_length: the platform's limit in code points, where it is to be kept here.
    """
    if line_length is not None and len(text) > line_length:
        return Held(
            rule="too_long",
            start=line_length,
            end=len(text),
            text=text[line_length:],
            hint_zh=f"最多 {line_length} 个字，请删去 {len(text) - line_length} 个。",
            hint_en=f"At most {line_length} characters: "
            f"remove {len(text) - line_length}.",
        )
    plain = folded(text)
    for rule in _RULES:
        if rule.public_only and not public:
            continue
        found = rule.pattern.search(plain)
        if found is not None:
            words = text[found.start() : found.end()]
            return Held(
                rule=rule.name,
                start=found.start(),
                end=found.end(),
                text=words,
                hint_zh=f"“{words}”：{rule.zh}",
                hint_en=f"“{words}”: {rule.en}",
            )
    return PASSED


def judge_all(texts: Iterable[str], *, public: bool) -> Passed | Held:
    """The first of *texts* that may not go out, else that all of them may."""
    verdict: Passed | Held = PASSED
    for text in texts:
        verdict = judge(text, public=public)
        if isinstance(verdict, Held):
            break
    return verdict
