"""What a viewer goes on with after an answer: one thing more, the body they were asked for."""

from __future__ import annotations

import pytest

from streambot.domain.actions import OpenTicket
from streambot.domain.faq.entry import FaqBook
from streambot.domain.faq.match import MatchSettings
from streambot.domain.understanding import Understanding
from tests.domain.chat_room import Chat, of, owed, viewer
from tests.domain.talk_shop import ENTRIES, book, entry, talk

_FADES = entry("fades", "会掉色吗", "褪色吗", answer="头几次单独洗")
_COLOURS = entry("colours", "有什么颜色", "有几个颜色", answer="黑白灰三色")
_LARGE = entry("large", "有大码吗", "胖的能穿吗", answer="最大到140斤")


def said(chat: Chat, text: str, at: float, by: str = "小明") -> list[str]:
    """The words owed to a viewer's line, once its sentence is over."""
    actions = chat.say(text, at, viewer(by))
    return [reply.text for reply in owed([*actions, *chat.tick(at + 3)])]


def handed_over(chat: Chat, text: str, at: float, by: str = "小明") -> list[OpenTicket]:
    """The tickets a viewer's line leads to, once its sentence is over."""
    return of(OpenTicket, [*chat.say(text, at, viewer(by)), *chat.tick(at + 3)])


@pytest.mark.parametrize(
    "then",
    [
        "那上海呢",
        "个人的呢",
        "老客户呢？",
        "里层呢",
        "那紫色呢",
        "and how about canada",
        "and the uk?",
    ],
)
def test_who_was_answered_and_asks_on_asks_the_shop(then: str) -> None:
    """What nothing answers goes to a person; who was told nothing talks with the room."""
    chat = talk(shown="tee")
    assert said(chat, "运费多少", 1) == ["全场包邮"]
    assert handed_over(chat, then, 30)
    assert not handed_over(chat, then, 35, by="阿杰")


@pytest.mark.parametrize(
    "then",
    [
        "早着呢",
        "好看呢",
        "想买呢",
        "谢谢呢",
        "买了呢",
        "姐妹们呢",
        "我呢",
        "你呢",
    ],
)
def test_what_tells_or_calls_with_the_same_particle_asks_nothing(then: str) -> None:
    """Nobody is called for chatter behind an answer."""
    chat = talk(shown="tee")
    said(chat, "运费多少", 1)
    assert not handed_over(chat, then, 30)


def test_a_question_that_sounds_like_the_shops_is_so_behind_an_answer() -> None:
    """会不会噎着 from nobody who talks with the assistant is left to the room."""
    chat = talk(shown="tee")
    said(chat, "运费多少", 1)
    assert handed_over(chat, "会不会噎着", 30)
    assert not handed_over(chat, "会不会噎着", 35, by="阿杰")
    assert not handed_over(talk(), "你吃饭了吗", 40)


@pytest.mark.parametrize(
    ("before", "then", "answer"),
    [
        ("能退吗", "运费谁出", ["退货您出运费"]),
        ("怎么退", "要付运费吗", ["退货您出运费"]),
        ("什么时候发货", "运费多少", ["全场包邮"]),
    ],
)
def test_the_freight_behind_a_return_is_the_returns(
    before: str, then: str, answer: list[str]
) -> None:
    """Who asked how to send back isn't told what sending to them costs."""
    back = entry("back-fee", "退货运费谁出", "退回去要付运费吗", answer="退货您出运费")
    chat = talk(understanding=book(*ENTRIES, back))
    assert said(chat, before, 1)
    assert said(chat, then, 10) == answer


def test_what_two_viewers_ask_on_about_shares_no_card() -> None:
    """上海呢 behind 运费多少 and behind 什么时候发货 are two questions."""
    chat = talk(shown="tee")
    said(chat, "运费多少", 1)
    said(chat, "什么时候发货", 10, by="阿杰")
    first = handed_over(chat, "上海呢", 20)
    second = handed_over(chat, "上海呢", 30, by="阿杰")
    cards = {each.handoff.key for each in (*first, *second)}
    assert len(cards) == 2


def _bare_shop() -> Understanding:
    """A shop that knows no product and no table of sizes."""
    return Understanding.of(FaqBook(entries=ENTRIES), MatchSettings())


@pytest.mark.parametrize(
    "body", ["165 110斤", "110斤", "一米六五 110", "我妈一米六 108", "165的个子 110斤"]
)
@pytest.mark.parametrize("question", ["怎么选码", "有大码吗"])
def test_the_body_that_was_asked_for_gets_its_size(question: str, body: str) -> None:
    """By each table, though no product is named or shown."""
    chat = Chat(book=book(*ENTRIES, _LARGE))
    assert said(chat, question, 1)
    assert said(chat, body, 10) == ["T恤M码，大衣均码，仅供参考哦"]


