"""BookMatcher: which entry of a book a line asks for, how surely, and why.

A line is normalised; an inverted index finds the few phrasings that share its rarest character
pairs; each is compared closely (edit similarity, and the weight of what both share); the best
phrasing of each entry speaks for it; vetoes come before the threshold. The outcome:

* ``answer``: the first candidate reaches ``answer_at`` (or its entry's own threshold) and leads
  by ``margin``;
* ``clarify``: a question that reaches ``suggest_at``, or whose two best are too close;
* ``handoff``: an order or after-sale matter that nothing answers, or a call for a person;
* ``ignore``: all else.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Protocol

from rapidfuzz.fuzz import ratio as similarity

from streambot.domain.faq.confidence import confidence
from streambot.domain.faq.cues import (
    asks_for_person,
    concerns_order_or_after_sale,
    is_question,
    mentions_shop,
)
from streambot.domain.faq.entry import FaqBook, FaqId
from streambot.domain.faq.index import PhraseIndex, terms_of
from streambot.domain.faq.likeness import Likeness
from streambot.domain.faq.match import (
    ASKS_NOTHING_KNOWN,
    SAYS_NOTHING_KNOWN,
    Candidate,
    FaqMatch,
    MatchSettings,
    Outcome,
    evidence_for,
)
from streambot.domain.faq.normalise import folded, normalise
from streambot.domain.faq.vetoes import Contradictions, Demands
from streambot.domain.product import ProductId

__all__ = [
    "BookMatcher",
    "MatchSettings",
    "Matcher",
    "asks_for_person",
    "concerns_order_or_after_sale",
    "is_question",
    "mentions_shop",
]

#: A merchant's keyword in a short line, owned by one entry.
_KEYWORD, _KEYWORD_EXTRA = 0.80, 6
#: Below this share of the line's weight nothing is compared closely.
_SHARED_ENOUGH = 0.12
#: A phrasing that must not match, met this closely, forbids its entry.
_FORBIDDEN = 88.0
_CANDIDATES = 5
#: Lines whose match is remembered.
_REMEMBERED = 512


class Matcher(Protocol):
    """Finds the entry a line asks for."""

    def match(
        self,
        text: str,
        *,
        at: datetime | None = None,
        product: ProductId | None = None,
    ) -> FaqMatch:
        """Judge one line alone."""
        ...

    @property
    def phrases(self) -> Sequence[str]:
        """Every phrase an encoder should know, normalised, each once."""
        ...

    def is_worth_a_look(self, match: FaqMatch) -> bool:
        """Whether an encoder's second look may change what *match* leads to."""
        ...

    def reconsider(
        self,
        text: str,
        likeness: Likeness,
        *,
        at: datetime | None = None,
        product: ProductId | None = None,
    ) -> FaqMatch:
        """Judge one line anew, now that an encoder has compared it with the phrases."""
        ...


