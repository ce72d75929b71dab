"""The domain's own judgement on texts, handed to the checker."""

from __future__ import annotations

from streambot.authoring.review import Judges
from streambot.domain.faq.normalise import normalise
from streambot.domain.guard import Held, judge


def _held(answer: str) -> str | None:
    """Why the guard would hold *answer* in public, in Chinese and English."""
    verdict = judge(answer, public=True)
    if isinstance(verdict, Held):
        return f"{verdict.hint_zh} {verdict.hint_en}"
    return None


def domain_judges() -> Judges:
    """Normalisation and guard of the running bot."""
    return Judges(normalise=normalise, held=_held)
