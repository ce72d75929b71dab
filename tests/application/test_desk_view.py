"""What planners ask of thousands of live tickets, against a search through all of them."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from msgspec.structs import replace

from streambot.application.desk_view import DeskView
from streambot.application.floor import ClockFigure
from streambot.domain.ticket import ClockKind, Due, Ticket, TicketState
from streambot.domain.ticket_load import place_of
from tests.adapters.store.samples import after, ticket

_AGENTS = ("李", "王")
_KINDS = (ClockKind.CLAIM, ClockKind.FIRST, ClockKind.RESOLVE)
_STATES = st.sampled_from(
    [
        (TicketState.QUEUED, None, None),
        (TicketState.OFFERED, None, "李"),
        *((TicketState.ACTIVE, name, None) for name in _AGENTS),
        (TicketState.PAUSED, "王", None),
        (TicketState.RESOLVED, None, None),
        (TicketState.WITHDRAWN, None, None),
    ]
)
_seconds = st.integers(0, 30)
_dues = st.dictionaries(
    st.sampled_from(_KINDS), st.none() | _seconds, max_size=len(_KINDS)
)


class _Machine(RuleBasedStateMachine):
    """Tickets move, end, come back and are told twice; time goes on."""

    def __init__(self) -> None:
        super().__init__()
        self.view = DeskView()
        self.known: dict[str, Ticket] = {}
        self.now = after(0)

    @rule(
        name=st.sampled_from("abcdef"),
        stands=_STATES,
        dues=_dues,
        breached=st.lists(st.sampled_from(_KINDS), max_size=2, unique=True),
        waits=_seconds,
        newer=st.integers(-1, 2),
    )
    def note(
        self,
        name: str,
        stands: tuple[TicketState, str | None, str | None],
        dues: dict[ClockKind, int | None],
        breached: list[ClockKind],
        waits: int,
        newer: int,
    ) -> None:
        state, owner, offered_to = stands
        before = self.known.get(name)
        version = max(1, (1 if before is None else before.version) + newer)
        now = replace(
            ticket(name, ord(name), version=version),
            state=state,
            owner=owner,
            offered_to=offered_to,
            waiting_since=after(waits),
            breached=tuple(breached),
            due=tuple(
                Due(
                    kind=kind,
                    started_at=after(0),
                    due_at=after(60),
                    warn_at=None if warned is None else after(warned),
                )
                for kind, warned in dues.items()
            ),
        )
        self.view.note([now])
        if before is None or not before.is_live or version > before.version:
            self.known[name] = now

    @rule(seconds=st.integers(1, 10))
    def pass_time(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    @invariant()
    def is_as_searched(self) -> None:
        live = [each for each in self.known.values() if each.is_live]
        by_id = {each.id: each for each in live}
        assert {each.id: each for each in self.view} == by_id
        queued = {each.id for each in live if each.state is TicketState.QUEUED}
        assert {each.id for each in self.view.queued()} == queued
        for name in _AGENTS:
            mine = {each.id for each in live if place_of(each) == name}
            assert {each.id for each in self.view.of(name)} == mine
        waits = [
            each.waiting_since
            for each in live
            if each.state in (TicketState.QUEUED, TicketState.OFFERED)
        ]
        assert self.view.oldest_wait() == min(waits, default=None)
        assert self.view.clocks(self.now) == self._figures(live)

    def _figures(self, live: list[Ticket]) -> tuple[ClockFigure, ...]:
        found = []
        for kind in ClockKind:
            dues = [due for each in live for due in each.due if due.kind is kind]
            warned = [x for x in dues if x.warn_at and x.warn_at <= self.now]
            breached = sum(each.breached.count(kind) for each in live)
            if dues or breached:
                found.append(
                    ClockFigure(
                        kind=kind,
                        running=len(dues),
                        at_risk=len(warned),
                        breached=breached,
                    )
                )
        return tuple(found)


TestDeskView = _Machine.TestCase