@pytest.mark.parametrize("body", ["165 110斤", "110斤", "身高165", "165"])
def test_a_body_that_was_asked_for_goes_to_a_person_where_no_table_is(
    body: str,
) -> None:
    """Who was asked for it isn't left alone with it; who wasn't tells the room."""
    chat = Chat(book=_bare_shop())
    assert said(chat, "怎么选码", 1) == ["报一下身高体重"]
    assert handed_over(chat, body, 10)
    assert not handed_over(chat, body, 20, by="阿杰")


@pytest.mark.parametrize("body", ["im 5'3 120 lbs", "160cm 54kg", "5’3” and 120lbs"])
def test_an_english_body_that_was_asked_for_gets_its_size(body: str) -> None:
    """In feet and pounds as in metres; without a table a person is asked."""
    asks = entry(
        "size-en",
        "what size should i get",
        answer="Your height and weight?",
        language="en",
    )
    chat = Chat(book=book(*ENTRIES, asks))
    assert said(chat, "what size should i get", 1) == ["Your height and weight?"]
    assert said(chat, body, 10) == [
        "云感T恤: size M, 羊毛大衣: size 均, for reference only"
    ]
    bare = Chat(book=Understanding.of(FaqBook(entries=(asks,)), MatchSettings()))
    said(bare, "what size should i get", 1)
    assert handed_over(bare, body, 10)


def test_a_height_waits_for_the_weight_that_follows() -> None:
    """Two lines a moment apart are one body, and nobody is called for the first."""
    chat = talk(shown="tee")
    said(chat, "怎么选码", 1)
    first = chat.say("身高160", 10)
    second = chat.say("体重108", 11)
    assert not of(OpenTicket, [*first, *second])
    assert [reply.text for reply in owed(second)] == ["云感T恤建议M码，仅供参考哦"]


@pytest.mark.parametrize("question", ["怎么选码", "穿什么码"])
def test_a_body_told_before_the_question_is_known(question: str) -> None:
    """Nobody is asked for what they just told, and nobody gets another's size."""
    chat = talk()
    assert said(chat, "我160 105斤", 1) == []
    assert said(chat, "喜欢宽松的", 5) == []
    assert said(chat, question, 10, by="阿杰") == ["报一下身高体重"]
    assert said(chat, question, 15) == ["T恤M码，大衣均码，仅供参考哦"]
    assert said(chat, "那大衣呢", 20) == ["羊毛大衣建议均码，仅供参考哦"]


def test_another_body_is_not_the_one_told_before() -> None:
    """我妈 is asked for behind oneself; her size is hers."""
    chat = talk(shown="tee")
    assert said(chat, "160/98斤穿什么码", 1) == ["云感T恤建议M码，仅供参考哦"]
    assert said(chat, "我妈160 130斤穿什么码", 20) == ["云感T恤建议L码，仅供参考哦"]
    assert said(chat, "我朋友100穿什么码", 40) == ["云感T恤建议M码，仅供参考哦"]
    assert said(chat, "穿什么码", 50) == ["云感T恤建议M码，仅供参考哦"]


def test_bodies_of_two_viewers_share_no_card() -> None:
    """One answer can't fit both."""
    chat = Chat(book=_bare_shop())
    cards = set()
    for at, (name, body) in enumerate([("小明", "160 98"), ("阿杰", "170 150")]):
        said(chat, "怎么选码", 1 + 30 * at, by=name)
        cards |= {
            each.handoff.key for each in handed_over(chat, body, 10 + 30 * at, name)
        }
    assert len(cards) == 2


def test_a_colour_in_place_of_another_asks_the_same_of_it() -> None:
    """黄色呢 behind 白色会透吗 is no 有黄色吗, which the book knows."""
    chat = talk(
        understanding=book(*ENTRIES, _COLOURS, entry("y", "有黄色吗", answer="有"))
    )
    assert said(chat, "白色会透吗", 1) == ["白色微透"]
    assert said(chat, "黑色呢", 30) == ["黑色不透"]
    assert said(chat, "黄色呢", 60) == []
    assert said(chat, "黄色呢", 61, by="阿杰") == ["有"]


def test_a_colour_behind_a_question_of_goods_asks_it_of_the_colour() -> None:
    """Not of the deal: 黑色呢 behind 运费多少 asks whether there is black."""
    black = entry("b", "有黑色吗", answer="黑色有货")
    chat = talk(understanding=book(*ENTRIES, _FADES, black))
    assert said(chat, "会掉色吗", 1) == ["头几次单独洗"]
    assert said(chat, "黑色的呢", 40) == ["头几次单独洗"]
    assert said(chat, "运费多少", 70) == ["全场包邮"]
    assert said(chat, "黑色呢", 100) == ["黑色有货"]
