"""RatingFigures: how the viewers an agent helped rated it; by who did the work, not who owns it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from streambot.domain.rating_words import LOW
from streambot.domain.satisfaction import Rating


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingFigures:
    """One agent's ratings; ``mean`` is None while nobody gave any."""

    agent: str
    asked: int
    rated: int
    low: int
    mean: float | None


def rating_figures(ratings: Iterable[Rating]) -> tuple[RatingFigures, ...]:
    """Figures of each agent, by name."""
    of: dict[str, list[Rating]] = {}
    for rating in ratings:
        of.setdefault(rating.agent, []).append(rating)
    return tuple(_figures(agent, of[agent]) for agent in sorted(of))


def _figures(agent: str, ratings: list[Rating]) -> RatingFigures:
    scores = [each.score for each in ratings if each.score is not None]
    return RatingFigures(
        agent=agent,
        asked=len(ratings),
        rated=len(scores),
        low=sum(score <= LOW for score in scores),
        mean=round(sum(scores) / len(scores), 2) if scores else None,
    )
