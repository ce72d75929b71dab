"""Two rooms of one store whose platforms number their events alike."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

from streambot.adapters.store import open_store
from streambot.application.engine import RoomEngine
from streambot.application.room_setup import RoomSetup
from streambot.domain.dedup import SeenEvents
from streambot.domain.desk_policy import DeskPolicy
from streambot.domain.events import ViewerSpoke
from streambot.domain.greeting import GreetingStyle
from streambot.domain.policy import SessionPolicy
from streambot.domain.reply import EventId
from streambot.domain.room import RoomMode, RoomName, Sink
from streambot.testing import FakeClock
from tests.application.room_fakes import FAST, FakeConnection, FakeConnector
from tests.domain.chat_room import scene, understanding, viewer


async def test_what_one_room_is_owed_is_not_what_another_is(tmp_path: Path) -> None:
    """The same viewer asks the same under the same event id in both: both are answered."""
    clock, seen = FakeClock(), SeenEvents()
    links = {name: FakeConnection(clock) for name in ("one", "two")}
    async with open_store(tmp_path) as store, asyncio.TaskGroup() as tasks:
        running = []
        for name, link in links.items():
            connector = FakeConnector()
            connector.add(link)
            engine = RoomEngine(
                RoomSetup(
                    policy=SessionPolicy(room=RoomName(name)),
                    desk=DeskPolicy(),
                    limits=FAST,
                    style=GreetingStyle(),
                    sinks=(Sink.ROOM_CHAT,),
                    mode=RoomMode.ANSWERING,
                ),
                connector,
                store,
                clock,
                understanding(),
                seen=seen,
                attended=lambda: True,
                publish=lambda _: None,
            )
            running.append(tasks.create_task(engine.run()))
            link.tell(
                ViewerSpoke(
                    id=EventId("1"),
                    at=clock.now(),
                    received_at=clock.now(),
                    scene=replace(scene(), room=RoomName(name)),
                    viewer=viewer("小雨"),
                    text="什么时候发货",
                )
            )
        async with asyncio.timeout(20):
            while not all(link.sent for link in links.values()):
                await store.transact(lambda tx: None)
                await clock.settle()
        for task in running:
            task.cancel()
    for link in links.values():
        assert any("48小时" in line.text for line in link.sent)
