"""A desk's store in memory."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from streambot.domain.attendance import Attendance
from streambot.domain.audit import Deed
from streambot.domain.reply import LineOut, OutId, Reply, ReplyState, TicketId
from streambot.domain.room import RoomName
from streambot.domain.ticket import Ticket
from streambot.ports.store import (
    AgentSpell,
    ClockRow,
    Committed,
    DeskTransaction,
    FeedEntry,
    TicketChange,
)
from streambot.testing.desk_rows import DeskRows, FakeDeskTransaction

if TYPE_CHECKING:
    pass

T = TypeVar("T")


class FakeDeskStore:
    """Implements ``DeskStore``, and of ``RoomWriter`` what lines out need, in memory.

    A transaction that raises leaves nothing behind. ``clocks`` and ``replies`` are there to be
    looked at by tests.
    """

    def __init__(self) -> None:
        self._rows = DeskRows()
        self._lines: dict[str, ReplyState] = {}

    async def transact(
        self, work: Callable[[DeskTransaction], T]
    ) -> tuple[T, Committed]:
        """Run *work* on a copy of the rows, and keep the copy unless it raises."""
        own = FakeDeskTransaction(self._rows.copy())
        result = work(own)
        self._rows = own.rows
        return result, own.committed()

    async def snapshot(self) -> tuple[int, Sequence[Ticket]]:
        """The feed's head and every live or resolved ticket."""
        return len(self._rows.feed), self._rows.open_tickets()

    async def entries(self, after: int, most: int) -> Sequence[FeedEntry] | None:
        """Entries behind *after*; all are kept."""
        if after > len(self._rows.feed):
            return None
        return self._rows.feed[after : after + most]

    async def history(self, ticket: TicketId) -> Sequence[TicketChange]:
        """A ticket's journal, oldest first."""
        return tuple(self._rows.changes.get(ticket, ()))

    async def agent_states(self, since: datetime) -> Sequence[AgentSpell]:
        """What agents were at since an instant, oldest first."""
        return [
            one for one in self._rows.spells if one.until is None or one.until > since
        ]

    async def attendance(self, but: str = "") -> Sequence[Attendance]:
        """What all processes but *but* said last."""
        return self._rows.attended_elsewhere(but)

    async def ticket(self, ticket: TicketId) -> Ticket | None:
        """One ticket as stored."""
        return self._rows.tickets.get(ticket)

    def clocks(self, ticket: TicketId) -> Sequence[ClockRow]:
        """Every clock of *ticket*, in order of starting."""
        return [row for row in self._rows.clocks if row.ticket == ticket]

    def replies(self) -> dict[OutId, tuple[Reply, ReplyState]]:
        """Every reply ever owed, with its state."""
        return dict(self._rows.replies)

    @property
    def deeds(self) -> tuple[Deed, ...]:
        """Everything audited, oldest first."""
        return tuple(self._rows.deeds)

    async def line_sending(self, line: LineOut, room: RoomName) -> bool:
        """Put a line on its way; False when a reply is settled or its ticket's epoch is another."""
        ticket = None if line.ticket is None else self._rows.tickets.get(line.ticket)
        if line.ticket is not None and (
            ticket is None or not ticket.is_live or ticket.epoch != line.epoch
        ):
            return False
        states = [self._rows.replies[out][1] for out in line.covers]
        if any(state is not ReplyState.QUEUED for state in states):
            return False
        self._put(line, ReplyState.SENDING)
        return True

    async def line_settled(
        self,
        line: LineOut,
        room: RoomName,
        state: ReplyState,
        at: datetime,
        work: Callable[[DeskTransaction], None] | None = None,
        *,
        rule: str | None = None,
    ) -> Committed:
        """Keep what became of a line, once, with the desk's own change."""
        if self._lines.get(line.line_id) not in (
            None,
            ReplyState.SENDING,
            ReplyState.SHOWN,
        ):
            return Committed()
        committed = Committed()
        if work is not None:
            _, committed = await self.transact(work)
        self._put(line, state)
        return committed

    def _put(self, line: LineOut, state: ReplyState) -> None:
        self._lines[line.line_id] = state
        for out in line.covers:
            reply, _ = self._rows.replies[out]
            self._rows.replies[out] = (reply, state)
