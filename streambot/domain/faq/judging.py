"""Judge: the candidates for one line, best first, each with its confidence and its veto."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from math import inf

import msgspec
from msgspec.structs import replace
from rapidfuzz.fuzz import ratio

from streambot.domain.faq.confidence import pull, shop_matter, with_vetoes
from streambot.domain.faq.cues import is_vague
from streambot.domain.faq.english_frame import frame_of, names_something
from streambot.domain.faq.entry import FaqId
from streambot.domain.faq.heard import Heard
from streambot.domain.faq.likeness import Likeness
from streambot.domain.faq.match import Candidate
from streambot.domain.faq.measures import Asked, line_measures
from streambot.domain.faq.prepared import PreparedBook
from streambot.domain.faq.ranking import Ranked, line_encoded, rank
from streambot.domain.faq.weights import FIRST, SECOND
from streambot.domain.faq.which_link import names_link
from streambot.domain.product import ProductId

#: A merchant's keyword in a short line, owned by one entry.
_KEYWORD, _KEYWORD_EXTRA = 0.80, 6
#: What a line may say beside a keyword and still say nothing else.
_NOTHING_ELSE = re.compile("[吗呢么吧啊呀哦嘛的了是有多少几怎样什啥哪里 ]*")
#: A line that says more is asked back about, unless the entry alone is at least so likely and no
#: other is likelier.
_KEYWORD_ALONE = 0.5
#: A phrasing that must not match, met this closely, forbids its entry.
_FORBIDDEN = 88.0
#: Between these a bare word is asked back about, whichever entry is the nearest.
_ASKS, _ASKS_STILL = 0.30, 0.60
#: The confidence of what is hardly alike, by how alike it is.
_HARDLY = 0.01
#: Candidates that are told of: as many as anybody looks at.
_SHOWN, _SHOWN_VETOED = 5, 2
#: A bare word that stands for a concept is so likely the shop's matter.
_SHOP_WORD = 0.5
_NO_NAMES: frozenset[str] = frozenset()


class Judged(msgspec.Struct, frozen=True):
    """The candidates, vetoed ones last, and how surely the line is the shop's matter."""

    candidates: tuple[Candidate, ...]
    shop: float


