"""Shelf: a shop's products as viewers point at them - by link, by name, by "这个"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from streambot.domain.faq.normalise import folded
from streambot.domain.faq.slots import Slots
from streambot.domain.product import Catalogue, Product, ProductId

_POINTS = re.compile("[这身刚上前那手]|this")
_THIS = re.compile(
    r"这(?:一?[个件款条双套种瓶包]|(?=多少|怎么|什么|啥|有|还|能|会|厚|好))|身上|手[上里](?:这|那|的|拿)|"
    r"[正现]在(?:讲|说|介绍|试|穿)的?|\bthis\b"
)
_LAST = re.compile(
    r"刚[才刚]?(?:那|的[那]?[个件款条双]|讲|说|介绍|试|展示)|[上前]一?[个件款条双套](?!月|星期|礼拜|周|小时|季|颜色)"
)
_THAT = re.compile(r"那一?[个件款条双套种]")
#: The whole of what points, so that the question is left when it is taken out.
_POINTING = re.compile(
    r"(?:主播)?(?:(?:正在|现在|刚[才刚]?)(?:讲|说|介绍|试|穿|展示)?)?(?:身上|手[上里])?(?:穿|拿)?的?"
    r"(?:[这那上前]一?[个件款条双套种瓶包](?!月|星期|礼拜|小时)(?:衣服|裤子|裙子|鞋子?|链接|商品|宝贝)?|(?<=[上里才刚穿])的)的?"
)
#: Numbers that a shoe's size may have, where no link has them.
_SHOES = range(34, 47)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointed:
    """The products a line is about, in its order.

    ``explicit``: the line itself says which (``pointing``: by a word like 这个); else it is what
    its viewer talked of (``carried``) or what is on screen. ``unknown``: link numbers the shop
    doesn't have. ``named``: the names that were found.
    """

    products: tuple[Product, ...] = ()
    explicit: bool = False
    carried: bool = False
    pointing: bool = False
    unknown: tuple[int, ...] = ()
    named: tuple[str, ...] = ()

    @property
    def one(self) -> Product | None:
        """The product, where there is just one and no other is asked for."""
        return (
            self.products[0] if len(self.products) == 1 and not self.unknown else None
        )


NOTHING = Pointed()


class Shelf:
    """A catalogue made ready for looking things up in it; built with its book."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._by_id = {product.id: product for product in catalogue.products}
        self._by_link = {product.link: product for product in catalogue.products}
        self._by_name: dict[str, list[Product]] = {}
        for product in catalogue.products:
            for name in map(_said, {product.name, *product.aliases}):
                known = self._by_name.setdefault(name, [])
                if product not in known:
                    known.append(product)
        longest_first = sorted(self._by_name, key=lambda name: (-len(name), name))
        words = "|".join(map(_as_pattern, filter(None, longest_first)))
        self._firsts = frozenset("".join(name[:1] for name in self._by_name))
        self._firsts |= frozenset("".join(self._firsts).upper())
        self._names = re.compile(words, re.IGNORECASE) if words else None

    def product(self, which: ProductId | None) -> Product | None:
        """The product of that id, if the shop has it."""
        return None if which is None else self._by_id.get(which)

    def called(self, name: str) -> Product | None:
        """The product a platform or a person calls by its id or link number."""
        known = self._by_id.get(ProductId(name))
        if known is None and name.isdecimal():
            known = self._by_link.get(int(name))
        return known

    def names_in(self, text: str) -> list[str]:
        """The products' names in folded *text*, the longest where they overlap."""
        if self._names is None or self._firsts.isdisjoint(text):
            return []
        return self._names.findall(text)

    def without_names(self, text: str) -> str:
        """Folded *text* without the products' names."""
        if self._names is None:
            return text
        return re.sub(r"\0的?", "", self._names.sub("\0", text))

    @staticmethod
    def without_pointing(text: str) -> str:
        """Folded *text* without words like 身上这件."""
        return _POINTING.sub("", text)

    def named(self, text: str) -> frozenset[ProductId]:
        """Every product that a name in folded *text* may mean."""
        return frozenset(
            product.id
            for name in self.names_in(text)
            for product in self._by_name[name.lower()]
        )

    def pointed(
        self,
        text: str,
        slots: Slots | None = None,
        *,
        shown: ProductId | None = None,
        before: ProductId | None = None,
        talked_of: Iterable[ProductId] = (),
    ) -> Pointed:
        """The products folded *text* is about.

        Args:
            text: the line.
            slots: its slots, where it has some.
            shown: the product on screen.
            before: the one that was on screen before it.
            talked_of: what this viewer asked about a moment ago.
        """
        if not self._by_id:
            return Pointed(unknown=slots.links) if slots and slots.links else NOTHING
        if slots is not None and slots.links:
            return self._linked(slots.links)
        names = self.names_in(text)
        if names:
            return self._by_names(names, shown)
        talked = [self._by_id[which] for which in talked_of if which in self._by_id]
        if _POINTS.search(text) is not None:
            if _LAST.search(text) is not None:
                return _just(self.product(before))
            if _THIS.search(text) is not None:
                return _just(self.product(shown) or self._only())
            if talked and _THAT.search(text) is not None:
                return Pointed(products=tuple(talked), explicit=True, pointing=True)
        if talked:
            return Pointed(products=tuple(talked), carried=True)
        product = self._only() or self.product(shown)
        return NOTHING if product is None else Pointed(products=(product,))

    def in_scope(self, about: Pointed, scope: tuple[str, ...]) -> tuple[Product, ...]:
        """Those of *about* an entry for *scope* speaks of; its only one where none is named."""
        if not scope:
            return about.products
        inside = tuple(each for each in about.products if _is_in(each, scope))
        if inside or about.explicit or about.unknown:
            return inside
        speaks_of = [each for each in self.catalogue.products if _is_in(each, scope)]
        return tuple(speaks_of) if len(speaks_of) == 1 else ()

    def _only(self) -> Product | None:
        products = self.catalogue.products
        return products[0] if len(products) == 1 else None

    def _linked(self, links: Iterable[int]) -> Pointed:
        found, unknown = [], []
        for link in links:
            product = self._by_link.get(link)
            if product is not None:
                found.append(product)
            elif link not in _SHOES:
                unknown.append(link)
        return Pointed(products=tuple(found), explicit=True, unknown=tuple(unknown))

    def _by_names(self, names: list[str], shown: ProductId | None) -> Pointed:
        """Each name's product; one on screen where a name has several, else none of them."""
        found: dict[ProductId, Product] = {}
        for name in names:
            owners = self._by_name[name.lower()]
            on_screen = [each for each in owners if each.id == shown]
            for product in owners if len(owners) == 1 else on_screen:
                found[product.id] = product
        return Pointed(
            products=tuple(found.values()), explicit=True, named=tuple(names)
        )


def points(text: str) -> bool:
    """Whether folded *text* may point at a product by a word like 这个."""
    return _POINTS.search(text) is not None and any(
        each.search(text) is not None for each in (_LAST, _THIS, _THAT)
    )


def _said(name: str) -> str:
    return folded(name).strip().lower()


def _as_pattern(name: str) -> str:
    """A name stands alone where it begins or ends in Latin letters: T恤 isn't in "pot恤"."""
    before = r"(?<![a-z0-9])" if name[0].isascii() else ""
    after = r"(?![a-z0-9])" if name[-1].isascii() else ""
    return f"{before}{re.escape(name)}{after}"


def _just(product: Product | None) -> Pointed:
    products = () if product is None else (product,)
    return Pointed(products=products, explicit=True, pointing=True)


def _is_in(product: Product, scope: tuple[str, ...]) -> bool:
    return product.id in scope or str(product.link) in scope
