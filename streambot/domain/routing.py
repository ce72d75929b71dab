"""Routing: who can take a waiting ticket, who should, and why nobody does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum

from streambot.domain.presence import AgentState
from streambot.domain.reply import TicketId
from streambot.domain.ticket import ANYBODY, SUPERVISORS

_NEVER = datetime.max.replace(tzinfo=UTC)


class Bar(StrEnum):
    """Why an agent can't be given a ticket now; in the order of the funnel."""

    GROUP = "group"  # not in its group
    SHIFT = "shift"  # outside their hours
    OFFLINE = "offline"
    SUSPECT = "suspect"
    BREAK = "break"
    FULL = "full"
    OFFERED = "offered"  # is thinking of enough offers already
    TRIED = "tried"  # had it and gave it back, declined it or let it pass
    LANGUAGE = "language"


#: How the bars are told, and in which order.
_TOLD: Mapping[Bar, str] = {
    Bar.FULL: "full",
    Bar.BREAK: "on break",
    Bar.TRIED: "tried",
    Bar.OFFERED: "deciding",
    Bar.SUSPECT: "unsure",
    Bar.SHIFT: "off shift",
    Bar.LANGUAGE: "other language",
    Bar.OFFLINE: "offline",
}
_NOT_READY: Mapping[AgentState, Bar] = {
    AgentState.OFFLINE: Bar.OFFLINE,
    AgentState.SUSPECT: Bar.SUSPECT,
    AgentState.BREAK: Bar.BREAK,
}
#: Who is barred by these may come back within the wait: the ticket waits for them.
_WITHIN_REACH = frozenset({Bar.FULL, Bar.OFFERED, Bar.SUSPECT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An agent as routing sees them."""

    name: str
    state: AgentState = AgentState.READY
    groups: frozenset[str] = frozenset()
    supervises: bool = False
    on_shift: bool = True
    load: float = 0
    capacity: float = 5
    offers: int = 0  # offers they have not answered yet
    idle_since: datetime | None = None
    languages: frozenset[str] = frozenset()  # empty: any


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanting:
    """A waiting ticket as routing sees it."""

    ticket: TicketId
    priority: int
    due_at: datetime | None  # its nearest deadline
    since: datetime
    group: str = ANYBODY
    tried: tuple[str, ...] = ()
    last_agent: str | None = None
    language: str | None = None
    weight: float = 1
    asked_again: bool = False  # everyone had tried before, and that was forgotten once

    @property
    def asks(self) -> tuple[object, ...]:
        """All that decides who is barred: tickets that ask the same wait for the same reason."""
        return self.group, self.tried, self.language, self.weight, self.asked_again

    @property
    def urgency(self) -> tuple[int, datetime, datetime, str]:
        """Priority, then least slack, then age, then id; the least goes first."""
        return (self.priority, self.due_at or _NEVER, self.since, self.ticket)


@dataclass(frozen=True, slots=True, kw_only=True)
class Groups:
    """Who is in which group, and where a group's tickets go when nobody of it is there."""

    members: Mapping[str, frozenset[str]] = field(default_factory=dict)
    fallback: Mapping[str, str] = field(default_factory=dict)

    def chain(self, group: str) -> Iterator[str]:
        """*group*, its fallbacks, anybody, supervisors; each once, so that no cycle spins.

        What people were named for falls to supervisors, never to anybody: who isn't of the
        group could not take it.
        """
        seen: list[str] = []
        here: str | None = group
        while here is not None and here not in seen:
            seen.append(here)
            here = self.fallback.get(here)
        private = bool(self.members.get(group))
        for last in (SUPERVISORS,) if private else (ANYBODY, SUPERVISORS):
            if last not in seen:
                seen.append(last)
        if group == SUPERVISORS:
            seen = [SUPERVISORS, ANYBODY]
        yield from seen

    def is_unmanned(self, group: str, agents: Iterable[Candidate]) -> bool:
        """Whether *group*'s tickets are for anybody now, as nobody of it is at the desk.

        Never what people were named for.
        """
        here = [each for each in agents if each.state is not AgentState.OFFLINE]
        for link in self.chain(group):
            if link == ANYBODY:
                return True
            if any(self.holds(link, each) for each in here):
                return False
        return False

    def holds(self, group: str, agent: Candidate) -> bool:
        """Whether *agent* is of *group*; supervisors stand in only when it comes to them."""
        if group == SUPERVISORS:
            return agent.supervises
        if group == ANYBODY:
            return True
        return group in agent.groups or agent.name in self.members.get(group, ())


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """Why a ticket waits: how many people are barred by what; nobody at all: no counts."""

    counts: Mapping[Bar, int]
    starved: bool = False  # everyone who could take it has tried

    @property
    def text(self) -> str:
        """Such as "3 full, 1 on break, 1 tried"."""
        parts = [
            f"{self.counts[bar]} {word}"
            for bar, word in _TOLD.items()
            if self.counts.get(bar)
        ]
        return ", ".join(parts) or "nobody here"


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A ticket and the agent it should be offered to."""

    ticket: TicketId
    agent: str
    again: bool = (
        False  # everyone eligible had tried: forget that once, tell the supervisor
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What to offer to whom, and why the others wait."""

    placed: tuple[Placed, ...]
    why: Mapping[TicketId, Why]


def bar(agent: Candidate, want: Wanting, *, ramp: int) -> Bar | None:
    """The first thing in the way of giving *want* to *agent*, its group left aside."""
    if not agent.on_shift:
        return Bar.SHIFT
    if agent.state is not AgentState.READY:
        return _NOT_READY[agent.state]
    if agent.load + want.weight > agent.capacity:
        return Bar.FULL
    if agent.offers >= ramp:
        return Bar.OFFERED
    if agent.name in want.tried:
        return Bar.TRIED
    if want.language and agent.languages and want.language not in agent.languages:
        return Bar.LANGUAGE
    return None


def choose(
    want: Wanting, agents: Sequence[Candidate], groups: Groups, *, ramp: int
) -> Placed | Why:
    """The best agent for *want*, or why there is none now.

    The chain is followed only where nobody of a group is within reach: a full group is waited
    for, an absent one isn't. Someone who tried is asked again only when everyone who could
    take it has tried. (I13)
    """
    tried_all: Candidate | None = None
    first: Why | None = None
    for group in groups.chain(want.group):
        asked = _asked(group, agents, groups)
        bars = {agent.name: bar(agent, want, ramp=ramp) for agent in asked}
        free = [agent for agent in asked if bars[agent.name] is None]
        if free:
            return Placed(ticket=want.ticket, agent=_best(want, free).name)
        counts = Counter(each for each in bars.values() if each is not None)
        first = first if first and first.counts else Why(counts=counts)
        if _WITHIN_REACH & counts.keys():
            return Why(counts=counts)
        again = [agent for agent in asked if bars[agent.name] is Bar.TRIED]
        if again and tried_all is None:
            tried_all = _best(want, again)
            first = Why(counts=counts, starved=True)
    if tried_all is not None and not want.asked_again:
        return Placed(ticket=want.ticket, agent=tried_all.name, again=True)
    if want.language and first and Bar.LANGUAGE in first.counts:
        # Better in another language than not at all.
        return choose(replace(want, language=None), agents, groups, ramp=ramp)
    return first or Why(counts={})


def plan(
    wants: Iterable[Wanting],
    agents: Iterable[Candidate],
    groups: Groups,
    *,
    ramp: int = 2,
) -> Plan:
    """Place every ticket that can be placed, most urgent first; nobody is ever overfilled."""
    now = {agent.name: agent for agent in agents}
    placed: list[Placed] = []
    why: dict[TicketId, Why] = {}
    in_vain: dict[tuple[object, ...], Why] = {}  # since the last one that was placed
    for want in sorted(wants, key=lambda each: each.urgency):
        found = in_vain.get(want.asks) or choose(
            want, tuple(now.values()), groups, ramp=ramp
        )
        if isinstance(found, Why):
            why[want.ticket] = in_vain[want.asks] = found
            continue
        placed.append(found)
        in_vain.clear()
        taken = now[found.agent]
        now[found.agent] = replace(
            taken, load=taken.load + want.weight, offers=taken.offers + 1
        )
    return Plan(placed=tuple(placed), why=why)


def _asked(
    group: str, agents: Sequence[Candidate], groups: Groups
) -> Sequence[Candidate]:
    """Who of *group* is asked: those who watch a shift are, where nobody else is there."""
    members = [agent for agent in agents if groups.holds(group, agent)]
    if group != ANYBODY:
        return members
    others = [agent for agent in members if not agent.supervises]
    here = [agent for agent in others if agent.state is not AgentState.OFFLINE]
    return others if here else members


def _best(want: Wanting, free: Sequence[Candidate]) -> Candidate:
    """The viewer's last agent, else the lowest load, else the longest idle, else by name."""
    return min(
        free,
        key=lambda agent: (
            agent.name != want.last_agent,
            agent.load / agent.capacity,
            agent.idle_since or _NEVER,
            agent.name,
        ),
    )
