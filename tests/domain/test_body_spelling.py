"""Bodies: a height and a weight are read however they are typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streambot.domain.faq.slots import read_slots

_SPELT = [
    "{tall} {heavy}",
    "{tall}cm{heavy}斤",
    "身高{tall}体重{heavy}",
    "高{tall}重{heavy}",
    "{tall}高{heavy}重",
    "{tall}身高{heavy}体重",
    "{tall}的身高{heavy}的体重",
    "{tall}身高 {heavy}斤",
    "{metres}米，{heavy}斤",
    "{metres}m {heavy}",
    "{tall}，{heavy}多斤",
]


@given(
    st.integers(145, 195),
    st.integers(80, 199),
    st.sampled_from(_SPELT),
    st.sampled_from(["", "穿什么码", "，穿多大"]),
)
def test_every_spelling_gives_the_same_body(
    tall: int, heavy: int, spelt: str, behind: str
) -> None:
    """Centimetres and jin; nothing of them is left in what is asked."""
    body = spelt.format(tall=tall, heavy=heavy, metres=f"{tall / 100:.2f}")
    slots = read_slots(f"我{body}{behind}")
    assert (slots.heights, slots.weights) == ((float(tall),), (float(heavy),))
    assert not any(char.isdigit() for char in slots.rest_text)


@pytest.mark.parametrize(
    ("line", "heights", "weights"),
    [
        ("165.110穿什么码", (165.0,), (110.0,)),
        ("170✖️65穿几码", (170.0,), (130.0,)),
        ("一米六五，一百一", (165.0,), (110.0,)),
        ("168身高能穿吗", (168.0,), ()),
        ("一百五十多斤穿多大", (), (150.0,)),
        ("桌布150x200多少钱", (), ()),
        ("150x200四件套", (), ()),
        ("第160.50期", (), ()),
        ("1.5m 100元", (150.0,), ()),
        ("1.5米 120cm宽", (150.0, 120.0), ()),
    ],
)
def test_single_measures_and_what_only_looks_like_a_body(
    line: str, heights: tuple[float, ...], weights: tuple[float, ...]
) -> None:
    """Bedding, lengths with a price and numbers with a point have no weight."""
    slots = read_slots(line)
    assert (slots.heights, slots.weights) == (heights, weights)


@given(
    st.integers(70, 129),
    st.integers(20, 79),
    st.sampled_from(["宝宝", "我家孩子", "女儿", "小朋友", "5岁的娃"]),
    st.sampled_from(
        ["{who}{tall} {heavy}斤", "{who}{tall}/{heavy}斤", "{who}{heavy}斤 {tall}"]
    ),
    st.sampled_from(["", "穿多大", "，能穿吗"]),
)
def test_a_child_is_as_tall_as_the_number_beside_its_weight(
    tall: int, heavy: int, who: str, spelt: str, behind: str
) -> None:
    """Never a grown-up's weight, and never left out so that the weight alone decides."""
    slots = read_slots(spelt.format(who=who, tall=tall, heavy=heavy) + behind)
    assert (slots.heights, slots.weights) == ((float(tall),), (float(heavy),))


@pytest.mark.parametrize(
    ("line", "heights", "weights"),
    [
        ("110 40斤穿多大", (110.0,), (40.0,)),
        ("95/15kg", (95.0,), (30.0,)),
        ("宝宝98 15公斤穿几码", (98.0,), (30.0,)),
        ("我98 130斤穿多大", (), (130.0,)),
        ("100 45斤大米多少钱", (), (45.0,)),
        ("孩子 99元 45斤", (), (45.0,)),
        ("孩子45斤 99元", (), (45.0,)),
        ("宝宝45斤 110码", (), (45.0,)),
        ("闺女165 105斤", (165.0,), (105.0,)),
        ("大人165 110斤 孩子118 45斤", (165.0, 118.0), (110.0, 45.0)),
    ],
)
def test_a_small_number_is_a_height_only_of_who_is_small(
    line: str, heights: tuple[float, ...], weights: tuple[float, ...]
) -> None:
    """Where a child is named, or nobody else weighs so little; sums and sizes stay."""
    slots = read_slots(line)
    assert (slots.heights, slots.weights) == (heights, weights)


@pytest.mark.parametrize(
    ("line", "heights", "weights"),
    [
        ("im 5'6 140 lbs", (168.0,), (127.0,)),
        ("5’6” 140lb", (168.0,), (127.0,)),
        ("5ft 6 and 140 pounds", (168.0,), (127.0,)),
        ("I'm 5 foot 3, 115lbs", (160.0,), (104.0,)),
        ("what size for 5'10 180lbs", (178.0,), (163.0,)),
        ("im 6ft tall", (183.0,), ()),
        ("i weigh 180 lbs", (), (163.0,)),
        ("is the cable 6 ft long", (), ()),
        ("a 20 lbs bag", (), ()),
        ("only 5 left for $140", (), ()),
    ],
)
def test_feet_and_pounds_are_a_body_where_one_is_meant(
    line: str, heights: tuple[float, ...], weights: tuple[float, ...]
) -> None:
    """In centimetres and jin; a cable and a bag have no body."""
    slots = read_slots(line)
    assert (slots.heights, slots.weights) == (heights, weights)
