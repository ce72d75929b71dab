"""Deciding: from candidates to an outcome - answer, clarify, handoff or ignore."""

from __future__ import annotations

import math

import msgspec

from streambot.domain.evidence import Evidence
from streambot.domain.faq.asked_of_shop import (
    LIKE_TALK,
    sounds_asked,
    telling,
)
from streambot.domain.faq.calls import asks_for_person
from streambot.domain.faq.cues import concerns_order_or_after_sale, is_question
from streambot.domain.faq.english_frame import is_of_trade
from streambot.domain.faq.heard import Found, Heard
from streambot.domain.faq.match import (
    Candidate,
    FaqMatch,
    MatchSettings,
    Outcome,
    evidence_for,
)
from streambot.domain.faq.normalise import folded
from streambot.domain.faq.not_ours import WANTED
from streambot.domain.faq.pack import IntentKind
from streambot.domain.faq.prepared import PreparedBook
from streambot.domain.faq.reports import reports, tells_fault
from streambot.domain.faq.statements import merely_tells
from streambot.domain.faq.which_link import NAMED

#: What is so surely the shop's matter is a person's where the book has no answer; less is
#: enough behind a second look, which is seldom wrong about it: chatter passes no more often.
_PERSONS_AT, _PERSONS_LOOKED_AT = 0.88, 0.80
#: What shares much with the book is the shop's only if it doesn't sound like talk; of two lines
#: that do, the one nearer to the book still is. Measured, as the bounds above; in Latin lines
#: a single word of the book makes the match sure, so there the sound counts more.
_BOOK_COUNTS, _OURS = 1.5, 2.5
_BOOK_COUNTS_LATIN, _OURS_LATIN = 0.5, 2.0
#: Asked back rather than dropped: below this a statement isn't taken for a question.
_SHOP_AT = 0.5
#: A statement that sounds like talk must be so much like an entry to be asked back about.
_STATED_ALIKE = 0.60
#: A question so sure of an entry that something speaks against is a person's: 要手洗吗 where the
#: book only tells of machines.
_NEARLY = 0.70
_SHOWN = 8
#: Why a line is ignored that speaks of what an entry is asked, and asks nothing.
ONLY_TELLS = "only_tells"
#: From here on a line is a pack's question word for word, or nearly.
_LITERAL = 0.97
#: A statement must be so much surer than a question to be answered: most of them ask nothing.
_STATED = 0.10
#: A question needs to be so much less sure of an entry whose answer speaks of what it names.
_SPOKEN_OF = 0.15
#: How sure it is shown of such an entry that nothing else leads to.
_NAMED = 0.30


def decide(heard: Heard, found: Found, settings: MatchSettings) -> FaqMatch:
    """The outcome for one line."""
    book = heard.book
    best = next((each for each in found.candidates if each.veto is None), None)
    exact = best is not None and book.exact.get(heard.plain) == best.entry
    if found.not_ours is not None and not exact:
        wanted = found.not_ours == WANTED
        outcome = Outcome.HANDOFF if wanted else Outcome.IGNORE
        return _match(heard, found, outcome, found.not_ours)
    if best is not None and _answers(heard, best, found, settings):
        return _match(heard, found, Outcome.ANSWER, "answered")
    if found.intent is not None:
        if found.intent.kind is IntentKind.CHAT:
            return _match(heard, found, Outcome.IGNORE, "about_the_show")
        if heard.told is not None or not (heard.is_talk or heard.tells_done):
            return _match(heard, found, Outcome.HANDOFF, "known_question")
    if (
        best is not None
        and best.score >= settings.suggest_at
        and not _is_told(heard, best)
        and not _is_mere_talk(heard, best)
    ):
        if heard.meant or _may_ask(heard, found, best):
            return _asked_back(heard, found, best, settings)
    return _unanswered(heard, found)


def _may_ask(heard: Heard, found: Found, best: Candidate) -> bool:
    """Whether a statement may want to know something: not 明天要考试了, where 什么时候发货 is near."""
    if found.shop < _SHOP_AT:
        return False
    return not heard.tells_talk or best.score >= _STATED_ALIKE


