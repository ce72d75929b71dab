"""Size advice: reading height and weight in a line and looking them up in a product's table."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from streambot.domain.evidence import Evidence
from streambot.domain.product import Product, SizeRow

_ASKS = re.compile(
    r"什么码|啥码|多大码|哪个码|几码|穿多大|什么尺码|码数"
    r"|穿什么|选什么码|拍什么码|多大的?$|穿几|what size|which size",
    re.IGNORECASE,
)
_BOTH = re.compile(
    r"(1[3-9]\d)\s*(?:cm|厘米|公分)?\s*[/／,，\s、]\s*(\d{2,3})\s*(斤|kg|公斤)?",
    re.IGNORECASE,
)
_HEIGHT = re.compile(
    r"(?:身高)?\s*(1[3-9]\d)\s*(?:cm|厘米|公分)|(?:身高)\s*(1[3-9]\d)|(1)\s*米\s*([3-9]\d?)",
    re.IGNORECASE,
)
_WEIGHT = re.compile(
    r"(?:体重)?\s*(\d{2,3}(?:\.\d)?)\s*(斤|kg|公斤|千克)|体重\s*(\d{2,3})",
    re.IGNORECASE,
)
#: Below this a bare weight is read as kilograms: no adult weighs 75 jin at 165 cm.
_LIKELY_KG = 75


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """Height in cm and weight in jin, as far as the line gives them."""

    height_cm: float | None = None
    weight_jin: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SizeAdvice:
    """The size for a body; None: outside the table, so a person must answer."""

    size: str | None
    body: Body
    evidence: Evidence


def _jin(number: str, unit: str | None) -> float:
    value = float(number)
    if unit and unit.lower() in {"kg", "公斤", "千克"}:
        return value * 2
    return value if unit == "斤" or value >= _LIKELY_KG else value * 2


def read_body(text: str) -> Body:
    """Height and weight out of "165/120斤", "身高1米65 体重60kg" and the like."""
    both = _BOTH.search(text)
    if both:
        return Body(height_cm=float(both[1]), weight_jin=_jin(both[2], both[3]))
    height = weight = None
    found = _HEIGHT.search(text)
    if found:
        whole = found[1] or found[2]
        height = float(whole) if whole else 100 + float(found[4].ljust(2, "0"))
    found = _WEIGHT.search(text)
    if found:
        weight = _jin(found[1] or found[3], found[2])
    return Body(height_cm=height, weight_jin=weight)


def _fits(row: SizeRow, body: Body) -> bool:
    for bounds, value in (
        (row.height_cm, body.height_cm),
        (row.weight_jin, body.weight_jin),
    ):
        if (
            bounds is not None
            and value is not None
            and not bounds[0] <= value <= bounds[1]
        ):
            return False
    return True


def advise(text: str, product: Product | None) -> SizeAdvice | None:
    """Size advice where the line asks for it with measures and the product has a table.

    Weight decides before height, as sellers do; without a weight nothing is advised.
    """
    if product is None or not product.sizes:
        return None
    asked = _ASKS.search(text)
    if asked is None:
        return None
    body = read_body(text)
    if body.weight_jin is None:
        return None
    evidence = Evidence(
        rule="size_table", start=asked.start(), end=asked.end(), text=asked[0]
    )
    size = next((row.size for row in product.sizes if _fits(row, body)), None)
    return SizeAdvice(size=size, body=body, evidence=evidence)


def advise_all(
    text: str, products: Iterable[Product]
) -> tuple[tuple[Product, SizeAdvice], ...]:
    """Advice for every product with a table, where the line names none of them."""
    if _ASKS.search(text) is None:
        return ()
    found = ((product, advise(text, product)) for product in products)
    return tuple((product, advice) for product, advice in found if advice is not None)
