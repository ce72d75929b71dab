"""Vetoes: what forbids an answer however alike two texts are - numbers, opposites, must-words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from streambot.domain.faq.entry import FaqEntry
from streambot.domain.faq.normalise import normalise
from streambot.domain.faq.pack import forms

_NUMBER = re.compile(r"\d+")
#: Words of a set exclude each other; merchants add theirs under ``exclusive``. Ours.
OPPOSITES: tuple[frozenset[str], ...] = tuple(
    frozenset(words.split())
    for words in (
        "开通 关闭 注销 取消",
        "发货 到货 退货 补货 换货 收货 缺货",
        "退款 退货运费 打款",
        "运费 运费险",
        "男 女",
        "男款 女款",
        "男装 女装",
        "偏大 偏小",
        "早上 晚上 中午",
        "绑定 解绑",
        "顺丰 中通 圆通 韵达 申通 邮政",
        "定金 尾款",
        "夏天 冬天",
        "夏季 冬季",
        "加绒 不加绒",
        "长袖 短袖",
        "红色 黑色 白色 蓝色 绿色 灰色",
        "苹果 安卓",
        "怎么买 怎么退",
        "起球 掉色 缩水 褪色",
        "机洗 手洗 干洗",
        "降价 涨价",
        "包邮 到付",
        "保质期 生产日期",
        "孕妇 小孩 老人",
    )
)


@dataclass(frozen=True, slots=True)
class Signs:
    """What of a normalised text can contradict another."""

    numbers: frozenset[str]
    sides: Mapping[int, frozenset[str]] = field(default_factory=dict)


class Contradictions:
    """Finds numbers and opposites in texts, and says which texts contradict each other."""

    def __init__(self, more: Iterable[frozenset[str]] = ()) -> None:
        self._of: dict[str, list[tuple[int, str]]] = {}
        for number, words in enumerate((*OPPOSITES, *more)):
            for word in words:
                for form in filter(None, map(normalise, forms(word))):
                    self._of.setdefault(form, []).append((number, word))
        longest_first = sorted(self._of, key=lambda word: (-len(word), word))
        self._words = re.compile("|".join(map(re.escape, longest_first)))

    def signs(self, text: str) -> Signs:
        """The signs of normalised *text*."""
        numbers = frozenset(number.lstrip("0") for number in _NUMBER.findall(text))
        sides: dict[int, frozenset[str]] = {}
        for word in self._words.findall(text):
            for number, side in self._of[word]:
                sides[number] = sides.get(number, frozenset()) | {side}
        return Signs(numbers, sides)

    @staticmethod
    def between(line: Signs, phrasing: Signs) -> str | None:
        """Why the two can't mean the same, or None."""
        if not line.numbers and not line.sides:
            return None
        if line.numbers and phrasing.numbers and line.numbers != phrasing.numbers:
            return "numbers"
        for number, theirs in phrasing.sides.items():
            ours = line.sides.get(number)
            if ours is not None and not ours & theirs:
                return "exclusive"
        return None


@dataclass(frozen=True, slots=True)
class Demands:
    """An entry's own conditions on a line, normalised once."""

    must: tuple[str, ...]
    any: tuple[str, ...]
    none: tuple[str, ...]
    products: frozenset[str]
    entry: FaqEntry

    @classmethod
    def of(cls, entry: FaqEntry) -> Demands:
        """The conditions *entry* states."""
        return cls(
            must=tuple(filter(None, map(normalise, entry.must))),
            any=tuple(filter(None, map(normalise, entry.any))),
            none=tuple(filter(None, map(normalise, entry.none))),
            products=frozenset(entry.products),
            entry=entry,
        )

    @property
    def any_at_all(self) -> bool:
        """Whether there is a condition; most entries have none."""
        return bool(
            self.must or self.any or self.none or self.products or self.entry.valid
        )

    def unmet(
        self, line: str, at: datetime | None, product: frozenset[str]
    ) -> str | None:
        """The condition that *line* doesn't meet, or None.

        *product* names the product the line is about (id and link number); empty: none.
        """
        valid = self.entry.valid
        if valid is not None and at is not None and not valid.holds(at):
            return "expired"
        if any(word not in line for word in self.must):
            return "must"
        if self.any and not any(word in line for word in self.any):
            return "any"
        if any(word in line for word in self.none):
            return "none"
        if self.products and product and not self.products & product:
            return "product"
        return None
