"""RoomView: what people at the console see of a room right now; replaceable, never sequenced."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import msgspec

from streambot.domain.board import Board
from streambot.domain.events import Link, LinkChanged
from streambot.domain.product import Product, ProductId
from streambot.domain.reply import LineId, LineOut, ReplyKind
from streambot.domain.room import RoomMode, RoomName
from streambot.domain.understanding import Understanding
from streambot.ports.taken import TakenLine

#: Lines of a room kept for the console.
LINES_KEPT = 50
#: Lines waiting for a person to say them; beyond this the oldest expire.
PROMPTER_KEPT = 100
#: How long a line is worth reading out; a welcome hardly longer than it was promised in.
_PROMPT_LIFE = timedelta(minutes=3)
_PROMPT_LIVES = {
    ReplyKind.GREETING: timedelta(seconds=15),
    ReplyKind.AGENT: timedelta(minutes=2),  # late then, though it goes on waiting
}


class SeenLine(msgspec.Struct, frozen=True, kw_only=True):
    """One row of a room's live list.

    ``kind``: ``viewer`` (a viewer's line), ``out`` (a line out), ``would`` (what observing mode
    would have said), ``entered`` or ``gift``. ``decision`` is the decision's kind, for viewers,
    and ``reason`` why, for lines out their kind; a line decided later is shown again under its ``id``.
    """

    id: str
    at: datetime
    kind: str
    name: str
    text: str
    viewer: str = ""
    decision: str | None = None
    reason: str | None = None
    mood: str = "calm"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Something people must know about a room; ``code`` is stable (``store_full``, ``link`` ...)."""

    code: str
    zh: str
    en: str


@dataclass(slots=True, kw_only=True)
class RoomView:
    """The room as the console shows it; the engine writes, the feed reads."""

    room: RoomName
    mode: RoomMode
    link: str = "connecting"
    can_write: bool = True
    read_only: bool = False  # the platform lets no program speak
    private: bool = (
        False  # whether a viewer can be answered so that nobody else sees it
    )
    official: bool = True  # False: read by a bridge that the platform knows nothing of
    book_entries: int = 0  # FAQ entries in force
    products: tuple[Product, ...] = ()
    shown: ProductId | None = None  # the product on screen
    notice: str = ""  # pinned by people
    since: datetime | None = None  # the broadcast that runs began
    lines: deque[SeenLine] = field(default_factory=lambda: deque(maxlen=LINES_KEPT))
    seen: int = 0  # lines ever added; the feed computes what a client missed
    counters: dict[str, float] = field(default_factory=dict)
    prompter: dict[LineId, LineOut] = field(default_factory=dict)
    taken: dict[LineId, TakenLine] = field(default_factory=dict)  # by a sending tool
    troubles: dict[str, Trouble] = field(default_factory=dict)
    board: Board = field(default_factory=Board)  # what the host is shown
    closed: bool = False  # the broadcast is over, though the room may still be heard
    live_changed: Callable[[], None] = lambda: (
        None
    )  # told when a broadcast begins or ends
    changes: int = 0  # raised with every change, so that unchanged rooms cost nothing
    resumes: RoomMode = RoomMode.ANSWERING  # what a room that is silenced goes back to

    def __post_init__(self) -> None:
        self.switched(self.mode)

    @property
    def live(self) -> bool:
        """Whether a broadcast runs and the room is heard."""
        return self.link == "connected" and not self.closed

    def switched(self, mode: RoomMode) -> None:
        """Another mode is in force; silence is lifted by going back to the one before."""
        self.mode = mode
        if mode is not RoomMode.SILENT:
            self.resumes = mode
        self.changes += 1

    def stand(self, *, link: str | None = None, closed: bool | None = None) -> None:
        """The link changed, or the broadcast began or ended."""
        was = self.live
        self.link = self.link if link is None else link
        self.closed = self.closed if closed is None else closed
        self.changes += 1
        if self.live != was:
            self.live_changed()

    def add(self, line: SeenLine) -> None:
        """Show a line, newest last."""
        self.lines.append(line)
        self.seen += 1
        self.changes += 1

    def decided(self, line_id: str, decision: str, reason: str | None) -> None:
        """Show what was decided about a line that was shown before, if it still is."""
        for line in reversed(self.lines):
            if line.id == line_id and line.kind == "viewer":
                if line.decision != decision:
                    self.lines.remove(line)
                    self.add(
                        msgspec.structs.replace(line, decision=decision, reason=reason)
                    )
                return

    def in_force(self, understanding: Understanding) -> None:
        """Show what a new book holds."""
        self.book_entries = len(understanding.entries)
        self.products = understanding.book.catalogue.products
        self.changes += 1

    def show_product(self, product: ProductId | None) -> None:
        """Show which product is on screen."""
        if product != self.shown:
            self.shown = product
            self.changes += 1

    def pin(self, notice: str) -> None:
        """Show the pinned notice."""
        self.notice = notice
        self.changes += 1

    def running(self, since: datetime | None) -> None:
        """Show since when the broadcast runs; None: it doesn't."""
        self.since = since
        self.changes += 1

    def count(self, counter: str, by: float = 1) -> None:
        """Raise a counter."""
        self.counters[counter] = self.counters.get(counter, 0) + by
        self.changes += 1

    def show_on_prompter(self, line: LineOut) -> None:
        """Offer a line for a person to say."""
        self.prompter[line.line_id] = line
        self.changes += 1

    def off_prompter(self, line: LineId) -> LineOut | None:
        """Take a line off the prompter; None: it isn't there."""
        found = self.prompter.pop(line, None)
        if found is not None:
            self.taken.pop(line, None)
            self.changes += 1
        return found

    def taken_by_tool(self, taken: TakenLine) -> None:
        """Show that a sending tool has a line, or could not say it."""
        if taken.line in self.prompter:
            self.taken[taken.line] = taken
            self.changes += 1

    def by_deadline(self) -> list[LineOut]:
        """The prompter's lines, the one that is due soonest first."""
        return sorted(self.prompter.values(), key=deadline)

    def overdue_prompts(self, now: datetime) -> list[LineOut]:
        """Lines nobody will say any more: too old, or beyond what a person can look through.

        An agent's own words wait for ever: their ticket waits for them.
        """
        waiting = [line for line in self.prompter.values() if line.ticket is None]
        crowded = waiting[: max(0, len(waiting) - PROMPTER_KEPT)]
        late = [line for line in waiting[len(crowded) :] if now > deadline(line)]
        return crowded + late

    def link_changed(self, changed: LinkChanged) -> None:
        """Show how the link stands; one that is up may still have something to say."""
        self.stand(link=changed.link)
        if changed.link is not Link.CONNECTED:
            return
        self.clear("link")
        zh, _, en = changed.detail.partition("。 ")
        if changed.detail:
            self.trouble(Trouble(code="link", zh=f"{zh}。" if en else zh, en=en or zh))

    def trouble(self, trouble: Trouble) -> None:
        """Show a trouble until it is cleared."""
        self.troubles[trouble.code] = trouble
        self.changes += 1

    def clear(self, code: str) -> None:
        """Take a trouble away."""
        if self.troubles.pop(code, None) is not None:
            self.changes += 1


def deadline(line: LineOut) -> datetime:
    """Until when a line on the prompter is worth saying."""
    return line.made_at + _PROMPT_LIVES.get(line.kind, _PROMPT_LIFE)
