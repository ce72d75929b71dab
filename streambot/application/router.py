"""Router: offers waiting tickets to people the moment somebody can take them; nothing polls.

A ticket that waits, a place that is freed, somebody who is ready, a ticket that is more urgent: each
nudges it. What it plans is decided again inside the store, so two desks on one store never overfill
anybody. In rooms where everybody claims for themselves (``pull``) it only says why tickets wait.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from heapq import nsmallest

import structlog

from streambot.application.alarm import Alarm
from streambot.application.colleagues import Colleagues, Sighting
from streambot.application.crew import Crew
from streambot.application.desk_audit import alarm_of_starved
from streambot.application.desk_presence import Presence
from streambot.application.desk_record import CLOCK, record
from streambot.application.desk_view import DeskView
from streambot.domain.desk_policy import DeskPolicy, Routing
from streambot.domain.language import language_of
from streambot.domain.presence import AgentState
from streambot.domain.reply import TicketId
from streambot.domain.routing import (
    Bar,
    Candidate,
    Groups,
    Placed,
    Plan,
    Wanting,
    Why,
    choose,
    plan,
)
from streambot.domain.ticket import ClockKind, Ticket, TicketState
from streambot.domain.ticket_load import has_place
from streambot.domain.ticket_moves import offered
from streambot.domain.ticket_rules import TicketEvent
from streambot.errors import StoreError
from streambot.ports.clock import Clock
from streambot.ports.store import Committed, DeskStore, DeskTransaction, FeedEntry

_log = structlog.get_logger(__name__)

#: Waiting tickets looked at in one plan, most urgent first.
MOST = 200


class Router:
    """Plans from what was committed, offers in one transaction, and counts who lets offers pass."""

    def __init__(
        self,
        store: DeskStore,
        clock: Clock,
        policy: DeskPolicy,
        crew: Crew,
        presence: Presence,
        colleagues: Colleagues,
        view: DeskView,
        committed: Callable[[Committed], None],
    ) -> None:
        self._store = store
        self._clock = clock
        self._policy = policy
        self._crew = crew
        self._presence = presence
        self._colleagues = colleagues
        self._view = view
        self._committed = committed
        self._alarm = Alarm(clock)
        self._asked_again: set[tuple[TicketId, int]] = set()  # by episode
        self._misses: Counter[str] = Counter()
        self._routings = {policy.routing, *policy.routing_of.values()}
        self._groups = Groups(members=policy.members)

    def nudge(self) -> None:
        """Something changed that may free or need a person."""
        self._alarm.nudge()

    def heard(
        self, entries: Iterable[FeedEntry], before: Mapping[TicketId, Ticket]
    ) -> bool:
        """Count missed offers; whether somebody goes on a break for it.

        Args:
            entries: what was committed.
            before: the tickets concerned, as they were.
        """
        paused = False
        for entry in entries:
            change, ticket = entry.data.get("change"), entry.data.get("ticket")
            if not isinstance(change, Mapping) or not isinstance(ticket, Mapping):
                continue
            was = before.get(TicketId(str(ticket["id"])))
            agent = None if was is None else was.offered_to
            if change["event"] == TicketEvent.MISSED and agent is not None:
                self._misses[agent] += 1
                if self._misses[agent] >= self._policy.misses:
                    del self._misses[agent]
                    self._presence.pause(agent, True, "misses")
                    paused = True
            elif change["event"] in (TicketEvent.CLAIM, TicketEvent.DECLINED):
                self._misses.pop(str(change["actor"]), None)
        return paused

    async def route(self) -> None:
        """Offer what can be offered now.

        Raises:
            StoreError: the store took nothing; the next nudge tries again.
        """
        found = self._plan()
        if found is None or not found.placed:
            return
        now, policy = self._clock.now(), self._policy
        planned = [(each, self._view.get(each.ticket)) for each in found.placed]
        sighting = self._colleagues.sighting()

        def work(tx: DeskTransaction) -> list[Ticket]:
            ready = _ready(tx, sighting)
            offers = (
                _offer(tx, placed, seen, now, policy)
                for placed, seen in planned
                if seen is not None and placed.agent in ready
            )
            return [offer for offer in offers if offer is not None]

        offers, committed = await self._store.transact(work)
        again = {each.ticket for each in found.placed if each.again}
        if again:
            known = {one for one in self._asked_again if self._view.get(one[0])}
            now_again = {(one.id, one.episode) for one in offers if one.id in again}
            self._asked_again = known | now_again
        self._committed(committed)

    async def run(self) -> None:
        """Route at every nudge and as a shift begins, for ever."""
        while True:
            try:
                await self.route()
            except StoreError as broken:
                _log.warning("routing_waits", reason=str(broken))
            await self._alarm.wait(self._crew.next_opening())

    def unmanned(self) -> frozenset[str]:
        """Groups whose tickets anybody at the desk may take, since nobody of theirs is there."""
        agents = self._crew.candidates()
        return frozenset(
            group
            for group in self._policy.groups
            if self._groups.is_unmanned(group, agents)
        )

    def why(self) -> Sequence[tuple[Ticket, Why]]:
        """Why each waiting ticket waits, most urgent first; claimable ones are left out."""
        agents = self._crew.candidates()
        known: dict[tuple[object, ...], Placed | Why] = {}
        found: list[tuple[Ticket, Why]] = []
        for ticket in self._waiting():
            want = self._want(ticket)
            if want.asks not in known:
                known[want.asks] = choose(
                    want,
                    agents,
                    self._groups,
                    ramp=self._policy.ready_ramp,
                )
            answer = known[want.asks]
            if isinstance(answer, Why):
                found.append((ticket, answer))
            elif answer.again:  # claimable, but everybody who is there had it
                there = [one for one in agents if one.state is AgentState.READY]
                counts = {Bar.TRIED: sum(one.name in ticket.tried for one in there)}
                found.append((ticket, Why(counts=counts, starved=True)))
        return found

    def _plan(self) -> Plan | None:
        """What to offer to whom; None where people claim for themselves."""
        if self._routings == {Routing.PULL}:
            return None
        agents = self._crew.candidates()
        # One who sees the whole queue needs no offers.
        by_hand = {Routing.PULL, *([Routing.BOTH] if _is_alone(agents) else [])}
        if self._routings <= by_hand:
            return None
        if not any(self._has_room(agent) for agent in agents):
            return None  # as in most of a busy evening: the queue isn't even looked at
        wants = [self._want(ticket) for ticket in self._waiting(by_hand)]
        return plan(wants, agents, self._groups, ramp=self._policy.ready_ramp)

    def _has_room(self, agent: Candidate) -> bool:
        return (
            agent.on_shift
            and agent.state is AgentState.READY
            and agent.offers < self._policy.ready_ramp
            and agent.load + 1 <= agent.capacity
        )

    def _waiting(self, but: Collection[Routing] = ()) -> list[Ticket]:
        """The most urgent tickets that nobody has, *but* those of rooms routed so."""
        queued: Iterable[Ticket] = self._view.queued()
        if but:
            routing_in = self._policy.routing_in
            queued = (one for one in queued if routing_in(one.room) not in but)
        return nsmallest(
            MOST,
            queued,
            key=lambda one: (one.priority, one.waiting_since, one.no),
        )

    def _want(self, ticket: Ticket) -> Wanting:
        claim = [due.due_at for due in ticket.due if due.kind is ClockKind.CLAIM]
        return Wanting(
            ticket=ticket.id,
            priority=ticket.priority,
            due_at=claim[0] if claim else None,
            since=ticket.waiting_since,
            group=ticket.group,
            tried=ticket.tried,
            last_agent=ticket.last_owner,
            language=language_of(ticket.text) if self._policy.languages else None,
            asked_again=(ticket.id, ticket.episode) in self._asked_again,
        )


def _is_alone(agents: Iterable[Candidate]) -> bool:
    ready = (one.on_shift and one.state is AgentState.READY for one in agents)
    return sum(ready) < 2


def _ready(tx: DeskTransaction, sighting: Sighting) -> Collection[str]:
    """Who is ready by what every process of the desk knows, also since the plan was made."""
    return {
        name
        for name, known in sighting.seen_by(tx).items()
        if known.state(sighting.now, sighting.policy) is AgentState.READY
    }


def _offer(
    tx: DeskTransaction,
    placed: Placed,
    seen: Ticket,
    now: datetime,
    policy: DeskPolicy,
) -> Ticket | None:
    """Reserve the place, unless the ticket or the place went meanwhile. (I5, I13)"""
    ticket = tx.ticket(placed.ticket)
    if ticket is None or ticket.state is not TicketState.QUEUED:
        return None
    if (ticket.tried, ticket.group) != (seen.tried, seen.group):
        return None  # somebody had it meanwhile: planned anew with that
    held = tx.held_by(placed.agent)
    offers = sum(one.state is TicketState.OFFERED for one in held)
    if offers >= policy.ready_ramp:
        return None
    if not has_place(held, ticket, policy.capacity):
        return None
    if placed.again:
        alarm_of_starved(tx, ticket, now)
    step = offered(ticket, placed.agent, now, policy)
    return record(tx, step, CLOCK, to=placed.agent, again=placed.again)
