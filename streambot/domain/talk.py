"""Talk: lines that are settled before the book is asked - choices, bodies, and "已拍"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from streambot.domain.actions import Action, MemoryKind, Remember
from streambot.domain.answering import SIZE_TABLE, Answering
from streambot.domain.asking import Asked, Heard
from streambot.domain.decision import DecisionKind, IgnoreReason
from streambot.domain.events import ViewerSpoke
from streambot.domain.faq.context import Turn, is_only_pointing
from streambot.domain.faq.entry import FaqId
from streambot.domain.faq.match import FaqMatch, Outcome
from streambot.domain.faq.normalise import normalise
from streambot.domain.faq.offers import Offer, Refused, choice
from streambot.domain.faq.question_form import reports_purchase
from streambot.domain.faq.slots import Slots
from streambot.domain.memory import RoomMemory
from streambot.domain.policy import SessionPolicy
from streambot.domain.product import Product
from streambot.domain.reply import ReplyKind
from streambot.domain.shelf import Pointed, Shelf
from streambot.domain.sizes import (
    SizeAdvice,
    advise,
    advise_all,
    asks_for_body,
    asks_size,
    tells_body,
)
from streambot.domain.ticket import Reason
from streambot.domain.understanding import Understanding
from streambot.domain.verdicts import Verdicts

#: What a buyer who says so is thanked under.
BOUGHT = "bought"
#: Buyers are thanked at most this often; whoever waits for the line shares it.
_THANK_AGAIN = timedelta(seconds=20)
#: A question of sizes, however it is put: 有大码吗, 偏码吗.
_OF_SIZES = re.compile(
    "[大小选尺加偏正均]码|码数|偏[大小]|[xX][lL]码?|sizes?|runs? (?:small|large|big|true)"
)
_THANKS = "感谢您的支持～"
_THANKS_WITH_ORDERS = "感谢支持，订单进度随时可以问我～"


class Talk:
    """Settles what a viewer's line means by itself or after what was said before it."""

    def __init__(
        self,
        policy: SessionPolicy,
        memory: RoomMemory,
        verdicts: Verdicts,
        answering: Answering,
    ) -> None:
        self._policy = policy
        self._memory = memory
        self._verdicts = verdicts
        self._answering = answering

    def settle(
        self,
        lines: Sequence[ViewerSpoke],
        heard: Heard,
        understanding: Understanding,
        at: datetime,
    ) -> Iterator[Action] | None:
        """What a line leads to; None: the book is to be asked."""
        if heard.plain:
            return None
        turn, text, line = heard.turn, heard.text, lines[-1]
        if turn is not None and turn.offers and line.received_at > turn.at:
            picked = choice(line.text, turn.offers)
            if picked is not None:
                return self._chosen(lines, picked, turn, understanding, at)
        advised = self._advised(lines, heard, understanding, at)
        if advised is not None:
            return advised
        self._note_pointing(line, heard, at)
        self._note_body(line, heard, at)
        bought = _reports_purchase(heard, understanding.shelf)
        if bought and not _is_in_book(text, understanding, at):
            return self._thank_buyer(lines, at)
        return None

    def _note_pointing(self, line: ViewerSpoke, heard: Heard, at: datetime) -> None:
        """Let the question that follows be about what a line names, whatever becomes of it.

        What 这个 means is soon another, unless the line says nothing else.
        """
        text, slots, about, turn, _ = heard
        if not about.explicit or not (about.products or about.unknown):
            return
        if about.pointing and not is_only_pointing(text, slots, about.named):
            return
        turn = replace(
            turn or Turn(at=at, text=""),
            at=at,
            products=tuple(product.id for product in about.products),
            unknown=about.unknown,
        )
        self._memory.turns.keep(line.viewer.key, turn)

    def _note_body(self, line: ViewerSpoke, heard: Heard, at: datetime) -> None:
        """Let the question of size that follows be about the body a line tells."""
        slots, turn = heard.slots, heard.turn or Turn(at=at, text="")
        if (slots.heights or slots.weights) and tells_body(heard.text, slots):
            self._memory.turns.keep(line.viewer.key, replace(turn, body=heard.text))

    def _chosen(
        self,
        lines: Sequence[ViewerSpoke],
        picked: Offer | Refused,
        turn: Turn,
        understanding: Understanding,
        at: datetime,
    ) -> Iterator[Action] | None:
        """Answer the question that was picked; who meant none of them gets a person."""
        viewer = lines[-1].viewer.key
        if isinstance(picked, Refused):
            self._memory.turns.forget(viewer)
            return self._verdicts.hand_off(
                lines, Reason.UNMATCHED, (), at, key=f"text:{normalise(turn.text)}"
            )
        if picked.entry not in understanding.entries:
            return None  # the book changed meanwhile
        shelf = understanding.shelf
        product = shelf.product(picked.product)
        match = FaqMatch(
            outcome=Outcome.ANSWER, score=1.0, entry=picked.entry, reason="picked"
        )
        about = (
            Pointed(products=(product,), explicit=True)
            if product is not None
            else _meant(turn, shelf)
        )
        words = turn.text if product is not None else picked.words
        asked = Asked(text=words, match=match, about=about)
        return self._answering.answer(lines, match, understanding, at, asked)

    def _advised(
        self,
        lines: Sequence[ViewerSpoke],
        heard: Heard,
        understanding: Understanding,
        at: datetime,
    ) -> Iterator[Action] | None:
        """A size for the body in the line, or for one told before and a product named now."""
        text, slots, about, turn, _ = heard
        question, asked = text, False
        if turn is not None and turn.entry == SIZE_TABLE and about.explicit:
            if is_only_pointing(text, slots, about.named):
                question, slots, asked = turn.body, Slots(), True
        elif turn is not None and turn.body and _asks_for_same(text):
            question, slots, asked = turn.body, Slots(), True
        else:
            asked = awaits_body(turn, understanding)
        found = _sizes(question, slots, about, understanding, asked=asked)
        if not found:
            return None
        words = f"{turn.text} {text}".strip() if asked and turn is not None else text
        named = about.products if about.explicit or about.carried else ()
        self._memory.turns.keep(
            lines[-1].viewer.key,
            Turn(
                at=at,
                text=words,
                entry=SIZE_TABLE,
                products=tuple(product.id for product in named),
                body=question,
            ),
        )
        return self._answering.advise_size(lines, found, at)

    def _thank_buyer(
        self, lines: Sequence[ViewerSpoke], at: datetime
    ) -> Iterator[Action]:
        """Thank who bought; buyers often come in crowds, so not each by themselves."""
        memory = self._memory
        said = memory.said_at.get(BOUGHT)
        if said is not None and at - said < _THANK_AGAIN and not memory.is_owed(BOUGHT):
            yield from self._verdicts.ignore(
                lines, IgnoreReason.COOLDOWN, at, entry=BOUGHT
            )
            return
        text = _THANKS_WITH_ORDERS if self._policy.has_orders else _THANKS
        reply = self._verdicts.reply(
            lines[0],
            ReplyKind.ANSWER,
            text,
            at,
            at + self._policy.answer_life,
            merge_key=f"{BOUGHT}\n{text}",
        )
        memory.said_at[BOUGHT] = at
        memory.owe(reply.out_id, (BOUGHT,))
        yield self._verdicts.owe(reply)
        yield Remember(memory=MemoryKind.COOLDOWN, key=BOUGHT, at=at)
        yield from self._verdicts.decided(
            lines, DecisionKind.ANSWER, reply, at, entry=BOUGHT, score=1.0
        )


