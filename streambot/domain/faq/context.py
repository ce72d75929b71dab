"""Context: what a viewer asked a moment ago, and how their next few words lean on it."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from streambot.domain.faq.colours import COLOUR
from streambot.domain.faq.entry import FaqId
from streambot.domain.faq.normalise import normalise
from streambot.domain.faq.offers import Offer
from streambot.domain.faq.size_names import SIZE
from streambot.domain.faq.slots import Slots
from streambot.domain.product import ProductId
from streambot.domain.viewer import ViewerKey

#: How long a question is leant on.
CARRIED = timedelta(seconds=60)
#: Viewers whose last question is kept; the one longest silent is forgotten first.
VIEWERS_KEPT = 2_000
#: Characters of a line that may lean on an earlier one.
_SHORT = 12

_THEN = re.compile(
    r"^\s*(?:那么?|然后|and|what about|how about)?[\s，,]*(.{1,10}?)\s*(?:呢|呐|捏|嘞)[\s?？!！~～。]*$",
    re.IGNORECASE,
)
_LED = re.compile(
    r"^\s*(?:那(?=[^个件款条边么里些时天])|what about|how about|and)\s*(.{1,20}?)[\s?？!！~～。]*$",
    re.IGNORECASE,
)
#: Words with 呢 that ask by themselves.
_OWN = re.compile(
    r"怎么|什么|啥|哪|几|多少|谁|为|吗|人|主播|客服|干嘛|做|在|还|没|都|我|你"
)
#: What tells with 呢 at its end instead of asking, and whom rooms talk to.
_TELLS = re.compile(
    r"^(?:好(?!的那)|真|挺|可(?!以)|太|还(?!有)|早|才|刚|正|想|要|不|没|谢|是|对|行|嗯|就|算|喜欢|知道|"
    r"收到|开心|便宜(?!的)|贵|漂亮|可以|下单|拍|买)|[着了过到]$|好看|不错|喜欢|[们妹姐哥弟宝粉]$|家人"
)
_CALLS = re.compile(
    r"怎么|什么|啥|哪|几|多少|谁|为什|吗|^人$|主播|客服|干嘛|老板|运营|我|你|他|她"
)
_ASKED_ON = re.compile(
    r"^\s*(?:那么?|然后)?[\s，,]*(.{1,8}?)\s*(?:呢|呐|捏|嘞)[\s?？!！~～。]*$"
)
_ASKED_ON_IN_ENGLISH = re.compile(
    r"^(?:and |so )?(?:what|how) about .|^(?:and|or) (?!(?:you|u|what|why|then|how)\b).{2,24}\?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A viewer's last question: its words, what answered it, which products it was about.

    Without words it is no question: they only named a product. ``unknown``: the link numbers they
    named that the shop doesn't have. ``offers`` are the questions the assistant offered instead of
    an answer, and ``shown`` is what was on screen then, where they named nothing. ``body`` is the
    line that told their height and weight, or a size's question that did.
    """

    at: datetime
    text: str
    entry: FaqId | None = None
    products: tuple[ProductId, ...] = ()
    unknown: tuple[int, ...] = ()
    shown: tuple[ProductId, ...] = ()
    offers: tuple[Offer, ...] = ()
    body: str = ""

    @property
    def is_mere_naming(self) -> bool:
        """Whether they only named a product, or told a body: what asks nothing can't lean on that."""
        return not self.text and not self.offers


class Turns:
    """Each viewer's last turn, while it is carried; never anybody else's."""

    def __init__(self, kept: int = VIEWERS_KEPT) -> None:
        self._kept = kept
        self._last: OrderedDict[ViewerKey, Turn] = OrderedDict()

    def of(self, viewer: ViewerKey, at: datetime) -> Turn | None:
        """The viewer's last turn, if it is still carried at *at*."""
        turn = self._last.get(viewer)
        if turn is None:
            return None
        if at - turn.at > CARRIED:
            del self._last[viewer]
            return None
        return turn

    def keep(self, viewer: ViewerKey, turn: Turn) -> None:
        """Carry a viewer's newest turn."""
        self._last.pop(viewer, None)
        self._last[viewer] = turn
        if len(self._last) > self._kept:
            self._last.popitem(last=False)

    def forget(self, viewer: ViewerKey) -> None:
        """Carry nothing for this viewer any more."""
        self._last.pop(viewer, None)

    def __contains__(self, viewer: object) -> bool:
        return viewer in self._last

    def __len__(self) -> int:
        return len(self._last)


def leaning(text: str) -> str | None:
    """What a short line asks "and X?" about ("那XL呢", "白色呢"); None: it stands by itself."""
    if len(text) > _SHORT and not text.isascii():
        return None
    found = _THEN.match(text) or _LED.match(text)
    if found is None:
        return None
    word = found.group(1).strip().removesuffix("的")
    return None if not word or _OWN.search(word) else word


def asks_on(text: str) -> bool:
    """Whether a short line asks for one thing more, whatever that is (那上海呢, 个人的呢).

    Who was just answered asks the shop by it; what tells (早着呢) or calls somebody (主播呢) doesn't.
    """
    if _ASKED_ON_IN_ENGLISH.match(text) is not None:
        return True
    found = _ASKED_ON.match(text)
    if found is None:
        return False
    word = found[1].strip()
    return bool(word) and _TELLS.search(word) is None and not _CALLS.search(word)


def in_place(question: str, word: str) -> str | None:
    """*question* asked of *word*: a size or colour in place of its own, or before it."""
    for kind in (SIZE, COLOUR):
        said = kind.fullmatch(word)
        if said is not None:
            if kind is COLOUR and not word.endswith("色"):
                word = f"{word[0]}色"  # 黑的呢
            if kind.search(question) is not None:
                return kind.sub(word, question, count=1)
            return f"{word}{question}"
    return None


def takes_others_place(text: str, turn: Turn) -> bool:
    """Whether a line names a size or colour in place of another that was asked about: 黑色呢."""
    word = leaning(text)
    return word is not None and any(
        kind.fullmatch(word) and kind.search(turn.text) for kind in (SIZE, COLOUR)
    )


def fits_place(word: str, phrasing: str) -> bool:
    """Whether *phrasing* is about a size or colour as *word* is: 白色 has no place in 运费多少."""
    return any(
        kind.fullmatch(word) and kind.search(phrasing) for kind in (SIZE, COLOUR)
    )


def is_only_pointing(text: str, slots: Slots, names: tuple[str, ...]) -> bool:
    """Whether a line does nothing but point at products: "3号", "那卫衣呢", "3号和5号呢"."""
    rest = slots.rest_text if slots.links else text
    for name in names:
        rest = rest.replace(name, "")
    return not re.sub(
        r"那|呢|呐|捏|的|和|跟|与|链接|这个|款|what about|how about|and",
        "",
        normalise(rest),
    )


def as_topic(word: str) -> Iterator[str]:
    """Ways to ask about a bare topic: "那运费呢" is 运费, or 运费多少."""
    yield word
    yield f"{word}呢"
    yield f"{word}多少"
    yield f"有{word}吗"
