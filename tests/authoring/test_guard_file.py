"""Wording rules in YAML: the shipped ones, a shop's own over them, and what is said of bad ones."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streambot.authoring.book import BookReading, read_book
from streambot.authoring.decode import Source
from streambot.authoring.guard_file import read_guard, shipped_guard, shipped_rules
from streambot.authoring.judges import domain_judges
from streambot.authoring.settings_tree import read_settings
from streambot.authoring.wording import wording_of
from streambot.domain.desk_policy import DeskPolicy
from streambot.domain.guard import PASSED, Guard, Held, Passed
from streambot.domain.guard_notation import BadWord, spread
from tests.authoring.test_problems import NOW, read, written
from tools.guard_page import page

#: As a shop in another town might write it, in Chinese keys.
_SHOP = """\
版本: 1
规则:
  - 编号: own_words
    级别: 拦下
    词: [清仓甩卖, "(跳楼|血亏)价", 亏本*卖, "#折封顶"]
    除非: [不做清仓甩卖]
    换成: {清仓甩卖: 换季特惠}
    中文说明: 本店不说这些话。
    依据: 店规
    日期: 2026-11-01
  - id: absolute_term
    unless: [王牌奶茶]
    words: [宇宙第一]
  - id: superstition
    severity: off
  - id: promise
    severity: error
"""
_HEAD = "faqs:\n  - id: a\n    questions: [什么时候发货]\n"


def guard_of(path: Path) -> Guard:
    """The guard of one shop's file over the shipped rules."""
    return Guard.of(read_guard([path]).rules)


def book(tmp_path: Path, text: str, guard: str, products: str = "") -> BookReading:
    """A book read with a shop's rules and products."""
    goods = written(tmp_path, products, "products.yaml") if products else None
    return read_book(
        [written(tmp_path, text)],
        products=goods,
        now=NOW,
        judges=domain_judges(),
        guard=[written(tmp_path, guard, "guard.yaml")],
    )


def test_every_shipped_rule_has_its_source_and_date() -> None:
    """And a sentence in both languages; the page that lists them is up to date."""
    for rule in shipped_rules().rules:
        assert rule.source and rule.date and rule.zh and rule.en, rule.id
    committed = Path(__file__).parents[2] / "docs" / "guard.md"
    assert committed.read_text(encoding="utf-8") == page(), "run `make docs`"


def test_a_shop_adds_softens_and_switches_off(tmp_path: Path) -> None:
    """Its own words hold, its contexts pass, and what it does not name is as shipped."""
    path = written(tmp_path, _SHOP, "guard.yaml")
    reading = read_guard([path])
    assert [(each.code, each.line) for each in reading.problems] == [("W323", 14)]
    guard = guard_of(path)
    held = guard.judge("今天清倉甩賣", public=True)
    assert isinstance(held, Held)
    assert (held.rule, held.corrected) == ("own_words", "今天换季特惠")
    assert "本店不说" in held.hint_zh
    for line in ("血亏价", "亏本都要卖", "3折封顶", "宇宙第一", "王牌产品", "假一赔十"):
        assert isinstance(guard.judge(line, public=True), Held), line
    for line in ("我们不做清仓甩卖", "王牌奶茶在3号链接", "开光手串"):
        assert guard.judge(line, public=True) == PASSED, line


@pytest.mark.parametrize(
    ("text", "code", "line", "words"),
    [
        (
            "rules:\n  - {id: x1, words: [甲], replacements: {乙: 甲乙}}\n",
            *("W325", 2, "甲乙"),
        ),
        ("rules:\n  - id: x1\n", "E204", 2, "words"),
        ("rules:\n  - words: [a]\n", "E204", 2, "id"),
        ("rules:\n  - id: 我的\n    words: [甲]\n", "E205", 2, "小写英文"),
        ("rules:\n  - id: x1\n    words: ['**']\n", "E205", 3, "至少要有一个字"),
        ("rules:\n  - id: x1\n    words: ['(甲|乙']\n", "E205", 3, "成对"),
        ("rules:\n  - id: x1\n    words: ['a*b*c*d']\n", "E205", 3, "星号"),
        (
            f"rules:\n  - id: x1\n    words: ['{'(甲|乙|丙|丁)' * 8}']\n",
            *("E205", 3, "种写法"),
        ),
        ("rules:\n  - id: x1\n    word: [甲]\n", "E203", 3, "words"),
        (
            "rules:\n  - id: x1\n    severity: errr\n    words: [甲]\n",
            "E205",
            3,
            "error",
        ),
        ("rules:\n  - id: nobody\n    severity: off\n", "E205", 2, "关不了"),
        (
            "rules:\n  - id: x1\n    words: [甲]\n  - id: x1\n    words: [乙]\n",
            *("E202", 4, "写了两次"),
        ),
        ("rules:\n\t- id: x1\n", "E101", 2, "Tab"),
        ("rules: 甲\n", "E205", 1, "列表"),
        (
            "rules:\n  - id: x1\n    words: [甲]\n    only_for: [车]\n",
            "E205",
            4,
            "food",
        ),
    ],
)
def test_a_mistake_has_its_line_and_costs_one_rule(
    tmp_path: Path, text: str, code: str, line: int, words: str
) -> None:
    """Each is named where it stands, what to do with it, and every shipped rule stays."""
    reading = read_guard([written(tmp_path, text, "guard.yaml")])
    problem = next(each for each in reading.problems if each.code == code)
    assert (problem.line, problem.file.endswith("guard.yaml")) == (line, True)
    assert words in problem.zh or words in (problem.corrected or ""), problem.zh
    assert {rule.id for rule in reading.rules.rules} >= {
        rule.id for rule in shipped_rules().rules
    }


