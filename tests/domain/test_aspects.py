"""Aspects: a thing that is asked of any goods is told by no entry that never speaks of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streambot.authoring.pack import shipped_pack
from streambot.domain.faq.aspects import Aspects
from streambot.domain.faq.canonical import Canon
from streambot.domain.faq.entry import FaqBook, FaqEntry, FaqId
from streambot.domain.faq.match import MatchSettings, Outcome
from streambot.domain.faq.matcher import BookMatcher


def _entry(name: str, *questions: str, answer: str) -> FaqEntry:
    return FaqEntry(id=FaqId(name), questions=questions, answers=(answer,))


_CHARGES = _entry(
    "charges",
    "充电宝能充几次",
    "充电宝充手机多少次",
    "充满能用几次",
    answer="大约两次",
)
_GIFTS = _entry("gifts", "台灯送什么", "台灯有赠品吗", "送不送灯泡", answer="送灯泡")
_TEA = _entry("tea", "红豆茶能喝吗", "红豆茶谁能喝", "红豆茶怎么样", answer="好喝")
_ALL = _entry(
    "all", "绿豆糕能吃吗", "绿豆糕怎么吃", "绿豆糕好吗", answer="任何人都能吃"
)
_PACK = shipped_pack()
_ENTRIES = (_CHARGES, _GIFTS, _TEA, _ALL)
_MATCHER = BookMatcher(FaqBook(entries=_ENTRIES, pack=_PACK), MatchSettings())
_ASPECTS = Aspects(_ENTRIES, Canon(_PACK))


@pytest.mark.parametrize(
    ("entry", "line"),
    [
        (_CHARGES, "充电宝多重"),
        (_CHARGES, "充电宝支持多少瓦"),
        (_CHARGES, "充满要几个小时"),
        (_CHARGES, "充电宝哪里做的"),
        (_GIFTS, "买台灯发什么快递"),
        (_GIFTS, "灯泡有卖的吗"),
        (_GIFTS, "台灯几点到"),
        (_TEA, "红豆茶孕妇能喝吗"),
        (_TEA, "红豆茶糖尿病能喝吗"),
        (_TEA, "高血压能喝红豆茶吗"),
        (_TEA, "痛风能喝红豆茶吗"),
        (_TEA, "经期能喝红豆茶吗"),
    ],
)
def test_what_an_entry_never_speaks_of_it_never_tells(
    entry: FaqEntry, line: str
) -> None:
    """However alike the two are otherwise; the line is a person's or asked back about."""
    assert _ASPECTS.against(entry.id, line) == "aspect"
    match = _MATCHER.match(line)
    assert match.entry is None
    assert match.outcome is not Outcome.ANSWER


@pytest.mark.parametrize(
    ("entry", "line"),
    [
        (_CHARGES, "充电宝能充几次"),
        (_CHARGES, "这几天充电宝有货吗"),
        (_GIFTS, "台灯送几点几的灯泡"),
        (_GIFTS, "下单买的送吗"),
        (_TEA, "红豆茶好喝吗"),
        (_ALL, "绿豆糕孕妇能吃吗"),
    ],
)
def test_what_is_asked_otherwise_is_left_alone(entry: FaqEntry, line: str) -> None:
    """Words of these that ask for something else, and entries that speak for everybody."""
    assert _ASPECTS.against(entry.id, line) is None


@pytest.mark.parametrize(
    ("answer", "line"),
    [
        ("净重两斤", "花瓶多重"),
        ("三天内到", "花瓶多久到"),
        ("顺丰送货上门", "花瓶发什么快递"),
        ("上午十点开门", "你们几点开门"),
        ("输入18W", "花瓶多少瓦"),
        ("景德镇生产", "花瓶产地是哪"),
        ("孕妇也能用", "孕妇能用吗"),
    ],
)
def test_an_answer_that_tells_it_may(answer: str, line: str) -> None:
    """By its answer as well as by its questions."""
    entry = _entry("vase", "花瓶怎么样", answer=answer)
    assert Aspects((entry,), Canon(_PACK)).against(entry.id, line) is None


def test_a_common_question_without_an_answer_may_be_told_of_anything() -> None:
    """What the pack lists has none: 孕妇能用吗 asks 哪些人能用."""
    entry = FaqEntry(id=FaqId("who"), questions=("适合哪种肤质",), answers=())
    assert Aspects((entry,), Canon(_PACK)).against(entry.id, "孕妇能用吗") is None


@given(st.text(alphabet="多重几点久瓦快递产地孕天斤", min_size=1, max_size=12))
def test_who_asks_in_an_entry_s_own_words_is_never_refused(line: str) -> None:
    """What a merchant wrote as a question may be asked."""
    entry = _entry("own", line, answer="答")
    assert Aspects((entry,), Canon(_PACK)).against(entry.id, line) is None
