"""AnswerText: the words of an answer - an entry's wording with its values, or advised sizes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from streambot.domain.catalogue_lookup import fill, speaks_of_product
from streambot.domain.events import ViewerSpoke
from streambot.domain.faq.entry import FaqEntry
from streambot.domain.greeting import clean_name
from streambot.domain.guard import Guard, Held
from streambot.domain.product import Product
from streambot.domain.shelf import Pointed, Shelf
from streambot.domain.sizes import SizeAdvice

#: Between the answers of one line.
BETWEEN = "；"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerText:
    """An entry's answer as it is said; ``products`` are those whose values it holds."""

    entry: FaqEntry
    text: str
    products: tuple[Product, ...] = ()

    @property
    def cooldown_key(self) -> str:
        """What cools down: the entry, for each product by itself where values are said."""
        ids = ",".join(product.id for product in self.products)
        return f"{self.entry.id}/{ids}" if ids else self.entry.id


def worded(
    entry: FaqEntry, about: Pointed, line: ViewerSpoke, shelf: Shelf, guard: Guard
) -> AnswerText | None:
    """The wording whose turn it is, or the next with every value; None: there is none.

    A value of a product that the shop doesn't have, or of no product, is never said.
    """
    turn = sha256(line.id.encode()).digest()[0]
    name = clean_name(line.viewer.name) or "您"
    if isinstance(guard.judge(name, public=True), Held):
        name = "您"
    products = () if about.unknown else shelf.in_scope(about, entry.products)
    if about.unknown and entry.products:
        return None
    for later in range(len(entry.answers)):
        answer = entry.answers[(turn + later) % len(entry.answers)]
        of = products if speaks_of_product(answer) else (None,)
        texts = [fill(answer, each, shelf.catalogue.shop, name) for each in of]
        said = [text for text in texts if text is not None]
        if said and len(said) == len(texts):
            return AnswerText(
                entry=entry,
                text=BETWEEN.join(dict.fromkeys(said)),
                products=products if of is products else (),
            )
    return None


def sizes_told(
    advised: Sequence[tuple[Product, SizeAdvice]], *, english: bool = False
) -> str | None:
    """``T恤、卫衣M码，牛仔裤27码，仅供参考``; None where no table holds this body."""
    known = [(product, each.size) for product, each in advised if each.size is not None]
    if not known:
        return None
    if english:
        told = ", ".join(f"{product.name}: size {size}" for product, size in known)
        return f"{told}, for reference only"
    if len(advised) == 1:
        product, size = known[0]
        return f"{product.name}建议{size}码，仅供参考哦"
    names: dict[str, list[str]] = {}
    for product, size in known:
        short = product.aliases[0] if product.aliases else product.name
        names.setdefault(size, []).append(short)
    rows = [f"{'、'.join(each)}{size}码" for size, each in names.items()]
    return f"{'，'.join(rows)}，仅供参考哦"
