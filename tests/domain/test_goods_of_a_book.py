"""Goods of a book without products: what it names tells what its shop sells, and what it doesn't."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from streambot.authoring.pack import shipped_pack
from streambot.domain.faq.entry import FaqBook, FaqEntry, FaqId
from streambot.domain.faq.match import FaqMatch, MatchSettings, Outcome
from streambot.domain.faq.matcher import BookMatcher
from streambot.domain.faq.subjects import goods_apart
from tests.domain.shops import asked_of

_ASKED = {
    "honey": ("蜂蜜会结晶吗", "蜂蜜结晶正常吗", "蜂蜜为什么会结晶"),
    "tea": ("茶叶保质期多久", "茶叶能放多久", "茶叶保质期几年"),
    "coffee": ("咖啡有什么口味", "咖啡几种口味", "咖啡有哪几种口味"),
    "rice": ("大米是今年的吗", "大米是新米吗", "大米是不是新的"),
    "return": ("可以退货吗", "怎么退货", "不喜欢能退吗"),
}


def _asked(line: str, *entries: str) -> FaqMatch:
    book = FaqBook(
        entries=tuple(
            FaqEntry(id=FaqId(name), questions=_ASKED[name], answers=("红糖也一样",))
            for name in entries or _ASKED
        ),
        pack=shipped_pack(),
    )
    return BookMatcher(book, MatchSettings()).match(line)


@pytest.mark.parametrize(
    "line", ["猫粮保质期多久", "香水有什么口味", "羽绒服可以退货吗"]
)
def test_goods_that_a_book_never_names_are_another_shops(line: str) -> None:
    """Whatever frame of ours they are asked in."""
    assert _asked(line).reason == "other_goods"


@pytest.mark.parametrize(
    "line", ["有猫粮吗", "卖不卖猫粮", "猫粮有没有", "有没有羽绒服卖", "羽绒服还有吗"]
)
def test_who_asks_whether_a_shop_has_goods_asks_the_shop(line: str) -> None:
    """It may have them, or get them: people want to know what is asked for."""
    match = _asked(line)
    assert (match.outcome, match.reason) == (Outcome.HANDOFF, "wanted")


@pytest.mark.parametrize(
    ("line", "is_ours"),
    [("咖啡机怎么清洗", True), ("保温杯怎么清洗", False)],
)
def test_what_is_called_by_ones_own_goods_is_ones_own(line: str, is_ours: bool) -> None:
    """Who sells 咖啡 is asked about a 咖啡机."""
    assert (_asked(line).reason != "other_goods") is is_ours


@pytest.mark.parametrize("line", ["大米有什么口味", "蜂蜜保质期多久", "咖啡会结晶吗"])
def test_one_of_its_goods_is_told_nothing_of_another(line: str) -> None:
    """The entry names other goods, and the line none of those."""
    match = _asked(line)
    assert match.outcome is not Outcome.ANSWER
    assert "exclusive" in {each.veto for each in match.candidates}


@pytest.mark.parametrize(
    ("line", "entry"),
    [
        ("茶叶保质期多久", "tea"),
        ("蜂蜜可以退货吗", "return"),  # that entry speaks of no goods
        ("红糖可以退货吗", "return"),  # an answer names it
        ("大米是今年的新米吗", "rice"),
    ],
)
def test_what_is_asked_of_ones_own_is_answered(line: str, entry: str) -> None:
    """By an entry that names the same goods, or none."""
    assert _asked(line).entry == entry


def test_a_book_that_names_few_goods_may_sell_anything() -> None:
    """A shop for clothes that wrote one line about tea isn't a tea shop."""
    assert _asked("羽绒服可以退货吗", "tea", "return").entry == "return"


@pytest.mark.parametrize(
    ("asked", "is_ours"),
    [
        ("有苹果13的支架吗", True),
        ("有安卓的支架吗", False),
        ("苹果干甜吗", False),  # the fruit has no number
    ],
)
def test_another_model_is_no_other_shops(asked: str, is_ours: bool) -> None:
    """Who writes of one model is asked about the next as well."""
    goods = FaqEntry(
        id=FaqId("goods"),
        questions=("蜂蜜", "茶叶", "咖啡", "大米"),  # it tells by them what it sells
        answers=("有",),
    )
    stand = FaqEntry(id=FaqId("stand"), questions=(asked,), answers=("有",))
    book = FaqBook(entries=(goods, stand), pack=shipped_pack())
    match = BookMatcher(book, MatchSettings()).match("苹果16的支架有货吗")
    assert (match.reason != "other_goods") is is_ours


@pytest.mark.parametrize("line", ["山药甜吗", "铁棍山药粉吗", "山药粉不粉"])
def test_an_entry_asked_of_both_is_asked_each_of_both(line: str) -> None:
    """One phrasing of it says 甜, another 粉, one names 山药 and another 红薯."""
    pack = replace(
        shipped_pack(),
        exclusive=(frozenset({"甜", "粉"}), frozenset({"山药", "红薯"})),
    )
    entry = FaqEntry(
        id=FaqId("only"),
        questions=("红薯甜吗", "山药粉吗", "红薯粉不粉"),
        answers=("答",),
    )
    match = BookMatcher(FaqBook(entries=(entry,), pack=pack), MatchSettings()).match(
        line
    )
    assert match.entry == "only"


_UNLISTED = {
    "pot_size": ("砂锅多大", "砂锅几升的"),
    "pot_care": ("砂锅怎么开锅", "砂锅第一次怎么用"),
    "pot_crack": ("砂锅会裂吗", "砂锅干烧会不会裂"),
    "board_made": ("砧板是什么木头的", "砧板什么材质"),
    "board_mould": ("砧板会发霉吗", "菜板发霉吗"),
    "board_side": ("砧板两面都能用吗", "砧板能切熟食吗"),
    "board_crack": ("菜板开裂吗", "菜板会裂吗"),
    "fee": ("包邮吗", "运费多少"),
}


