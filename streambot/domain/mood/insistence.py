"""Insistence: anger that no single line shows - asking again and again, or mild twice over."""

from __future__ import annotations

import re
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import msgspec
from rapidfuzz.fuzz import ratio

from streambot.domain.evidence import Evidence
from streambot.domain.faq.cues import is_question
from streambot.domain.faq.normalise import folded, normalise
from streambot.domain.mood.reading import Mood, MoodLevel, MoodReading
from streambot.domain.viewer import ViewerKey

#: How long a question waits for its answer before its repetition counts anew.
REPEAT_WINDOW = timedelta(seconds=120)
REPEATS = 3
#: As often a question may come back behind an answer before a person is asked.
_AGAIN_AFTER_ANSWER = 2
#: Two lines of polite dissatisfaction so close together are one complaint.
_UNEASY_WINDOW = timedelta(minutes=5)
_INSISTENT = 0.6
_VIEWERS_KEPT = 5_000
_SAME_QUESTION = 80.0
#: Shorter wordings are alike by chance.
_SHORTEST = 2
#: Words, not mere tone: a guess twice over is still a guess.
_UNEASY_RULES = frozenset({"mood:mild", "mood:delay", "mood:refusal", "mood:defect"})
_MARKS = re.compile(r"\s*[!！]*(?:[?？]\s*[!！]*){4,}\s*")


def _is_same(one: str, other: str) -> bool:
    return ratio(one, other) >= _SAME_QUESTION


class RepeatWatch:
    """Notices a viewer who asks the same thing three times without an answer."""

    def __init__(
        self, repeats: int = REPEATS, window: timedelta = REPEAT_WINDOW
    ) -> None:
        self._repeats = repeats
        self._window = window
        self._asked: OrderedDict[ViewerKey, deque[tuple[datetime, str]]] = OrderedDict()

    def unanswered(self, viewer: ViewerKey, text: str, at: datetime) -> Evidence | None:
        """Note a question that got no answer; evidence once it is one too many."""
        plain = normalise(text)
        asked = self._asked.pop(viewer, None) or deque(maxlen=self._repeats * 2)
        while asked and at - asked[0][0] > self._window:
            asked.popleft()
        asked.append((at, plain))
        self._asked[viewer] = asked
        if len(self._asked) > _VIEWERS_KEPT:
            self._asked.popitem(last=False)
        same = sum(_is_same(plain, earlier) for _, earlier in asked)
        if same < self._repeats:
            return None
        return Evidence(rule="repeat_question", start=0, end=len(text), text=text)

    def answered(self, viewer: ViewerKey) -> None:
        """The viewer got an answer, or a human."""
        self._asked.pop(viewer, None)


class _Said(msgspec.Struct, frozen=True, kw_only=True):
    """One line worth remembering: a question, mild dissatisfaction, or marks that press."""

    at: datetime
    line: str | None
    plain: str = ""
    asks: bool = False
    uneasy: bool = False
    answered_at: datetime | None = None  # the viewer's last answer before it


def _always(_: str) -> bool:
    return True


class Patience:
    """Reads a line's mood again in the light of what its viewer said before.

    ``repeats`` counts a question nobody answered; None leaves that to who knows the answers.
    """

    def __init__(self, repeats: int | None = REPEATS) -> None:
        self._repeats = repeats
        self._said: OrderedDict[ViewerKey, deque[_Said]] = OrderedDict()

    def __contains__(self, viewer: object) -> bool:
        """Whether something this viewer said is remembered."""
        return viewer in self._said

    def heard(
        self,
        viewer: ViewerKey,
        text: str,
        reading: MoodReading,
        at: datetime,
        answered_at: datetime | None = None,
        line: str | None = None,
        is_ours: Callable[[str], bool] = _always,
    ) -> MoodReading:
        """*reading*, or angry once the viewer has lost patience.

        ``answered_at``: when this viewer last got an answer from the assistant. ``line`` names
        the line: one that is heard twice was still said once. ``is_ours``: whether a normalised
        question may be the shop's matter; marks press once for such, twice for what viewers ask
        each other.
        """
        before, plain = self._said.get(viewer), folded(text)
        asks = is_question(plain)
        if before is None and not reading.evidence and not asks:
            return reading  # as most lines of a room
        if reading.mood is Mood.ANGRY:
            self._said.pop(viewer, None)
            return reading
        if line is not None and any(each.line == line for each in before or ()):
            return reading
        if before is not None and _MARKS.fullmatch(text):
            asked = _open_question(before, at, answered_at)
            if asked is None:
                return reading
            if is_ours(asked.plain) or _is_pressed(before):
                return self._lost(viewer, text, reading, "unanswered")
            self._note(viewer, _Said(at=at, line=line))
            return reading
        uneasy = any(each.rule in _UNEASY_RULES for each in reading.evidence)
        if not (uneasy or asks):
            return reading
        said = _Said(
            at=at,
            line=line,
            plain=normalise(plain),
            asks=asks,
            uneasy=uneasy,
            answered_at=answered_at,
        )
        why = None if before is None else self._why(before, said)
        self._note(viewer, said)
        return reading if why is None else self._lost(viewer, text, reading, why)

    def _why(self, before: deque[_Said], said: _Said) -> str | None:
        if said.uneasy and any(
            each.uneasy and said.at - each.at <= _UNEASY_WINDOW for each in before
        ):
            return "uneasy_again"
        if not said.asks or len(said.plain) < _SHORTEST:
            return None
        same = [
            each
            for each in before
            if each.asks
            and said.at - each.at <= REPEAT_WINDOW
            and _is_same(said.plain, each.plain)
        ]
        if self._repeats is not None and len(same) + 1 >= self._repeats:
            return "repeated"
        # Behind an answer that came after the first asking, and so didn't help.
        vain = sum(
            each.answered_at is not None and each.answered_at >= same[0].at
            for each in (*same, said)
            if same
        )
        return "answered_in_vain" if vain >= _AGAIN_AFTER_ANSWER else None

    def _note(self, viewer: ViewerKey, said: _Said) -> None:
        lines = self._said.pop(viewer, None) or deque(maxlen=8)
        lines.append(said)
        self._said[viewer] = lines
        if len(self._said) > _VIEWERS_KEPT:
            self._said.popitem(last=False)

    def _lost(
        self, viewer: ViewerKey, text: str, reading: MoodReading, why: str
    ) -> MoodReading:
        """Angry from now on; what led here counts once."""
        self._said.pop(viewer, None)
        seen = Evidence(rule=f"mood:{why}", start=0, end=len(text), text=text)
        return replace(
            reading,
            mood=Mood.ANGRY,
            level=MoodLevel.P2,
            score=max(reading.score, _INSISTENT),
            evidence=(seen, *reading.evidence),
        )


def _open_question(
    before: deque[_Said], at: datetime, answered_at: datetime | None
) -> _Said | None:
    """The viewer's last question, where it still waits."""
    asked = next((each for each in reversed(before) if each.asks), None)
    if asked is None or at - asked.at > REPEAT_WINDOW:
        return None
    is_answered = answered_at is not None and answered_at >= asked.at
    return None if is_answered else asked


def _is_pressed(before: deque[_Said]) -> bool:
    """Whether the viewer wrote mere marks behind their last question."""
    newest = before[-1]
    return not (newest.asks or newest.uneasy)
