"""Size advice out of a line's measures and a product's table."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streambot.domain.product import Product, ProductId, SizeRow
from streambot.domain.sizes import Body, advise, advise_all, read_body

SHIRT = Product(
    id=ProductId("shirt"),
    name="针织衫",
    sizes=(
        SizeRow(size="S", height_cm=(150, 160), weight_jin=(80, 100)),
        SizeRow(size="M", height_cm=(155, 168), weight_jin=(100, 120)),
        SizeRow(size="L", height_cm=(160, 175), weight_jin=(121, 140)),
    ),
)


@pytest.mark.parametrize(
    ("line", "body"),
    [
        ("165/120斤穿什么码", Body(height_cm=165, weight_jin=120)),
        ("165，60kg穿多大", Body(height_cm=165, weight_jin=120)),
        ("身高165体重120", Body(height_cm=165, weight_jin=120)),
        ("1米65 110斤", Body(height_cm=165, weight_jin=110)),
        ("1米7 55公斤", Body(height_cm=170, weight_jin=110)),
        ("160cm 50kg", Body(height_cm=160, weight_jin=100)),
        ("160 50穿啥码", Body(height_cm=160, weight_jin=100)),
        ("100斤", Body(height_cm=None, weight_jin=100)),
        ("什么时候发货", Body()),
    ],
)
def test_measures_are_read_as_people_type_them(line: str, body: Body) -> None:
    """Heights come out in cm and weights in jin, whatever the unit typed."""
    assert body == read_body(line)


@pytest.mark.parametrize(
    ("line", "size"),
    [
        ("165/120斤穿什么码", "M"),
        ("M和L纠结 165 120", "M"),
        ("158/90斤选什么码", "S"),
        ("170/135斤拍什么码", "L"),
        ("165/220斤穿什么码", None),
    ],
)
def test_the_table_decides_and_nothing_is_guessed_outside_it(
    line: str, size: str | None
) -> None:
    """A body outside every row gets no size, so that a person answers."""
    advice = advise(line, SHIRT)
    assert advice is not None
    assert size == advice.size
    assert advice.evidence.text == line[advice.evidence.start : advice.evidence.end]


@pytest.mark.parametrize(
    ("line", "size"),
    [
        ("身高1米6体重52公斤", "M"),
        ("一米六 一百二十斤", "M"),
        ("我118穿多大", "M"),
        ("我58穿多大", "M"),
        ("116斤M还是L", "M"),
        ("M码能穿吗 165 118", "M"),
        ("166/126", "L"),
        ("主播我165 118斤能穿吗", "M"),
        ("165 118 我妈158 130穿什么码", None),
    ],
)
def test_measures_are_understood_in_every_form(line: str, size: str | None) -> None:
    """Spelt out, alone, bare or in kilograms; two bodies in a line are a person's matter."""
    advice = advise(line, SHIRT)
    assert advice is not None
    assert advice.size == size


@pytest.mark.parametrize(
    ("line", "size"),
    [
        ("我妈妈158 115斤", "M"),
        ("闺女165 105斤", "M"),
        ("本人155 90斤", "S"),
        ("163，59公斤，有点胖", "M"),
        ("老婆今年30岁 160 110斤左右", "M"),
        ("孩子110 40斤", None),
    ],
)
def test_a_body_asks_whosever_it_is(line: str, size: str | None) -> None:
    """Whose it is and how it looks is no other matter."""
    advice = advise(line, SHIRT)
    assert advice is not None
    assert advice.size == size


@pytest.mark.parametrize(
    "line", ["主播160 95斤", "我妈160 110斤退货了", "160 110斤的运费"]
)
def test_a_body_beside_another_matter_asks_for_no_size(line: str) -> None:
    """Nor does the host's."""
    assert advise(line, SHIRT) is None


def test_a_weight_alone_answers_the_question_asked_before() -> None:
    """Who asked for a size may answer with a weight; who didn't says nothing by it."""
    assert advise("118斤", SHIRT) is None
    told = advise("118斤", SHIRT, asked=True)
    assert told is not None
    assert told.size == "M"
    assert advise("118斤的米", SHIRT, asked=True) is None


@pytest.mark.parametrize(
    "line",
    [
        "穿什么码",
        "今天多少钱",
        "120斤的米",
        "主播165/110穿什么码",
        "200号穿多大",
        "腰围80穿啥码",
        "胸围 90穿多大",
    ],
)
def test_no_advice_without_both_a_question_and_a_weight(line: str) -> None:
    """A bare measure or a bare question isn't a size question with measures."""
    assert advise(line, SHIRT) is None


def test_no_advice_for_a_product_without_a_table() -> None:
    """Snacks have no sizes."""
    snack = Product(id=ProductId("nuts"), name="坚果")
    assert advise("165/120斤穿什么码", snack) is None
    assert advise("165/120斤穿什么码", None) is None


@given(st.text(max_size=60))
def test_any_text_is_read_without_failing(text: str) -> None:
    """Room text is hostile; reading measures never raises."""
    body = read_body(text)
    assert body.height_cm is None or 50 <= body.height_cm < 230
    advise(text, SHIRT)


def test_a_line_that_names_no_product_gets_every_table() -> None:
    """Sizes of every product with a table, products without one left out."""
    bag = Product(id=ProductId("bag"), name="帆布包")
    advised = advise_all("165cm 110斤穿什么码", (SHIRT, bag))
    assert [product.id for product, _ in advised] == [SHIRT.id]
    assert advise_all("主播165cm吗", (SHIRT,)) == ()
