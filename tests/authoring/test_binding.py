"""An entry that names an intent has its phrasings; a book's own words join the shipped pack."""

from __future__ import annotations

from pathlib import Path

from streambot.authoring.pack import shipped_pack
from streambot.domain.faq.entry import FaqBook, FaqEntry
from streambot.domain.faq.pack import IntentId, IntentKind
from tests.authoring.test_problems import read, written


def _book(folder: Path, text: str) -> FaqBook:
    reading = read(written(folder, text))
    assert [each.render() for each in reading.problems] == []
    return reading.book


def _entry(book: FaqBook, name: str) -> FaqEntry:
    return next(each for each in book.entries if each.id == name)


def _shipped(intent: str) -> tuple[str, ...]:
    return next(each.phrasings for each in shipped_pack().intents if each.id == intent)


def test_a_bound_entry_has_the_intent_s_phrasings(tmp_path: Path) -> None:
    """Its own questions first, then those of the pack; its answer is its own."""
    text = (
        "问答:\n  - 编号: a\n    意图: ship_when\n    问法: [几时寄]\n    回答: 两天\n"
    )
    entry = _entry(_book(tmp_path, text), "a")
    assert entry.intent == "ship_when"
    assert entry.questions == ("几时寄", *_shipped("ship_when"))
    assert entry.answers == ("两天",)


def test_an_entry_may_leave_every_question_to_its_intent(tmp_path: Path) -> None:
    """Then its id is the intent's; without an intent a question is still required."""
    entry = _entry(_book(tmp_path, "- 意图: wash\n  回答: 机洗\n"), "wash")
    assert entry.questions == _shipped("wash")
    problems = read(written(tmp_path, "- 回答: 机洗\n")).problems
    assert [each.code for each in problems] == ["E204"]


def test_what_another_entry_asks_stays_that_entry_s(tmp_path: Path) -> None:
    """A phrasing that another entry asks or that this one's conditions turn away is left out."""
    text = (
        "- {意图: ship_fee, 回答: 六元, 不能有: [一件]}\n"
        "- {编号: free, 问法: [包邮吗？], 回答: 包邮}\n"
        "- {编号: other, 问法: [在吗], 不是问: [要不要邮费], 回答: 在}\n"
    )
    questions = _entry(_book(tmp_path, text), "ship_fee").questions
    gone = {"包邮吗", "要不要邮费", "买一件要邮费不"}
    assert gone <= set(_shipped("ship_fee"))
    assert set(questions) == set(_shipped("ship_fee")) - gone


def test_an_unknown_intent_costs_only_its_entry(tmp_path: Path) -> None:
    """It is told what was probably meant, or what there is; the others are used."""
    text = "- {意图: prise, 回答: 一元}\n- {意图: 完全不同, 回答: 二元}\n- {问法: 在吗, 回答: 在}\n"
    reading = read(written(tmp_path, text))
    assert [each.code for each in reading.problems] == ["E209", "E209"]
    assert "price" in reading.problems[0].zh and "price" in reading.problems[0].en
    assert [entry.id for entry in reading.book.entries] == ["在吗"]


def test_an_intent_has_one_answer(tmp_path: Path) -> None:
    """A second entry for it is told, unless each speaks of goods of its own."""
    text = "- {意图: price, 编号: a, 回答: 一元%s}\n- {意图: price, 编号: b, 回答: 二元%s}\n"
    (problem,) = read(written(tmp_path, text % ("", ""))).problems
    assert (problem.code, problem.line, problem.key) == ("W309", 2, "b")
    apart = text % (", 商品: [x]", ", 商品: [y]")
    assert read(written(tmp_path, apart)).problems == ()


def test_a_book_extends_the_pack(tmp_path: Path) -> None:
    """Every part of it, in whichever file it stands; the shop is right about its words."""
    (tmp_path / "book").mkdir()
    written(tmp_path / "book", "- {意图: brew, 回答: 能}\n", "1.yaml")
    written(
        tmp_path / "book",
        "同义词: {运费: [车马费, 优惠券]}\n"
        "互斥词: [[冷泡/冷萃, 热泡]]\n"
        "行话: {几个w: 多少钱}\n"
        "意图表:\n"
        "  - {编号: brew, 标题: 冷泡, 问法: [能冷泡吗, 凉水能泡吗]}\n"
        "  - {编号: cat, 类型: 闲聊, 问法: 猫呢}\n"
        "  - {编号: ship_when, 问法: 出车间没}\n"
        "不卖的: [太空船]\n"
        "店铺词: [琴键, 配重]\n",
        "2.yaml",
    )
    book = read(tmp_path / "book").book
    pack, shipped = book.pack, shipped_pack()
    assert {"车马费", "优惠券", "邮费"} <= set(pack.concepts["运费"])
    assert "优惠券" not in pack.concepts["优惠券"]
    assert frozenset({"冷泡/冷萃", "热泡"}) in pack.exclusive
    assert pack.slang == {**shipped.slang, "几个w": "多少钱"}
    assert pack.foreign == shipped.foreign | {"太空船"}
    assert pack.shop_words == shipped.shop_words | {"琴键", "配重"}
    intents = {each.id: each for each in pack.intents}
    assert intents[IntentId("cat")].kind is IntentKind.CHAT
    assert intents[IntentId("ship_when")].phrasings[-1] == "出车间没"
    assert intents[IntentId("ship_when")].title == "什么时候发货"
    assert _entry(book, "brew").questions == ("能冷泡吗", "凉水能泡吗")


def test_a_slip_in_an_intent_costs_only_that_intent(tmp_path: Path) -> None:
    """An intent without phrasings is told and left out, the rest of the pack stays."""
    text = "意图表:\n  - {编号: x}\n  - {编号: y, 问法: 有吗}\n问答: [{问法: 在吗, 回答: 在}]\n"
    reading = read(written(tmp_path, text))
    assert [each.code for each in reading.problems] == ["E204"]
    ids = {each.id for each in reading.book.pack.intents}
    assert "y" in ids and "x" not in ids and "ship_when" in ids


def test_a_single_character_is_no_word_of_a_shop(tmp_path: Path) -> None:
    """It would be in nearly every question: it is told, and the others hold."""
    text = "店铺词: [琴键, 的, 配重]\n问答: [{问法: 在吗, 回答: 在}]\n"
    reading = read(written(tmp_path, text))
    (problem,) = reading.problems
    assert "“的”太短了，至少 2 个字" in problem.render()
    assert (problem.place.line, problem.place.column) == (1, 11)
    words = reading.book.pack.shop_words
    assert {"琴键", "配重"} <= words and "的" not in words
