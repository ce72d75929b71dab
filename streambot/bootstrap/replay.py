"""Composition of a replay: a recorded chat, a scratch store, simulated agents, and no room."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import chain
from pathlib import Path

from streambot.adapters.orders.csv_source import CsvOrders
from streambot.adapters.rooms.replay.codec import PLATFORM, RecordedChat
from streambot.adapters.rooms.room_protocol import codec, frames
from streambot.adapters.store import Store, open_store
from streambot.application.desk_commands import Command, execute
from streambot.application.engine import LookUp
from streambot.application.orders import OrderDesk
from streambot.application.patient_look import PatientLook
from streambot.application.replay import (
    Replay,
    SimulatedAgents,
    VirtualClock,
    in_order,
)
from streambot.application.room_core import RoomCore
from streambot.application.room_view import RoomView
from streambot.authoring.book import read_book
from streambot.authoring.judges import domain_judges
from streambot.bootstrap.encoders import Encoders
from streambot.bootstrap.policies import (
    desk_policy,
    greeting_style,
    match_settings,
    session_policy,
)
from streambot.config import Config, OrdersConfig, RoomConfig, load_config, shipped
from streambot.domain.agent import Agent, AgentName, Permission, Role
from streambot.domain.dedup import SeenEvents
from streambot.domain.events import PlatformEvent
from streambot.domain.guard import built_in_guard
from streambot.domain.pacing import Outbox
from streambot.domain.room import BroadcastId, RoomName, Scene
from streambot.domain.session import RoomSession
from streambot.domain.summary import Summary
from streambot.domain.ticket import Ticket
from streambot.domain.understanding import Understanding
from streambot.domain.viewer import ViewerKey
from streambot.errors import EncoderFailed, EncoderMissing, UsageError
from streambot.ports.store import Committed, DeskTransaction
from streambot.reports.decisions_file import DecisionsFile

_AGENT = Agent(name=AgentName("replay"), role=Role.AGENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayOrder:
    """What to replay, and how; None means: what the configuration says."""

    log: Path
    start: datetime
    agents_after: timedelta | None
    config: Path | None = None
    room: str | None = None
    faq: tuple[Path, ...] = ()
    orders: Path | None = None
    second_look: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """Every decision, what they came to, and what could not be read."""

    decisions: DecisionsFile
    summary: Summary
    problems: tuple[str, ...]
    hints: tuple[str, ...] = ()


async def run_replay(
    order: ReplayOrder,
    encoders: Encoders | None = None,
    *,
    advance: Callable[[int], None] | None = None,
    pace: Callable[[datetime], Awaitable[None]] | None = None,
) -> Replayed:
    """Replay a recorded chat into a scratch store that is gone afterwards.

    The environment is not read, so that the same files give the same decisions anywhere.

    Raises:
        ConfigError: the configuration can't be used.
        UsageError: there is no such room in it.
    """
    path = order.config or shipped() / "config.yaml"
    config = await asyncio.to_thread(load_config, path, environ={}, with_secrets=False)
    room = _room(config, order.room)
    understanding, problems = await asyncio.to_thread(_understanding, room, order)
    look, missing = await asyncio.to_thread(
        _second_look, room, order, understanding, encoders or Encoders()
    )
    chat = RecordedChat(
        path=order.log, room=room.name, start=order.start, read_frame=_frame_reader()
    )
    events = chat.events(advance)
    first = next(events, None)
    recorded = events if first is None else chain((first,), events)
    decisions = DecisionsFile(room.name)
    with tempfile.TemporaryDirectory(prefix="streambot-replay-") as scratch:
        # Nobody comes back to this store after a power cut.
        async with open_store(Path(scratch), synchronous="OFF") as store:
            clock = VirtualClock(order.start if first is None else first.received_at)
            replay = Replay(
                _core(config, room, understanding, order, second_look=look is not None),
                store,
                clock,
                decisions,
                agents=SimulatedAgents(
                    resolve=_resolver(store, config), after=order.agents_after
                ),
                look_up=_look_up(room, order, store, clock),
                look_again=None if look is None else look.look,
                is_repeated=chat.repeated.__contains__,
                until=pace,
            )
            await replay.run(in_order(recorded))
            summary = await store.counted(room.name)
    return Replayed(
        decisions=decisions,
        summary=summary,
        problems=(*problems, *chat.problems),
        hints=missing,
    )


def _room(config: Config, name: str | None) -> RoomConfig:
    for room in config.rooms:
        if name is None or room.name == name:
            return room
    names = "、".join(room.name for room in config.rooms)
    raise UsageError(
        f"config.yaml 里没有直播间“{name}”，有的是：{names}。 "
        f"There is no room {name} in config.yaml; there are: {names}."
    )


def _understanding(
    room: RoomConfig, order: ReplayOrder
) -> tuple[Understanding, tuple[str, ...]]:
    reading = read_book(
        order.faq or room.faq,
        products=room.products,
        guard=room.guard,
        now=order.start,
        judges=domain_judges(),
    )
    problems = tuple(each.render() for each in reading.problems if each.is_error)
    return Understanding.of(reading.book, match_settings(room)), problems


def _second_look(
    room: RoomConfig,
    order: ReplayOrder,
    understanding: Understanding,
    encoders: Encoders,
) -> tuple[PatientLook | None, tuple[str, ...]]:
    """The encoder with the whole book learnt, or why there is none."""
    wanted = order.second_look
    if not (room.matching.second_look if wanted is None else wanted):
        return None, ()
    try:
        look = PatientLook(encoders.load(room.matching.encoder))
    except (EncoderMissing, EncoderFailed) as error:
        return None, (str(error),)
    look.learn(understanding.book.version, understanding.matcher.compared)
    return look, ()


def _core(
    config: Config,
    room: RoomConfig,
    understanding: Understanding,
    order: ReplayOrder,
    *,
    second_look: bool,
) -> RoomCore:
    policy = session_policy(room, config.desk, second_look=second_look)
    if order.orders is not None:
        policy = replace(policy, has_orders=True)
    session = RoomSession(policy, understanding, mode=room.mode)
    outbox = Outbox(room.sending.limits, greeting_style(room), room.sinks)
    outbox.guard = understanding.book.guard
    return RoomCore(
        room.name,
        session,
        outbox,
        RoomView(room=room.name, mode=room.mode),
        desk=desk_policy(config.desk),
        attended=lambda: order.agents_after is not None,
        seen=SeenEvents(),
    )


def _frame_reader() -> Callable[[bytes, datetime], PlatformEvent | None]:
    """Reads event frames of the room protocol; viewers keep the ids they have in the log."""
    scene = Scene(
        platform=PLATFORM, room=RoomName("replay"), broadcast=BroadcastId("replay")
    )
    reading = codec.Reading(scene=scene, key_of=lambda _, raw_id: ViewerKey(raw_id))

    def read(raw: bytes, at: datetime) -> PlatformEvent | None:
        try:
            frame = codec.decode(raw)
            return (
                reading.event(frame, at)
                if isinstance(frame, frames.EventFrame)
                else None
            )
        except codec.NotUnderstood:
            return None

    return read


def _resolver(
    store: Store, config: Config
) -> Callable[[Ticket, datetime], Awaitable[Committed]]:
    """A simulated agent claims a ticket and resolves it in one breath."""
    policy = desk_policy(config.desk)

    async def resolve(ticket: Ticket, at: datetime) -> Committed:
        def work(tx: DeskTransaction) -> None:
            for action in (Permission.CLAIM, Permission.RESOLVE):
                now = tx.ticket(ticket.id)
                if now is None or not now.is_live:
                    return
                command = Command(
                    agent=_AGENT,
                    action=action,
                    ticket=ticket.id,
                    version=now.version,
                    ref=f"{action}:{now.version}",
                    at=at,
                )
                execute(tx, command, policy, lambda _: built_in_guard())

        _, committed = await store.transact(work)
        return committed

    return resolve


def _look_up(
    room: RoomConfig, order: ReplayOrder, store: Store, clock: VirtualClock
) -> LookUp | None:
    settings = room.orders
    if order.orders is not None:
        columns = settings.columns if settings else {}
        settings = OrdersConfig(source="csv", path=order.orders, columns=columns)
    if settings is None:
        return None
    source = CsvOrders(
        settings.path,
        columns=settings.columns,
        key_of=lambda _, raw_id: ViewerKey(raw_id),
    )
    desk = OrderDesk(source, clock, ledger=store.orders, deliver=lambda _: None)
    return desk.look_up
