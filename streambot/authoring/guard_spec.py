"""The one table of guard rule keys: what a rule file may say and what it means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from streambot.authoring.free_keys import Words
from streambot.authoring.group_kinds import Groups
from streambot.authoring.kinds import Flag, Number, Text, Texts
from streambot.authoring.reader import Field, Reader, Spec, Unreadable, items
from streambot.authoring.tree import Scalar, Value
from streambot.domain.guard_notation import BadWord, context, spread
from streambot.domain.guard_rules import Finds, Where

#: What goods are, as far as rules tell them apart; also the words for products.yaml.
CATEGORIES = Text(
    words=(
        *("food", "health_food", "cosmetics", "medical", "baby", "pets"),
        *("clothing", "shoes_bags", "jewellery", "home", "digital", "other"),
    ),
    also={
        "食品": "food",
        "保健食品": "health_food",
        "保健品": "health_food",
        "化妆品": "cosmetics",
        "护肤品": "cosmetics",
        "药品": "medical",
        "医疗器械": "medical",
        "母婴": "baby",
        "宠物": "pets",
        "服装": "clothing",
        "鞋包": "shoes_bags",
        "珠宝": "jewellery",
        "家居": "home",
        "数码": "digital",
        "其他": "other",
    },
)


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardTexts:
    """Words with the wildcards of docs/guard.md; ``spreads``: each way by itself."""

    spreads: bool = True
    most: int = 500

    def read(self, value: Value, reader: Reader, key: str) -> tuple[str, ...]:
        """The words, folded; bad ones are reported and left out."""
        found: dict[str, None] = {}
        for item in items(value)[: self.most]:
            try:
                text = Text(most=400).read(item, reader, key)
            except Unreadable:
                continue
            found |= dict.fromkeys(self.word(text, item, reader, key))
        if len(items(value)) > self.most:
            raise reader.fail(
                value,
                key,
                f"超过 {self.most} 个词，请分成几条规则。",
                f"More than {self.most} words: make several rules.",
            )
        return tuple(found)

    def word(
        self, text: str, value: Value, reader: Reader, key: str
    ) -> tuple[str, ...]:
        """The ways to write one word, none where it can't be used."""
        try:
            return spread(text) if self.spreads else (context(text),)
        except BadWord as bad:
            reader.fail(
                value, key, f"“{text[:40]}”：{bad.zh}", f'"{text[:40]}": {bad.en}'
            )
            return ()

    def schema(self) -> dict[str, Any]:
        """One or an array of texts."""
        return Texts().schema()


@dataclass(frozen=True, slots=True, kw_only=True)
class Better:
    """Words with what to say instead of each."""

    def read(self, value: Value, reader: Reader, key: str) -> dict[str, str]:
        """What to say, by word as it is written."""
        words = Words().read(value, reader, key)
        found: dict[str, str] = {}
        for word, better in words.items():
            for way in GuardTexts().word(word, value, reader, f"{key}.{word}"):
                found.setdefault(way, better)
        return found

    def schema(self) -> dict[str, Any]:
        """An object of texts."""
        return Words().schema()


@dataclass(frozen=True, slots=True, kw_only=True)
class Blank:
    """A text that may be empty: then the word is left out."""

    def read(self, value: Value, reader: Reader, key: str) -> str:
        """The text."""
        if isinstance(value, Scalar) and not value.text.strip():
            return ""
        return Text(most=200).read(value, reader, key)

    def schema(self) -> dict[str, Any]:
        """A string."""
        return {"type": "string", "maxLength": 200}


