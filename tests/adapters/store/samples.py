"""Small values for the store's tests: one room, its viewers, lines, replies and tickets."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

from streambot.adapters.store import Store
from streambot.adapters.store.store import FILE
from streambot.domain.decision import Decision, DecisionKind
from streambot.domain.events import Origin, ViewerSpoke
from streambot.domain.reply import (
    EventId,
    LineId,
    LineOut,
    OutId,
    Reply,
    ReplyKind,
    TicketId,
)
from streambot.domain.room import BroadcastId, Platform, RoomName, Scene
from streambot.domain.ticket import Reason, Ticket, TicketState
from streambot.domain.viewer import Viewer, ViewerKey
from streambot.ports.store import (
    Committed,
    DeskTransaction,
    RoomBatch,
    TicketChange,
)

NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)
ROOM = RoomName("demo")
SCENE = Scene(platform=Platform("p"), room=ROOM, broadcast=BroadcastId("b1"))


def after(seconds: float) -> datetime:
    """An instant *seconds* after the start."""
    return NOW + timedelta(seconds=seconds)


def viewer(name: str = "小明") -> Viewer:
    """A viewer known by their name."""
    return Viewer(key=ViewerKey(f"key-{name}"), name=name)


def spoke(n: int, *, at: datetime = NOW, origin: Origin = Origin.LIVE) -> ViewerSpoke:
    """Line number *n* of the room."""
    return ViewerSpoke(
        id=EventId(f"e{n}"),
        at=at,
        received_at=at,
        scene=SCENE,
        viewer=viewer(),
        text=f"第{n}句",
        origin=origin,
    )


def decision(n: int, kind: DecisionKind = DecisionKind.IGNORE) -> Decision:
    """What was decided about line *n*."""
    return Decision(
        at=NOW,
        event_id=EventId(f"e{n}"),
        viewer=viewer().key,
        kind=kind,
        reason="chatter",
    )


def reply(n: int, ticket: str | None = None, epoch: int = 0) -> Reply:
    """What is owed to line *n*."""
    return Reply(
        out_id=OutId(f"o{n}"),
        kind=ReplyKind.ANSWER,
        trigger=EventId(f"e{n}"),
        owed_at=after(n),
        expires_at=after(60),
        text="48小时内发出",
        viewer=viewer(),
        ticket=None if ticket is None else TicketId(ticket),
        epoch=epoch,
    )


def line(
    n: int,
    *outs: int,
    ticket: str | None = None,
    epoch: int = 0,
    part: int = 1,
    parts: int = 1,
) -> LineOut:
    """Line out *n*, which covers the replies *outs*."""
    return LineOut(
        line_id=LineId(f"l{n}"),
        kind=ReplyKind.ANSWER,
        text="@小明 48小时内发出",
        covers=tuple(OutId(f"o{out}") for out in outs),
        made_at=after(n),
        ticket=None if ticket is None else TicketId(ticket),
        epoch=epoch,
        part=part,
        parts=parts,
    )


def ticket(name: str, no: int, *, of: str = "小明", **fields: object) -> Ticket:
    """A queued ticket, with *fields* changed."""
    values: dict[str, object] = {
        "id": TicketId(name),
        "no": no,
        "room": ROOM,
        "viewer": viewer(of),
        "state": TicketState.QUEUED,
        "reason": Reason.UNMATCHED,
        "priority": 2,
        "evidence": (),
        "trigger": EventId("e1"),
        "text": "怎么还不发货",
        "card": name,
        "queued_at": NOW,
        "waiting_since": NOW,
    }
    return Ticket(**{**values, **fields})  # type: ignore[arg-type]


def change(event: str = "handoff", seconds: float = 0) -> TicketChange:
    """An entry of a ticket's journal."""
    return TicketChange(event=event, at=after(seconds), actor="assistant", text="…")


class Opening:
    """Desk work that opens a ticket with the next number."""

    def __init__(self, name: str, *, of: str = "小明") -> None:
        self._name, self._of = name, of

    def __call__(self, tx: DeskTransaction) -> Ticket:
        """Open it and give it back."""
        opened = ticket(self._name, tx.next_no(), of=self._of)
        tx.save(opened, change())
        return opened


def batch(n: int, *, replies: tuple[Reply, ...] = ()) -> RoomBatch:
    """What line *n* left behind."""
    return RoomBatch(
        room=ROOM, events=[spoke(n)], decisions=[decision(n)], replies=list(replies)
    )


async def commit(store: Store, *batches: RoomBatch) -> list[Committed]:
    """Append *batches* at once and wait for all of them; raises the first failure."""
    futures = []
    for each in batches:
        future: asyncio.Future[Committed] = asyncio.get_running_loop().create_future()

        def done(
            result: Committed | BaseException, to: asyncio.Future[Committed] = future
        ) -> None:
            if isinstance(result, BaseException):
                to.set_exception(result)
            else:
                to.set_result(result)

        store.append(each, done)
        futures.append(future)
    results = await asyncio.gather(*futures, return_exceptions=True)
    failed = [result for result in results if isinstance(result, BaseException)]
    if failed:
        raise failed[0]
    return [result for result in results if isinstance(result, Committed)]


def content_of(data_dir: Path) -> bytes:
    """Every byte of the store's files; blocks."""
    return b"".join(path.read_bytes() for path in data_dir.glob(f"{FILE}*"))
