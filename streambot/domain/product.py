"""Products of a shop: what answers may quote and how a line can point at one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NewType

ProductId = NewType("ProductId", str)


@dataclass(frozen=True, slots=True, kw_only=True)
class SizeRow:
    """One row of a size table; bounds are inclusive, heights in cm, weights in jin (half a kg)."""

    size: str
    height_cm: tuple[float, float] | None = None
    weight_jin: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """A product; texts are kept as the merchant typed them."""

    id: ProductId
    name: str
    link: int | None = None
    aliases: tuple[str, ...] = ()
    price: str | None = None
    stock: str | None = None
    coupon: str | None = None
    notes: str | None = None
    sizes: tuple[SizeRow, ...] = ()
    category: str | None = None  # what rules tell goods apart by: food, cosmetics, ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """Everything a shop sells in a room, and the shop's own values (``{shop.ship_within}``)."""

    products: tuple[Product, ...] = ()
    shop: Mapping[str, str] = field(default_factory=dict)

    @property
    def categories(self) -> frozenset[str] | None:
        """What is sold; None where that is not said of every product."""
        found = {product.category for product in self.products}
        if not found or None in found:
            return None
        return frozenset(category for category in found if category is not None)
