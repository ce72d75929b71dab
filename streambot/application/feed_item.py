"""Item: one entry of the feed, encoded once for every console, and what it makes of the open tickets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import msgspec

from streambot.application.feed_frames import (
    entry_bytes,
    shown_ticket,
    snapshot_frame,
)
from streambot.domain.agent import Agent, Permission, can, hears_whispers
from streambot.domain.ticket import Ticket, TicketState
from streambot.domain.ticket_rules import TicketEvent
from streambot.ports.store import FeedEntry

_encode = msgspec.json.Encoder(order="deterministic").encode
_WHISPER = TicketEvent.WHISPER.value
_FINAL = frozenset({TicketState.CLOSED, TicketState.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class Item:
    """One entry; ``ticket`` is the ticket as consoles see it, None when it is over or none's.

    ``kind`` is what its reader must be allowed to see: a whisper is one of its own, whatever the
    entry is called, and ``owner`` has the ticket it is on.
    """

    seq: int
    kind: str
    raw: bytes
    about: str | None = None
    ticket: bytes | None = None
    owner: str | None = None

    @classmethod
    def of(cls, entry: FeedEntry) -> Item:
        """What consoles are told of *entry*."""
        ticket = entry.data.get("ticket")
        if not isinstance(ticket, Mapping):
            return cls(entry.seq, entry.kind, entry_bytes(entry))
        shown = _encode(shown_ticket(ticket))
        raw = entry_bytes(entry, shown)
        kept = None if ticket["state"] in _FINAL else shown
        kind = _WHISPER if _is_whisper(entry.data) else entry.kind
        return cls(entry.seq, kind, raw, str(ticket["id"]), kept, ticket["owner"])

    def is_for(self, agent: Agent) -> bool:
        """Whether *agent* may see it at this moment."""
        if self.kind == _WHISPER:
            return hears_whispers(agent, self.owner)
        return can(agent, Permission.SEE, self.kind)


def _is_whisper(data: Mapping[str, object]) -> bool:
    change = data.get("change")
    return isinstance(change, Mapping) and change.get("event") == _WHISPER


class OpenTickets:
    """Every open ticket as bytes, kept by the entries themselves.

    A console that needs a snapshot is given these joined: that reads no store, encodes no
    ticket, and cannot fall between a snapshot and the entries behind it.
    """

    def __init__(self) -> None:
        self._shown: dict[str, bytes] = {}
        self._frame: tuple[int, bytes] | None = None

    def begin(self, tickets: Iterable[Ticket]) -> None:
        """Start from what the store holds."""
        self._shown = {each.id: _encode(shown_ticket(each)) for each in tickets}
        self._frame = None

    def fold(self, item: Item) -> None:
        """Take in the next entry."""
        if item.about is None:
            return
        if item.ticket is None:
            self._shown.pop(item.about, None)
        else:
            self._shown[item.about] = item.ticket

    def snapshot(self, seq: int) -> bytes:
        """The frame of everything as of *seq*; consoles that come together share the bytes."""
        if self._frame is None or self._frame[0] != seq:
            self._frame = seq, snapshot_frame(seq, self._shown.values())
        return self._frame[1]

    def forget_frame(self) -> None:
        """Free a snapshot that nobody asked for lately."""
        self._frame = None