def _asked_back(
    heard: Heard, found: Found, best: Candidate, settings: MatchSettings
) -> FaqMatch:
    """The match of a line that the best candidate doesn't answer: whoever reports a fault is heard."""
    if _is_reported(heard, best):
        hands_over = tells_fault(heard.text)
        outcome = Outcome.HANDOFF if hands_over else Outcome.CLARIFY
        return _match(heard, found, outcome, "reported")
    enough = best.score >= _needed(heard, best, settings)
    reason = "margin" if enough else "below_answer"
    return _match(heard, found, Outcome.CLARIFY, reason)


def nothing_left(asks: bool, reason: str) -> FaqMatch:
    """The match of a line of which nothing is left."""
    return FaqMatch(outcome=Outcome.IGNORE, reason=reason, question_like=asks)


def is_a_persons(text: str) -> Evidence | None:
    """The words by which a folded line is a person's matter, whatever the book says."""
    return asks_for_person(text) or concerns_order_or_after_sale(text)


def _answers(
    heard: Heard,
    best: Candidate,
    found: Found,
    settings: MatchSettings,
) -> bool:
    """Whether the best candidate is sure enough, and far enough ahead of the next.

    Where the pack knows the line as another question, a keyword's word doesn't count (尺码发错了
    asks for no size), nor does an entry that says which question it answers; and none is answered
    but in its own words that is put as in the pack: 红包什么时候发 is no 什么时候发货.
    """
    book = heard.book
    if _is_told(heard, best):
        return False
    candidates = found.candidates
    if book.exact.get(heard.plain) == best.entry:
        return best.score >= _enough(best, book, settings)
    if found.intent is not None:
        says_what = best.keyed or book.entries[best.entry].intent
        if says_what or found.intent_score >= _LITERAL:
            return False
    if best.score < _needed(heard, best, settings) or _is_reported(heard, best):
        return False
    others = (each for each in candidates if each is not best and each.veto is None)
    rival = next(others, None)
    return rival is None or best.score - rival.score >= settings.margin


def _is_told(heard: Heard, best: Candidate) -> bool:
    """Whether a line only tells of what an entry is asked: 橙子很甜 is no 橙子甜吗."""
    if heard.meant or heard.book.exact.get(heard.plain) == best.entry:
        return False
    if not merely_tells(heard.text):
        return False
    return not any(map(merely_tells, heard.book.entries[best.entry].questions))


def _is_mere_talk(heard: Heard, best: Candidate) -> bool:
    """Whether a question sounds like talk (主播什么星座) and its nearest phrasing like a shop's."""
    return heard.is_talk and sounds_asked(folded(best.phrasing)) > 0


def _is_reported(heard: Heard, best: Candidate) -> bool:
    """Whether a line only reports what an entry is asked, and no merchant wrote it such lines."""
    if heard.meant or not reports(heard.text):
        return False
    questions = heard.book.entries[best.entry].questions
    return not any(reports(each) and not is_question(each) for each in questions)


def _needed(heard: Heard, best: Candidate, settings: MatchSettings) -> float:
    """How sure an entry must be of this line to answer it."""
    more = 0.0 if heard.meant else _STATED
    if heard.asks and best.entry in heard.in_answers:
        more = -_SPOKEN_OF
    return min(_enough(best, heard.book, settings) + more, 1.0)


def _enough(best: Candidate, book: PreparedBook, settings: MatchSettings) -> float:
    return book.entries[best.entry].threshold or settings.answer_at


def _is_of_trade(heard: Heard, found: Found) -> bool:
    """Whether a question is a shop's by an English word, or speaks of goods at hand (这件)."""
    if is_of_trade(heard.plain):
        return True
    return found.shop >= _SHOP_AT and heard.is_of_goods_at_hand


