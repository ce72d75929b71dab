"""Phrasings: what may be added to an entry, and what must never stand in a book."""

from __future__ import annotations

from dataclasses import replace

import pytest

from streambot.domain.faq.entry import FaqBook, FaqEntry, FaqId
from streambot.domain.faq.pack import Intent, IntentId, Pack
from streambot.domain.faq.phrasing import as_phrasing, personal_data, why_unfit

SHIP = FaqEntry(
    id=FaqId("ship"),
    questions=("几号发货", "多久能发"),
    answers=("两天",),
    none=("退货",),
    not_questions=("我的几号发货",),
)
FEE = FaqEntry(id=FaqId("fee"), questions=("包邮吗",), answers=("包邮",))
TEE = FaqEntry(id=FaqId("tee"), questions=("起球吗",), answers=("不",), products=("1",))
COAT = FaqEntry(
    id=FaqId("coat"), questions=("掉毛吗",), answers=("不",), products=("2",)
)
BOOK = FaqBook(entries=(SHIP, FEE, TEE, COAT))


@pytest.mark.parametrize(
    ("text", "entry", "code"),
    [
        ("啥时候发", SHIP, None),
        ("几号发货！", SHIP, "known"),
        ("包邮嘛？", SHIP, None),
        ("包 邮 吗", SHIP, "collides"),
        ("我的几号发货", SHIP, "not_question"),
        ("退货几号发", SHIP, "ruled_out"),
        ("😀😀", SHIP, "empty"),
        ("发" * 201, SHIP, "too_long"),
        ("起球吗", COAT, None),
        ("起球吗", FEE, None),
    ],
)
def test_why_a_line_does_not_fit(text: str, entry: FaqEntry, code: str | None) -> None:
    """Known, taken, turned away by the entry itself, empty or endless; other products' are free."""
    unfit = why_unfit(text, entry, BOOK)
    assert (unfit and unfit.code) == code
    if unfit is not None:
        assert unfit.zh
        assert unfit.en


def test_what_a_pack_brought_may_be_taken() -> None:
    """A phrasing that came with another entry's intent is given up for the merchant's own."""
    when = Intent(id=IntentId("ship_when"), phrasings=("啥时候发", "几号发货"))
    bound = replace(
        SHIP,
        questions=("几号发货", "啥时候发"),
        none=(),
        intent=when.id,
        brought=("啥时候发",),
    )
    book = FaqBook(entries=(bound, FEE), pack=Pack(intents=(when,)))
    assert why_unfit("啥时候发", FEE, book) is None
    unfit = why_unfit("几号发货", FEE, book)
    assert unfit is not None
    assert (unfit.code, unfit.other) == ("collides", "ship")


@pytest.mark.parametrize(
    "text",
    [
        "我电话13800000001",
        "打138 0000 0001",
        "１３８００００００１１",
        "一三八零零零零零零零一打给我",
        "订单202611230001到哪了",
        "订单尾号4821到哪了",
        "座机0571-88880000",
        "加我微信abc_12345",
        "微信号是shop88888",
        "加我微信abc123可以吗",
        "我的v信 laowang666能付吗",
        "加微信laowang行不行",
        "邮箱anna@example.com",
        "寄到杭州市余杭区文一路12号",
        "我在3栋2单元",
        "收件人：王小明",
        "我叫王小明",
        "身份证11010519900101123X",
    ],
)
def test_personal_data_is_found(text: str) -> None:
    """Phones, numbers, accounts, streets and names, however they are written."""
    assert personal_data(text)
    unfit = why_unfit(text, SHIP, BOOK)
    assert unfit is not None
    assert unfit.code == "personal"


@pytest.mark.parametrize(
    "text",
    [
        "165/120斤穿什么码",
        "3号链接多少钱",
        "满199减20吗",
        "双11有活动吗",
        "2026年11月11日发货吗",
        "一二三上链接",
        "微信能付款吗",
        "wechat pay可以吗",
        "微信app里能付吗",
        "加微信红包100元能用吗",
        "100ml还是200ml",
        "我叫什么码合适",
        "发北京市要几天",
    ],
)
def test_ordinary_questions_are_none(text: str) -> None:
    """Sizes, links, prices, dates and ways to pay belong to nobody."""
    assert personal_data(text) is None


def test_whom_a_line_addresses_is_left_out() -> None:
    """Mentions at either end, line breaks and control characters are no part of a question."""
    assert as_phrasing("@主播 @小二  几号\n发货\x07 @老板") == "几号 发货"
    assert as_phrasing("几号发货") == "几号发货"
