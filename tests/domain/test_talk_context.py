"""Short lines that lean on an earlier one, lines that ask twice, choices, bodies and buyers."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streambot.domain.actions import OpenTicket
from streambot.domain.events import BookReplaced, Link, LinkChanged
from streambot.domain.faq.entry import HandoffRule, Visibility
from streambot.domain.policy import SessionPolicy
from streambot.domain.room import Capability
from tests.domain.chat_room import (
    ROOM,
    Chat,
    after,
    decisions,
    of,
    owed,
    verdicts,
    viewer,
)
from tests.domain.talk_shop import ENTRIES, book, entry, shop, show, talk


def said(chat: Chat, text: str, at: float, by: str = "小明") -> list[str]:
    """The words owed to a viewer's line."""
    return [reply.text for reply in owed(chat.say(text, at, viewer(by)))]


@pytest.mark.parametrize(
    ("first", "then", "told"),
    [
        ("1号多少钱", "那2号呢", "羊毛大衣399元"),
        ("1号多少钱", "2号呢", "羊毛大衣399元"),
        ("1号多少钱", "大衣呢", "羊毛大衣399元"),
        ("大衣多少钱", "有货吗", "羊毛大衣仅剩3件"),
        ("大衣有货吗", "多少钱", "羊毛大衣399元"),
        ("M码有货吗", "那XL呢", "XL下周到货"),
        ("XL有货吗", "M码呢", "M码有货"),
        ("黑色会透吗", "白色呢", "白色微透"),
        ("什么时候发货", "那运费呢", "全场包邮"),
        ("1号多少钱", "有券吗", "首页领5元券"),
    ],
)
def test_a_short_line_leans_on_what_its_viewer_asked(
    first: str, then: str, told: str
) -> None:
    """The product, size, colour or topic takes the place of the one asked about before."""
    chat = talk(shown="tee")
    assert said(chat, first, 1)
    assert said(chat, then, 20) == [told]


def test_a_link_named_first_is_what_the_next_question_is_about() -> None:
    """3号, and in a line of its own 多少钱: whatever is on screen."""
    chat = talk(shown="tee")
    assert said(chat, "2号", 1) == []
    assert said(chat, "多少钱", 4) == ["羊毛大衣399元"]


def test_nobody_leans_on_another_viewers_question() -> None:
    """ "那2号呢" from somebody who asked nothing is no question about a price."""
    chat = talk()
    said(chat, "1号多少钱", 1)
    assert said(chat, "那2号呢", 5, by="阿杰") == []


_SAID = (
    "1号多少钱",
    "那2号呢",
    "有货吗",
    "那XL呢",
    "大衣呢",
    "白色会透吗",
    "黑色呢",
    "2",
    "哈哈",
)


@given(st.lists(st.tuples(st.sampled_from("甲乙"), st.sampled_from(_SAID)), max_size=8))
def test_what_one_viewer_is_told_never_hangs_on_another(
    lines: list[tuple[str, str]],
) -> None:
    """With cooldowns off each viewer hears what they would hear alone in the room."""
    eager = book(*(replace(each, cooldown=timedelta(0)) for each in ENTRIES[:6]))
    together, alone = talk(understanding=eager), talk(understanding=eager)
    heard: list[list[str]] = []
    for at, (name, text) in enumerate(lines):
        heard.append(said(together, text, at * 3, by=name))
    for at, (name, text) in enumerate(lines):
        if name == "甲":
            assert said(alone, text, at * 3, by=name) == heard[at]


def test_a_question_is_leant_on_for_a_minute() -> None:
    """Afterwards the short line stands by itself."""
    chat = talk()
    said(chat, "1号多少钱", 1)
    assert said(chat, "那2号呢", 62) == []


def test_this_outweighs_what_was_talked_of() -> None:
    """Who asked about link 2 and now says 这个 means the screen."""
    chat = talk(shown="bag")
    said(chat, "2号多少钱", 1)
    assert said(chat, "这个多少钱", 10) == ["帆布包39元"]
    show(chat, "tee", 12)
    assert said(chat, "刚才那个多少钱", 40) == ["帆布包39元"]


