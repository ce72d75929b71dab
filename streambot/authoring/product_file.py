"""Reading products.yaml: products, the shop's own values and size tables."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from streambot.authoring.closest import closest
from streambot.authoring.decode import Source
from streambot.authoring.free_keys import Words, free_keys
from streambot.authoring.group_kinds import Groups
from streambot.authoring.guard_spec import CATEGORIES
from streambot.authoring.kinds import Number, Text, Texts
from streambot.authoring.problem import Problem
from streambot.authoring.reader import Field, Reader, Spec, Unreadable, items
from streambot.authoring.soft_slips import Held, warn_soft_slips
from streambot.authoring.syntax import read_tree
from streambot.authoring.tree import Listing, Scalar, Table, Value
from streambot.authoring.understood import not_understood
from streambot.domain.product import Catalogue, Product, ProductId, SizeRow

_BOUNDS = re.compile(r"^(\d{1,3}(?:\.\d)?)\s*(?:-|~|～|—|到|至)\s*(\d{1,3}(?:\.\d)?)$")
_SHOP_KEY = re.compile(r"[a-z_]+")
_UNITS = re.compile(r"(cm|厘米|公分|斤)", re.IGNORECASE)
_KILOS = re.compile(r"(kg|公斤|千克)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """A range, "150-160"; kilograms count double where ``jin``."""

    jin: bool = False

    def read(self, value: Value, reader: Reader, key: str) -> tuple[float, float]:
        """Lower and upper bound, both inclusive."""
        typed = "-".join(
            item.text for item in items(value) if isinstance(item, Scalar)
        ).strip()
        factor = 2 if self.jin and _KILOS.search(typed) else 1
        found = _BOUNDS.match(_UNITS.sub("", _KILOS.sub("", typed)).strip())
        if found is None or float(found[1]) > float(found[2]):
            raise reader.fail(
                value,
                key,
                f"范围要写成 150-160 这样，写的是“{typed[:40]}”。",
                f'Write a range such as 150-160, not "{typed[:40]}".',
                instead="80-100" if self.jin else "150-160",
            )
        return float(found[1]) * factor, float(found[2]) * factor

    def schema(self) -> dict[str, Any]:
        """A string such as 150-160, or two numbers."""
        pair = {
            "type": "array",
            "items": {"type": "number"},
            "minItems": 2,
            "maxItems": 2,
        }
        return {"anyOf": [{"type": "string"}, pair]}


ROW: Spec = (
    Field(
        name="size",
        also=("尺码",),
        kind=Text(most=16),
        required=True,
        sample="M",
        zh="尺码",
        en="The size",
    ),
    Field(
        name="height",
        also=("身高",),
        kind=Bounds(),
        zh="身高范围，厘米，如 150-160",
        en="Range of heights in cm",
    ),
    Field(
        name="weight",
        also=("体重",),
        kind=Bounds(jin=True),
        zh="体重范围，斤，如 80-100；写 kg 会换算",
        en="Range of weights in jin; kg is converted",
    ),
)

#: A row whose bounds can't be read would fit everybody: it is left out.
ROWS = Groups(spec=ROW, whole=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """A product's sizes: rows of its own, or the name of a shared table."""

    def read(self, value: Value, reader: Reader, key: str) -> Any:
        """Rows, or (name, value) of a table to look up."""
        if isinstance(value, Scalar) and not value.is_null:
            return (value.text.strip(), value)
        return ROWS.read(value, reader, key)

    def schema(self) -> dict[str, Any]:
        """Rows or a name."""
        return {"anyOf": [{"type": "string"}, ROWS.schema()]}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """Size tables by name."""

    def read(self, value: Value, reader: Reader, key: str) -> dict[str, Any]:
        """Rows by table name."""
        if not isinstance(value, Table):
            raise reader.fail(
                value,
                key,
                "这里应该是“表名:”，下面每行一个尺码。",
                'Write "table name:" with a row for each size below.',
            )
        read = {}
        for name, rows in value.pairs:
            try:
                read[name.text.strip()] = ROWS.read(rows, reader, f"{key}.{name.text}")
            except Unreadable:  # told where it stands, not also where it is named
                read[name.text.strip()] = []
        return read

    def schema(self) -> dict[str, Any]:
        """An object of row arrays."""
        rows = ROWS.schema()
        return {"type": "object", "additionalProperties": rows}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopWords:
    """The shop's own values by names that an answer can hold."""

    def read(self, value: Value, reader: Reader, key: str) -> dict[str, str]:
        """A text for each name; a bad name is told where it stands and left out."""
        return free_keys(
            value,
            reader,
            key,
            lambda word, item, whole: self._one(word, item, whole, reader),
        )

    def _one(self, word: Scalar, item: Value, whole: str, reader: Reader) -> str:
        name = word.text.strip()
        if _SHOP_KEY.fullmatch(name) is None:
            raise reader.fail(
                word,
                whole,
                f"店铺值的名字只能用小写英文和下划线，“{name}”不行。",
                f'Names of shop values are small letters and underscores, not "{name}".',
            )
        return Text().read(item, reader, whole)

    def schema(self) -> dict[str, Any]:
        """An object of texts."""
        return Words().schema()