class BookMatcher:
    """Matches lines against one book; immutable once built, so rooms may share it."""

    def __init__(self, book: FaqBook, settings: MatchSettings | None = None) -> None:
        self._settings = settings or MatchSettings()
        self._contradictions = Contradictions(book.exclusive)
        self._entries = {entry.id: entry for entry in book.entries}
        demands = {entry.id: Demands.of(entry) for entry in book.entries}
        self._demands = {
            entry: each for entry, each in demands.items() if each.any_at_all
        }
        self._names = {
            product.id: frozenset({str(product.id), str(product.link)})
            for product in book.catalogue.products
        }
        self._phrasings: list[tuple[FaqId, str, str]] = []
        self._exact: dict[str, FaqId] = {}
        self._keywords: dict[str, set[FaqId]] = {}
        self._forbidden: dict[FaqId, tuple[str, ...]] = {}
        for entry in book.entries:
            for question in entry.questions:
                plain = normalise(question)
                if plain:
                    self._phrasings.append((entry.id, question, plain))
                    self._exact.setdefault(plain, entry.id)
            for keyword in filter(None, map(normalise, entry.keywords)):
                self._keywords.setdefault(keyword, set()).add(entry.id)
            forbidden = tuple(filter(None, map(normalise, entry.not_questions)))
            if forbidden:
                self._forbidden[entry.id] = forbidden
        self._ages = any(entry.valid for entry in book.entries)
        # A room repeats itself: of its lines about one in four was just said.
        self._judged = lru_cache(maxsize=_REMEMBERED)(self._judge)
        self._longest_keyed = _KEYWORD_EXTRA + max(map(len, self._keywords), default=0)
        self._index = PhraseIndex([plain for _, _, plain in self._phrasings])
        self._signs = [
            self._contradictions.signs(plain) for _, _, plain in self._phrasings
        ]

    def match(
        self,
        text: str,
        *,
        at: datetime | None = None,
        product: ProductId | None = None,
    ) -> FaqMatch:
        """Judge one line alone; *at* decides validity, *product* the scope of entries."""
        return self._judged(text, at if self._ages else None, product)

    @property
    def phrases(self) -> Sequence[str]:
        """Every phrase an encoder should know, normalised, each once."""
        return tuple(self._exact)

    def is_worth_a_look(self, match: FaqMatch) -> bool:
        """Whether an encoder's second look may change what *match* leads to."""
        return match.score >= self._settings.suggest_at

    def reconsider(
        self,
        text: str,
        likeness: Likeness,
        *,
        at: datetime | None = None,
        product: ProductId | None = None,
    ) -> FaqMatch:
        """Judge one line anew, now that an encoder has compared it with the phrases."""
        return self.match(text, at=at, product=product)

    def _judge(
        self, text: str, at: datetime | None, product: ProductId | None
    ) -> FaqMatch:
        text, plain = folded(text), normalise(text)
        if not plain:
            asks = is_question(text)
            return FaqMatch(outcome=Outcome.IGNORE, reason="empty", question_like=asks)
        candidates = self._candidates(plain, at, product)
        asks = is_question(text)
        if not candidates:
            return self._unknown(text, asks, "no_candidate", ())
        best = candidates[0]
        if best.veto is not None:
            return self._unknown(text, asks, "vetoed", candidates)
        return self._decided(text, plain, asks, candidates)

    def _decided(
        self, text: str, plain: str, asks: bool, candidates: tuple[Candidate, ...]
    ) -> FaqMatch:
        best, settings = candidates[0], self._settings
        rival = candidates[1] if len(candidates) > 1 else None
        close = (
            rival is not None
            and rival.veto is None
            and best.score - rival.score < settings.margin
            and self._exact.get(plain) != best.entry
        )
        enough = self._entries[best.entry].threshold or settings.answer_at
        evidence = (evidence_for(text, best),)
        if best.score >= enough and not close:
            return FaqMatch(
                outcome=Outcome.ANSWER,
                score=best.score,
                entry=best.entry,
                candidates=candidates,
                reason="answered",
                question_like=asks,
                evidence=evidence,
            )
        if best.score >= settings.suggest_at and (asks or best.score >= enough):
            return FaqMatch(
                outcome=Outcome.CLARIFY,
                score=best.score,
                candidates=candidates,
                reason="margin" if best.score >= enough else "below_answer",
                question_like=asks,
                evidence=evidence,
            )
        return self._unknown(text, asks, "below_suggest", candidates)

    def _unknown(
        self, text: str, asks: bool, reason: str, candidates: tuple[Candidate, ...]
    ) -> FaqMatch:
        """Nothing answers: a person's matter, or nobody's."""
        found = asks_for_person(text) or concerns_order_or_after_sale(text)
        if found is None and not candidates:
            return ASKS_NOTHING_KNOWN if asks else SAYS_NOTHING_KNOWN
        return FaqMatch(
            outcome=Outcome.IGNORE if found is None else Outcome.HANDOFF,
            score=candidates[0].score if candidates else 0.0,
            candidates=candidates,
            reason=reason if found is None else found.rule,
            question_like=asks,
            evidence=() if found is None else (found,),
        )

    def _candidates(
        self, plain: str, at: datetime | None, product: ProductId | None
    ) -> tuple[Candidate, ...]:
        """The best phrasing of each entry, best first, vetoed ones last."""
        terms = terms_of(plain)
        keyed = self._keyword_hits(plain)
        if not keyed and self._index.is_foreign(terms, _SHARED_ENOUGH):
            return ()
        weight = self._index.weigh(terms)
        shared = self._index.closest(terms)
        if not keyed and max(shared.values()) < _SHARED_ENOUGH * weight:
            return ()
        best: dict[FaqId, Candidate] = {}
        line = self._contradictions.signs(plain)
        about = self._names.get(product, frozenset()) if product else frozenset()
        for number in shared:
            entry, question, phrasing = self._phrasings[number]
            score = self._score(plain, terms, weight, number, phrasing)
            if entry in keyed:
                score = max(score, _KEYWORD)
            known = best.get(entry)
            if known is not None and known.veto is None and score <= known.score:
                continue
            veto = (
                self._unmet(entry, plain, at, about)
                or self._contradictions.between(line, self._signs[number])
                or self._forbids(entry, plain)
            )
            if known is None or (veto is None, score) > (
                known.veto is None,
                known.score,
            ):
                best[entry] = Candidate(
                    entry=entry, score=score, phrasing=question, veto=veto
                )
        for entry in keyed - best.keys():
            best[entry] = self._by_keyword(entry, plain, at, about)
        return self._ranked(best.values())

    def _by_keyword(
        self, entry: FaqId, plain: str, at: datetime | None, about: frozenset[str]
    ) -> Candidate:
        veto = self._unmet(entry, plain, at, about)
        return Candidate(
            entry=entry,
            score=_KEYWORD,
            phrasing=self._entries[entry].questions[0],
            veto=veto or self._forbids(entry, plain),
        )

    def _ranked(self, candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
        """Best first; a merchant's priority breaks ties only."""
        ranked = sorted(
            candidates,
            key=lambda each: (
                each.veto is not None,
                -each.score,
                -self._entries[each.entry].priority,
                each.entry,
            ),
        )
        return tuple(ranked[:_CANDIDATES])

    def _keyword_hits(self, plain: str) -> set[FaqId]:
        """The one entry whose keyword a short line holds; none when several claim it."""
        hits: set[FaqId] = set()
        if len(plain) > self._longest_keyed:
            return hits
        for keyword, owners in self._keywords.items():
            if keyword in plain and len(plain) <= len(keyword) + _KEYWORD_EXTRA:
                hits |= owners
        return hits if len(hits) == 1 else set()

    def _unmet(
        self, entry: FaqId, plain: str, at: datetime | None, about: frozenset[str]
    ) -> str | None:
        demands = self._demands.get(entry)
        return None if demands is None else demands.unmet(plain, at, about)

    def _forbids(self, entry: FaqId, plain: str) -> str | None:
        for forbidden in self._forbidden.get(entry, ()):
            if similarity(plain, forbidden) >= _FORBIDDEN:
                return "not_question"
        return None

    def _score(
        self,
        plain: str,
        terms: frozenset[str],
        weight: float,
        number: int,
        phrasing: str,
    ) -> float:
        """Confidence in [0, 1] that the line asks what the phrasing asks."""
        if plain == phrasing:
            return 1.0
        common = self._index.common(terms, number)
        return confidence(
            similarity(plain, phrasing) / 100,
            common / weight,
            common / self._index.weights[number],
        )
