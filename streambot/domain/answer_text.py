"""AnswerText: which of an entry's wordings is said, with the values of the products it is about."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from streambot.domain.catalogue_lookup import fill, speaks_of_product
from streambot.domain.events import ViewerSpoke
from streambot.domain.faq.entry import FaqEntry
from streambot.domain.greeting import clean_name
from streambot.domain.product import Product
from streambot.domain.shelf import Pointed, Shelf

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
    entry: FaqEntry, about: Pointed, line: ViewerSpoke, shelf: Shelf
) -> AnswerText | None:
    """The wording whose turn it is, or the next with every value; None: there is none.

    A value of a product that the shop doesn't have, or of no product, is never said.
    """
    turn = sha256(line.id.encode()).digest()[0]
    name = clean_name(line.viewer.name) or "您"
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
