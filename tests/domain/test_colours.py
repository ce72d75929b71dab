"""有红色吗: who asks for a colour asks which there are, and is answered as such."""

from __future__ import annotations

import pytest

from streambot.authoring.pack import shipped_pack
from streambot.domain.faq.colours import all_colours
from streambot.domain.faq.entry import FaqBook, FaqEntry, FaqId
from streambot.domain.faq.match import FaqMatch, Outcome
from streambot.domain.faq.matcher import BookMatcher

_COLOURS = FaqEntry(
    id=FaqId("colours"),
    questions=("有什么颜色", "有几个颜色", "还有别的颜色吗"),
    answers=("黑白灰三色",),
)
_BLACK = FaqEntry(
    id=FaqId("black"), questions=("有黑色吗", "黑色有货吗"), answers=("黑色没货了",)
)
_SHIP = FaqEntry(
    id=FaqId("ship"), questions=("几天发货", "什么时候发货"), answers=("48小时内",)
)


def match(text: str, *entries: FaqEntry) -> FaqMatch:
    """What a book of *entries* makes of a line."""
    return BookMatcher(FaqBook(entries=entries, pack=shipped_pack())).match(text)


@pytest.mark.parametrize(
    "line",
    [
        "有红色吗",
        "有没有粉色",
        "有没有粉的",
        "粉色有没有",
        "有白的吗",
        "还有黑色吗",
        "黑色还有吗？",
        "有黑色款吗",
        "有深蓝色吗",
        "有卡其色的吗",
        "有咖色么",
        "黑色还有货吗",
        "那有奶茶色吗",
        "有红色?",
    ],
)
def test_a_colour_that_is_asked_for_is_answered_by_all_there_are(line: str) -> None:
    """An entry about the colours answers; one of shipping never does."""
    assert all_colours(line)
    assert match(line, _COLOURS, _SHIP).entry == "colours"
    assert match(line, _SHIP).outcome is not Outcome.ANSWER


@pytest.mark.parametrize(
    "line",
    [
        "有红色",
        "红色有了",
        "红色没有了",
        "有什么颜色吗",
        "有别的颜色吗",
        "有特色吗",
        "有红包吗",
        "有白醋吗",
        "有黄油吗",
        "红色显黑吗",
        "白色透吗",
    ],
)
def test_what_else_has_a_colour_in_it_asks_for_none(line: str) -> None:
    """Nor does who only tells that there is one."""
    assert all_colours(line) is None


def test_whose_colours_are_meant_is_kept() -> None:
    """Of two entries about colours the one of the goods that are named."""
    shells = FaqEntry(
        id=FaqId("shells"), questions=("手机壳有什么颜色",), answers=("透明和黑",)
    )
    buds = FaqEntry(
        id=FaqId("buds"), questions=("耳机有什么颜色",), answers=("黑白紫",)
    )
    assert all_colours("有白色的耳机吗") == "耳机有什么颜色"
    assert match("有白色的耳机吗", shells, buds).entry == "buds"
    assert match("有没有绿色的手机壳", shells, buds).outcome is not Outcome.IGNORE


@pytest.mark.parametrize("line", ["有红色吗", "红色有吗", "有没有米色的"])
def test_an_entry_about_one_colour_tells_nothing_of_another(line: str) -> None:
    """黑色没货了 is no answer to 有红色吗; a person is asked."""
    assert match(line, _BLACK, _SHIP).outcome is not Outcome.ANSWER
    assert match(line, _BLACK, _COLOURS).entry == "colours"
    assert match("有黑色吗", _BLACK, _COLOURS).entry == "black"


def test_a_merchants_word_against_it_holds() -> None:
    """What an entry must not answer it doesn't, however the line is read."""
    wary = FaqEntry(
        id=_COLOURS.id,
        questions=_COLOURS.questions,
        answers=_COLOURS.answers,
        none=("红",),
    )
    assert match("有红色吗", wary).outcome is not Outcome.ANSWER
    assert match("有灰色吗", wary).entry == "colours"