class Judge:
    """Judges lines by one prepared book."""

    def __init__(self, book: PreparedBook) -> None:
        self._book = book
        self._frame = frame_of(book.index)
        self._longest = _KEYWORD_EXTRA + max(map(len, book.keywords), default=0)

    def judge(
        self,
        heard: Heard,
        at: datetime | None = None,
        product: ProductId | None = None,
        likeness: Likeness | None = None,
        *,
        at_least: float = -inf,
    ) -> Judged:
        """Every candidate for a line that is worth a close look.

        Where no phrasing is *at_least* so much alike at a coarse look, there is none.
        """
        book, weights = self._book, FIRST if likeness is None else SECOND
        plain = heard.plain
        asked = Asked(heard.forms, book.index)
        ranked = rank(book, asked, likeness, talks=heard.talks, at_least=at_least)
        if not ranked and at_least > -inf:
            return Judged((), 0.0)
        about = self._names_of(product)
        if ranked and not ranked[0].measures:
            return self._hopeless(ranked, heard)
        measures = [each.measures for each in ranked]
        line = line_measures(asked, measures, book.index, heard.asks)
        if likeness is not None:
            line.extend(line_encoded(likeness))
        vetoes = [self._veto(each, plain, at, about) for each in ranked]
        none = pull(weights.none, line)
        pulls = [pull(weights.entry, each) for each in measures]
        scores = with_vetoes(pulls, none, vetoes)
        found: dict[FaqId, Candidate] = {}
        for place in _shown(scores, vetoes):
            phrasing = book.phrasings[ranked[place].phrasing]
            exact = book.exact.get(plain) == phrasing.entry
            found[phrasing.entry] = Candidate(
                entry=phrasing.entry,
                score=1.0 if exact else scores[place],
                phrasing=phrasing.question,
                veto=vetoes[place],
                plain=phrasing.plain,
                measures=measures[place],
                pull=pulls[place] - none,
            )
        if is_vague(plain) and plain not in book.exact:
            found = {
                entry: replace(each, score=min(each.score, _ASKS_STILL))
                for entry, each in found.items()
            }
        bare = heard.is_bare and bool(asked.concepts or asked.signs.sides)
        if bare:
            found = self._barely(found, plain)
        self._raise_keyed(found, plain, at, about)
        shop = shop_matter(weights, line)
        if asked.latin and not names_something(asked.content, self._frame, book.index):
            shop = 0.0
        if bare:
            shop = max(shop, _SHOP_WORD)
        return Judged(self._in_order(found.values()), shop)

    def _hopeless(self, ranked: Sequence[Ranked], heard: Heard) -> Judged:
        """The nearest of a line that asks for none of them."""
        found: dict[FaqId, Candidate] = {}
        for each in ranked:
            phrasing = self._book.phrasings[each.phrasing]
            found[phrasing.entry] = Candidate(
                entry=phrasing.entry,
                score=round(_HARDLY * max(each.coarse, 0.0), 6),
                phrasing=phrasing.question,
                veto=each.contradicted,
                plain=phrasing.plain,
            )
        self._raise_keyed(found, heard.plain, None, _NO_NAMES)
        return Judged(self._in_order(found.values()), 0.0)

    def bridged(
        self, judged: Judged, heard: Heard, entry: FaqId, confidence: float
    ) -> Judged:
        """*judged*, where a pack's intent leads from the line to *entry* as well.

        An intent says nothing of goods: what the entry never speaks of it leads nowhere.
        """
        if self._book.is_other_side(entry, heard.forms.signs):
            return judged
        known = {each.entry: each for each in judged.candidates}
        candidate = known.get(entry) or self._uncompared(entry)
        score = max(candidate.score, confidence)
        known[entry] = replace(candidate, score=score)
        others = max(1e-9, 1.0 - candidate.score)
        for other, each in known.items():  # what the entry wins, the others lose
            if other != entry:
                known[other] = replace(each, score=each.score * (1 - score) / others)
        return Judged(self._in_order(known.values()), judged.shop)

    def _barely(
        self, found: Mapping[FaqId, Candidate], plain: str
    ) -> dict[FaqId, Candidate]:
        """A word that several entries are about asks back; one that owns it may answer."""
        owners = self._book.about(plain)
        if plain in self._book.exact or len(owners) < 2:
            return dict(found)
        return {
            entry: replace(each, score=min(max(each.score, _ASKS), _ASKS_STILL))
            if entry in owners
            else replace(each, score=min(each.score, _ASKS_STILL))
            for entry, each in found.items()
        }

    def keyed(self, plain: str) -> tuple[FaqId, str] | None:
        """The entry of which a short line holds a keyword, and the word; none of several."""
        if len(plain) > self._longest:
            return None
        hits: dict[FaqId, str] = {}
        for keyword, owners in self._book.keywords.items():
            if keyword in plain and len(plain) <= len(keyword) + _KEYWORD_EXTRA:
                for owner in owners:
                    hits[owner] = max(hits.get(owner, ""), keyword, key=len)
        return hits.popitem() if len(hits) == 1 else None

    def _raise_keyed(
        self,
        found: dict[FaqId, Candidate],
        plain: str,
        at: datetime | None,
        about: frozenset[str],
    ) -> None:
        """Make the entry whose keyword the line holds as sure as that makes it.

        What says more than the keyword may be about something else: 快递丢了 doesn't ask by which
        courier, nor 新疆包邮吗 what another entry tells of 西藏.
        """
        keyed = self.keyed(plain)
        if keyed is None:
            return
        entry, word = keyed
        known = found.get(entry)
        if known is None:
            veto = self._unmet(entry, plain, at, about) or self._forbids(entry, plain)
            known = replace(self._uncompared(entry), veto=veto)
        score = _KEYWORD
        if _NOTHING_ELSE.fullmatch(plain.replace(word, "", 1)) is None:
            free = (each.score for each in found.values() if each.veto is None)
            beaten = max(free, default=0.0) > known.score
            if beaten or known.alone < _KEYWORD_ALONE:
                score = _ASKS_STILL
        if known.score < score:
            known = replace(known, score=score, keyed=True)
        found[entry] = known

    def _uncompared(self, entry: FaqId) -> Candidate:
        """An entry that nothing of the line itself led to."""
        question = self._book.entries[entry].questions[0]
        plain = self._book.canon(question)
        return Candidate(entry=entry, score=0.0, phrasing=question, plain=plain)

    def _in_order(self, candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
        """Best first; a merchant's priority breaks ties only."""
        entries = self._book.entries
        ranked = sorted(
            candidates,
            key=lambda each: (
                each.veto is not None,
                -each.score,
                -entries[each.entry].priority,
                each.entry,
            ),
        )
        return tuple(ranked)

    def _veto(
        self, each: Ranked, plain: str, at: datetime | None, about: frozenset[str]
    ) -> str | None:
        entry = self._book.phrasings[each.phrasing].entry
        unmet = self._unmet(entry, plain, at, about)
        return unmet or each.contradicted or self._against(entry, plain)

    def _against(self, entry: FaqId, plain: str) -> str | None:
        """What speaks against *entry* whichever of its phrasings is near."""
        return (
            self._located(entry, plain)
            or self._book.prices.against(entry, plain)
            or self._book.aspects.against(entry, plain)
            or self._of_others(entry, plain)
            or self._forbids(entry, plain)
        )

    def named(
        self,
        entry: FaqId,
        heard: Heard,
        at: datetime | None,
        product: ProductId | None,
    ) -> Candidate:
        """*entry*, to which nothing but its answer leads, with what forbids it."""
        other_side = self._book.is_other_side(entry, heard.forms.signs)
        veto = (
            self._unmet(entry, heard.plain, at, self._names_of(product))
            or ("exclusive" if other_side else None)
            or self._against(entry, heard.plain)
        )
        return replace(self._uncompared(entry), veto=veto)

    def _names_of(self, product: ProductId | None) -> frozenset[str]:
        """By what an entry may name *product*."""
        return self._book.products.get(product, _NO_NAMES) if product else _NO_NAMES

    def _unmet(
        self, entry: FaqId, plain: str, at: datetime | None, about: frozenset[str]
    ) -> str | None:
        demands = self._book.demands.get(entry)
        return None if demands is None else demands.unmet(plain, at, about)

    def _located(self, entry: FaqId, plain: str) -> str | None:
        """A line that names its link doesn't ask which it is."""
        if entry in self._book.locators and names_link(plain):
            return "link"
        return None

    def _of_others(self, entry: FaqId, plain: str) -> str | None:
        """A line that asks of goods the book never names isn't told what is true of its own."""
        if self._book.frames.names_others(entry, plain):
            return "other_goods"
        return None

    def _forbids(self, entry: FaqId, plain: str) -> str | None:
        for forbidden in self._book.forbidden.get(entry, ()):
            if ratio(plain, forbidden) >= _FORBIDDEN:
                return "not_question"
        return None


def _shown(scores: Sequence[float], vetoes: Sequence[str | None]) -> list[int]:
    """The places of the candidates that are made: the best, and the best of the vetoed."""
    places = sorted(range(len(scores)), key=lambda place: -scores[place])
    free = [place for place in places if vetoes[place] is None]
    vetoed = [place for place in places if vetoes[place] is not None]
    return [*free[:_SHOWN], *vetoed[:_SHOWN_VETOED]]
