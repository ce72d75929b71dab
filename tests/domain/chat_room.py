"""A room's session with a small real book, driven line by line, as the session's tests use it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import count
from typing import TypeVar

from streambot.domain.actions import Action, Decide, OpenTicket, OweReply, WakeAt
from streambot.domain.decision import Decision, DecisionKind
from streambot.domain.events import (
    ClockTicked,
    ModeChanged,
    Origin,
    RoomEvent,
    TicketChanged,
    ViewerEntered,
    ViewerSpoke,
)
from streambot.domain.faq.entry import FaqBook, FaqEntry, FaqId, HandoffRule
from streambot.domain.faq.match import MatchSettings
from streambot.domain.faq.pack import Pack
from streambot.domain.policy import SessionPolicy
from streambot.domain.reply import EventId, Reply, TicketId
from streambot.domain.room import BroadcastId, Platform, RoomMode, RoomName, Scene
from streambot.domain.session import RoomSession
from streambot.domain.ticket import Handoff, Ticket, TicketState
from streambot.domain.understanding import Understanding
from streambot.domain.viewer import Viewer, ViewerKey

START = datetime(2026, 1, 1, 12, tzinfo=UTC)
ROOM = RoomName("demo")
A = TypeVar("A")

ENTRIES = (
    FaqEntry(
        id=FaqId("ship"),
        questions=("什么时候发货", "多久发货"),
        answers=("48小时内发出",),
        cooldown=timedelta(seconds=20),
    ),
    FaqEntry(
        id=FaqId("insurance"), questions=("有运费险吗",), answers=("每单都送运费险",)
    ),
    FaqEntry(
        id=FaqId("damaged"),
        questions=("收到的包装压扁了",),
        answers=("请联系客服",),
        handoff=HandoffRule.AT_ONCE,
        handoff_reason="after_sale",
    ),
    FaqEntry(
        id=FaqId("wholesale"),
        questions=("可以批发吗",),
        answers=("可以的，马上请人联系您",),
        handoff=HandoffRule.AFTER_ANSWER,
        handoff_reason="vip",
    ),
    FaqEntry(
        id=FaqId("engrave"),
        questions=("杯底能激光刻字吗",),
        answers=("可以刻",),
        threshold=1.0,  # what is no literal hit is asked back
    ),
)
#: Surely about the entry that answers literal hits only: the viewer is asked back.
VAGUE = "杯底能不能刻字"


@cache
def understanding() -> Understanding:
    """The small shop's book; built once."""
    return book_of(*ENTRIES)


def book_of(*entries: FaqEntry) -> Understanding:
    """A book of *entries*."""
    opposites = (frozenset({"运费", "运费险"}),)
    book = FaqBook(entries=entries, pack=Pack(exclusive=opposites))
    return Understanding.of(book, MatchSettings())


def viewer(name: str = "小明", *roles: str) -> Viewer:
    """A viewer known by their name."""
    return Viewer(key=ViewerKey(f"k-{name}"), name=name, roles=frozenset(roles))


def scene(broadcast: str = "b1") -> Scene:
    """One live session of the room."""
    return Scene(platform=Platform("p"), room=ROOM, broadcast=BroadcastId(broadcast))


def after(seconds: float) -> datetime:
    """An instant *seconds* after the start."""
    return START + timedelta(seconds=seconds)


def of(kind: type[A], actions: Iterable[Action]) -> list[A]:
    """The actions of one kind, in order."""
    return [action for action in actions if isinstance(action, kind)]


def decisions(actions: Iterable[Action]) -> list[Decision]:
    """What was decided about lines; greetings aside."""
    made = (action.decision for action in of(Decide, actions))
    return [each for each in made if each.kind is not DecisionKind.GREET]


def greeted(actions: Iterable[Action]) -> list[str]:
    """Whom the actions welcome."""
    made = (action.decision for action in of(Decide, actions))
    return [each.viewer for each in made if each.kind is DecisionKind.GREET]


