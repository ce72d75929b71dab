"""RoomMemory: what a session remembers of its room; its durable part survives restarts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from streambot.domain.actions import MemoryKind, Remember
from streambot.domain.faq.context import Turns
from streambot.domain.product import ProductId
from streambot.domain.reply import OutId, TicketId
from streambot.domain.room import BroadcastId, Capability, RoomMode
from streambot.domain.satisfaction import Rating
from streambot.domain.ticket import COMPLAINTS, Ticket, TicketState
from streambot.domain.viewer import Viewer, ViewerKey

#: Viewers known to be in the room; the longest unseen is forgotten first.
PRESENT_KEPT = 50_000
#: Angry lines so close to each other are one complaint.
ONE_BREATH = timedelta(minutes=1)


@dataclass(slots=True, kw_only=True)
class RoomMemory:
    """A room's state between two events; only the session and its parts write it."""

    mode: RoomMode = RoomMode.ANSWERING
    broadcast: BroadcastId | None = None
    capabilities: frozenset[Capability] = frozenset()
    shown: ProductId | None = None
    shown_before: ProductId | None = None
    turns: Turns = field(default_factory=Turns)
    tickets: dict[ViewerKey, Ticket] = field(default_factory=dict)
    behind_call: dict[ViewerKey, tuple[TicketId, int]] = field(default_factory=dict)
    said_at: dict[str, datetime] = field(default_factory=dict)  # by entry/product
    owed: dict[OutId, tuple[str, ...]] = field(default_factory=dict)  # not yet said
    answered_at: dict[ViewerKey, datetime] = field(default_factory=dict)
    clarified_at: dict[ViewerKey, datetime] = field(default_factory=dict)
    present: dict[ViewerKey, Viewer] = field(default_factory=dict)
    asked_rating: dict[ViewerKey, Rating] = field(default_factory=dict)
    praised: set[ViewerKey] = field(default_factory=set)  # in one broadcast:
    praised_in: str = ""
    notices: dict[ViewerKey, dict[str, tuple[datetime, str]]] = field(
        default_factory=dict
    )

    def restore(self, remembered: Iterable[Remember]) -> None:
        """Take up what was durable, oldest first; welcomes are restored by Welcomes."""
        for fact in remembered:
            match fact.memory:
                case MemoryKind.COOLDOWN:
                    self.said_at[fact.key] = fact.at
                case MemoryKind.SHOWN:
                    self.show(ProductId(fact.value) if fact.value else None)
                case MemoryKind.PRAISED:
                    self.praises(ViewerKey(fact.key), fact.value)
                case MemoryKind.NOTICE if fact.value:
                    viewer, _, notice = fact.key.partition("/")
                    kept = self.notices.setdefault(ViewerKey(viewer), {})
                    kept[notice] = (fact.at, fact.value)
                case _:
                    pass

    def show(self, product: ProductId | None) -> None:
        """Another product is on screen, or none; the one before it is remembered."""
        if product != self.shown:
            self.shown_before = self.shown or self.shown_before
            self.shown = product

    def praises(self, viewer: ViewerKey, broadcast: str) -> bool:
        """Whether this viewer praises for the first time in *broadcast*; earlier ones are forgotten."""
        if broadcast != self.praised_in:
            self.praised.clear()
            self.praised_in = broadcast
        first = viewer not in self.praised
        self.praised.add(viewer)
        return first

    def seen(self, viewer: Viewer) -> None:
        """A viewer showed themselves."""
        self.present.pop(viewer.key, None)
        self.present[viewer.key] = viewer
        if len(self.present) > PRESENT_KEPT:
            del self.present[next(iter(self.present))]

    def ticket_changed(self, ticket: Ticket) -> None:
        """Keep the newest state of a viewer's ticket while it matters."""
        known = self.tickets.get(ticket.viewer.key)
        if (
            known is not None
            and known.id == ticket.id
            and known.version > ticket.version
        ):
            return
        self._rating_changed(ticket)
        if ticket.is_live or ticket.state is TicketState.RESOLVED:
            self.tickets[ticket.viewer.key] = ticket
        elif known is not None and known.id == ticket.id:
            self.let_go(ticket)

    def kept_behind(self, ticket: Ticket) -> int:
        """How many lines behind the call its ticket was given so far.

        Lines come faster than the store answers, so what it told last may be old.
        """
        whose, kept = self.behind_call.get(ticket.viewer.key, (ticket.id, 0))
        return max(kept if whose == ticket.id else 0, len(ticket.heard) - 1)

    def keep_behind(self, ticket: Ticket) -> None:
        """One more line goes to *ticket*."""
        self.behind_call[ticket.viewer.key] = (ticket.id, self.kept_behind(ticket) + 1)

    def _rating_changed(self, ticket: Ticket) -> None:
        """Note who was asked for a rating; a reopening that is no answer ends the question."""
        viewer, known = ticket.viewer.key, self.asked_rating.get(ticket.viewer.key)
        if ticket.rating_asked_at is not None and ticket.replied_by is not None:
            episode = (ticket.id, ticket.reopen_count)
            if known is None or (known.ticket, known.episode) != episode:
                self.asked_rating[viewer] = Rating(
                    ticket=ticket.id,
                    episode=ticket.reopen_count,
                    room=ticket.room,
                    viewer=viewer,
                    agent=ticket.replied_by,
                    asked_at=ticket.rating_asked_at,
                )
        elif known is not None and known.rated_at is None and ticket.is_live:
            del self.asked_rating[viewer]

    def human_owns(self, viewer: ViewerKey) -> Ticket | None:
        """The ticket because of which the assistant stays silent towards this viewer."""
        ticket = self.tickets.get(viewer)
        if ticket is None or not ticket.is_live:
            return None
        return None if self.is_unattended(ticket) else ticket

    def waits_for_nobody(self, viewer: ViewerKey) -> Ticket | None:
        """The ticket of which this viewer was told that nobody is at the desk."""
        ticket = self.tickets.get(viewer)
        return ticket if ticket is not None and self.is_unattended(ticket) else None

    def complained(self, viewer: ViewerKey, at: datetime) -> bool:
        """Whether this viewer's complaint of some time ago has helped them nothing yet."""
        ticket = self.tickets.get(viewer)
        if ticket is None or ticket.reason not in COMPLAINTS:
            return False
        unheard = ticket.first_reply_at is None or not ticket.is_live
        return unheard and at - ticket.queued_at >= ONE_BREATH

    def let_go(self, ticket: Ticket) -> None:
        """Its viewer gave *ticket* up; the desk says what became of it."""
        self.tickets.pop(ticket.viewer.key, None)
        self.behind_call.pop(ticket.viewer.key, None)

    def is_unattended(self, ticket: Ticket) -> bool:
        """Whether the viewer was told that nobody is at the desk."""
        return ticket.unattended and ticket.state is TicketState.QUEUED

    def reopenable(
        self, viewer: ViewerKey, at: datetime, window: timedelta
    ) -> Ticket | None:
        """The viewer's ticket resolved less than *window* ago."""
        ticket = self.tickets.get(viewer)
        if ticket is None or ticket.state is not TicketState.RESOLVED:
            return None
        resolved = ticket.resolved_at
        return ticket if resolved is not None and at - resolved < window else None

    def just_spoke_to(self, viewer: ViewerKey, at: datetime, wait: timedelta) -> bool:
        """Whether this viewer was answered or asked back less than *wait* ago."""
        told, asked = self.answered_at.get(viewer), self.clarified_at.get(viewer)
        return (told is not None and at - told < wait) or (
            asked is not None and at - asked < wait
        )

    def owe(self, out: OutId, answers: tuple[str, ...]) -> None:
        """Answers wait to be said; what is only shown is never settled, so it doesn't."""
        if self.mode is not RoomMode.OBSERVING:
            self.owed[out] = answers

    def is_owed(self, entry: str) -> bool:
        """Whether an answer of this entry is queued, so that another asker may join it."""
        return any(entry in entries for entries in self.owed.values())

    def forget_long_ago(self, before: datetime) -> None:
        """Drop per-viewer instants that no longer decide anything."""
        for instants in (self.answered_at, self.clarified_at):
            for viewer in [key for key, at in instants.items() if at < before]:
                del instants[viewer]
        for asked in [*self.asked_rating.values()]:
            if max(asked.asked_at, asked.rated_at or asked.asked_at) < before:
                del self.asked_rating[asked.viewer]
