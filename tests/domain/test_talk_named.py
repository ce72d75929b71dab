"""What a viewer named stays what they talk of: through a choice, a person, or no answer at all."""

from __future__ import annotations

import pytest

from tests.domain.chat_room import Chat, decisions, owed, viewer
from tests.domain.talk_shop import ENTRIES, book, entry, show, talk

#: Only a literal hit is answered; all else is asked back.
VAGUE = book(
    entry(
        "price",
        "现在拍下大概什么价钱",
        answer="{product.name}{product.price}",
        threshold=1.0,
    ),
    entry("stock", "有货吗", answer="{product.name}{product.stock}"),
)


def said(chat: Chat, text: str, at: float, by: str = "小明") -> list[str]:
    """The words owed to a viewer's line, when they say no more."""
    actions = [*chat.say(text, at, viewer(by)), *chat.tick(at + 3)]
    return [reply.text for reply in owed(actions)]


@pytest.mark.parametrize(
    ("first", "then", "told"),
    [
        ("大衣", "多少钱", "羊毛大衣399元"),
        ("羊毛大衣", "有货吗", "羊毛大衣仅剩3件"),
        ("大衣好好看", "多少钱", "羊毛大衣399元"),
        ("喜欢2号", "有货吗", "羊毛大衣仅剩3件"),
        ("大衣有几层呢", "多少钱", "羊毛大衣399元"),
        ("2号", "多少钱", "羊毛大衣399元"),
        ("这个", "多少钱", "帆布包39元"),
        ("这里人好多", "多少钱", "帆布包39元"),
        ("这个好好看", "多少钱", "帆布包39元"),
    ],
)
def test_what_was_named_is_what_the_next_line_is_about(
    first: str, then: str, told: str
) -> None:
    """By its name as by its number, whether or not anything was asked of it."""
    chat = talk(shown="bag")
    said(chat, first, 1)
    assert said(chat, then, 9) == [told]


def test_a_product_a_person_was_called_for_is_still_talked_of() -> None:
    """The hat has no price; a bag on screen lends its own to nobody's next question."""
    stocked = book(*ENTRIES, entry("about", "什么款", answer="{product.name}"))
    chat = talk(shown="bag", understanding=stocked)
    assert said(chat, "12号多少钱", 1) == []
    assert said(chat, "什么款", 9) == ["渔夫帽"]


def test_a_link_the_shop_lacks_is_still_talked_of() -> None:
    """What is on screen isn't told of it; what holds for all is."""
    chat = talk(shown="bag")
    assert said(chat, "8号多少钱", 1) == []
    assert said(chat, "几号链接", 9) == []
    assert said(chat, "包邮吗", 17) == ["全场包邮"]
    assert said(chat, "这个多少钱", 25) == ["帆布包39元"]


def test_another_name_takes_the_place_of_the_first() -> None:
    """And the question asked before may still be asked of a third."""
    chat = talk(shown="bag")
    said(chat, "1号多少钱", 1)
    said(chat, "大衣真好看", 9)
    assert said(chat, "有货吗", 17) == ["羊毛大衣仅剩3件"]
    chat = talk(shown="bag")
    said(chat, "1号多少钱", 1)
    said(chat, "大衣真好看", 9)
    assert said(chat, "那3号呢", 17) == ["帆布包39元"]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("2号现在拍下什么价", ["羊毛大衣399元"]),
        ("大衣现在拍下什么价", ["羊毛大衣399元"]),
        ("现在拍下什么价", ["帆布包39元"]),
        ("8号现在拍下什么价", []),
        ("12号现在拍下什么价", []),
    ],
)
@pytest.mark.parametrize("shown_next", ["bag", "tee", None])
def test_a_choice_is_answered_for_what_the_question_was_about(
    line: str, told: list[str], shown_next: str | None
) -> None:
    """A product named, or the one on screen at the time; never one shown since."""
    chat = talk(shown="bag", understanding=VAGUE)
    (asked_back,) = said(chat, line, 1)
    assert asked_back.startswith("您想问的是")
    show(chat, shown_next, 6)
    actions = chat.say("是的", 9)
    assert [reply.text for reply in owed(actions)] == told
    assert decisions(actions)[0].kind == ("answer" if told else "handoff")


def test_what_was_named_is_talked_of_beside_the_choice() -> None:
    """Who asks something else instead of choosing still speaks of it; of the screen, the screen."""
    chat = talk(shown="tee", understanding=VAGUE)
    said(chat, "2号现在拍下什么价", 1)
    assert said(chat, "有货吗", 9) == ["羊毛大衣仅剩3件"]
    chat = talk(shown="tee", understanding=VAGUE)
    said(chat, "现在拍下什么价", 1)
    show(chat, "coat", 6)
    assert said(chat, "有货吗", 9) == ["羊毛大衣仅剩3件"]


def test_nobody_speaks_of_what_another_named() -> None:
    """Each viewer's own words only."""
    chat = talk(shown="bag")
    said(chat, "大衣", 1)
    assert said(chat, "多少钱", 9, by="阿杰") == ["帆布包39元"]


def test_what_was_named_is_forgotten_after_a_minute() -> None:
    """Then the screen counts again."""
    chat = talk(shown="bag")
    said(chat, "大衣", 1)
    assert said(chat, "多少钱", 62) == ["帆布包39元"]
