"""Colours: how they are named in a line, and a question for one as a question for all there are."""

from __future__ import annotations

import re

_SHADE = r"[深浅淡亮暗纯正奶酒墨玫天宝藏]|雾霾|牛油果|香槟|焦糖|豆沙|燕麦|咖啡?|卡其|奶茶|樱花|薄荷"
_NAMED = rf"(?:(?:{_SHADE})?[黑白红蓝绿灰粉紫黄橙棕杏米卡驼青金银裸][一-龥]{{0,2}}?色|(?:{_SHADE})色)"
#: A colour, with 色 at its end or by itself.
COLOUR = re.compile(rf"{_NAMED}|(?<![一-龥])[黑白红蓝绿灰粉紫黄]的?(?![一-龥])")
_ASKS = r"(?:[吗么嘛没不呢嘞][啊呀]?[?？~～]*|[?？]+)$"
#: 有红色吗, 黑色的还有吗, 有没有粉的.
_ASKED_FOR = re.compile(
    rf"^(?:请问|那|还)?(?:有没有|有无|有)(?:{_NAMED}|[黑白红蓝绿灰粉紫黄](?=的))"
    rf"(?:的(?P<of>[^，,。\s吗么嘛没不呢]{{2,4}})|的?(?:款|货|现货)?){_ASKS}"
    rf"|^{_NAMED}的?款?(?:还|都)?有(?:货|现货)?{_ASKS}"
    rf"|^(?:请问)?(?:{_NAMED}的?款?有没有|有没有(?:{_NAMED}的?|[黑白红蓝绿灰粉紫黄]的))(?:款|货|现货)?[啊呀呢]?[~～]*$"
)
#: What whoever asks for a colour is told by an entry about all of them.
AT_LARGE = "有什么颜色"


def is_colour(word: str) -> bool:
    """Whether a word is a colour and nothing else."""
    return COLOUR.fullmatch(word) is not None


def all_colours(text: str) -> str | None:
    """The question which colours there are, where folded *text* asks for one: 有红色吗, 有红色的耳机吗."""
    found = _ASKED_FOR.match(text) if "有" in text else None
    return None if found is None else f"{found['of'] or ''}{AT_LARGE}"
