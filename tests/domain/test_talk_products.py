"""Which product a line means in a room that talks, and the value its answer quotes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streambot.domain.actions import OpenTicket, Remember
from streambot.domain.events import ViewerCarted
from streambot.domain.reply import EventId
from streambot.domain.viewer import Viewer
from tests.domain.chat_room import (
    Chat,
    after,
    decisions,
    of,
    owed,
    scene,
    verdicts,
    viewer,
)
from tests.domain.talk_shop import PRODUCTS, entry, shop, show, talk
from tests.domain.talk_shop import book as book_about


def answer(chat: Chat, text: str, at: float = 1, by: Viewer | None = None) -> str:
    """The words owed to a line, or what was decided instead."""
    actions = chat.say(text, at, by)
    said = owed(actions)
    if said:
        return said[0].text
    return " ".join(f"{kind}:{why}" for _, kind, why in verdicts(actions))


@pytest.mark.parametrize(
    "line",
    [
        "2号多少钱",
        "2号链接多少钱",
        "②号多少钱",
        "二号多少钱",
        "２号多少米",
        "2链接多少钱",
        "链接2多少钱",
        "多少钱2号",
        "2 号多少米",
        "大衣多少钱",
        "羊毛大衣什么价格",
    ],
)
def test_a_link_or_name_picks_the_product_whose_price_is_said(line: str) -> None:
    """Whatever is on screen, the number is a slot and never part of the question."""
    assert answer(talk(shown="tee"), line) == "羊毛大衣399元"


@pytest.mark.parametrize(
    "line",
    ["这个多少钱", "这件多少钱", "身上这件多少钱", "多少钱", "现在讲的这款多少钱"],
)
def test_this_is_what_is_on_screen(line: str) -> None:
    """And nothing where nothing is shown: a person answers, never a blank."""
    assert answer(talk(shown="bag"), line) == "帆布包39元"
    actions = talk().say(line, 1)
    assert owed(actions) == []
    assert decisions(actions)[0].kind == "handoff"


@pytest.mark.parametrize("line", ["刚才那个多少钱", "上一个多少钱", "刚刚那件多少钱"])
def test_what_was_on_screen_before_is_remembered(line: str) -> None:
    """The product before this one, never this one."""
    chat = talk(shown="tee")
    show(chat, "coat")
    assert answer(chat, line) == "云感T恤69元"
    alone = talk(shown="tee").say(line, 1)
    assert (owed(alone), decisions(alone)[0].kind) == ([], "handoff")


def test_a_missing_value_goes_to_a_person() -> None:
    """A hat without a price gets no answer with a hole in it."""
    actions = talk(shown="tee").say("帽子多少钱", 1)
    assert verdicts(actions) == [("e1", "handoff", "unmatched")]
    assert owed(actions) == []


@given(
    link=st.integers(min_value=1, max_value=30),
    form=st.sampled_from(
        ("{}号多少钱", "{}号链接什么价格", "{}链接多少钱", "多少钱 {}号")
    ),
    shown=st.sampled_from((None, *(product.id for product in PRODUCTS))),
    before=st.sampled_from(("", "2号多少钱", "有货吗")),
)
def test_no_product_is_ever_quoted_for_another(
    link: int, form: str, shown: str | None, before: str
) -> None:
    """Whatever is on screen or was asked: the link's own price, or a person."""
    chat = talk(shown=shown)
    if before:
        chat.say(before, 1, viewer("阿杰" if shown else "小明"))
    actions = chat.say(form.format(link), 30)
    asked = next((each for each in PRODUCTS if each.link == link), None)
    said = [reply.text for reply in owed(actions)]
    if asked is None or asked.price is None:
        assert said == []
        assert decisions(actions)[0].kind == "handoff"
    else:
        assert said == [f"{asked.name}{asked.price}"]


def test_an_unknown_link_goes_to_a_person_on_its_own_card() -> None:
    """Neither the product on screen nor any other lends it its price."""
    actions = talk(shown="tee").say("8号链接多少钱", 1)
    assert owed(actions) == []
    (opened,) = of(OpenTicket, actions)
    assert opened.handoff.key == "link:8"


def test_what_needs_no_product_is_answered_for_an_unknown_link_too() -> None:
    """Shipping is the same for every link."""
    assert answer(talk(), "8号什么时候发货") == "48小时内发出"


@pytest.mark.parametrize(
    "line", ["我160斤这个多少钱", "身高170这个多少钱", "99元的这个多少钱"]
)
def test_a_measure_or_sum_never_points_at_a_product(line: str) -> None:
    """The product on screen is meant, if anything is answered at all."""
    said = [reply.text for reply in owed(talk(shown="bag").say(line, 1))]
    assert said in ([], ["帆布包39元"])


