"""MoodReader: one line in, how it sounds out; rules, cues and the learned tone together.

A calm line leaves by the first look: no word of any rule and a tone of chatter.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import islice

from streambot.domain.evidence import Evidence
from streambot.domain.faq.normalise import folded
from streambot.domain.mood import weights
from streambot.domain.mood.benign import ALSO_INNOCENT, INNOCENT
from streambot.domain.mood.cues import cues_in
from streambot.domain.mood.disguise import undisguised
from streambot.domain.mood.lexicon import ANY_RULE, LEVELS, RULES
from streambot.domain.mood.plain_questions import (
    asks_for_terms,
    asks_plainly,
    names_shop_as_place,
)
from streambot.domain.mood.reading import (
    ANGRY_AT,
    CALM,
    Mood,
    MoodLevel,
    MoodReading,
)
from streambot.domain.mood.scoring import (
    Findings,
    at_most,
    probability,
    rate,
    seriousness,
)
from streambot.domain.mood.sincerity import Hit, plays, sincere
from streambot.domain.mood.tone import make_ready, quiet_tone, telling, tone

#: From here on a line is shown as uneasy.
_UNEASY_AT = 0.25
#: From here on an encoder's opinion of a line that calls nobody is asked; of chat, 15 of 1,000.
_LOOK_AT = 0.31
#: Each standard deviation by which it finds the line angrier than this adds one to the logit.
_HEARD_FROM = 0.75
#: What a calm line scores at most; they are ranked among themselves, the loudest of them, too.
_CALM_CEILING = 0.2499
#: The logit below which no line is uneasy, with what rounding may add to a score.
_UNEASY_LOGIT = math.log((_UNEASY_AT - 1e-4) / (1 - _UNEASY_AT + 1e-4))
#: Cues that a question has of whom it is asked: 你们家有什么口味.
_POINTING = frozenset({"you_people", "you_dont", "the_shop"})
_MASK = "＿"


#: Words of one rule that are looked at in a line: who says 骗子 a thousand times says it once.
_HEARD_OUT = 24
#: Lines whose mood is remembered.
_REMEMBERED = 512


class MoodReader:
    """Reads one line at a time; immutable, so rooms may share it."""

    def __init__(
        self, angry_words: Iterable[str] = (), benign_words: Iterable[str] = ()
    ) -> None:
        # Now, since a reader is built off the loop and heard on it.
        make_ready()
        ANY_RULE.make_ready()
        own = [word for word in map(folded, angry_words) if word]
        self._own = _anyof(own) if own else None
        theirs = [word for word in map(folded, benign_words) if word]
        self._benign = _anyof(theirs) if theirs else None
        # A room repeats itself: of its lines about one in four was just said.
        self._remembered = lru_cache(maxsize=_REMEMBERED)(self._read)

    def read(self, text: str) -> MoodReading:
        """How *text* sounds; a calm line costs a few microseconds."""
        return self._remembered(text)

    def weigh(self, text: str) -> MoodReading:
        """As ``read``, and a calm line has a score as well: slower, for whoever ranks lines."""
        reading = self.read(text)
        if reading is not CALM:
            return reading
        found = look(self._masked(folded(text)), to_rank=True)
        summed = 0.0 if found is None else probability(found.logit())
        return replace(CALM, score=round(_CALM_CEILING * summed, 4))

    def is_worth_a_look(self, reading: MoodReading) -> bool:
        """Whether how angry an encoder finds a line may make more of its *reading*."""
        return reading.mood is not Mood.ANGRY and reading.score >= _LOOK_AT

    def reconsider(self, text: str, anger: float) -> MoodReading:
        """How *text* sounds, now that an encoder told its *anger*; never calmer than before.

        Args:
            text: the line as typed.
            anger: in standard deviations of calm lines, above their mean.
        """
        reading = self.read(text)
        if not self.is_worth_a_look(reading):
            return reading
        found = look(self._masked(folded(text)), to_rank=True)
        hits = () if found is None else found.hits
        score = round(rate(hits, found, besides=anger - _HEARD_FROM), 4)
        if score < ANGRY_AT:
            return reading
        return replace(reading, mood=Mood.ANGRY, level=MoodLevel.P2, score=score)

    def _masked(self, plain: str) -> str:
        """A folded line without the words a merchant calls harmless."""
        return plain if self._benign is None else self._benign.sub(_masked, plain)

    def _read(self, text: str) -> MoodReading:
        plain = folded(text)
        own = () if self._own is None else tuple(_spans(self._own, plain, "own"))
        plain = self._masked(plain)
        loud = explicit(plain)
        heard = tone(plain) if loud else quiet_tone(plain)
        if heard is None and not own:
            return CALM
        found = look(plain, heard, loud=loud, at_least=_UNEASY_LOGIT)
        return _reading(text, found, own)


def look(
    plain: str,
    heard: float | None = None,
    *,
    loud: bool | None = None,
    at_least: float = -math.inf,
    to_rank: bool = False,
) -> Findings | None:
    """Everything the rules and cues find in a folded line; None: it doesn't mean it.

    Args:
        plain: the line.
        heard: its tone, where that is known.
        loud: whether it holds a word of a rule, where that is known.
        at_least: the logit below which a line that breaks no rule needn't be told of.
        to_rank: whether a line that is calm beyond doubt is looked at as well, never None.
    """
    bare, places = undisguised(plain)
    heard = tone(plain) if heard is None else heard
    loud = ANY_RULE.anywhere(bare) if loud is None else loud
    if not loud and not to_rank:
        if heard < weights.GATE or _weighs_at_most(bare, plain, heard) < at_least:
            return None
    masked = _INNOCENT.sub(_masked, bare)
    hits = _hits(masked) if loud else []
    if not hits and heard < weights.GATE and not to_rank:
        return None
    cues = tuple(cues_in(masked))
    if not hits and _only_points(masked, [name for name, _ in cues]):
        cues = tuple(cue for cue in cues if cue[0] not in _POINTING)
    if not hits and at_most(plain, heard, (name for name, _ in cues)) < at_least:
        return None
    kept = sincere(masked, hits)
    if not to_rank and (
        kept is None
        or asks_for_terms(
            masked, (hit.rule for hit in kept), (name for name, _ in cues)
        )
    ):
        return None
    return Findings(
        plain=plain,
        text=masked,
        places=places,
        hits=tuple(kept or ()),
        cues=tuple(
            Hit(rule=name, start=seen.start(), end=seen.end()) for name, seen in cues
        ),
        tone=heard,
        plays=plays(masked),
    )


def _weighs_at_most(bare: str, plain: str, heard: float) -> float:
    """What a line without a rule's word weighs at most, before its innocent words are masked."""
    return at_most(plain, heard, (name for name, _ in cues_in(bare)))


