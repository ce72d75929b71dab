"""products.yaml: values in answers, size tables, links - and its mistakes by line."""

from __future__ import annotations

from pathlib import Path

from streambot.domain.catalogue_lookup import fill, find_product
from tests.authoring.test_problems import read, written

_PRODUCTS = """\
店铺: {ship_within: 48小时内}
尺码表:
  女装:
    - {尺码: M, 身高: 150-160, 体重: 40-50kg}
商品:
  - 名称: 纯棉T恤
    链接号: 3
    价格: 59.90
    尺码表: 女装
"""
_BOOK = """\
faqs:
  - id: price
    问法: [多少钱]
    回答: "{product.name}只要{product.price}元，{shop.ship_within}发，{viewer.name}放心"
"""


def test_answers_quote_products_and_shop(tmp_path: Path) -> None:
    """Values are said as the merchant typed them, of the product that the line points at."""
    products = written(tmp_path, _PRODUCTS, "products.yaml")
    reading = read(written(tmp_path, _BOOK), products)
    assert reading.problems == ()
    catalogue = reading.book.catalogue
    product = find_product("3号链接多少钱", catalogue, None)
    assert product is not None
    answer = fill(reading.book.entries[0].answers[0], product, catalogue.shop, "小雨")
    assert answer == "纯棉T恤只要59.90元，48小时内发，小雨放心"
    assert product.sizes[0].weight_jin == (80.0, 100.0)


def test_an_unknown_value_is_told_when_the_file_is_read(tmp_path: Path) -> None:
    """A slip in {shop.…} is an error with its line and the likely name, and costs one entry."""
    products = written(tmp_path, _PRODUCTS, "products.yaml")
    book = _BOOK.replace("shop.ship_within", "shop.ship_witin")
    good = "  - 问法: [包邮吗]\n    回答: 包邮\n"
    reading = read(written(tmp_path, book + good), products)
    problem = reading.problems[0]
    assert (problem.code, problem.line) == ("E206", 4)
    assert "{shop.ship_within}" in (problem.corrected or "")
    assert reading.usable == 1


def test_mistakes_in_products_have_their_line(tmp_path: Path) -> None:
    """Doubled link, unknown size table, ranges upside down, no name: each named, others stay."""
    text = (
        _PRODUCTS
        + "  - {名称: 裤子, 链接号: 3}\n"
        + "  - {名称: 卫衣, 尺码表: 女装码}\n"
        + "  - {链接号: 9}\n"
        + "  - 名称: 外套\n    尺码表:\n      - {尺码: L, 身高: 170-150}\n"
    )
    products = written(tmp_path, text, "products.yaml")
    reading = read(written(tmp_path, _BOOK), products)
    assert [(each.code, each.line) for each in reading.problems] == [
        ("E202", 10),
        ("E205", 11),
        ("E204", 12),
        ("E205", 15),
    ]
    assert "尺码表: 女装" in (reading.problems[1].corrected or "")
    names = [product.name for product in reading.book.catalogue.products]
    assert names == ["纯棉T恤", "卫衣", "外套"]


def test_an_escaped_emoji_in_a_price_is_one(tmp_path: Path) -> None:
    """What JSON tools write into products is said as the emoji it is."""
    text = _PRODUCTS.replace("59.90", '"59元\\ud83d\\ude0a"')
    reading = read(written(tmp_path, _BOOK), written(tmp_path, text, "products.yaml"))
    assert reading.problems == ()
    assert reading.book.catalogue.products[0].price == "59元😊"


def test_a_row_with_a_mistake_fits_nobody(tmp_path: Path) -> None:
    """Without its bounds it would be everybody's size: it is left out, the rest of the table stays."""
    text = (
        "尺码表:\n  女装:\n    - {尺码: M, 体重: 80-100}\n    - {尺码: L, 体重: 一百多}\n"
        "  童装: 3\n"
        "商品:\n  - {名称: T恤, 尺码表: 女装, 价格: 59}\n  - {名称: 童裤, 尺码表: 童装}\n"
        "  - 名称: 外套\n    价格: [59, 69]\n    尺码表:\n"
        "      - {尺码: S, 身高: 160-150}\n      - {尺码: M, 身高: 160-170}\n"
    )
    products = written(tmp_path, text, "products.yaml")
    reading = read(written(tmp_path, "faqs:\n  - {问法: [在吗], 回答: 在}\n"), products)
    wrong = [(each.code, each.line) for each in reading.problems]
    assert wrong == [("E205", 4), ("E205", 5), ("E205", 10), ("E205", 12)]
    kept = [
        (product.name, product.price, [row.size for row in product.sizes])
        for product in reading.book.catalogue.products
    ]
    assert kept == [("T恤", "59", ["M"]), ("童裤", None, []), ("外套", None, ["M"])]


def test_a_bad_name_of_a_shop_value_is_told_where_it_stands(tmp_path: Path) -> None:
    """One after the other in the order of the file, each with its line; the good ones are used."""
    text = "商品: []\n店铺:\n  运费: 6元\n  Fee: 6元\n  fee: 6元\n  fee2: 7元\n"
    products = written(tmp_path, text, "products.yaml")
    reading = read(written(tmp_path, "faqs:\n  - {问法: [在吗], 回答: 在}\n"), products)
    places = [(e.code, e.key, e.line, e.column) for e in reading.problems]
    assert places == [
        ("E205", "shop.运费", 3, 3),
        ("E205", "shop.Fee", 4, 3),
        ("E205", "shop.fee2", 6, 3),
    ]
    assert reading.book.catalogue.shop == {"fee": "6元"}


def test_the_first_product_without_room_is_told(tmp_path: Path) -> None:
    """A thousand are read; the next ones are dropped with a word, not silently."""
    text = "商品:\n" + "".join(f"  - 名称: 货{n}号\n" for n in range(1_002))
    products = written(tmp_path, text, "products.yaml")
    reading = read(written(tmp_path, "faqs:\n  - {问法: [在吗], 回答: 在}\n"), products)
    found = [(each.code, each.line, each.column) for each in reading.problems]
    assert found == [("E006", 1_002, 5)]
    assert len(reading.book.catalogue.products) == 1_000


def test_an_escape_of_no_character_is_told_with_its_place(tmp_path: Path) -> None:
    """ "\\UFFFFFFFF" as a price is a problem of its line, where the parser itself stumbles over it."""
    text = _PRODUCTS.replace("59.90", '"59\\UFFFFFFFF"')
    reading = read(written(tmp_path, _BOOK), written(tmp_path, text, "products.yaml"))
    problem = next(each for each in reading.problems if each.code == "E109")
    assert (Path(problem.file).name, problem.line, problem.column) == (
        "products.yaml",
        8,
        12,
    )
