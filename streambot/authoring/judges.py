"""The domain's own judgement on texts, handed to the checker."""

from __future__ import annotations

from streambot.authoring.review import Judges
from streambot.domain.faq.entry import FaqEntry
from streambot.domain.faq.normalise import normalise
from streambot.domain.faq.overlaps import find_overlaps
from streambot.domain.faq.vetoes import Demands


def _ruled_out(entry: FaqEntry, question: str) -> str | None:
    """Which of the entry's own conditions the question fails."""
    return Demands.of(entry).unmet(normalise(question), None, frozenset())


def domain_judges() -> Judges:
    """Normalisation, vetoes and matcher of the running bot."""
    return Judges(normalise=normalise, ruled_out=_ruled_out, overlaps=find_overlaps)
