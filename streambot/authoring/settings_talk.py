"""The keys of what a room's assistant says unasked: timers, notices, thanks, and when it doesn't."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from streambot.authoring.fields import group, minutes
from streambot.authoring.group_kinds import Groups
from streambot.authoring.hours import Hours
from streambot.authoring.kinds import Flag, Number, Texts
from streambot.authoring.layers import find
from streambot.authoring.reader import Field, Reader, Spec, items
from streambot.authoring.tree import Value
from streambot.authoring.wording import sayable_texts
from streambot.domain.guard import Guard

_NAMES = ("texts", "text", "文字")
_BLANK = re.compile(r"\{([^{}\n]*)\}")
_KNOWN = re.compile(
    r"product\.(?:name|link|price|stock|coupon|notes|sizes)|shop\.[a-z_]+"
)
_AFTER = Number(least=1, most=10_000, sample="20")

TIMERS: Spec = (
    Field(
        name="every_minutes",
        kind=minutes("", 1, "", "").kind,
        required=True,
        sample="15",
        also=("每几分钟",),
        zh="隔多少分钟说一次",
        en="Minutes between two of them",
    ),
    Field(
        name="after_lines",
        kind=_AFTER,
        default=10,
        also=("至少几条弹幕",),
        zh="上一次之后至少过了多少条观众弹幕才说",
        en="Viewer lines that must have passed since the last",
    ),
    Field(
        name="texts",
        kind=Texts(most=50),
        required=True,
        sample="[关注主播不迷路]",
        also=("text", "文字"),
        zh="说什么；几句轮换。可用 {product.name}、{product.price}、{shop.键}",
        en="What is said, in turn; {product.name}, {product.price} and {shop.key} are filled in",
    ),
)

NOTICES: Spec = (
    minutes(
        "every_minutes", 10, "置顶公告隔多久说一次", "A pinned notice is said every"
    ),
    Field(
        name="after_lines",
        kind=_AFTER,
        default=5,
        zh="至少过了多少条观众弹幕才再说",
        en="Viewer lines before it is said again",
    ),
)

THANKS: Spec = (
    Field(
        name="gifts",
        kind=Flag(),
        default=False,
        zh="是否感谢送礼；一次连送只谢一回",
        en="Whether gifts are thanked for, once a combo",
    ),
    Field(
        name="follows",
        kind=Flag(),
        default=False,
        zh="是否感谢关注；每人每场一次",
        en="Whether follows are thanked for, once a viewer and broadcast",
    ),
    Field(
        name="amounts",
        kind=Flag(),
        default=False,
        zh="感谢时是否说出礼物个数；从不说金额",
        en="Whether the number of gifts is said; what they cost never is",
    ),
)

TALK: Spec = (
    Field(
        name="timers",
        kind=Groups(spec=TIMERS, most=50),
        default=[],
        zh="定时说的话，一项一组",
        en="Lines said every so often",
    ),
    group("notices", NOTICES, "控制台置顶的公告", "The notice pinned at the console"),
    group("thanks", THANKS, "感谢送礼和关注", "Thanks for gifts and follows"),
    Field(
        name="quiet_hours",
        kind=Hours(),
        zh="安静时段，如 23:00-08:00：不欢迎、不定时说话、不感谢，提问照常回答",
        en="When nobody is welcomed or thanked and no timer speaks; questions are answered",
    ),
)


def sayable_timers(
    timers: Sequence[dict[str, Any]],
    value: Value,
    guard: Guard,
    reader: Reader,
    key: str,
) -> list[dict[str, Any]]:
    """*timers* without the words that would be held or can't be filled in; what is wrong is told."""
    kept = []
    for number, (timer, node) in enumerate(zip(timers, items(value), strict=False)):
        found = (find(node, name) for name in _NAMES)
        texts = next((each for each in found if each is not None), None)
        if texts is None:
            continue
        where = f"{key}[{number}].texts"
        said = [
            text
            for text in sayable_texts(texts, guard, reader, where)
            if _can_be_filled(text, texts, reader, where)
        ]
        if said:
            kept.append({**timer, "texts": tuple(said)})
    return kept


def _can_be_filled(text: str, value: Value, reader: Reader, key: str) -> bool:
    strange = [blank for blank in _BLANK.findall(text) if not _KNOWN.fullmatch(blank)]
    if strange:
        reader.report(
            "W324",
            value.place,
            key,
            f"定时说的话里不能用“{{{strange[0][:40]}}}”，可用 {{product.name}}、{{product.price}}、"
            "{shop.键}。这句先不用。",
            f'"{{{strange[0][:40]}}}" can\'t be filled in here, {{product.name}}, {{product.price}} '
            "and {shop.key} can. Left out.",
        )
    return not strange
