"""Traps of opposites: the other side of a pair, a near word, a negation, why instead of how.

Each line stands with the entry it asks for and the one it must never get; both are in the book
first, then only the wrong one.
"""

from __future__ import annotations

import pytest

from streambot.authoring.pack import shipped_pack
from streambot.domain.faq.entry import FaqBook, FaqEntry, FaqId
from streambot.domain.faq.match import MatchSettings, Outcome
from streambot.domain.faq.matcher import BookMatcher
from tests.domain.shops import (
    asked,
    assert_answered,
    assert_ranked_first,
    assert_unanswered,
    told,
)

ANTONYMS = [
    ("会员咋开", "member_open", "member_close"),
    ("会员咋关", "member_close", "member_open"),
    ("我想把会员关了怎么弄", "member_close", "member_open"),
    ("开通会员在哪里弄", "member_open", "member_close"),
    ("早上几点播", "live_morning", "live_evening"),
    ("晚上几点播", "live_evening", "live_morning"),
    ("手机号怎么绑", "bind", "unbind"),
    ("手机号怎么解绑", "unbind", "bind"),
    ("定金要付多少", "deposit", "balance"),
    ("尾款要付多少", "balance", "deposit"),
    ("有没有男款的", "for_men", "for_women"),
    ("有没有女款的", "for_women", "for_men"),
]
NEAR_WORDS = [
    ("啥时候补货呀", "restock", "ship_when"),
    ("什么时候能发货", "ship_when", "restock"),
    ("大概几天能送到", "arrive_when", "ship_when"),
    ("运费险有没有", "insurance", "postage"),
    ("运费是谁出啊", "postage", "insurance"),
    ("这个是正码不", "size_true", "authentic"),
    ("是不是正品啊", "authentic", "size_true"),
    ("怎么换货啊", "exchange_how", "return_how"),
    ("怎么退货呀", "return_how", "exchange_how"),
    ("退款几天到账", "refund_when", "arrive_when"),
    ("生产日期是几号", "made_date", "shelf_life"),
    ("保质期有几个月", "shelf_life", "made_date"),
    ("洗了会不会掉色", "fading", "pilling"),
    ("保修多长时间", "warranty", "shelf_life"),
    ("保质期多长时间", "shelf_life", "warranty"),
    ("可以寄到学校不", "to_school", "abroad"),
    ("能寄去国外不", "abroad", "to_school"),
]
NEGATED = [
    ("怎么不能下单", "order_fail", "order_how"),
    ("怎么拍不了", "order_fail", "order_how"),
    ("一直下不了单啊", "order_fail", "order_how"),
    ("怎么领不了券", "coupon_fail", "coupon_get"),
    ("优惠券怎么用不了", "coupon_fail", "coupon_get"),
]


@pytest.mark.parametrize(("line", "right", "wrong"), ANTONYMS)
def test_antonym_with_both_sides_in_the_book(line: str, right: str, wrong: str) -> None:
    """怎么开通会员 and 会员咋关 each find their own side."""
    assert_ranked_first(line, right)


@pytest.mark.parametrize(("line", "right", "wrong"), ANTONYMS)
def test_antonym_with_one_side_in_the_book(line: str, right: str, wrong: str) -> None:
    """The side that is there doesn't answer for the one that isn't."""
    assert_unanswered(line, right)


@pytest.mark.parametrize(("line", "right", "wrong"), NEAR_WORDS)
def test_near_word_with_both_in_the_book(line: str, right: str, wrong: str) -> None:
    """发货, 补货 and 退货 are three matters, however alike they are written."""
    assert_ranked_first(line, right)


@pytest.mark.parametrize(("line", "right", "wrong"), NEAR_WORDS)
def test_near_word_with_one_in_the_book(line: str, right: str, wrong: str) -> None:
    """The near word's entry is not an answer where the right one is missing."""
    assert_unanswered(line, right)


@pytest.mark.parametrize(("line", "right", "wrong"), NEGATED)
def test_negation_after_how_with_both_in_the_book(
    line: str, right: str, wrong: str
) -> None:
    """怎么不能下单 doesn't ask how to order."""
    assert_ranked_first(line, right)