def awaits_body(turn: Turn | None, understanding: Understanding) -> bool:
    """Whether what a viewer asked, or was answered, makes their next figures their body."""
    if turn is None:
        return False
    if _asks_of_sizes(turn.text):
        return True
    entry = understanding.entries.get(turn.entry or FaqId(""))
    return entry is not None and asks_for_body(entry.answers)


def _asks_for_same(text: str) -> bool:
    """Whether a line asks for a size and tells no body of its own: 我妈130穿什么码 does."""
    return _asks_of_sizes(text) and not any(map(str.isdigit, text))


def _asks_of_sizes(text: str) -> bool:
    return _OF_SIZES.search(text) is not None or asks_size(text) is not None


def _meant(turn: Turn, shelf: Shelf) -> Pointed:
    """What the question was about that got *turn*'s offers, whatever is on screen by now."""
    named = bool(turn.products or turn.unknown)
    products = map(shelf.product, turn.products if named else turn.shown)
    return Pointed(
        products=tuple(each for each in products if each is not None),
        explicit=named,
        unknown=turn.unknown,
    )


def _reports_purchase(heard: Heard, shelf: Shelf) -> bool:
    """Whether a line tells of something bought, and of nothing else but what that was."""
    if reports_purchase(heard.text):
        return True
    if not heard.about.explicit:
        return False
    rest = heard.slots.rest_text if heard.slots.links else heard.text
    return reports_purchase(shelf.without_names(rest))


def _is_in_book(text: str, understanding: Understanding, at: datetime) -> bool:
    """Whether the shop has an answer of its own for buyers who say so."""
    match = understanding.matcher.match(text, at=at)
    if match.outcome is not Outcome.ANSWER:
        return False
    return reports_purchase(match.candidates[0].phrasing)


def _sizes(
    text: str,
    slots: Slots,
    about: Pointed,
    understanding: Understanding,
    *,
    asked: bool,
) -> Sequence[tuple[Product, SizeAdvice]]:
    """Advice by the tables of the products meant, or by every table where none is."""
    own = slots if slots.any_at_all else None
    if about.unknown:
        return ()
    if not about.products and not about.explicit:
        products = understanding.shelf.catalogue.products
        return advise_all(text, products, own, asked=asked)
    advised = ((each, advise(text, each, own, asked=asked)) for each in about.products)
    return [(product, advice) for product, advice in advised if advice is not None]
