"""Canned replies: what agents say often, where each fits, and filling in the blanks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from streambot.domain.faq.entry import Visibility

#: Blanks a reply may hold, each with its other names; ``{shop.name}`` takes any value of the shop.
BLANKS: Mapping[str, tuple[str, ...]] = {
    "name": ("称呼", "昵称", "viewer.name"),
    "no": ("编号", "工单号"),
    "product": ("商品", "product.name"),
    "price": ("价格", "product.price"),
    "stock": ("库存", "product.stock"),
    "sizes": ("尺码", "product.sizes"),
    "coupon": ("优惠", "product.coupon"),
    "link": ("链接", "链接号", "product.link"),
    "order_status": ("订单状态",),
    "agent": ("客服",),
    "room": ("直播间",),
}
_CANONICAL = {
    other: name for name, others in BLANKS.items() for other in (name, *others)
}
_BRACES = re.compile(r"\{([^{}\n]{1,64})\}")
_LONGEST_VALUE = 80


def canonical(blank: str) -> str:
    """The one name of a blank, whichever of its names was written."""
    plain = blank.strip()
    return _CANONICAL.get(plain, plain)


def is_known(blank: str) -> bool:
    """Whether something may stand in a blank of this name."""
    plain = blank.strip()
    return plain in _CANONICAL or (plain.startswith("shop.") and len(plain) > 5)


def blanks_of(text: str) -> tuple[str, ...]:
    """What stands between braces in *text*, as written, each once."""
    return tuple(dict.fromkeys(_BRACES.findall(text)))


def left_blank(text: str) -> tuple[str, ...]:
    """Blanks that nobody filled: such a text is never sent."""
    return tuple(each for each in blanks_of(text) if is_known(each))


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A text with its values; ``missing`` are the blanks still in it, as written."""

    text: str
    missing: tuple[str, ...] = ()


def fill_in(text: str, values: Mapping[str, str | None]) -> Filled:
    """*text* with *values* by canonical name; a blank without a value stays as it is.

    Plain replacement, once: a value is never read for blanks of its own.
    """
    missing: dict[str, None] = {}

    def value(found: re.Match[str]) -> str:
        if not is_known(found[1]):
            return found[0]
        given = plain_value(values.get(canonical(found[1])))
        if not given:
            missing[found[1]] = None
            return found[0]
        return given

    filled = _BRACES.sub(value, text)
    return Filled(text=filled, missing=tuple(missing))


def plain_value(value: str | None) -> str:
    """*value* on one line and without braces, so that it is never taken for a blank."""
    words = " ".join((value or "").replace("{", "").replace("}", "").split())
    return words[:_LONGEST_VALUE]


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """Where an agent stands as they look for words."""

    room: str
    role: str
    products: frozenset[str] = frozenset()  # ids and link numbers
    reason: str | None = None
    group: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CannedReply:
    """One reply of the book; an empty scope fits everywhere."""

    id: str
    title: str
    texts: tuple[str, ...]
    shortcut: str = ""
    tags: tuple[str, ...] = ()
    visibility: Visibility = Visibility.PUBLIC
    rooms: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()

    def fits(self, here: Situation) -> bool:
        """Whether it belongs where the agent is; without a ticket its reason is open."""
        return (
            (not self.rooms or here.room in self.rooms)
            and (not self.roles or here.role in self.roles)
            and (not self.products or not here.products.isdisjoint(self.products))
            and (not self.reasons or here.reason in (None, *self.reasons))
            and (not self.groups or here.reason is None or here.group in self.groups)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class CannedBook:
    """All replies in force, in the order of the files."""

    replies: tuple[CannedReply, ...] = ()
    version: str = ""
