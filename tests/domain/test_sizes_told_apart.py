"""Sizes rule each other out: what is known of one size is never told of another."""

from __future__ import annotations

import pytest

from streambot.domain.faq.normalise import normalise
from streambot.domain.faq.size_names import sizes_named
from streambot.domain.understanding import Understanding
from tests.domain.chat_room import decisions, owed
from tests.domain.talk_shop import book, entry, talk

BY_SIZE = book(
    entry("stock", "有货吗", "还有货吗", answer="{product.name}{product.stock}"),
    entry("stock-m", "M码有货吗", "中码还有吗", answer="M码有货"),
    entry("stock-xxl", "XXL有货吗", "2XL还有吗", answer="XXL下周到货"),
    entry("stock-37", "37码有货吗", answer="37码有货"),
    entry("price", "多少钱", answer="{product.name}{product.price}"),
)
AT_LARGE = book(
    entry("stock", "有货吗", "还有货吗", answer="{product.name}{product.stock}"),
    entry("price", "多少钱", answer="{product.name}{product.price}"),
)
GENERAL = book(
    entry("sizes", "还有M码吗", "XL还有没有", "断码了吗", answer="每个码都有货"),
)


def told(line: str, understanding: Understanding) -> list[str]:
    """What is said to *line* while a T-shirt of sizes M and L is shown."""
    actions = talk(shown="tee", understanding=understanding).say(line, 1)
    if not owed(actions):
        assert all(each.kind != "answer" for each in decisions(actions))
    return [reply.text for reply in owed(actions)]


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("M码有货吗", "M码有货"),
        ("中码还有吗", "M码有货"),
        ("xxl有货吗", "XXL下周到货"),
        ("2XL有货吗", "XXL下周到货"),
        ("37码有货吗", "37码有货"),
        ("有货吗", "云感T恤现货"),
        ("L码多少钱", "云感T恤69元"),
    ],
)
def test_a_size_is_told_what_is_known_of_it(line: str, answer: str) -> None:
    """Whatever it is called; and what no size matters to is told of each."""
    assert told(line, BY_SIZE) == [answer]


@pytest.mark.parametrize(
    "line",
    [
        "L码有货吗",
        "XL有货吗",
        "3XL有货吗",
        "XXXL有货吗",
        "S码还有货吗",
        "38码有货吗",
        "大码有货吗",
        "均码有货吗",
        "L码还有货吗",
    ],
)
def test_no_size_is_told_of_another_nor_of_all(line: str) -> None:
    """A shop that tells sizes apart has said nothing of one that it doesn't name."""
    assert told(line, BY_SIZE) == []


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("L码有货吗", ["云感T恤现货"]),
        ("XXL有货吗", []),
        ("38码有货吗", []),
        ("XXL多少钱", ["云感T恤69元"]),
    ],
)
def test_a_size_that_the_table_lacks_is_not_in_stock(
    line: str, answer: list[str]
) -> None:
    """The product is; its price stays the price."""
    assert told(line, AT_LARGE) == answer


@pytest.mark.parametrize("line", ["还有L码吗", "S码还有没有", "XXL还有没有"])
def test_an_entry_about_sizes_in_general_answers_for_each(line: str) -> None:
    """The sizes in its phrasings are but examples."""
    assert told(line, GENERAL) == ["每个码都有货"]


@pytest.mark.parametrize(
    ("line", "sizes"),
    [
        ("2XL和XXL", {"xxl"}),
        ("XXXL还有吗", {"xxxl"}),
        ("3xl有吗", {"xxxl"}),
        ("小码和均码", {"s", "均码"}),
        ("130码", {"130"}),
        ("穿多大码", set()),
        ("偏大码吗", set()),
        ("what's the price", set()),
        ("is size m left", {"m"}),
    ],
)
def test_a_size_has_one_name(line: str, sizes: set[str]) -> None:
    """Before and after normalising, which takes no x out of XXXL."""
    assert sizes_named(line) == sizes
    assert sizes_named(normalise(line)) == sizes


@pytest.mark.parametrize(
    ("then", "kind"),
    [
        ("那XXL呢", "answer"),
        ("那L呢", "handoff"),
        ("38码呢", "handoff"),
        ("那人呢", "ignore"),
    ],
)
def test_a_size_asked_behind_another_is_its_own_question(then: str, kind: str) -> None:
    """A person tells what the shop has said of other sizes only."""
    chat = talk(shown="tee", understanding=BY_SIZE)
    assert owed(chat.say("M码有货吗", 1))
    actions = [*chat.say(then, 9), *chat.tick(12)]
    assert decisions(actions)[-1].kind == kind
    assert [reply.text for reply in owed(actions)] == (
        ["XXL下周到货"] if kind == "answer" else []
    )
