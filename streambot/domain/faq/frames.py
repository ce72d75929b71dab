"""Frames: what is asked of a book's goods, the goods left out, so that others in their place are seen.

A shop asked 钢笔漏墨吗 is asked of goods it never named by 马克笔漏墨吗: nothing but the goods differs.
"""

from __future__ import annotations

from collections.abc import Iterable

from streambot.domain.faq.entry import FaqId
from streambot.domain.faq.subjects import may_be_goods

#: What is asked is at least so long; goods are named in so many characters.
_ASKED = 2
_GOODS = range(2, 5)
#: What stands before a question and names no goods: 以后漏墨吗, 长期用漏墨吗.
_NO_NAME = frozenset(
    "用时后前久次年月日定般还都就也真又再先新旧到收买拍送发完了过着家人"
)
#: What leads from goods to what is asked of them: 石臼会, 钵盂是.
_LEADS = "是有会能要"


class Frames:
    """Knows goods by their place before what a book's entries are asked.

    Args:
        goods: the words for the book's own goods.
        phrasings: canonical phrasings with their entries.
        known: all that the pack and the book say: what is in there is no name of other goods.
    """

    def __init__(
        self,
        goods: Iterable[str],
        phrasings: Iterable[tuple[FaqId, str]],
        known: str,
    ) -> None:
        own = tuple(sorted(goods, key=len, reverse=True))
        self._own = own
        self._known = known
        self._of: dict[FaqId, set[str]] = {}
        for entry, plain in phrasings:
            named = next((word for word in own if plain.startswith(word)), None)
            if named is not None and len(plain) - len(named) >= _ASKED:
                self._of.setdefault(entry, set()).add(plain[len(named) :])

    def names_others(self, entry: FaqId, plain: str) -> bool:
        """Whether canonical *plain* asks of unknown goods what *entry* is asked of its own."""
        return any(
            plain.endswith(frame) and self._is_name(plain[: -len(frame)])
            for frame in self._of.get(entry, ())
        )

    def _is_name(self, word: str) -> bool:
        word = word.rstrip(_LEADS)
        return (
            len(word) in _GOODS
            and may_be_goods(word)
            and _NO_NAME.isdisjoint(word)
            and word not in self._known
            and not any(own in word for own in self._own)
        )
