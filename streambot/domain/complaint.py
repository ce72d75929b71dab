"""Complaint: how grave a viewer's complaint is, ordinary or major, and by which words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from streambot.domain.evidence import Evidence
from streambot.domain.faq.normalise import folded
from streambot.domain.mood import MoodLevel


class Grade(StrEnum):
    """How soon a complaint is answered; each has its own promised time."""

    ORDINARY = "ordinary"
    MAJOR = "major"


@dataclass(frozen=True, slots=True, kw_only=True)
class Graded:
    """A grade and what it rests on; every major one names its words."""

    grade: Grade
    evidence: tuple[Evidence, ...] = ()


ORDINARY = Graded(grade=Grade.ORDINARY)
#: Sums from here on, in yuan, make a complaint major.
LARGE_SUM = 1_000

_MAJOR: dict[str, re.Pattern[str]] = {
    "injury": re.compile(
        r"受伤|烫伤|划伤|割伤|割破|扎破|砸伤|炸了|爆炸|着火|起火|自燃|冒烟|漏电|触电|烂脸|毁容|过敏(?!测试|吗|源)|"
        r"红肿|起疹|住院|急诊|送医|医院"
    ),
    "food": re.compile(
        r"食物中毒|中毒|拉肚子|腹泻|上吐下泻|吃坏|吃吐|呕吐|发霉|变质|过期(?!吗)|有虫|虫子|异物|蟑螂"
    ),
    "fake": re.compile(r"假货|假的|冒牌|高仿|仿品|山寨|假一赔|鉴定.{0,4}假"),
    "law": re.compile(
        r"(?<!\d)(?:12315|12345)(?!\d)|曝光|起诉|法院|律师|消协|消费者协会|工商|市场监管|市监局|报警|媒体|记者|黑猫|举报"
    ),
    "minor": re.compile(
        r"未成年|(?:孩子|小孩|儿子|女儿|宝宝|婴儿|小朋友).{0,8}(?:偷|乱|自己|误).{0,4}(?:买|拍|付|刷|下单|打赏)|"
        r"(?:孩子|小孩|宝宝|婴儿).{0,8}(?:误食|吞|卡|窒息|受伤|过敏|吐)"
    ),
}  # fmt: skip
_SUM = re.compile(
    r"(\d{1,9}(?:\.\d{1,2})?|[一二两三四五六七八九十几]+)\s*(万|千|w|k)?\s*(元|块钱?|rmb|¥)?",
    re.IGNORECASE,
)
_UNITS = {"万": 10_000, "w": 10_000, "千": 1_000, "k": 1_000}


def grade(
    text: str, *, level: MoodLevel | None = None, repeated: bool = False
) -> Graded:
    """How grave a complaint is.

    Args:
        text: the viewer's line.
        level: the mood's level; P0 (law, danger) and P1 (fraud, abuse) are major.
        repeated: the viewer complained of this before and is not yet helped.
    """
    plain = folded(text)
    found = [
        Evidence(
            rule=f"major:{name}",
            start=seen.start(),
            end=seen.end(),
            text=text[seen.start() : seen.end()],
        )
        for name, words in _MAJOR.items()
        if (seen := words.search(plain)) is not None
    ]
    found += _large_sum(plain, text)
    if repeated:
        found.append(Evidence(rule="major:repeated", start=0, end=len(text), text=text))
    if level in (MoodLevel.P0, MoodLevel.P1) and not found:
        rule = f"major:{level.value}"
        found.append(Evidence(rule=rule, start=0, end=len(text), text=text))
    major = Grade.MAJOR if found else Grade.ORDINARY
    return Graded(grade=major, evidence=tuple(found))


def graver(grades: Iterable[Grade | None]) -> Grade | None:
    """The gravest of *grades*: a complaint once major never becomes ordinary."""
    given = {each for each in grades if each is not None}
    if not given:
        return None
    return Grade.MAJOR if Grade.MAJOR in given else Grade.ORDINARY


def _large_sum(plain: str, text: str) -> list[Evidence]:
    """The first sum of money that is large; a bare number is an order's, not a sum."""
    for seen in _SUM.finditer(plain):
        digits, scale, unit = seen.groups()
        if unit is None and scale not in ("万", "千"):
            continue
        count = float(digits) if digits[0].isdecimal() else 1.0
        if count * _UNITS.get((scale or "").lower(), 1) >= LARGE_SUM:
            start, end = seen.span()
            return [
                Evidence(
                    rule="major:sum", start=start, end=end, text=text[start:end].strip()
                )
            ]
    return []