@pytest.mark.parametrize(
    ("line", "entry"),
    [
        ("砂锅是什么材质", None),
        ("砧板会裂吗", "board_crack"),  # 砧板 and 菜板 are asked about together
        ("砧板什么木头的", "board_made"),
        ("砂锅包邮吗", "fee"),
        ("砂锅干烧会裂吗", "pot_crack"),
    ],
)
def test_goods_that_no_list_knows_are_known_by_the_questions(
    line: str, entry: str | None
) -> None:
    """What several entries' questions begin with is what they are about."""
    assert _pots_asked(line).entry == entry


@pytest.mark.parametrize(
    ("line", "entry"),
    [
        ("肉松有添加剂吗", "floss"),
        ("果泥有添加剂吗", None),
        ("果泥开封能放多久", None),
        ("米糊开封能放多久", "keeps"),
    ],
)
def test_goods_of_one_entry_are_known_by_nearly_all_its_questions(
    line: str, entry: str | None
) -> None:
    """果泥 is no 米糊, though only one entry speaks of it."""
    book = FaqBook(
        entries=tuple(
            FaqEntry(id=FaqId(name), questions=questions, answers=("答",))
            for name, questions in (
                ("sweet", ("果泥甜不甜", "果泥酸吗", "果泥是什么口味")),
                ("floss", ("肉松有添加剂吗", "肉松放了什么", "肉松配料有哪些")),
                ("keeps", ("米糊开封能放多久", "米糊打开了怎么放", "米糊要冷藏吗")),
            )
        ),
        pack=shipped_pack(),
    )
    found = BookMatcher(book, MatchSettings()).match(line)
    assert found.entry == entry


def test_a_line_that_names_the_book_s_own_goods_is_no_other_shop_s() -> None:
    """Whatever goods stand beside them: 打篮球的能吃肌酸吗 is asked of 肌酸."""
    asked = (
        ("肌酸能吃吗", "肌酸怎么吃", "肌酸好喝吗"),
        ("哑铃多重", "哑铃怎么选"),
        ("瑜伽垫滑吗", "瑜伽垫多厚"),
        ("蛋白粉甜吗", "蛋白粉怎么喝"),
        ("跑步机吵吗", "跑步机能折叠吗"),
    )
    book = FaqBook(
        entries=tuple(
            FaqEntry(id=FaqId(f"e{number}"), questions=questions, answers=("答",))
            for number, questions in enumerate(asked)
        ),
        pack=shipped_pack(),
    )
    matcher = BookMatcher(book, MatchSettings())
    assert matcher.match("打篮球的能吃肌酸吗").reason != "other_goods"
    assert matcher.match("篮球多少钱").reason == "other_goods"


def test_a_large_book_repeats_any_beginning() -> None:
    """Only what a good share of the questions begin with are goods."""
    few = [
        FaqEntry(id=FaqId(f"x{n}"), questions=(f"{word}{asked}",), answers=("答",))
        for n, (word, asked) in enumerate(product(("铁壶", "竹篮"), "轻重新旧"))
    ]
    many = [
        FaqEntry(
            id=FaqId(f"y{n}"), questions=(f"{chr(0x4E00 + n)}好用",), answers=("答",)
        )
        for n in range(400)
    ]
    pack = shipped_pack()
    assert {"铁壶", "竹篮"} in map(
        set, goods_apart(FaqBook(entries=tuple(few), pack=pack))
    )
    assert not list(goods_apart(FaqBook(entries=(*few, *many), pack=pack)))


def _pots_asked(line: str) -> FaqMatch:
    book = FaqBook(
        entries=tuple(
            FaqEntry(id=FaqId(name), questions=questions, answers=("答",))
            for name, questions in _UNLISTED.items()
        ),
        pack=shipped_pack(),
    )
    return BookMatcher(book, MatchSettings()).match(line)


@pytest.mark.parametrize("line", ["钵盂会裂吗", "石臼干烧会不会裂", "蒸笼会发霉吗"])
def test_unknown_goods_before_a_known_question_are_others(line: str) -> None:
    """Nothing but the goods differs from what an entry is asked, so a person sees to it."""
    match = _pots_asked(line)
    assert match.outcome is not Outcome.ANSWER
    assert "other_goods" in {each.veto for each in match.candidates}


@pytest.mark.parametrize(
    "line", ["会裂吗", "以后会裂吗", "用久了会裂吗", "这个会发霉吗", "砧板会发霉吗"]
)
def test_what_is_no_name_before_it_changes_nothing(line: str) -> None:
    """Nor does the question alone."""
    vetoes = {each.veto for each in _pots_asked(line).candidates}
    assert "other_goods" not in vetoes


@pytest.mark.parametrize(
    ("line", "outcome"),
    [
        ("这件外套啥寓意", Outcome.HANDOFF),
        ("外套啥寓意", Outcome.IGNORE),
        ("这件事怎么说", Outcome.IGNORE),
        ("这条路通哪里", Outcome.IGNORE),
    ],
)
def test_what_is_asked_of_goods_at_hand_is_a_persons(
    line: str, outcome: Outcome
) -> None:
    """Where no entry answers it, and it is likelier the shop's matter than not."""
    clothes = {
        "shoes": ("鞋子偏码吗", "鞋子偏大吗", "鞋码准吗"),
        "coat": ("外套什么料子", "外套厚吗", "外套起球吗"),
    }
    assert asked_of(clothes, line).outcome is outcome
