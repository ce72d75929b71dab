"""A denial frees every medical and contact word alike; a no about something else frees none."""

from __future__ import annotations

import pytest

from streambot.authoring.guard_file import shipped_guard
from streambot.domain.guard import PASSED, Held

GUARD = shipped_guard()
#: A word of each deniable rule, as it is claimed.
_WORDS = ("治疗失眠", "祛痘", "降血压", "减肥", "消炎", "加微信", "私下转账")


@pytest.mark.parametrize("word", _WORDS)
@pytest.mark.parametrize(
    "line",
    ["我们不{}", "不能{}的", "从来没有{}", "请勿{}", "并不支持{}", "不建议用来{}"],
)
def test_a_no_before_any_word_denies_it(word: str, line: str) -> None:
    """With the small words that a no takes along, whichever rule the word is of."""
    assert GUARD.judge(line.format(word), public=True) == PASSED


@pytest.mark.parametrize("word", ["护肝片", "祛湿茶", "止痛贴", "减肥药", "祛斑霜"])
@pytest.mark.parametrize(
    "line",
    [
        *("{}我们不卖", "{}不在这里卖", "{}这款没有货", "{}已经下架了", "{}店里没有"),
        *("{}和祛痘膏都不卖", "不卖{}", "我们家不做{}"),
    ],
)
def test_goods_that_nobody_sells_are_no_claim(word: str, line: str) -> None:
    """The name of what is not to be had, alone or in a list."""
    assert GUARD.judge(line.format(word), public=True) == PASSED


@pytest.mark.parametrize(
    "line",
    [
        *("没有消炎、止痛的作用", "不加微信和QQ群", "微信转账我们不收", "加微信违规的"),
        *("壮阳的说法我们不敢说", "能不能祛斑因人而异", "没有微信群，也没有QQ群"),
    ],
)
def test_lists_and_doubts_are_denials(line: str) -> None:
    """What stands in one list with a word denied is denied with it."""
    assert GUARD.judge(line, public=True) == PASSED


@pytest.mark.parametrize(
    "line",
    [
        *("要不加微信吧", "要不要加微信", "不如加微信", "不得不加微信", "别错过加微信"),
        *("不加微信不发货", "还没加微信的宝宝抓紧", "加微信不收费", "加微信不用等"),
        *("不用节食就减肥", "不止减肥", "特别祛痘", "非常祛斑", "不含酒精、杀菌快"),
        *("祛斑副作用没有", "减肥运动都不做", "祛痘别家没有卖", "能减肥，没货了"),
        *("不信您减肥试试", "无痛祛斑", "治失眠吃药都不用", "能祛湿的这款没有货"),
    ],
)
def test_a_no_about_something_else_frees_nothing(line: str) -> None:
    """Questions that invite, doubled nos, other shops, and harms that goods are without."""
    assert isinstance(GUARD.judge(line, public=True), Held)