@pytest.mark.parametrize(
    ("own", "better", "rule"),
    [
        ("replacements: {甩卖: 史上最低价}", "史上最低价", "absolute_term"),
        ("words: [甩卖]\n    replacement: 假一赔十", "假一赔十", "promise"),
        ("words: [甩卖]\n    replacement: 跳楼价", "跳楼价", "later"),
    ],
)
def test_a_wording_that_any_rule_in_force_holds_is_warned_of(
    tmp_path: Path, own: str, better: str, rule: str
) -> None:
    """A shipped one, or one of the shop that is read later; with the rule's name."""
    text = f"rules:\n  - id: own\n    {own}\n  - id: later\n    words: [跳楼]\n"
    (problem,) = read_guard([written(tmp_path, text, "guard.yaml")]).problems
    assert (problem.code, problem.line, problem.is_error) == ("W325", 2, False)
    assert f"“{better}”" in problem.zh and f"“{rule}”" in problem.zh


def test_a_shop_s_rule_may_let_denials_pass(tmp_path: Path) -> None:
    """With one key instead of a context for each way to say no."""
    text = "rules:\n  - {id: own, 词: [代购], 否认放行: 是}\n"
    guard = guard_of(written(tmp_path, text, "guard.yaml"))
    for free in ("我们不做代购", "代购我们不接", "没有代购"):
        assert guard.judge(free, public=True) == PASSED, free
    assert isinstance(guard.judge("不如找代购", public=True), Held)


def test_a_file_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    """And the shipped rules hold."""
    reading = read_guard([tmp_path / "none.yaml"])
    assert [each.is_error for each in reading.problems] == [True]
    assert reading.rules == shipped_rules()


@given(st.text(max_size=30), st.text("()|*?#_a甲", max_size=30))
def test_any_word_is_taken_or_refused_in_words(free: str, signs: str) -> None:
    """Nothing a shop types as a word breaks the reading."""
    for word in (free, signs):
        try:
            assert all(spread(word))
        except BadWord as bad:
            refused = bad.zh, bad.en
            assert all(refused)


def test_answers_are_judged_by_the_shop_s_rules(tmp_path: Path) -> None:
    """An answer the shop's rule holds is out of use, told at its words with the line put right."""
    text = (
        f"{_HEAD}    answer:\n      - 两天内发\n      - 亲，清仓甩卖啦\n"
        "  - id: b\n    questions: [包邮吗]\n    answer: 包邮\n"
    )
    reading = book(tmp_path, text, _SHOP)
    (problem,) = (each for each in reading.problems if each.code == "E301")
    assert (problem.line, problem.column) == (6, 11)
    assert problem.corrected == "      - 亲，换季特惠啦"
    assert [entry.id for entry in reading.book.entries] == ["b"]
    assert isinstance(reading.book.guard.judge("跳楼价", public=True), Held)


def test_a_context_may_name_whichever_word_was_found(tmp_path: Path) -> None:
    """``~`` stands for the word itself, with nothing between; a longer word isn't freed by it."""
    text = (
        "rules:\n  - id: own\n    words: [甩卖, 清仓甩卖]\n"
        "    unless: [不做~, ~结束了]\n"
    )
    guard = guard_of(written(tmp_path, text, "guard.yaml"))
    for free in ("我们不做甩卖", "不做清仓甩卖", "甩卖结束了"):
        assert guard.judge(free, public=True) == PASSED, free
    for said in ("不做别的只做甩卖", "结束了甩卖", "甩卖"):
        assert isinstance(guard.judge(said, public=True), Held), said


@pytest.mark.parametrize("bad", ["~", "不~做~", "(不|别"])
def test_a_context_needs_letters_and_one_word(tmp_path: Path, bad: str) -> None:
    """``~`` alone would free everything."""
    text = f'rules:\n  - id: own\n    words: [甩卖]\n    unless: ["{bad}"]\n'
    reading = read_guard([written(tmp_path, text, "guard.yaml")])
    assert [each.line for each in reading.problems] == [4]


def test_rules_with_a_mistake_make_the_reading_one_with_errors(tmp_path: Path) -> None:
    """So that a reload keeps the last good version, rules and all."""
    reading = book(tmp_path, f"{_HEAD}    answer: 好\n", "rules:\n  - id: X\n")
    assert reading.errors == 1
    assert reading.usable == 1


