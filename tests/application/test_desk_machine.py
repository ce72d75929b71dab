"""The desk under any order of viewers, agents, a supervisor, crashes and clocks: its invariants hold.

Two processes work on one store, each with a desk and clocks of its own. After every step the stored
tickets, journals and clocks are read back and I1 to I8, I10 to I12 and I14 of the design checked;
I9 is the feed's, I13 the router's.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable, Collection, Coroutine
from datetime import timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from streambot.adapters.store import fold
from streambot.adapters.store.store import FILE
from streambot.application import handoffs
from streambot.application.desk import Desk
from streambot.application.desk_record import CLOCK, record
from streambot.domain.actions import AppendToTicket
from streambot.domain.agent import Agent
from streambot.domain.desk_policy import DeskPolicy
from streambot.domain.faq.entry import Visibility
from streambot.domain.pledge import open_one
from streambot.domain.refusal import Refusal
from streambot.domain.reply import EventId, LineId, LineOut, OutId, Reply, ReplyState
from streambot.domain.ticket import (
    LIVE,
    SUPERVISORS,
    ClockKind,
    Reason,
    Ticket,
    TicketState,
)
from streambot.domain.ticket_load import has_place, load, place_of
from streambot.domain.ticket_moves import lease_lost, offered
from streambot.domain.ticket_rules import FINAL, OWNED, TicketEvent, allows, holder
from streambot.ports.store import DeskTransaction
from streambot.testing import FakeClock
from tests.application.desk_handles import Handle, at_once, empty_store
from tests.application.desk_look import check_clocks, check_pause, ended, stored_tickets
from tests.application.desk_scores import ask_for_score, give_score
from tests.application.desk_world import ANNA, BOSS, GUARD, MEI
from tests.domain.ticket_samples import ROOM, handoff

POLICY = DeskPolicy(capacity=2)
#: Events by which somebody is given a matter; what else lifts a load is the viewer's doing.
GIVEN = {TicketEvent.CLAIM, TicketEvent.OFFER, TicketEvent.PICKED}
PEOPLE = st.sampled_from([MEI, ANNA])
VIEWERS = st.sampled_from(["v1", "v2", "v3", "v4"])
HANDLES = st.integers(0, 1)
PICKS = st.integers(0, 30)
ON_OWN = st.sampled_from(
    [
        *("say", "say", "answer", "snooze", "resolve"),
        *("release", "transfer", "wake", "undo", "note"),
    ]
)
ANY = st.sampled_from(["claim", "answer", "decline", "resolve", "wake", "undo"])


#: States in which something may still happen.
OPEN = LIVE | {TicketState.RESOLVED}


class DeskMachine(RuleBasedStateMachine):
    """What can happen at a desk, in any order."""

    @initialize(
        whos=st.lists(VIEWERS, unique=True, min_size=1),
        claimed=st.lists(st.tuples(PICKS, PEOPLE), max_size=4),
    )
    def open(self, whos: list[str], claimed: list[tuple[int, Agent]]) -> None:
        """Two processes on a new store, people at their desks, some viewers waiting, some served."""
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / FILE
        self.path.write_bytes(empty_store())
        self.clock = FakeClock()
        self.handles = [Handle(self.path), Handle(self.path)]
        self.look = sqlite3.connect(self.path)
        self.count = 0
        self.seen: dict[str, Ticket] = {}
        self.accepted: set[str] = set()  # calls for a human that nothing has ended yet
        self.read: dict[str, int] = {}  # entries of each journal looked at
        self.outs: dict[OutId, Reply] = {}
        self.under_way: list[LineOut] = []
        self.sent: set[OutId] = set()
        self.desks = [self._desk(handle) for handle in self.handles]
        for who in whos:
            self.asks_for_a_human(who, Reason.UNMATCHED, None, 0, attended=True)
        for pick, agent in claimed:
            self.an_agent_claims(pick, agent, 1)

    def teardown(self) -> None:
        """Leave nothing open."""
        if hasattr(self, "handles"):
            self.look.close()
            for handle in self.handles:
                handle.close()
            self.folder.cleanup()

    # --- viewers

    @rule(
        viewer=VIEWERS,
        reason=st.sampled_from([Reason.UNMATCHED, Reason.COMPLAINT, Reason.LEGAL]),
        key=st.sampled_from([None, "k"]),
        at=HANDLES,
        attended=st.booleans(),
    )
    def asks_for_a_human(
        self, viewer: str, reason: Reason, key: str | None, at: int, attended: bool
    ) -> None:
        """A viewer is handed over; whatever was accepted is never lost. (I3)"""
        call = handoff(
            self._event(),
            who=viewer,
            reason=reason,
            priority=4 if reason is Reason.UNMATCHED else 1,
            at=self.clock.now(),
            key=key,
        )
        ticket = self._commit(
            at,
            lambda tx: handoffs.open_ticket(
                tx, call, policy=POLICY, attended=attended, there=self._there(at)
            ),
        )
        assert ticket.is_live
        self.accepted.add(ticket.id)

    @rule(pick=PICKS, text=st.sampled_from(["还在吗", "我要投诉", "谢谢"]), at=HANDLES)
    def writes(self, pick: int, text: str, at: int) -> None:
        """A viewer with a ticket writes."""
        ticket = self._any(pick)
        if ticket is None:
            return
        line = AppendToTicket(
            ticket=ticket.id,
            viewer=ticket.viewer,
            event_id=EventId(self._event()),
            text=text,
            at=self.clock.now(),
        )
        after = self._commit(
            at,
            lambda tx: handoffs.viewer_line(
                tx, line, policy=POLICY, attended=True, there=self._there(at)
            ),
        )
        if after is not None and after.is_live:
            self.accepted.add(after.id)

    @rule(pick=PICKS, at=HANDLES)
    def wants_nobody(self, pick: int, at: int) -> None:
        """The viewer thinks better of it."""
        ticket = self._any(pick)
        if ticket is not None and pick > 20:
            now = self.clock.now()
            self._commit(
                at,
                lambda tx: handoffs.withdraw(
                    tx, ticket.id, "不用了", now, policy=POLICY
                ),
            )

    @rule(
        sink=st.sampled_from([*(Visibility.PRIVATE, Visibility.PROMPTER) * 3, None]),
        pick=PICKS,
        at=HANDLES,
    )
    def the_room_closes(self, sink: Visibility | None, pick: int, at: int) -> None:
        """The broadcast ends, now and then; nobody who was promised something is forgotten."""
        if pick <= 20:
            return
        now, there = self.clock.now(), self._there(at)
        self._commit(
            at,
            lambda tx: handoffs.room_closed(
                tx, ROOM, now, policy=POLICY, sink=sink, there=there
            ),
        )
        for ticket in self._tickets():
            owed = open_one(ticket.pledges)
            assert (
                owed is None or owed.told == f"ended:{ticket.id}:{ticket.reopen_count}"
            )

    @rule(
        pick=PICKS,
        score=st.sampled_from([1, 2, 5]),
        closed=st.booleans(),
        at=HANDLES,
    )
    def a_viewer_gives_a_score(
        self, pick: int, score: int, closed: bool, at: int
    ) -> None:
        """A low one opens the matter for a supervisor, or a linked one where it is closed."""
        owned = self._any(pick, OWNED)
        if owned is None:
            return
        self.an_owner_works(pick, ["say", "resolve"], at)
        ticket = next(each for each in self._tickets() if each.id == owned.id)
        if ticket.state is not TicketState.RESOLVED:
            return
        self.clock.jump(timedelta(seconds=5))
        asked = self._commit(
            at, lambda tx: ask_for_score(tx, ticket, self.clock.now(), POLICY)
        )
        # The window of a reopening ends within that of a score.
        self.clock.jump(timedelta(seconds=597 if closed else 1))
        self._run(self.desks[at].ring())
        event, now = self._event(), self.clock.now()
        after = self._commit(
            at, lambda tx: give_score(tx, ticket, score, event, now, POLICY)
        )
        if asked and score <= 2:
            assert after.is_live
            assert after.group == SUPERVISORS
            assert ticket.id in (after.id, after.linked)
            self.accepted.add(after.id)

    # --- people

    @rule(pick=PICKS, who=PEOPLE, at=HANDLES)
    def an_agent_claims(self, pick: int, who: Agent, at: int) -> None:
        """Whatever waits, offered to them or not."""
        self._do(pick, who, "claim", at, of=(TicketState.QUEUED, TicketState.OFFERED))

    @rule(pick=PICKS, commands=st.lists(ON_OWN, min_size=1, max_size=4), at=HANDLES)
    def an_owner_works(self, pick: int, commands: list[str], at: int) -> None:
        """An owner deals with what they own."""
        for command in commands:
            said = "answer" if command == "say" else command
            done = self._do(pick, None, said, at, of=OWNED)
            if command == "say" and isinstance(done, Ticket) and done.in_flight:
                self._write(self.outs[done.in_flight[-1]], at)
                self.the_platform_says(ReplyState.SENT, 1 - at)

    @rule(pick=PICKS, who=PEOPLE, command=ANY, at=HANDLES, behind=st.integers(0, 3))
    def an_agent_meddles(
        self, pick: int, who: Agent, command: str, at: int, behind: int
    ) -> None:
        """Any command on any ticket, as it was a few changes ago."""
        self._do(pick, who, command, at, behind=behind)

    @rule(
        pick=PICKS,
        command=st.sampled_from(["take_over", "requeue", "transfer", "resolve"]),
        at=HANDLES,
    )
    def the_supervisor_does(self, pick: int, command: str, at: int) -> None:
        """A supervisor steers."""
        self._do(pick, BOSS, command, at)

    @rule(who=PEOPLE, at=HANDLES)
    def the_supervisor_requeues_all(self, who: Agent, at: int) -> None:
        """Everything of one agent goes back to the queue at once."""
        self.count += 1
        done = self._run(
            self.desks[at].requeue_all(BOSS, who.name, ref=f"r{self.count}", note="散")
        )
        assert not isinstance(done, Refusal)
        assert not [each for each in self._tickets() if place_of(each) == who.name]

    @rule(pick=PICKS, who=PEOPLE, at=HANDLES)
    def the_router_offers(self, pick: int, who: Agent, at: int) -> None:
        """Whoever has a place is offered a ticket, decided in the transaction."""
        ticket, now = self._any(pick), self.clock.now()
        if ticket is None:
            return

        def work(tx: DeskTransaction) -> None:
            stored = tx.ticket(ticket.id)
            assert stored is not None
            if not allows(stored.state, TicketEvent.OFFER):
                return
            if has_place(tx.held_by(who.name), stored, POLICY.capacity):
                record(tx, offered(stored, who.name, now, POLICY), CLOCK)

        self._commit(at, work)

    @rule(who=PEOPLE, at=HANDLES)
    def an_agent_is_gone(self, who: Agent, at: int) -> None:
        """Their lease is lost: nothing waits on an absent agent."""
        now = self.clock.now()

        def work(tx: DeskTransaction) -> None:
            for each in tx.held_by(who.name):
                if allows(each.state, TicketEvent.LEASE_LOST):
                    record(tx, lease_lost(each, now, POLICY), CLOCK)

        self._commit(at, work)
        owned = [each for each in self._tickets() if each.owner == who.name]
        assert not owned

    # --- the platform

    @precondition(lambda self: self.outs)
    @rule(pick=PICKS, at=HANDLES)
    def an_answer_leaves(self, pick: int, at: int) -> None:
        """A line is written only for whoever owns the matter now, once. (I4, I12)"""
        self._write(list(self.outs.values())[pick % len(self.outs)], at)

    def _write(self, reply: Reply, at: int) -> None:
        self.count += 1
        line = LineOut(
            line_id=LineId(f"l{self.count}"),
            kind=reply.kind,
            text=reply.text,
            covers=(reply.out_id,),
            made_at=self.clock.now(),
            ticket=reply.ticket,
            epoch=reply.epoch,
        )
        if not self._run(self.handles[at].store.line_sending(line, ROOM)):
            return
        ticket = next(each for each in self._tickets() if each.id == reply.ticket)
        assert (ticket.owner, ticket.epoch) == (reply.author, reply.epoch)
        assert reply.out_id not in self.sent
        self.sent.add(reply.out_id)
        self.under_way.append(line)

    @precondition(lambda self: self.under_way)
    @rule(
        state=st.sampled_from(
            [
                ReplyState.SENT,
                ReplyState.SENT,
                ReplyState.REFUSED,
                ReplyState.UNCERTAIN,
            ]
        ),
        at=HANDLES,
    )
    def the_platform_says(self, state: ReplyState, at: int) -> None:
        """What became of a line, however late, whoever owns the matter by now."""
        if not self.under_way:
            return
        line, now = self.under_way.pop(0), self.clock.now()
        accepted = state is ReplyState.SENT

        def work(tx: DeskTransaction) -> None:
            if accepted:
                handoffs.line_accepted(tx, line, now, policy=POLICY)
            else:
                handoffs.line_failed(tx, line, state, now, policy=POLICY)

        store = self.handles[at].store
        committed = self._run(store.line_settled(line, ROOM, state, now, work))
        self._tell(committed)

    # --- time and machines

    @rule(seconds=st.sampled_from([1, 16, 21, 85, 200, 700, 1_900, 90_000]), at=HANDLES)
    def time_passes(self, seconds: int, at: int) -> None:
        """Clocks run out and are noticed, by one process and then by the other."""
        self.clock.jump(timedelta(seconds=seconds))
        for desk in (self.desks[at], self.desks[1 - at]):
            self._run(desk.ring())

    @rule(seconds=st.sampled_from([-3_600, -5, 5, 3_600]))
    def the_clock_jumps(self, seconds: int) -> None:
        """Somebody sets the wall clock."""
        self.clock.jump(timedelta(seconds=seconds))

    @rule(at=HANDLES)
    def a_process_crashes(self, at: int) -> None:
        """All it knew is gone; nothing of the store is, and no ticket moves. (I3, I14)"""
        before = self._tickets()
        self.handles[at].close()
        self.handles[at] = Handle(self.path)
        self.desks[at] = self._desk(self.handles[at])
        assert self._tickets() == before

    # --- what always holds

    @invariant()
    def tickets_are_whole(self) -> None:
        """I1, I2, I3, I6 and I11, and the fields that only one state has."""
        if not hasattr(self, "look"):
            return
        tickets = self._tickets()
        live = [each for each in tickets if each.state in LIVE]
        assert len({(each.room, each.viewer.key) for each in live}) == len(live)
        assert self.accepted <= {each.id for each in live} | ended(self.look)
        for each in tickets:
            assert (each.owner is not None) == (each.state in OWNED)
            offered = each.state is TicketState.OFFERED
            assert (each.offered_to is not None) == offered
            paused = each.state is TicketState.PAUSED
            assert (each.paused_at is not None) == paused
            promised = {due.kind for due in each.due} - {ClockKind.CLOSE}
            assert each.is_live or not promised
            before = self.seen.get(each.id)
            if before is not None:
                assert each.queued_at == before.queued_at
                assert each.version >= before.version
                assert each.epoch >= before.epoch
                moved = holder(each) != holder(before)
                assert not moved or each.epoch > before.epoch
                assert before.state not in FINAL or each == before
            self.seen[each.id] = each

    @invariant()
    def journals_and_clocks_agree(self) -> None:
        """I5, I7, I8 and I10, from what each step wrote down."""
        if not hasattr(self, "look"):
            return
        for ticket in self._tickets():
            changes = self._run(self.handles[0].store.history(ticket.id))
            assert fold(changes) == ticket
            for change in changes[self.read.get(ticket.id, 0) :]:
                check_pause(change)
            self.read[ticket.id] = len(changes)
            check_clocks(self.look, ticket)

    # --- hands

    def _do(
        self,
        pick: int,
        who: Agent | None,
        command: str,
        at: int,
        *,
        behind: int = 0,
        of: Collection[TicketState] = OPEN,
    ) -> Ticket | Refusal | None:
        """One command, by *who* or else by the ticket's owner."""
        ticket = self._any(pick, of)
        if ticket is None:
            return None
        who = who or next(
            each for each in (MEI, ANNA, BOSS) if each.name == ticket.owner
        )
        self.count += 1
        words = {
            "answer": {"text": "在的"},
            "transfer": {"to": "anna" if pick % 2 else "group:legal", "note": "转"},
            "snooze": {"until": self.clock.now() + timedelta(seconds=60)},
        }.get(command, {"note": "好"})
        if command == "snooze" and pick % 3 == 0:
            words = {"until_event": "room_closed"}
        loads = self._loads()
        done: Ticket | Refusal = self._run(
            self.desks[at].do(
                who,
                command,
                ticket.id,
                max(ticket.version - behind, 1),
                ref=f"r{self.count}",
                **words,  # type: ignore[arg-type]
            )
        )
        if isinstance(done, Ticket):
            self._check_loads(loads, command, ticket, done)
        return done

    def _check_loads(
        self, before: dict[str, float], command: str, was: Ticket, now: Ticket
    ) -> None:
        """Nobody is given more than they can carry but by a supervisor, by name. (I5)"""
        for name, after in self._loads().items():
            if after <= max(before[name], POLICY.capacity):
                continue
            changes = self._run(self.handles[0].store.history(now.id))
            over = [each for each in changes[-3:] if each.data.get("override")]
            # Their own matter, opened again by themselves, is not given to them.
            own = was.owner == name and was.state is TicketState.PAUSED
            assert own or [each.actor for each in over] == ["boss"], (command, name)

    def _loads(self) -> dict[str, float]:
        tickets = [each for each in self._tickets() if each.is_live]
        return {
            name: load(each for each in tickets if place_of(each) == name)
            for name in ("mei", "anna", "boss")
        }

    def _desk(self, handle: Handle) -> Desk:
        desk = Desk(
            handle.store,
            self.clock,
            POLICY,
            guard_of=lambda _: GUARD,
            committed=self._tell,
        )
        for name in ("mei", "anna", "boss"):
            desk.agent_arrived(name)
        self._run(desk.revive())
        return desk

    def _commit(self, at: int, work: Callable[[DeskTransaction], Any]) -> Any:
        loads = self._loads()
        result, committed = self._run(self.handles[at].of_room(work, ROOM))
        self._tell(committed)
        self.desks[at].heard(committed)
        given = {each.data["change"]["event"] for each in committed.entries} & GIVEN
        for name, after in self._loads().items():
            assert not given or after <= max(loads[name], POLICY.capacity)
        return result

    def _tell(self, committed: Any) -> None:
        for reply in committed.replies:
            if reply.author is not None:
                self.outs[reply.out_id] = reply

    def _there(self, at: int) -> frozenset[str]:
        return self.desks[at].there

    def _any(self, pick: int, of: Collection[TicketState] = OPEN) -> Ticket | None:
        tickets = [each for each in self._tickets() if each.state in of]
        return tickets[pick % len(tickets)] if tickets else None

    def _tickets(self) -> list[Ticket]:
        return stored_tickets(self.look)

    def _event(self) -> str:
        self.count += 1
        return f"e{self.count}"

    def _run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return at_once(work)


DeskMachine.TestCase.settings = settings(
    max_examples=40,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
TestDeskMachine = DeskMachine.TestCase
