"""AgentFigures: how the work of each agent went over a span - speed, scores and praise."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from streambot.domain.acclaim import Acclaim
from streambot.domain.rating_figures import rating_figures
from streambot.domain.satisfaction import Rating
from streambot.domain.ticket import Ticket


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentFigures:
    """One agent's figures; a first reply counts from the handoff, in seconds."""

    agent: str
    tickets: int
    first_p50: float | None
    first_p90: float | None
    asked: int
    rated: int
    low: int
    mean: float | None
    praise: int


def agent_figures(
    tickets: Iterable[Ticket],
    ratings: Iterable[Rating],
    praise: Iterable[Acclaim],
    since: datetime,
) -> tuple[AgentFigures, ...]:
    """Figures of each agent by name; of tickets only those that began from *since* on."""
    replies: dict[str, list[float]] = {}
    had: Counter[str] = Counter()
    for ticket in tickets:
        agent = ticket.replied_by or ticket.owner or ticket.last_owner
        if agent is None or ticket.queued_at < since:
            continue
        had[agent] += 1
        if ticket.first_reply_at is not None:
            waited = (ticket.first_reply_at - ticket.queued_at).total_seconds()
            replies.setdefault(agent, []).append(waited)
    scores = {each.agent: each for each in rating_figures(ratings)}
    praised = Counter(each.agent for each in praise)
    return tuple(
        AgentFigures(
            agent=agent,
            tickets=had[agent],
            first_p50=_quantile(replies.get(agent, ()), 0.5),
            first_p90=_quantile(replies.get(agent, ()), 0.9),
            asked=scores[agent].asked if agent in scores else 0,
            rated=scores[agent].rated if agent in scores else 0,
            low=scores[agent].low if agent in scores else 0,
            mean=scores[agent].mean if agent in scores else None,
            praise=praised[agent],
        )
        for agent in sorted({*had, *scores, *praised})
    )


def _quantile(values: Sequence[float], part: float) -> float | None:
    """The value that *part* of all don't exceed."""
    if not values:
        return None
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]