@pytest.mark.parametrize(("line", "right", "wrong"), NEGATED)
def test_negation_after_how_with_one_in_the_book(
    line: str, right: str, wrong: str
) -> None:
    """Nobody who can't order is told how to order."""
    assert_unanswered(line, right)


@pytest.mark.parametrize(
    ("line", "entry"),
    [
        ("不可以退吗", "return_how"),
        ("不包邮吗", "postage"),
        ("没有运费险吗", "insurance"),
        ("没有优惠券吗", "coupon_get"),
        ("不是正品吧", "authentic"),
        ("不能机洗吗", "wash"),
    ],
)
def test_negation_that_asks_the_same(line: str, entry: str) -> None:
    """能退吗 and 不能退吗 have one answer."""
    assert_ranked_first(line, entry)


@pytest.mark.parametrize(
    "line",
    [
        "为什么退不了货",
        "为什么不给退货",
        "为啥还不发货",
        "怎么还不发货啊",
        "凭什么不能换货",
        "为什么没送运费险",
        "怎么一直不退款",
    ],
)
def test_why_is_not_how(line: str) -> None:
    """Why something doesn't work is usually a complaint: a person's, or asked about."""
    match = asked(line)
    assert match.outcome in (Outcome.HANDOFF, Outcome.CLARIFY), told(match)


@pytest.mark.parametrize(
    ("line", "entry"),
    [
        ("怎么退货", "return_how"),
        ("什么时候发货", "ship_when"),
        ("怎么换货", "exchange_how"),
        ("有运费险吗", "insurance"),
        ("会员怎么关闭", "member_close"),
    ],
)
def test_how_is_answered_beside_why(line: str, entry: str) -> None:
    """The questions the traps lie around are answered as before."""
    assert_answered(line, entry)


@pytest.mark.parametrize(
    ("line", "right"),
    [
        ("主播身上这件多少钱", "price"),
        ("主播身上这件什么颜色", "color"),
        ("主播身上这件什么码", "host"),
    ],
)
def test_another_quality_of_the_same_thing_is_another_question(
    line: str, right: str
) -> None:
    """Nearly all of the line is in the entry about the host's size but for what is asked."""
    asked_for = {
        "host": ("主播身上这件什么码", "主播穿什么码", "身上这件多大码"),
        "price": ("多少钱", "什么价格"),
        "color": ("有什么颜色", "有几个颜色"),
    }
    book = FaqBook(
        entries=tuple(
            FaqEntry(id=FaqId(name), questions=questions, answers=("答",))
            for name, questions in asked_for.items()
        ),
        pack=shipped_pack(),
    )
    match = BookMatcher(book, MatchSettings()).match(line)
    assert match.candidates[0].entry == right
    host = next(each for each in match.candidates if each.entry == "host")
    assert host.veto == (None if right == "host" else "exclusive")


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("孕妇能吃吗", "孕妇能穿吗"),
        ("孕妇能吃吗", "孕妇可以用吗"),
        ("小孩可以用吗", "小孩可以吃吗"),
        ("150斤能穿吗", "胸围90能穿吗"),
        ("150斤能穿吗", "肩宽能穿吗"),
        ("几天能发出来", "几天能到"),
        ("多久能到", "多久能发出"),
        ("冬天能穿吗", "下雨天能穿吗"),
        ("什么时候发货", "什么时候有货"),
        ("什么时候发货", "今晚什么时候发福袋"),
        ("红包怎么领", "福袋怎么领"),
    ],
)
def test_eaten_is_not_worn_nor_a_girth_a_weight(question: str, line: str) -> None:
    """One entry alone is in the book, and its own question still finds it."""
    entry = FaqEntry(id=FaqId("own"), questions=(question,), answers=("可以",))
    book = BookMatcher(FaqBook(entries=(entry,), pack=shipped_pack()), MatchSettings())
    assert book.match(question).outcome is Outcome.ANSWER
    assert book.match(line).outcome is not Outcome.ANSWER
