"""Clarifying: asking a viewer which question or product was meant, and hearing the choice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from streambot.domain.actions import Action
from streambot.domain.asking import Asked
from streambot.domain.decision import DecisionKind
from streambot.domain.events import ViewerSpoke
from streambot.domain.evidence import Evidence
from streambot.domain.faq.context import Turn
from streambot.domain.faq.entry import FaqEntry, Visibility
from streambot.domain.faq.match import Candidate, FaqMatch
from streambot.domain.faq.offers import Offer
from streambot.domain.memory import RoomMemory
from streambot.domain.policy import SessionPolicy
from streambot.domain.product import Product
from streambot.domain.reply import ReplyKind
from streambot.domain.room import Capability
from streambot.domain.understanding import Understanding
from streambot.domain.verdicts import Verdicts
from streambot.domain.viewer import ViewerKey

#: A viewer is asked "did you mean" at most this often.
_CLARIFY_AGAIN = timedelta(seconds=60)
#: Code points of a "did you mean" that with a name still makes one line of 40.
_SUGGESTIONS_FIT = 30
#: Suggestions are at least so likely, compared with the best of them.
_WORTH_ASKING = 0.25
_MOST = 3
#: A phrasing longer than this gives way to a shorter one of its entry.
_LONG = 8


class Clarifying:
    """Asks back, in private where the room allows it."""

    def __init__(
        self, policy: SessionPolicy, memory: RoomMemory, verdicts: Verdicts
    ) -> None:
        self._policy = policy
        self._memory = memory
        self._verdicts = verdicts

    def may_ask(self, viewer: ViewerKey, at: datetime) -> bool:
        """Whether this viewer may be asked "did you mean" again."""
        before = self._memory.clarified_at.get(viewer)
        return before is None or at - before >= _CLARIFY_AGAIN

    def ask(
        self,
        lines: Sequence[ViewerSpoke],
        asked: Asked,
        understanding: Understanding,
        at: datetime,
    ) -> Iterator[Action]:
        """Ask which of up to three questions was meant."""
        match = asked.match
        english = _is_english(match, understanding)
        offers = [
            Offer(entry=each.entry, words=_words(each, understanding))
            for each in match.candidates[:_MOST]
            if each.veto is None and each.score >= match.score * _WORTH_ASKING
        ]
        while (
            len(offers) > 1 and len(_did_you_mean(offers, english)) > _SUGGESTIONS_FIT
        ):
            offers.pop()
        text = _did_you_mean(offers, english)
        yield from self._ask(lines, text, offers, asked, at, words=lines[0].text)

    def ask_which(
        self,
        lines: Sequence[ViewerSpoke],
        entry: FaqEntry,
        products: Sequence[Product],
        asked: Asked,
        at: datetime,
    ) -> Iterator[Action]:
        """Ask which product was meant, where the answers for all of them don't fit."""
        offers = [
            Offer(entry=entry.id, words=_short(each), product=each.id, link=each.link)
            for each in products[:_MOST]
        ]
        text = f"您想先了解哪个：{'、'.join(each.words for each in offers)}？"
        yield from self._ask(lines, text, offers, asked, at, words=asked.text)

    def _ask(
        self,
        lines: Sequence[ViewerSpoke],
        text: str,
        offers: Sequence[Offer],
        asked: Asked,
        at: datetime,
        *,
        words: str,
    ) -> Iterator[Action]:
        line, match, about = lines[0], asked.match, asked.about
        private = Capability.PRIVATE in self._memory.capabilities
        reply = self._verdicts.reply(
            line,
            ReplyKind.CLARIFY,
            text,
            at,
            at + self._policy.clarify_life,
            visibility=Visibility.PRIVATE if private else Visibility.PUBLIC,
        )
        self._memory.clarified_at[line.viewer.key] = at
        products = tuple(each.id for each in about.products)
        named = about.explicit or about.carried
        self._memory.turns.keep(
            line.viewer.key,
            Turn(
                at=at,
                text=words,
                products=products if named else (),
                unknown=about.unknown,
                shown=() if named else products,
                offers=tuple(offers),
            ),
        )
        yield self._verdicts.owe(reply)
        evidence: tuple[Evidence, ...] = match.evidence
        yield from self._verdicts.decided(
            lines,
            DecisionKind.CLARIFY,
            reply,
            at,
            score=match.score,
            reason=match.reason,
            evidence=evidence,
        )


def _is_english(match: FaqMatch, understanding: Understanding) -> bool:
    """Whether what is offered first is an English entry."""
    best = next((each for each in match.candidates if each.veto is None), None)
    entry = None if best is None else understanding.entries.get(best.entry)
    return entry is not None and entry.language == "en"


def _words(candidate: Candidate, understanding: Understanding) -> str:
    """The question as it is offered: as it was met, or its entry's shortest where that is long."""
    phrasing = candidate.phrasing
    entry = understanding.entries.get(candidate.entry)
    if entry is None or len(phrasing) <= _LONG:
        return phrasing
    return min((phrasing, *entry.questions), key=len)


def _short(product: Product) -> str:
    return f"{product.link}号" if product.link is not None else product.name


def _did_you_mean(offers: Sequence[Offer], english: bool) -> str:
    if len(offers) == 1:
        words = offers[0].words
        return f"Did you mean “{words}”?" if english else f"您想问的是“{words}”？"
    numbered = "".join(f"{'①②③'[n]}{each.words}" for n, each in enumerate(offers))
    return f"Did you mean {numbered}?" if english else f"您想问{numbered}？回数字就行"