@pytest.mark.parametrize("then", ["人呢", "主播呢", "那太好了", "呢"])
def test_chatter_after_an_answer_leans_on_nothing(then: str) -> None:
    """Not every short line is a follow-up."""
    chat = talk(shown="tee")
    said(chat, "有货吗", 1)
    assert said(chat, then, 10) == []


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("包邮吗？能退吗", "全场包邮；七天内可退"),
        ("包邮吗 能退吗", "全场包邮；七天内可退"),
        ("包邮吗还有能退吗", "全场包邮；七天内可退"),
        ("多少钱 几号链接 什么时候发", "帆布包39元；3号链接"),
        ("2号多少钱，包邮吗", "羊毛大衣399元；全场包邮"),
    ],
)
def test_a_line_that_asks_twice_gets_both_answers_in_one_reply(
    line: str, told: str
) -> None:
    """Two at most, one reply, one decision."""
    actions = talk(shown="bag").say(line, 1)
    assert [reply.text for reply in owed(actions)] == [told]
    assert len(decisions(actions)) == 1
    for evidence in decisions(actions)[0].evidence:
        assert line[evidence.start : evidence.end] == evidence.text


def test_both_answers_cool_down() -> None:
    """What was just said in one reply isn't said again by itself, and the rest still is."""
    chat = talk(shown="bag")
    first = chat.say("包邮吗？能退吗", 1)
    chat.session.memory.owed.clear()
    assert len(owed(first)) == 1
    assert said(chat, "包邮吗", 5, by="阿杰") == []
    assert said(chat, "能退吗，什么时候发货", 6, by="小雨") == ["48小时内发出"]


def test_a_line_of_one_question_is_never_cut() -> None:
    """A pause inside a question is no second question."""
    actions = talk(shown="bag").say("什么时候 发货", 1)
    assert [reply.text for reply in owed(actions)] == ["48小时内发出"]


def test_two_questions_that_may_not_share_a_reply_go_to_a_person() -> None:
    """A private answer isn't put beside a public one; what needs a person gets one."""
    secret = book(
        entry("fee", "包邮吗", answer="全场包邮"),
        entry("code", "内购码多少", answer="X1", visibility=Visibility.PRIVATE),
        entry("burst", "袋子破了怎么办", answer="-", handoff=HandoffRule.AT_ONCE),
    )
    for line in ("包邮吗？内购码多少", "包邮吗？袋子破了怎么办"):
        actions = talk(understanding=secret).say(line, 1)
        assert (owed(actions), decisions(actions)[0].kind) == ([], "handoff")


def offered(chat: Chat, line: str) -> str:
    """What the viewer is asked back."""
    chat.say(line, 1)
    (asked,) = owed(chat.tick(3))
    return asked.text


VAGUE = book(
    entry(
        "ship",
        "这批货什么时候能发呢",
        "发货时间",
        answer="48小时内发出",
        threshold=1.0,  # what is no literal hit is asked back
    ),
    entry(
        "fee",
        "这批货什么时候能到呢",
        "到货时间",
        answer="三天到",
        threshold=1.0,
    ),
)


@pytest.mark.parametrize(
    ("choice", "told"),
    [
        ("1", 0),
        ("②", 1),
        ("第二个", 1),
        ("前面那个", 0),
        ("发货", "48小时内发出"),
        ("到货时间", "三天到"),
    ],
)
def test_a_choice_is_offered_short_and_taken_by_number_or_words(
    choice: str, told: int | str
) -> None:
    """The offer fits a line of 40; its number or its words pick, and the pick is answered."""
    chat = talk(understanding=VAGUE)
    text = offered(chat, "这批货什么时候能发能到呢")
    order = ["48小时内发出", "三天到"]
    if text == "您想问①到货时间②发货时间？回数字就行":
        order.reverse()
    else:
        assert text == "您想问①发货时间②到货时间？回数字就行"
    assert len(text) <= 40
    answer = told if isinstance(told, str) else order[told]
    assert said(chat, choice, 8) == [answer]


