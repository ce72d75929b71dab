"""ShopWords: what nobody speaks of but buyers and sellers, wherever in a question it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable

from streambot.domain.evidence import Evidence
from streambot.domain.faq.canonical import bordered
from streambot.domain.faq.normalise import folded


class ShopWords:
    """Finds the first of a pack's ``shop_words`` in folded lines, the longest where several begin."""

    def __init__(self, words: Iterable[str]) -> None:
        plain = {folded(word).lower() for word in words}
        longest_first = sorted(plain, key=lambda word: (-len(word), word))
        self._any = re.compile(
            "|".join(map(bordered, longest_first)) or "(?!)", re.IGNORECASE
        )

    def seen_in(self, text: str) -> Evidence | None:
        """The word by which a folded line is put to a shop, if it holds one."""
        found = self._any.search(text)
        if found is None:
            return None
        return Evidence(
            rule="shop_word", start=found.start(), end=found.end(), text=found[0]
        )
