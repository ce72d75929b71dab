"""Doors: what the console needs of the rest, as small protocols."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from streambot.application.explaining import Explained, Why
from streambot.application.learning import Preview
from streambot.application.look_report import LookReport
from streambot.application.room_view import RoomView, Trouble
from streambot.application.ticket_context import TicketContext
from streambot.domain.acclaim import Acclaim
from streambot.domain.agent import Agent
from streambot.domain.audit import Deed
from streambot.domain.events import ViewerSpoke
from streambot.domain.faq.entry import FaqEntry, FaqId
from streambot.domain.faq.phrasing import Unfit
from streambot.domain.guard import Held, Remark
from streambot.domain.order import Order
from streambot.domain.pledge_figures import Promised
from streambot.domain.presence import AgentState
from streambot.domain.refusal import Refusal
from streambot.domain.reply import EventId, LineId, Reply, ReplyState, TicketId
from streambot.domain.reveal import Field
from streambot.domain.room import RoomMode, RoomName
from streambot.domain.satisfaction import Rating
from streambot.domain.service_profile import Wait
from streambot.domain.ticket import Ticket
from streambot.domain.viewer import Viewer, ViewerKey
from streambot.ports.host_board import HostFigure
from streambot.ports.store import AgentSpell, BroadcastBook, Kept, TicketChange
from streambot.ports.suggestions import Suggestion


class DeskDoor(Protocol):
    """What agents do."""

    async def do(
        self,
        agent: Agent,
        action: str,
        ticket: TicketId,
        version: int,
        *,
        ref: str,
        text: str | None = None,
        visibility: str | None = None,
        outcome: str | None = None,
        note: str | None = None,
        confirmed: Sequence[str] = (),
        to: str | None = None,
        until: datetime | None = None,
        until_event: str | None = None,
    ) -> Ticket | Refusal:
        """Do one command, once per (agent, ref)."""
        ...

    def check(self, room: RoomName, text: str, *, public: bool) -> tuple[Remark, ...]:
        """What the guard would say of an answer."""
        ...

    async def pick(
        self, agent: Agent, room: RoomName, viewer: Viewer, event_id: EventId, text: str
    ) -> Ticket | Refusal:
        """Take a viewer's line straight from the room."""
        ...

    async def requeue_all(
        self, agent: Agent, of: str, *, ref: str, note: str
    ) -> Refusal | Sequence[Ticket]:
        """Give everything *of* owns or is offered back to the queue, in one commit."""
        ...

    async def history(self, ticket: TicketId) -> Sequence[TicketChange]:
        """A ticket's journal, oldest first."""
        ...

    async def be(self, agent: Agent, state: str) -> AgentState | Refusal:
        """An agent is ``ready``, or takes a ``break``."""
        ...

    def agent_arrived(self, agent: Agent) -> str:
        """One console of an agent connected; the id under which it beats and leaves."""
        ...

    def agent_beat(self, name: str, device: str) -> None:
        """A console was heard from."""
        ...

    def agent_left(self, name: str, device: str | None = None) -> None:
        """One console of an agent disconnected; None: any of them."""
        ...


class RoomsDoor(Protocol):
    """What people see and switch of rooms."""

    @property
    def views(self) -> Mapping[RoomName, RoomView]:
        """What each room shows right now."""
        ...

    async def set_mode(self, room: RoomName, mode: RoomMode, by: str) -> None:
        """Switch a room's mode at once, and keep it."""
        ...

    async def set_modes(self, modes: Mapping[RoomName, RoomMode], deed: Deed) -> None:
        """Switch several rooms at once, and keep it with *deed*."""
        ...

    async def show_product(self, room: RoomName, name: str | None, by: str) -> bool:
        """Put a product on screen, or none; False when the shop has no such product."""
        ...

    async def mark_said(self, room: RoomName, line: LineId, by: str) -> bool:
        """A person said a shown line; False when it is no longer waiting."""
        ...

    async def skip_line(self, room: RoomName, line: LineId, by: str) -> bool:
        """A person skipped a shown line; False when it is no longer waiting."""
        ...

    async def pin_notice(self, room: RoomName, text: str, by: str) -> Held | None:
        """Pin *text*, empty for nothing; what the guard holds it for."""
        ...

    def broadcast(self, room: RoomName, *, begins: bool, by: str) -> None:
        """People say that a broadcast begins or ends."""
        ...

    def ready(self) -> list[Trouble]:
        """What keeps the rooms from doing their job."""
        ...


