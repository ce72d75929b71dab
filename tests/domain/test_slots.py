"""Slots of a line: links, measures, sizes and sums, each told by its unit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streambot.domain.faq.numerals import numeral
from streambot.domain.faq.slots import read_slots

_TENS = ("", "十", "二十")
_HAN = [
    f"{_TENS[n // 10]}{'零一二三四五六七八九'[n % 10]}".rstrip("零") for n in range(30)
]


def spelt(number: int) -> list[str]:
    """*number* as people type it."""
    wide = "".join(chr(ord(char) + 0xFEE0) for char in str(number))
    circled = [chr(ord("①") + number - 1)] if number <= 20 else []
    return [str(number), wide, _HAN[number], *circled]


@pytest.mark.parametrize(
    ("line", "links", "rest"),
    [
        ("5号链接多少钱", (5,), "多少钱"),
        ("⑧号还有吗", (8,), "还有吗"),
        ("八号", (8,), ""),
        ("6链接有货吗", (6,), "有货吗"),
        ("链接6怎么卖", (6,), "怎么卖"),
        ("小黄车里6号有货吗", (6,), "有货吗"),
        ("拍7", (7,), ""),
        ("7 号多少米", (7,), "多少米"),
        ("4️⃣号多少钱", (4,), "多少钱"),
        ("第四个链接多少钱", (4,), "多少钱"),
        ("4號有貨嗎", (4,), "有货吗"),
        ("2号5号多少钱", (2, 5), "多少钱"),
        ("2、5号多少钱", (2, 5), "多少钱"),
        ("2号和5号哪个厚", (2, 5), "哪个厚"),
        ("how much is item 4", (4,), "how much is"),
        ("4号的价格", (4,), "价格"),
        ("第三个多少钱", (3,), "多少钱"),
        ("第2款有现货吗", (2,), "有现货吗"),
        ("3️⃣多少钱", (3,), "多少钱"),
        ("叁号怎么卖", (3,), "怎么卖"),
        ("3#多少钱", (3,), "多少钱"),
        ("3hao什么面料", (3,), "什么面料"),
        ("链接四怎么卖", (4,), "怎么卖"),
        ("7多少钱", (7,), "多少钱"),
        ("7的还有货吗", (7,), "还有货吗"),
        ("7、8怎么卖", (7, 8), "怎么卖"),
    ],
)
def test_a_link_is_read_in_every_form(
    line: str, links: tuple[int, ...], rest: str
) -> None:
    """However a link is typed it is read as its number, and leaves the question behind."""
    slots = read_slots(line)
    assert (slots.links, slots.rest_text) == (links, rest)


@pytest.mark.parametrize(
    "line",
    [
        "7号到手多少",
        "7号能到手多少钱",
        "7号到底什么价",
        "7号拍的话有券吗",
        "7号晚点还能拍吗",
        "7号早想买了 多少钱",
        "7号才发现，怎么卖",
        "7号结束了吗还有货没",
        "7号开始抢了吗多少钱",
        "7号直播间什么价",
        "7号前面讲的多少钱",
        "7号买的多少钱",
    ],
)
def test_a_link_is_no_date_because_of_what_is_said_of_it(line: str) -> None:
    """到手 and 晚点 begin like words of a date, and who asks a price asks it of a link."""
    assert read_slots(line).links == (7,)


@pytest.mark.parametrize(
    "line",
    [
        "几号发货",
        "我是第三个",
        "第一次来",
        "第三个月发货吗",
        "扣1️⃣",
        "11月8号发货吗",
        "8号能到吗",
        "上周8号买的",
        "这周8号有货吗",
        "8号拍的还没收到",
        "8号到货",
        "8号能到广州吗",
        "8号才发货吗",
        "8号开始预售吗",
        "8号结束吗",
        "8号晚上播吗",
        "8号早上发吗",
        "8号直播有券吗",
        "8号前能发吗",
        "8号之前发吗",
        "拍8件",
        "拍2发3",
        "拍8斤",
        "链接8块钱吗",
        "8号色好看",
        "5号电池",
        "2号楼",
        "订单20260108号",
        "链接一样吗",
        "7包邮吗",
        "7天能退吗",
        "7折多少钱",
        "扣7多少钱",
        "199多少钱",
        "买2送1有货吗",
        "一个链接吗",
        "身高168",
        "38码",
    ],
)
def test_dates_amounts_and_shades_are_no_links(line: str) -> None:
    """A number that is something else never points at a product."""
    assert read_slots(line).links == ()


@pytest.mark.parametrize(
    ("line", "heights", "weights"),
    [
        ("158斤能穿吗", (), (158,)),
        ("158cm能穿吗", (158,), ()),
        ("1米7能穿吗", (170,), ()),
        ("一米五八", (158,), ()),
        ("1.58米", (158,), ()),
        ("身高1米7体重80公斤", (170,), (160,)),
        ("172/145", (172,), (145,)),
        ("172 72", (172,), (144,)),
        ("145斤172", (172,), (145,)),
        ("一米七 一百四十五斤", (170,), (145,)),
        ("一百二斤", (), (120,)),
        ("胸围92cm", (), ()),
        ("满172减20", (), ()),
        ("172 99元", (), ()),
        ("5斤装", (), ()),
    ],
)
def test_the_unit_tells_a_height_from_a_weight(
    line: str, heights: tuple[float, ...], weights: tuple[float, ...]
) -> None:
    """Heights come out in cm, weights in jin; girths, sums and packs are neither."""
    slots = read_slots(line)
    assert (slots.heights, slots.weights) == (heights, weights)


@pytest.mark.parametrize(
    ("line", "money"),
    [
        ("79米吗", (79,)),
        ("79块一件", (79,)),
        ("￥79.9", (79.9,)),
        ("多少米", ()),
        ("1米7", ()),
        ("3米长", ()),
        ("2米的床能铺吗", ()),
    ],
)
def test_a_metre_is_a_sum_only_behind_a_price(
    line: str, money: tuple[float, ...]
) -> None:
    """米 is slang for yuan, but heights and lengths stay what they are."""
    assert read_slots(line).money == money


@pytest.mark.parametrize(
    ("line", "sizes"),
    [
        ("那xl呢", ("XL",)),
        ("M码和2XL有吗", ("M", "2XL")),
        ("38码有吗", ("38",)),
        ("均码吗", ("均码",)),
        ("so small", ()),
    ],
)
def test_sizes_are_read_in_capitals(line: str, sizes: tuple[str, ...]) -> None:
    """Letters and shoe sizes; letters inside words aren't sizes."""
    assert read_slots(line).sizes == sizes