def test_a_choice_refused_goes_to_a_person_and_lapses_after_a_minute() -> None:
    """都不是 is a person's matter; a late "1" is chatter."""
    chat = talk(understanding=VAGUE)
    offered(chat, "这批货什么时候能发能到呢")
    assert verdicts(chat.say("都不是", 8))[0][1:] == ("handoff", "unmatched")
    late = talk(understanding=VAGUE)
    offered(late, "这批货什么时候能发能到呢")
    assert verdicts(late.say("1", 64))[0][1] == "ignore"


def test_asking_back_is_private_where_it_can_be() -> None:
    """Only its viewer is concerned."""
    chat = talk(understanding=VAGUE)
    can = frozenset({Capability.PRIVATE})
    chat.tell(LinkChanged(at=after(0), link=Link.CONNECTED, capabilities=can))
    chat.say("这批货什么时候能发能到呢", 1)
    (asked,) = owed(chat.tick(3))
    assert asked.visibility is Visibility.PRIVATE


def test_an_offer_of_a_book_that_is_gone_answers_nothing() -> None:
    """A choice of an entry that a new book lacks is dropped."""
    chat = talk(understanding=VAGUE)
    offered(chat, "这批货什么时候能发能到呢")
    chat.tell(BookReplaced(at=after(4), understanding=book(ENTRIES[0])))
    assert said(chat, "1", 8) == []


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("160/108斤穿什么码", "云感T恤建议M码，仅供参考哦"),
        ("身高1米6体重58公斤穿多大", "云感T恤建议L码，仅供参考哦"),
        ("一米六 一百一十斤穿啥", "云感T恤建议M码，仅供参考哦"),
        ("我108穿多大", "云感T恤建议M码，仅供参考哦"),
        ("M码能穿吗 160 120", "云感T恤建议L码，仅供参考哦"),
        ("160 108", "云感T恤建议M码，仅供参考哦"),
        ("160/108斤大衣穿什么码", "羊毛大衣建议均码，仅供参考哦"),
        ("2号160/108能穿吗", "羊毛大衣建议均码，仅供参考哦"),
    ],
)
def test_a_size_comes_from_the_table_of_the_product_meant(line: str, told: str) -> None:
    """On screen or named; whatever form the measures have."""
    assert said(talk(shown="tee"), line, 1) == [told]


def test_a_body_outside_the_table_goes_to_a_person() -> None:
    """Nothing is guessed."""
    actions = talk(shown="tee").say("170/190斤穿什么码", 1)
    assert (owed(actions), decisions(actions)[0].kind) == ([], "handoff")


def test_a_body_told_after_the_question_is_its_answer() -> None:
    """穿什么码, then 108斤; then the same body for another product."""
    chat = talk(shown="tee")
    assert said(chat, "穿什么码", 1) == ["报一下身高体重"]
    assert said(chat, "108斤", 10) == ["云感T恤建议M码，仅供参考哦"]
    assert said(chat, "那大衣呢", 20) == ["羊毛大衣建议均码，仅供参考哦"]
    assert said(talk(shown="tee"), "108斤", 1) == []


@pytest.mark.parametrize("line", ["已拍", "拍了", "已付款", "我已下单", "拍了2单"])
def test_who_bought_is_thanked_and_not_told_how_to_buy(line: str) -> None:
    """Once for a crowd; its own entry answers where the shop has one."""
    chat = talk()
    assert said(chat, line, 1) == ["感谢您的支持～"]
    chat.session.memory.owed.clear()
    assert verdicts(chat.say(line, 5, viewer("阿杰")))[0][1:] == ("ignore", "bought")
    own = book(*ENTRIES, entry("bought-own", "已拍", "拍了", answer="今天就发"))
    assert said(talk(understanding=own), "已拍", 1) == ["今天就发"]
    orders = SessionPolicy(room=ROOM, greeting=False, has_orders=True)
    with_orders = Chat(policy=orders, book=shop())
    assert said(with_orders, line, 1) == ["感谢支持，订单进度随时可以问我～"]