_GOODS = """\
shop: {ship_within: 全网最低}
products:
  - name: 坚果
    price: 79元
    notes: 降血糖的好坚果
  - name: 肉脯
    price: 39元
    notes: 原味
"""


def test_values_that_may_not_be_said_count_as_missing(tmp_path: Path) -> None:
    """Each is told at its line; the product's other values are in use."""
    reading = book(tmp_path, f"{_HEAD}    answer: 好\n", "", _GOODS)
    found = {(each.line, each.column) for each in reading.problems}
    assert found == {(1, 21), (5, 12)}
    catalogue = reading.book.catalogue
    assert [product.notes for product in catalogue.products] == [None, "原味"]
    assert [product.price for product in catalogue.products] == ["79元", "39元"]
    assert catalogue.shop == {}


def test_an_answer_is_judged_with_its_values_filled_in(tmp_path: Path) -> None:
    """What neither text nor value says alone is found in the two together, with the product."""
    goods = "products:\n  - {name: 坚果, price: 对正品39元}\n"
    text = f"{_HEAD}    answer: 这款绝{{product.price}}\n"
    (problem,) = book(tmp_path, text, "", goods).problems
    assert (problem.code, problem.line) == ("E301", 4)
    assert "坚果" in problem.zh


def test_a_shop_that_says_what_it_sells_is_free_of_others_rules(tmp_path: Path) -> None:
    """Clothes may be 抗菌; once one product has no category, or is food, all rules hold."""
    text = f"{_HEAD}    answer: 抗菌面料的呢，能抑菌\n"
    clothes = "products:\n  - {name: 袜子, 类目: 服装}\n"
    assert book(tmp_path, text, "", clothes).problems == ()
    for other in ("{name: 帽子}", "{name: 坚果, category: food}"):
        reading = book(tmp_path, text, "", f"{clothes}  - {other}\n")
        assert [each.code for each in reading.problems] == ["E301"], other


def test_a_number_among_the_values_is_for_private_answers(tmp_path: Path) -> None:
    """The shop's telephone may be told to one viewer; only an answer to all is an error."""
    goods = "shop: {phone: 0571-88886666}\n"
    private = f"{_HEAD}    answer: 拨{{shop.phone}}\n    visibility: private\n"
    assert book(tmp_path, private, "", goods).problems == ()
    public = f"{_HEAD}    answer: 拨{{shop.phone}}\n"
    (problem,) = book(tmp_path, public, "", goods).problems
    assert (problem.code, problem.line) == ("E301", 4)


def test_a_private_answer_may_hold_what_only_its_viewer_reads(tmp_path: Path) -> None:
    """A service number passes in private, and is an error in public."""
    answer = f"{_HEAD}    answer: 拨打13800138000\n"
    assert read(written(tmp_path, answer)).errors == 1
    assert read(written(tmp_path, f"{answer}    visibility: private\n")).errors == 0


def test_a_welcome_that_would_be_held_is_left_out(tmp_path: Path) -> None:
    """With a warning at its words; the others are said, and nothing stops the bot."""
    config = written(
        tmp_path,
        "rooms:\n  - name: a\n    url: ws://x/\n    greeting:\n      texts:\n"
        "        - 欢迎来到全网最低的店\n        - 欢迎光临\n",
        "config.yaml",
    )
    tree = read_settings(config, environ={}, overrides={})
    (problem,) = tree.reader.problems
    assert (problem.code, problem.line, problem.column) == ("W324", 6, 15)
    assert tree.settings["rooms"][0]["greeting"]["texts"] == ("欢迎光临",)


def test_our_own_wordings_pass_without_a_word() -> None:
    """What the assistant says by itself needs nobody's confirmation."""
    words = DeskPolicy().words
    texts = [text for name in words.__slots__ if (text := getattr(words, name))]
    assert len(texts) > 1
    for text in texts:
        verdict = shipped_guard().judge(str(text), public=True)
        assert verdict == PASSED, text


def test_shipped_books_pass_without_a_word(root: Path) -> None:
    """The example shop is one to copy from: no error, no warning, no suggestion."""
    reading = read_book(
        [root / "faq"],
        products=root / "demo" / "products.yaml",
        now=NOW,
        judges=domain_judges(),
    )
    wording = {"E301", "W321", "W322"}
    assert [str(each) for each in reading.problems if each.code in wording] == []
    assert isinstance(reading.book.guard.judge("48小时内发", public=True), Passed)


def test_remarks_are_told_where_the_words_stand_in_a_block() -> None:
    """Also on the third line of a block text."""
    text = f"{_HEAD}    answer: |\n      亲\n      48小时发\n      全网最低价哦\n"
    from streambot.authoring.faq_file import read_faq_file

    (draft,) = read_faq_file(Source.from_text("faq.yaml", text)).drafts
    (problem,) = wording_of(draft, None, shipped_guard())
    assert (problem.line, problem.column) == (7, 7)
    assert problem.corrected == "      优惠价哦"