class Archive(BroadcastBook, Protocol):
    """What was said before."""

    async def ratings(self, since: datetime) -> Sequence[Rating]:
        """What viewers were asked from *since* on, and gave, oldest first."""
        ...

    async def promises(self, since: datetime) -> Sequence[Kept]:
        """How many promises of each kind were kept and broken from *since* on."""
        ...

    async def pledges(self, since: datetime) -> Sequence[Promised]:
        """Everything viewers were promised from *since* on, and what became of it."""
        ...

    async def acclaims(self, since: datetime) -> Sequence[Acclaim]:
        """Viewers' praise of agents from *since* on, oldest first."""
        ...

    async def waits(self, since: datetime) -> Sequence[Wait]:
        """Viewers' waits for a human reply that began from *since* on, newest first."""
        ...

    async def worked_on(self, since: datetime) -> Sequence[Ticket]:
        """Tickets in any state that may have been worked on from *since* on, newest first."""
        ...

    async def agent_states(self, since: datetime) -> Sequence[AgentSpell]:
        """What agents were at since an instant, oldest first; what lasts has no end yet."""
        ...

    async def host_figures(self, since: datetime) -> Sequence[HostFigure]:
        """What hosts answered from *since* on, by room."""
        ...

    async def ticket(self, ticket: TicketId) -> Ticket | None:
        """One ticket in whatever state."""
        ...

    async def lines_of(
        self, room: RoomName, viewer: ViewerKey, most: int = 50
    ) -> Sequence[ViewerSpoke]:
        """A viewer's newest lines, oldest first."""
        ...

    async def replies_to(
        self, room: RoomName, viewer: ViewerKey, most: int = 50
    ) -> Sequence[tuple[Reply, ReplyState]]:
        """What was owed to a viewer and what became of it, oldest first."""
        ...


class ContextDoor(Protocol):
    """What is known around a ticket."""

    async def of(self, name: TicketId) -> TicketContext | None:
        """A ticket's context; None where there is no such ticket."""
        ...

    async def orders(self, ticket: Ticket) -> Sequence[Order] | None:
        """Orders of a ticket's viewer; None where their source does not answer."""
        ...

    async def reveal(
        self, agent: Agent, name: TicketId, field: Field, order: str, reason: str
    ) -> str | Refusal:
        """One masked field of an order, for a reason that is kept."""
        ...


class ExplainerDoor(Protocol):
    """What the books make of lines, and why."""

    async def why(
        self, room: RoomName, event: EventId, shown: str | None
    ) -> Why | None:
        """Why a line was dealt with as it was; None where nobody knows it."""
        ...

    async def explain(self, room: RoomName, text: str) -> Explained:
        """What a room's book makes of a text."""
        ...

    def entries(self, room: RoomName, words: str, most: int) -> Sequence[FaqEntry]:
        """A room's entries that the words may mean."""
        ...


class LearningDoor(Protocol):
    """Adding viewers' lines to entries."""

    async def preview(self, room: RoomName, text: str, entry: FaqId) -> Preview | Unfit:
        """What would change; nothing is written."""
        ...

    async def teach(
        self,
        agent: Agent,
        room: RoomName,
        text: str,
        entry: FaqId,
        *,
        seen: str,
        event: EventId | None = None,
    ) -> Suggestion | Unfit:
        """Add it, or keep it for somebody who may."""
        ...

    async def settle(
        self, agent: Agent, number: int, *, accept: bool, seen: str = ""
    ) -> Suggestion | Unfit:
        """Add what was suggested, or decline it."""
        ...

    async def waiting(self, room: RoomName) -> Sequence[Suggestion]:
        """Suggestions that wait, oldest first."""
        ...


class SecondLookDoor(Protocol):
    """What the console tells of the second look; it never keeps a room from its job."""

    @property
    def report(self) -> LookReport:
        """How it stands."""
        ...

    @property
    def figures(self) -> Mapping[str, float]:
        """Figures since the start, by name."""
        ...
