"""Filling a product's values into an answer, and finding the one product a line means."""

from __future__ import annotations

import re
from collections.abc import Mapping

from streambot.domain.faq.normalise import folded
from streambot.domain.faq.slots import read_slots
from streambot.domain.product import Catalogue, Product, ProductId
from streambot.domain.shelf import Shelf

_VALUE = re.compile(r"\{([a-z]+)\.([a-z_]+)\}")


def find_product(
    text: str,
    catalogue: Catalogue,
    shown: ProductId | None,
    scope: tuple[str, ...] = (),
) -> Product | None:
    """The one product a line by itself is about; see Shelf for rooms that talk.

    *scope* limits an entry to its products; where it holds just one, that one is meant.
    """
    shelf, plain = Shelf(catalogue), folded(text)
    about = shelf.pointed(plain, read_slots(plain), shown=shown)
    products = shelf.in_scope(about, scope)
    return products[0] if len(products) == 1 else None


def speaks_of_product(answer: str) -> bool:
    """Whether *answer* holds a product's value."""
    return any(owner == "product" for owner, _ in _VALUE.findall(answer))


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
