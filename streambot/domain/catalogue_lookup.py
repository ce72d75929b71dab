"""Which product a line points at, and filling a product's values into an answer."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from streambot.domain.product import Catalogue, Product, ProductId

_LINK = re.compile(r"([0-9０-９]{1,3}|[一二三四五六七八九十]{1,3}|[①-⑳])\s*(?:号|號)")
_LINK_WORD = re.compile("[链連车]")
_LINK_AFTER = re.compile(r"(?:链接|連結|小黄车)\s*([0-9０-９]{1,3})")
_VALUE = re.compile(r"\{([a-z]+)\.([a-z_]+)\}")
_DIGITS = "零一二三四五六七八九"


def _number(word: str) -> int | None:
    """The value of a link number as people type it: 3, ３, 三, 十二, ③."""
    if len(word) == 1 and "①" <= word <= "⑳":
        return ord(word) - ord("①") + 1
    if word.isdecimal():
        return int(word)
    tens, found, ones = word.partition("十")
    if not found:
        return _DIGITS.find(word) if len(word) == 1 else None
    high = _DIGITS.find(tens) if tens else 1
    low = _DIGITS.find(ones) if ones else 0
    return None if min(high, low) < 0 else high * 10 + low


def link_number(text: str) -> int | None:
    """The link number a line names ("3号链接", "③号"), if it names one."""
    match = _LINK.search(text) if "号" in text or "號" in text else None
    if match is None and _LINK_WORD.search(text) is not None:
        match = _LINK_AFTER.search(text)
    return None if match is None else _number(match.group(1))


def find_product(
    text: str,
    catalogue: Catalogue,
    shown: ProductId | None,
    scope: tuple[str, ...] = (),
) -> Product | None:
    """The product a line is about: by link number, by name, else the one on screen.

    *scope* limits an entry to its products; where it holds just one, that one is meant.
    """
    products = _in_scope(catalogue, scope)
    number = link_number(text)
    if number is not None:
        return next((item for item in products if item.link == number), None)
    named = _named(text, products)
    if named is not None:
        return named
    if len(products) == 1:
        return products[0]
    if shown is None:
        return None
    return next((item for item in products if item.id == shown), None)


def _in_scope(catalogue: Catalogue, scope: tuple[str, ...]) -> Sequence[Product]:
    if not scope:
        return catalogue.products
    return [
        product
        for product in catalogue.products
        if product.id in scope or str(product.link) in scope
    ]


def _named(text: str, products: Sequence[Product]) -> Product | None:
    """The product with the longest name or alias in the line; None when two tie."""
    best: Product | None = None
    length, tied = 0, False
    for product in products:
        for name in (product.name, *product.aliases):
            if not name or name not in text:
                continue
            if len(name) > length:
                best, length, tied = product, len(name), False
            elif len(name) == length and product is not best:
                tied = True
    return None if tied else best


def fill(
    answer: str, product: Product | None, shop: Mapping[str, str], viewer_name: str
) -> str | None:
    """*answer* with its ``{product.price}``-like values; None when one is missing."""
    missing = False

    def value(match: re.Match[str]) -> str:
        nonlocal missing
        owner, key = match.groups()
        found = _value(owner, key, product, shop, viewer_name)
        missing = missing or not found
        return found or ""

    filled = _VALUE.sub(value, answer)
    return None if missing else filled


def _value(
    owner: str,
    key: str,
    product: Product | None,
    shop: Mapping[str, str],
    viewer_name: str,
) -> str | None:
    if owner == "shop":
        return shop.get(key)
    if owner == "viewer":
        return viewer_name if key == "name" else None
    if owner != "product" or product is None:
        return None
    if key == "sizes":
        return "、".join(row.size for row in product.sizes) or None
    found = getattr(product, key, None)
    return None if found is None else str(found)
