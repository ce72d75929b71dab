"""Statements: what people say of a shop's goods is no question about them."""

from __future__ import annotations

import pytest

from streambot.authoring.pack import shipped_pack
from streambot.domain.faq.deciding import ONLY_TELLS
from streambot.domain.faq.entry import FaqBook, FaqEntry, FaqId
from streambot.domain.faq.match import MatchSettings, Outcome
from streambot.domain.faq.matcher import BookMatcher
from streambot.domain.faq.statements import merely_tells

_BOOK = FaqBook(
    entries=tuple(
        FaqEntry(id=FaqId(name), questions=questions, answers=("答",))
        for name, questions in {
            "plum": ("酸梅甜吗", "酸梅甜不甜", "酸梅是甜的吗"),
            "tissue": ("湿巾有香味吗", "湿巾香不香", "湿巾是香的吗"),
            "voucher": ("怎么领礼券", "礼券在哪领", "礼券怎么领"),
            "happy": ("衣服很好看", "这件真好看", "好好看"),
        }.items()
    ),
    pack=shipped_pack(),
)


@pytest.mark.parametrize(
    "line",
    [
        "酸梅很甜",
        "酸梅好甜呀",
        "这家的梅子太香了",
        "湿巾特别香",
        "包裹收到了谢谢",
        "礼券已经领到了",
        "名字改好了",
        "我家一直喝的燕麦奶",
        "我们只爱吃软的",
        "我闺女天天穿",
        "谁懂啊这个面也太香了",
        "就是香",
        "粽子够吃了",
        "老客放心入",
        "福袋领了",
        "投影连上了",
        "灯管装上了谢谢",
        "包裹刚到楼下",
        "拼图刚收到啦",
        "到货了耶",
        "我上回也绣过一个",
        "做饭去了拜拜",
        "明晚见主播",
        "那我们周五再见啦",
        "下次直播间见",
        "看着流口水",
        "the soap smells amazing",
        "these are so comfy",
        "my favorite one",
        "already have it in green",
    ],
)
def test_tells(line: str) -> None:
    """Praise, what is done, and what people like and do themselves."""
    assert merely_tells(line)


@pytest.mark.parametrize(
    "line",
    [
        "酸梅甜吗",
        "酸梅",
        "明天几点见",
        "下次见得到这款吗",
        "包邮",
        "礼券",
        "我要换大一码",
        "我想要红色的",
        "帮我看看到哪了",
        "我160斤",
        "客服真慢",
        "温度太低",
        "面料很薄",
        "收到了但是碎了",
        "只收到了一份",
        "昨天买的今天降价了",
        "我穿什么码",
        "我爱吃辣能选哪种",
        "太贵了",
        "礼券领不到了",
        "领了券没减",
        "够吃吗",
        "能放心买吗",
        "投影连上了又断怎么办",
        "刚到就碎了",
        "我也洗过怎么掉色",
        "我寄回去了",
        "怎么这么好吃",
        "does it look good on men",
        "i want the cute one",
        "the soap smells good but it came broken",
        "promo code",
    ],
)
def test_asks_wants_or_complains(line: str) -> None:
    """A question, a keyword, a wish or a fault tells of something that somebody must see to."""
    assert not merely_tells(line)


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("酸梅甜吗", "plum"),
        ("酸梅甜不", "plum"),
        ("湿巾香吗", "tissue"),
        ("礼券怎么领呀", "voucher"),
        ("这件衣服真好看", "happy"),  # the merchant wrote such lines into the entry
        ("酸梅好甜", None),
        ("酸梅很甜哦", None),
        ("湿巾挺香的", None),
        ("礼券领好了", None),
    ],
)
def test_an_entry_answers_who_asks(line: str, answer: str | None) -> None:
    """Nor is anybody asked back, or called, for a line that only tells."""
    match = BookMatcher(_BOOK, MatchSettings()).match(line)
    assert match.entry == answer
    if answer is None:
        assert match.outcome is Outcome.IGNORE


def test_a_second_look_is_not_spent_on_what_only_tells() -> None:
    """However near the meaning is, such a line isn't answered."""
    matcher = BookMatcher(_BOOK, MatchSettings())
    match = matcher.match("酸梅好甜")
    assert match.reason == ONLY_TELLS
    assert not matcher.is_worth_a_look(match)
