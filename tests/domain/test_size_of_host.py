"""Which size the host wears is another question than which one the viewer should."""

from __future__ import annotations

import pytest

from streambot.authoring.pack import shipped_pack
from streambot.domain.faq.entry import FaqBook
from streambot.domain.faq.match import MatchSettings, Outcome
from streambot.domain.faq.matcher import BookMatcher
from streambot.domain.product import Catalogue
from streambot.domain.understanding import Understanding
from tests.domain.chat_room import decisions, owed
from tests.domain.talk_shop import PRODUCTS, entry, talk

WHOLE = FaqBook(
    entries=(
        entry(
            "size-how", "我穿什么码", "怎么选码", "穿多大码", answer="报一下身高体重"
        ),
        entry("price", "多少钱", answer="{product.name}{product.price}"),
    ),
    catalogue=Catalogue(products=PRODUCTS),
    pack=shipped_pack(),
)
BOOK = Understanding.of(WHOLE, MatchSettings())


@pytest.mark.parametrize(
    "line",
    [
        "身上这件多大码",
        "身上那条是几码",
        "主播穿的什么码",
        "主播穿的这件是哪个码",
        "主播身上这款什么尺码",
    ],
)
def test_who_asks_for_the_hosts_size_is_not_told_how_to_choose(line: str) -> None:
    """Leaving out whose size it is would leave another question."""
    chat = talk(shown="tee", understanding=BOOK)
    actions = [*chat.say(line, 1), *chat.tick(4)]
    assert owed(actions) == []
    assert decisions(actions)[-1].kind != "answer"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("主播我穿什么码", "报一下身高体重"),
        ("这件我穿什么码", "报一下身高体重"),
        ("主播，穿多大码", "报一下身高体重"),
        ("身上这件多少钱", "云感T恤69元"),
        ("身上这件160 105斤穿多大码", "云感T恤建议M码，仅供参考哦"),
    ],
)
def test_the_viewers_own_size_is_asked_for_as_before(line: str, told: str) -> None:
    """Whatever they point at, and whomever they call."""
    chat = talk(shown="tee", understanding=BOOK)
    assert [each.text for each in owed(chat.say(line, 1))] == [told]


HOST = BookMatcher(
    FaqBook(
        entries=(
            entry("host", "主播穿什么码", "身上这件几码", answer="主播穿S码"),
            entry("ship", "什么时候发货", answer="48小时内"),
        ),
        pack=shipped_pack(),
    ),
    MatchSettings(),
)


@pytest.mark.parametrize(
    "line", ["主播穿的什么呀", "主播穿的啥", "主播身上穿的是什么", "主播穿的什么牌子"]
)
def test_what_the_host_wears_is_not_answered_with_a_size(line: str) -> None:
    """穿的什么 asks for the garment, and is all but 穿的什么码."""
    assert HOST.match(line).outcome is not Outcome.ANSWER


@pytest.mark.parametrize(
    "line", ["主播穿的什么码呀", "主播穿的啥码", "主播穿的是什么码", "主播穿的多大的"]
)
def test_which_size_the_host_wears_is(line: str) -> None:
    """Whatever stands between."""
    assert HOST.match(line).entry == "host"