@given(
    number=st.integers(min_value=1, max_value=29),
    data=st.data(),
)
def test_every_spelling_of_every_link_is_the_same_link(
    number: int, data: st.DataObject
) -> None:
    """Digits, wide, Chinese and circled ones name one product, and leave one question."""
    word = data.draw(st.sampled_from(spelt(number)))
    form = data.draw(
        st.sampled_from(("{}号链接", "{}号", "{} 号", "{}链接", "第{}个链接"))
    )
    slots = read_slots(form.format(word) + "有货吗")
    assert (slots.links, slots.rest_text) == ((number,), "有货吗")


@given(
    number=st.integers(min_value=1, max_value=399),
    unit=st.sampled_from(("斤", "cm", "元", "块", "岁", "件", "公斤", "%")),
    before=st.sampled_from(("", "拍", "链接", "我", "有")),
)
def test_a_number_with_another_unit_is_never_a_link(
    number: int, unit: str, before: str
) -> None:
    """Whatever stands before it."""
    assert read_slots(f"{before}{number}{unit}的吗").links == ()


@given(
    st.text(
        alphabet="1239０３③一三十百号链接拍斤米cmkgXL码 ,、/元体重身高我吗", max_size=30
    )
)
def test_reading_any_line_leaves_no_link_behind(text: str) -> None:
    """Hostile or not, a line is read without failing, and what is left holds no link."""
    rest = read_slots(text).rest_text
    assert read_slots(rest).links == () or not read_slots(text).links
    for weight in read_slots(text).weights:
        assert 20 <= weight <= 400


@given(st.integers(min_value=1, max_value=99))
def test_numerals_of_hundreds_are_read_as_said(number: int) -> None:
    """一百零五 is 105, 一百五 is 150."""
    tens, ones = divmod(number, 10)
    word = "零一二三四五六七八九"
    said = (
        f"一百零{word[ones]}"
        if not tens
        else f"一百{word[tens]}十{word[ones] if ones else ''}"
    )
    assert numeral(said) == 100 + number
