"""CPU a line by stage: each stage alone, over the same events, with the parts the engine uses."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from _bot import ROOM, SINKS, Bench, Meter

from streambot.application.decision_log import DecisionLog
from streambot.application.room_core import RoomCore, Step
from streambot.application.room_view import RoomView
from streambot.domain.dedup import SeenEvents
from streambot.domain.events import PlatformEvent
from streambot.domain.pacing import Outbox
from streambot.domain.room import RoomMode
from streambot.domain.session import RoomSession
from streambot.ports.store import Committed


async def by_stage(bench: Bench, lines: int) -> dict[str, float]:
    """CPU microseconds a line, by stage."""
    received, events = await bench.received(lines)
    core = _core(bench)
    meter = Meter()
    steps = _decided(core, events)
    decide = meter.read(lines)

    decisions = DecisionLog(ROOM)
    meter = Meter()
    for step in steps:
        decisions.write(step.batch)
    log = meter.read(lines)

    meter = Meter()
    results = await _journalled(bench, steps)
    journal = meter.read(lines)

    meter = Meter()
    for result in results:
        core.committed(result)
    core.outbox.expired(bench.clock.now())
    reply = meter.read(lines)
    return {
        "decode": received.cpu_us,
        "decide": decide.cpu_us,
        "journal": journal.cpu_us,
        "reply": reply.cpu_us,
        "log": log.cpu_us,
    }


def _core(bench: Bench) -> RoomCore:
    setup = bench.setup()
    return RoomCore(
        ROOM,
        RoomSession(setup.policy, bench.understanding),
        Outbox(setup.limits, setup.style, SINKS),
        RoomView(room=ROOM, mode=RoomMode.ANSWERING),
        desk=setup.desk,
        attended=lambda: False,
        seen=SeenEvents(),
    )


def _decided(core: RoomCore, events: Sequence[PlatformEvent]) -> list[Step]:
    steps = map(core.receive, events)
    return [step for step in steps if step is not None]


async def _journalled(bench: Bench, steps: Sequence[Step]) -> list[Committed]:
    """Commit what the steps left behind, as the engine does."""
    results: list[Committed] = []

    def done(result: Committed | BaseException) -> None:
        if isinstance(result, BaseException):
            raise result
        results.append(result)

    async with bench.store() as store:
        for step in steps:
            store.append(step.batch, done)
            await store.wait_for_room()
        while store.waiting:  # noqa: ASYNC110
            await asyncio.sleep(0.001)
    return results
