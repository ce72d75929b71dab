"""Which product a line points at, and values filled into answers."""

from __future__ import annotations

import pytest

from streambot.domain.catalogue_lookup import fill, find_product
from streambot.domain.product import Catalogue, Product, ProductId

KNIT = Product(
    id=ProductId("knit"), name="奶白针织衫", link=3, aliases=("针织衫",), price="129元"
)
NUTS = Product(id=ProductId("nuts"), name="每日坚果", link=13, aliases=("坚果",))
SHOP = Catalogue(products=(KNIT, NUTS), shop={"ship_within": "48小时"})


@pytest.mark.parametrize(
    ("line", "product"),
    [
        ("3号多少钱", KNIT),
        ("13号多少钱", NUTS),
        ("针织衫多少钱", KNIT),
        ("坚果保质期", NUTS),
        ("7号多少钱", None),
    ],
)
def test_a_line_finds_its_product(line: str, product: Product | None) -> None:
    """By link number or name; an unknown number finds nothing, also not what is on screen."""
    assert product == find_product(line, SHOP, shown=None)


def test_a_bare_question_means_what_is_on_screen() -> None:
    """ "这个多少钱" is about the product shown, and about nothing when none is."""
    assert find_product("这个多少钱", SHOP, shown=KNIT.id) == KNIT
    assert find_product("这个多少钱", SHOP, shown=None) is None


def test_an_entry_of_one_product_means_that_one() -> None:
    """An entry's scope decides where the line names nothing."""
    assert find_product("多少钱", SHOP, shown=KNIT.id, scope=("nuts",)) == NUTS
    assert find_product("多少钱", SHOP, shown=None, scope=("3",)) == KNIT


def test_values_are_filled_and_a_missing_one_fills_nothing() -> None:
    """An answer with a missing value is never said with a blank in it."""
    shop = SHOP.shop
    assert fill("{product.price}包邮，{shop.ship_within}发", KNIT, shop, "小明") == (
        "129元包邮，48小时发"
    )
    assert fill("{product.price}", NUTS, shop, "小明") is None
    assert fill("{product.price}", None, shop, "小明") is None
    assert fill("{shop.gift}", KNIT, shop, "小明") is None
    assert fill("{viewer.name}您好", None, shop, "小明") == "小明您好"