PRODUCT: Spec = (
    Field(
        name="id",
        also=("编号",),
        kind=Text(most=64),
        zh="商品编号，不能重复；不写就用“link-链接号”或名称",
        en="Unique id; link-N or the name when left out",
    ),
    Field(
        name="link",
        also=("链接号", "链接"),
        kind=Number(least=1, most=999),
        zh="几号链接",
        en="Link number in the room",
    ),
    Field(
        name="name",
        also=("名称",),
        kind=Text(most=100),
        required=True,
        sample="纯棉T恤",
        zh="商品名称",
        en="Name of the product",
    ),
    Field(
        name="aliases",
        also=("别名",),
        kind=Texts(each=Text(most=50)),
        default=(),
        zh="顾客还会怎么叫它",
        en="What viewers also call it",
    ),
    Field(
        name="price",
        also=("价格",),
        kind=Text(most=50),
        zh="价格，写什么就发什么",
        en="Price, said as typed",
    ),
    Field(
        name="stock",
        also=("库存",),
        kind=Text(most=50),
        zh="库存说法，如 现货、仅剩20件",
        en="Stock, said as typed",
    ),
    Field(
        name="sizes",
        also=("尺码表",),
        kind=Sizes(),
        default=[],
        zh="尺码表：逐行写，或写共用表的名字",
        en="Size rows, or the name of a shared table",
    ),
    Field(
        name="coupon",
        also=("优惠",),
        kind=Text(most=100),
        zh="优惠说法",
        en="Coupon, said as typed",
    ),
    Field(
        name="notes",
        also=("备注",),
        kind=Text(most=200),
        zh="补充说明，如材质、保质期",
        en="Notes, such as fabric or shelf life",
    ),
    Field(
        name="category",
        also=("类目",),
        kind=CATEGORIES,
        zh="类目；每件都写了，只管别的类目的用语规则就不再管本店",
        en="Category; once every product has one, rules for other goods no longer apply",
    ),
)

PRODUCTS: Spec = (
    Field(
        name="version",
        also=("版本",),
        kind=Number(least=1, most=1),
        default=1,
        zh="格式版本，写 1",
        en="Version of this format",
    ),
    Field(
        name="shop",
        also=("店铺",),
        kind=ShopWords(),
        default={},
        zh="店铺自己的值，回答里用 {shop.名字}；名字用小写英文",
        en="The shop's values, {shop.name} in answers; names in small letters",
    ),
    Field(
        name="sizes",
        also=("尺码表",),
        kind=Tables(),
        default={},
        zh="共用的尺码表，按名字",
        en="Shared size tables by name",
    ),
    Field(
        name="products",
        also=("商品",),
        kind=Groups(spec=PRODUCT),
        default=[],
        zh="所有商品，一个一项",
        en="The products",
    ),
)

KNOWN = frozenset(
    name
    for spec in (PRODUCTS, PRODUCT, ROW)
    for item in spec
    for name in (item.name, *item.also)
)


@dataclass(slots=True)
class _Seen:
    """Ids and links met so far, with their lines."""

    ids: dict[str, int] = field(default_factory=dict)
    links: dict[str, int] = field(default_factory=dict)


def read_product_file(source: Source) -> tuple[Catalogue, list[Problem]]:
    """The catalogue of *source*, and every problem.

    A product without a name, or with the id or link of another, is none. Of the others a value
    with an error counts as not filled in, and a row of sizes as not written: who asks for it is
    handed to a person, where without the product they might be told another's.
    """
    unread = not_understood(source, KNOWN)
    if unread is not None:
        return Catalogue(), [unread]
    root, problems = read_tree(source, KNOWN)
    reader = Reader(source=source, problems=problems)
    if root is None:
        return Catalogue(), problems
    if isinstance(root, Listing):
        root = Table(
            place=root.place, pairs=[(Scalar(text="products", place=root.place), root)]
        )
    try:
        read = reader.table(root, PRODUCTS, "")
    except Unreadable:
        return Catalogue(), problems
    warn_soft_slips(root, reader, dict.fromkeys(("aliases", "别名"), Held.WORDS))
    tables = {name: _rows(rows) for name, rows in read["sizes"].items()}
    seen = _Seen()
    products = [
        product
        for group in read["products"]
        if (product := _product(group, tables, seen, reader)) is not None
    ]
    return Catalogue(products=tuple(products), shop=read["shop"]), problems


def _rows(rows: list[dict[str, Any]]) -> tuple[SizeRow, ...]:
    return tuple(
        SizeRow(size=row["size"], height_cm=row["height"], weight_jin=row["weight"])
        for row in rows
        if row["size"]
    )


def _product(
    group: dict[str, Any],
    tables: Mapping[str, tuple[SizeRow, ...]],
    seen: _Seen,
    reader: Reader,
) -> Product | None:
    if group["name"] is None:
        return None
    link = group["link"]
    name = group["id"] or (f"link-{link}" if link else group["name"])
    place = group["_place"]
    doubled = [
        (word, first[key])
        for word, key, first in (
            ("链接号", str(link), seen.links),
            ("编号", name, seen.ids),
        )
        if key in first
    ][:1]  # an id made of a doubled link is no second mistake
    for word, line in doubled:
        reader.report(
            "E202",
            place,
            "products",
            f"商品的{word}重复了（第 {line} 行和第 {place.line} 行），请改一个。",
            f"Two products share an id or link (lines {line} and {place.line}): change one.",
        )
    if doubled:
        return None
    seen.ids[name] = place.line
    if link:
        seen.links[str(link)] = place.line
    return Product(
        id=ProductId(name),
        name=group["name"],
        link=link,
        aliases=group["aliases"],
        price=group["price"],
        stock=group["stock"],
        coupon=group["coupon"],
        notes=group["notes"],
        category=group["category"],
        sizes=_sizes(group["sizes"], tables, reader),
    )


def _sizes(
    given: Any, tables: Mapping[str, tuple[SizeRow, ...]], reader: Reader
) -> tuple[SizeRow, ...]:
    if not isinstance(given, tuple):
        return _rows(given or [])
    name, value = given
    if name in tables:
        return tables[name]
    likely = closest(name, tables)
    reader.fail(
        value,
        "products.sizes",
        f"没有叫“{name}”的尺码表。",
        f'There is no size table "{name}".',
        instead=likely,
    )
    return ()