def _only_points(text: str, cues: Iterable[str]) -> bool:
    """Whether cues of whom a line speaks blame nobody: 你们家有什么口味, 你们家我想换货."""
    if asks_plainly(text):
        return True
    blames = {cue for cue in cues if weights.CUES[cue] > 0}
    return blames == {"you_people"} and names_shop_as_place(text)


def explicit(plain: str) -> bool:
    """Whether the line holds a word of a rule, however calm it sounds; it may prove innocent."""
    bare = plain if plain.isalnum() else undisguised(plain)[0]
    return ANY_RULE.anywhere(bare)


def _reading(text: str, found: Findings | None, own: tuple[Hit, ...]) -> MoodReading:
    hits = own if found is None else (*own, *_placed(found.hits, found.places))
    if not hits and found is None:
        return CALM
    score = round(rate(hits, found), 4)  # as it is told, so that both agree
    if score >= ANGRY_AT:
        level = min((LEVELS.get(hit.rule, MoodLevel.P2) for hit in hits), default=None)
        level = MoodLevel.P2 if level is None else min(level, MoodLevel.P2)
    elif score >= _UNEASY_AT or any(hit.rule == "mild" for hit in hits):
        level = MoodLevel.P3
    else:
        return CALM
    evidence = tuple(_evidence(text, hits, found))
    if not evidence:
        return CALM
    return MoodReading(
        mood=Mood.ANGRY if score >= ANGRY_AT else Mood.UNEASY,
        level=level,
        score=score,
        evidence=evidence,
    )


def _evidence(
    text: str, hits: Sequence[Hit], found: Findings | None
) -> Iterator[Evidence]:
    """The hits, most serious first; without any, the cues and the tone that weighed most."""
    shown = sorted(hits, key=lambda hit: (seriousness(hit.rule), hit.start))
    if not shown and found is not None:
        cues = [cue for cue in found.cues if weights.CUES[cue.rule] > 0]
        cues.sort(key=lambda cue: -weights.CUES[cue.rule])
        shown = list(_placed(cues[:2], found.places))
        shown += [
            Hit(rule="tone", start=start, end=end)
            for start, end in telling(found.plain, 3 - len(shown))
        ]
    for hit in shown:
        yield Evidence(
            rule=f"mood:{hit.rule}",
            start=hit.start,
            end=hit.end,
            text=text[hit.start : hit.end],
        )


def _placed(hits: Iterable[Hit], places: Sequence[int] | None) -> Iterator[Hit]:
    """The hits where they stand in the line as typed."""
    for hit in hits:
        if places is None:
            yield hit
        else:
            start, end = places[hit.start], places[hit.end - 1] + 1
            yield Hit(rule=hit.rule, start=start, end=end)


def _hits(masked: str) -> list[Hit]:
    return [hit for rule, words in RULES.items() for hit in _spans(words, masked, rule)]


def _spans(words: re.Pattern[str], text: str, rule: str) -> Iterator[Hit]:
    for seen in islice(words.finditer(text), _HEARD_OUT):
        if seen.end() > seen.start():
            yield Hit(rule=rule, start=seen.start(), end=seen.end())


def _masked(seen: re.Match[str]) -> str:
    return _MASK * len(seen[0])


def _anyof(words: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(set(words), key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, longest_first)), re.IGNORECASE)


_INNOCENT = re.compile(f"{ALSO_INNOCENT}|{_anyof(INNOCENT).pattern}", re.IGNORECASE)