RULE: Spec = (
    Field(
        name="id",
        also=("编号",),
        kind=Text(most=60),
        required=True,
        sample="my_words",
        zh="规则编号，小写英文；和随带的规则同名就是补充那一条",
        en="Id; that of a shipped rule adds to it",
    ),
    Field(
        name="severity",
        also=("级别",),
        kind=Text(
            words=("error", "warning", "suggestion", "off"),
            also={
                "拦下": "error",
                "提醒": "warning",
                "建议": "suggestion",
                "关闭": "off",
            },
        ),
        zh="error 拦下；warning 让客服再确认一次；suggestion 建议换说法；off 关掉随带的规则",
        en="error holds; warning asks once more; suggestion offers words; off drops a shipped rule",
    ),
    Field(
        name="words",
        also=("词", "词语"),
        kind=GuardTexts(),
        default=(),
        zh="不能说的词；可用 ? * # _ 和 (甲|乙)",
        en="Words, with ? * # _ and (a|b)",
    ),
    Field(
        name="unless",
        also=("除非", "放行"),
        kind=GuardTexts(spreads=False),
        default=(),
        zh="这些说法里的词放行，如 最佳食用时间",
        en="Contexts in which a word is no offence",
    ),
    Field(
        name="unless_denied",
        also=("否认放行",),
        kind=Flag(),
        zh="本店否认的就放行：不做~、没有~、~我们不卖",
        en="What the shop denies is no offence: 不做~, 没有~, ~我们不卖",
    ),
    Field(
        name="replacements",
        also=("换成",),
        kind=Better(),
        default={},
        zh="词: 更好的说法",
        en="word: what to say instead",
    ),
    Field(
        name="replacement",
        also=("统一换成",),
        kind=Blank(),
        zh="没单独写的词都换成这个；空的就是删掉",
        en="Instead of all other words; empty leaves them out",
    ),
    Field(
        name="finds",
        also=("查找",),
        kind=Text(words=tuple(Finds)),
        zh="按样子找：手机号、证件号、单号、地址、链接、联系方式",
        en="Found by shape: numbers, addresses, links, contacts",
    ),
    Field(
        name="where",
        also=("位置",),
        kind=Text(
            words=tuple(Where),
            also={"任意": "anywhere", "开头": "opener", "整句": "whole"},
        ),
        zh="anywhere 任意位置；opener 只看开头；whole 整句只有它",
        en="anywhere; opener: first words; whole: nothing else",
    ),
    Field(
        name="only_for",
        also=("只管",),
        kind=Texts(each=CATEGORIES),
        default=(),
        zh="只管这些类目的商品；不写就都管",
        en="Categories of goods it concerns; all when left out",
    ),
    Field(
        name="public_only",
        also=("只管公屏",),
        kind=Flag(),
        zh="只管公屏，私信可以说",
        en="Only what everybody sees",
    ),
    Field(
        name="longest",
        also=("最多字数",),
        kind=Number(least=1, most=1000),
        zh="一句最多几个字",
        en="Most characters of a line",
    ),
    Field(
        name="zh",
        also=("中文说明",),
        kind=Text(most=200),
        zh="给客服看的一句话：错在哪，怎么改",
        en="The sentence shown, in Chinese",
    ),
    Field(
        name="en",
        also=("英文说明",),
        kind=Text(most=200),
        zh="英文说明",
        en="The sentence shown, in English",
    ),
    Field(
        name="source",
        also=("依据",),
        kind=Text(most=200),
        zh="依据：哪部法规、哪条平台规则",
        en="The law or rule behind it",
    ),
    Field(
        name="date",
        also=("日期",),
        kind=Text(most=40),
        zh="依据的日期",
        en="Its date",
    ),
)

RULES: Spec = (
    Field(
        name="version",
        also=("版本",),
        kind=Number(least=1, most=1),
        default=1,
        zh="格式版本，写 1",
        en="Version of this format",
    ),
    Field(
        name="rules",
        also=("规则",),
        kind=Groups(spec=RULE, most=200),
        default=[],
        zh="所有规则，一条一项",
        en="The rules",
    ),
)

KNOWN = frozenset(
    name for spec in (RULES, RULE) for item in spec for name in (item.name, *item.also)
)