def _is_surely_ours(heard: Heard, found: Found) -> bool:
    """Whether a line is the shop's matter by what it shares with the book, and by how it sounds."""
    surely = _PERSONS_LOOKED_AT if found.looked_again else _PERSONS_AT
    if found.shop < surely or heard.tells_talk:
        return False
    odds = math.log(found.shop / max(1 - found.shop, 1e-9))
    if heard.text.isascii():
        return heard.sounds + _BOOK_COUNTS_LATIN * odds > _OURS_LATIN
    return heard.sounds + _BOOK_COUNTS * odds > _OURS


def _unanswered(heard: Heard, found: Found) -> FaqMatch:
    """Nothing answers: a person's matter, or nobody's."""
    cue = is_a_persons(heard.text)
    if cue is not None:
        return _handed_over(heard, found, cue.rule, cue)
    first = found.candidates[0] if found.candidates else None
    if first is not None and _is_told(heard, first):
        return _match(heard, found, Outcome.IGNORE, ONLY_TELLS)
    if heard.asks:
        asked = _named_in_answer(heard, found) or _asked_of_any_shop(heard, found)
        if asked is not None:
            return asked
    names_link = any(each.veto == NAMED for each in found.candidates)
    if _is_surely_ours(heard, found) and (heard.asks or not names_link):
        return _match(heard, found, Outcome.HANDOFF, "shop_matter")
    if first is None:  # today: others may be valid tomorrow
        return _match(heard, found, Outcome.IGNORE, "no_candidate")
    vetoed = first.veto is not None
    if vetoed and heard.meant and first.score >= _NEARLY:
        return _match(heard, found, Outcome.HANDOFF, "vetoed")
    return _match(heard, found, Outcome.IGNORE, "vetoed" if vetoed else "below_suggest")


def _named_in_answer(heard: Heard, found: Found) -> FaqMatch | None:
    """The match of a question that names what one entry's answer speaks of: 是贡缎的吗."""
    if heard.sounds <= LIKE_TALK:
        return None
    named = found.named()
    if named is None or named.veto is not None:
        return None
    entry = named.entry
    known = next((each for each in found.candidates if each.entry == entry), named)
    if known.veto is not None:
        return None
    sure = msgspec.structs.replace(known, score=max(known.score, _NAMED))
    others = tuple(each for each in found.candidates if each.entry != entry)
    found = msgspec.structs.replace(found, candidates=(sure, *others))
    match = _match(heard, found, Outcome.CLARIFY, "in_answer")
    word = heard.named_in(entry)
    return match if word is None else msgspec.structs.replace(match, evidence=(word,))


def _asked_of_any_shop(heard: Heard, found: Found) -> FaqMatch | None:
    """The match of a question that only a shop is asked, whatever its book knows."""
    words = heard.book.shop_words.seen_in(heard.text)
    if words is None and heard.is_asked_of_shops:
        words = telling(heard.text)
    if words is not None:
        return _handed_over(heard, found, "shop_matter", words)
    if _is_of_trade(heard, found):
        return _match(heard, found, Outcome.HANDOFF, "shop_matter")
    return None


def _handed_over(heard: Heard, found: Found, reason: str, words: Evidence) -> FaqMatch:
    """The match of a line that is a person's by its *words*."""
    match = _match(heard, found, Outcome.HANDOFF, reason)
    return msgspec.structs.replace(match, evidence=(words,))


def _match(heard: Heard, found: Found, outcome: Outcome, reason: str) -> FaqMatch:
    candidates = found.candidates[:_SHOWN]
    best = candidates[0] if candidates else None
    tells = best is not None and outcome in (Outcome.ANSWER, Outcome.CLARIFY)
    return FaqMatch(
        outcome=outcome,
        score=0.0 if best is None else best.score,
        entry=best.entry if best is not None and outcome is Outcome.ANSWER else None,
        candidates=candidates,
        reason=reason,
        question_like=heard.asks,
        evidence=(evidence_for(heard.text, best),) if best and tells else (),
        intent=None if found.intent is None else found.intent.id,
        shop=found.shop,
        looked_again=found.looked_again,
        sounds=heard.sounds if heard.asks else 0.0,
    )