@pytest.mark.parametrize(
    "line", ["2号已拍", "2号拍了", "拍了两件大衣", "大衣买了", "包包已付款"]
)
def test_who_tells_what_they_bought_is_thanked_too(line: str) -> None:
    """By its link or name."""
    assert said(talk(), line, 1) == ["感谢您的支持～"]


@pytest.mark.parametrize("line", ["2号拍了吗", "大衣拍了没发货", "大衣拍多了"])
def test_more_than_a_purchase_is_not_just_thanked(line: str) -> None:
    """A question or a complaint about it."""
    chat = talk()
    assert "感谢您的支持～" not in [
        reply.text for reply in owed([*chat.say(line, 1), *chat.tick(4)])
    ]


def test_a_question_of_who_bought_is_still_a_question() -> None:
    """What was bought is left out of it."""
    assert said(talk(), "已拍，多久发货", 1) == ["48小时内发出"]


@pytest.mark.parametrize(
    "line", ["为什么退不了", "怎么不能下单", "怎么退不了", "下不了单"]
)
def test_why_it_fails_is_never_answered_with_how_it_goes(line: str) -> None:
    """Such a line is a person's."""
    chat = talk()
    actions = [*chat.say(line, 1), *chat.tick(3)]
    assert owed(actions) == []
    assert decisions(actions)[0].kind == "handoff"


@pytest.mark.parametrize("line", ["不能退吗", "难道不可以退货吗？"])
def test_a_rhetorical_negation_asks_the_same(line: str) -> None:
    """不能退吗 is 能退吗."""
    assert said(talk(), line, 1) == ["七天内可退"]


def test_an_english_line_gets_the_english_entry() -> None:
    """Even where a Chinese one has the same words."""
    both = book(
        entry("zh", "多少钱", "how much is this", answer="看链接"),
        entry("en", "how much is it", answer="{product.price} each", language="en"),
    )
    chat = talk(shown="bag", understanding=both)
    assert said(chat, "how much is it?", 1) == ["39元 each"]
    assert said(chat, "how much is this?", 5, by="Tom") in ([], ["39元 each"])
    assert said(chat, "多少钱", 9, by="阿杰") == ["看链接"]


def test_an_english_size_question_is_answered_in_english() -> None:
    """By the same table."""
    said_so = said(talk(shown="tee"), "what size for 160cm 54kg", 1)
    assert said_so == ["云感T恤: size M, for reference only"]


def test_a_question_about_a_link_nobody_answers_is_a_persons() -> None:
    """Who names a link asks the shop."""
    chat = talk()
    chat.say("3号是几层的吗", 1)
    assert of(OpenTicket, chat.tick(3))


@pytest.mark.parametrize(
    ("line", "is_handed_over"),
    [("大衣有几层呢", True), ("大衣几层", True), ("大衣好好看", False)],
)
def test_a_question_about_a_product_nobody_answers_is_a_persons(
    line: str, *, is_handed_over: bool
) -> None:
    """Who names one of ours asks the shop; who only admires it asks nothing."""
    chat = talk()
    chat.say(line, 1)
    assert bool(of(OpenTicket, chat.tick(3))) is is_handed_over


def test_a_sentence_ends_after_five_lines() -> None:
    """Who writes on and on is heard as far as that: nothing grows with every line they add."""
    chat = talk()
    chat.say("大衣有几层呢", 1)
    for number in range(3):
        assert not of(OpenTicket, chat.say("就是那个", 1.1 + number / 10))
    assert of(OpenTicket, chat.say("就是那个", 1.5))