def test_two_links_get_both_values() -> None:
    """In one reply while it is short."""
    assert answer(talk(), "1号2号多少钱") == "云感T恤69元；羊毛大衣399元"
    assert answer(talk(), "1号和8号多少钱").startswith("handoff")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("1号什么价格，2号还有货吗", "云感T恤69元；羊毛大衣仅剩3件"),
        ("大衣还有货吗？包包多少钱？", "羊毛大衣仅剩3件；帆布包39元"),
        ("3号包邮吗 2号多少钱", "全场包邮；羊毛大衣399元"),
        ("2号多少钱 3号多少钱", "羊毛大衣399元；帆布包39元"),
        ("2 号多少钱 1 号还有货吗", "羊毛大衣399元；云感T恤现货"),
        ("这个多少钱，2号有货吗", "云感T恤69元；羊毛大衣仅剩3件"),
        ("2号多少钱，有货吗", "羊毛大衣399元；羊毛大衣仅剩3件"),
        ("2号多少钱，怎么拍", "羊毛大衣399元；点小黄车拍下"),
        ("1号包邮吗，2号包邮吗", "全场包邮"),
        ("多少钱 2号", "羊毛大衣399元"),
        ("2号 多少钱", "羊毛大衣399元"),
        ("大衣，包包多少钱", "羊毛大衣399元；帆布包39元"),
    ],
)
def test_each_question_of_a_line_is_about_what_it_names(line: str, told: str) -> None:
    """What names nothing is about what the question before it was."""
    assert answer(talk(shown="tee"), line) == told


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("2号早就想买了，多少钱", "羊毛大衣399元"),
        ("刚刚才看见 大衣多少钱啊", "羊毛大衣399元"),
        ("刚进来没听清楚，包邮吗", "全场包邮"),
        ("白色会掉色吗，2号多少钱", ""),
        ("我想退货，多少钱", ""),
    ],
)
def test_what_is_said_before_the_only_question_takes_nothing_from_it(
    line: str, told: str
) -> None:
    """Unless it asks or wants something itself."""
    said = answer(talk(shown="tee"), line)
    assert said == told if told else "元" not in said


@pytest.mark.parametrize("line", ["8号多少钱，2号有货吗", "12号多少钱，2号有货吗"])
def test_two_questions_of_which_one_has_no_answer_go_to_a_person(line: str) -> None:
    """Neither lends the other its value."""
    assert answer(talk(shown="tee"), line).startswith("handoff")


def test_more_than_fits_is_asked_back_and_the_link_chosen() -> None:
    """The number chosen is the link's, not the place in the list."""
    long = "{product.name}现在直播间的价格是{product.price}，随时可以拍下"
    chat = talk(understanding=book_about(entry("price", "多少钱", answer=long)))
    (asked,) = owed(chat.say("3号2号多少钱", 1))
    assert asked.text == "您想先了解哪个：3号、2号？"
    assert answer(chat, "2号", 5) == "羊毛大衣现在直播间的价格是399元，随时可以拍下"


def test_each_product_cools_down_by_itself() -> None:
    """One link's price just said doesn't silence the question about another."""
    chat = talk()
    answer(chat, "1号多少钱")
    assert answer(chat, "2号多少钱", 2, viewer("阿杰")) == "羊毛大衣399元"


def test_an_entry_about_one_product_never_answers_for_another() -> None:
    """By its scope or by the name in its phrasing."""
    assert answer(talk(), "大衣起球吗") == "大衣不起球"
    assert owed(talk().say("T恤起球吗", 1)) == []
    named = book_about(entry("coat-only", "大衣要干洗吗", answer="要干洗"))
    assert owed(talk(understanding=named).say("T恤要干洗吗", 1)) == []


def test_what_is_asked_of_the_screen_is_told_as_if_it_were_named() -> None:
    """An entry that names the product is asked of it while it is shown, and of no other."""
    books = book_about(
        entry("wool", "大衣扎不扎人", answer="大衣不扎", products=("coat",)),
        entry("tee", "短袖扎人吗", answer="短袖纯棉", products=("tee",)),
    )
    assert answer(talk(shown="coat", understanding=books), "扎不扎") == "大衣不扎"
    assert owed(talk(shown="bag", understanding=books).say("扎不扎", 1)) == []
    assert owed(talk(shown="coat", understanding=books).say("扎死了", 1)) == []


def test_an_entry_that_names_a_link_keeps_it() -> None:
    """A merchant's own "3号链接多少钱" answers link 3 and no other."""
    own = book_about(entry("three", "3号链接多少钱", answer="今天39元两个"))
    assert answer(talk(understanding=own), "3号链接多少钱") == "今天39元两个"
    assert owed(talk(understanding=own).say("2号链接多少钱", 1)) == []


def test_the_host_puts_a_product_on_screen_by_carting_it() -> None:
    """An anchor's cart is what is being shown; a viewer's is their own matter."""
    chat = talk()
    for by in (viewer("主播", "anchor"), viewer("路人")):
        told = chat.tell(
            ViewerCarted(
                id=EventId(f"c-{by.name}"),
                at=after(0),
                received_at=after(0),
                scene=scene(),
                viewer=by,
                product="2" if by.name == "主播" else "1",
            )
        )
        assert bool(of(Remember, told)) is (by.name == "主播")
    assert answer(chat, "这个多少钱") == "羊毛大衣399元"


def test_what_is_on_screen_is_known_after_a_restart() -> None:
    """The room goes on with the product it showed."""
    chat = talk()
    told = chat.tell(
        ViewerCarted(
            id=EventId("c1"),
            at=after(0),
            received_at=after(0),
            scene=scene(),
            viewer=viewer("主播", "anchor"),
            product="bag",
        )
    )
    again = Chat(book=shop())
    again.session.memory.restore(of(Remember, told))
    assert answer(again, "这个多少钱") == "帆布包39元"