def verdicts(actions: Iterable[Action]) -> list[tuple[str, str, str | None]]:
    """(event, kind, reason or entry) of every decision about a line."""
    return [
        (each.event_id, each.kind.value, each.entry or each.reason)
        for each in decisions(actions)
    ]


def owed(actions: Iterable[Action]) -> list[Reply]:
    """Replies owed, greetings aside."""
    replies = (action.reply for action in of(OweReply, actions))
    return [reply for reply in replies if not reply.out_id.startswith("greet:")]


@dataclass(slots=True)
class Chat:
    """A session and the lines told to it; every line is an event of its own."""

    policy: SessionPolicy = field(
        default_factory=lambda: SessionPolicy(room=ROOM, greeting=False)
    )
    mode: RoomMode = RoomMode.ANSWERING
    book: Understanding = field(default_factory=understanding)
    session: RoomSession = field(init=False)
    _ids: count[int] = field(default_factory=lambda: count(1))
    _numbers: count[int] = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        self.session = RoomSession(self.policy, self.book, mode=self.mode)

    def say(
        self, text: str, at: float = 0, by: Viewer | None = None, **more: object
    ) -> list[Action]:
        """A viewer says *text* *at* seconds after the start; lines are e1, e2 ..."""
        return self.session.receive(self.line(text, at, by, **more))

    def line(
        self, text: str, at: float = 0, by: Viewer | None = None, **more: object
    ) -> ViewerSpoke:
        """The next line, yet to be told."""
        values: dict[str, object] = {
            "id": EventId(f"e{next(self._ids)}"),
            "at": after(at),
            "received_at": after(at),
            "scene": scene(),
            "viewer": by or viewer(),
            "text": text,
        }
        return ViewerSpoke(**{**values, **more})  # type: ignore[arg-type]

    def enter(
        self,
        by: Viewer | None = None,
        at: float = 0,
        broadcast: str = "b1",
        origin: Origin = Origin.LIVE,
    ) -> list[Action]:
        """Somebody comes in."""
        event = ViewerEntered(
            id=EventId(f"e{next(self._ids)}"),
            at=after(at),
            received_at=after(at),
            scene=scene(broadcast),
            viewer=by or viewer(),
            origin=origin,
        )
        return self.session.receive(event)

    def tick(self, at: float) -> list[Action]:
        """Time passes."""
        return self.session.receive(ClockTicked(at=after(at)))

    def tell(self, event: RoomEvent) -> list[Action]:
        """Anything else."""
        return self.session.receive(event)

    def switch(self, mode: RoomMode) -> None:
        """Somebody switches the room's mode."""
        self.session.receive(ModeChanged(at=START, mode=mode))

    def desk_opens(self, actions: Iterable[Action], at: float = 0) -> list[Action]:
        """The desk tells of the tickets that *actions* ask for; what that leads to."""
        told: list[Action] = []
        for action in of(OpenTicket, actions):
            ticket = queued(action.handoff, next(self._numbers))
            told += self.tell(TicketChanged(at=after(at), ticket=ticket))
        return told


def queued(handoff: Handoff, no: int = 1, **fields: object) -> Ticket:
    """The ticket a handoff becomes, with *fields* changed."""
    values: dict[str, object] = {
        "id": TicketId(f"t{no}"),
        "no": no,
        "room": handoff.room,
        "viewer": handoff.viewer,
        "state": TicketState.QUEUED,
        "reason": handoff.reason,
        "priority": handoff.priority,
        "evidence": handoff.evidence,
        "trigger": handoff.event_id,
        "text": handoff.text,
        "card": handoff.key or handoff.event_id,
        "queued_at": handoff.at,
        "waiting_since": handoff.at,
    }
    return Ticket(**{**values, **fields})  # type: ignore[arg-type]


def wakes(actions: Iterable[Action]) -> Sequence[float]:
    """When the session wants to be woken, in seconds after the start."""
    return [(each.at - START).total_seconds() for each in of(WakeAt, actions)]
