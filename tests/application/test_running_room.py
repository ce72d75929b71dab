"""A room's evening: begun, talked through, ended, summed up - and its failures kept to itself."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from streambot.adapters.store import Store, open_store
from streambot.application.rooms import Rooms
from streambot.domain.events import (
    GiftSent,
    Link,
    LinkChanged,
    RoomClosed,
    RoomOpened,
    ViewerSpoke,
)
from streambot.domain.gratitude import ThanksPolicy
from streambot.domain.guard import Held
from streambot.domain.mood import MoodReading
from streambot.domain.mood.reader import MoodReader
from streambot.domain.reply import EventId, ReplyKind
from streambot.domain.room import BroadcastId, Capability, RoomMode, RoomName
from streambot.domain.timers import TimerRule
from streambot.ports.store import Committed
from tests.application.engine_world import EngineWorld
from tests.application.room_fakes import FakeConnection, RecordingClock
from tests.domain.chat_room import ROOM, scene, understanding, viewer

TIMER = TimerRule(every=timedelta(minutes=10), after_lines=2, texts=("点点关注",))
POISON = "这句谁也读不了"


class Fragile(MoodReader):
    """A reader with a fault that one line brings out."""

    def read(self, text: str) -> MoodReading:
        """How it sounds, or the fault."""
        if text == POISON:
            raise ZeroDivisionError
        return super().read(text)


def closing(world: EngineWorld) -> RoomClosed:
    """The platform says that the broadcast ended."""
    now = world.clock.now()
    return RoomClosed(id=EventId("end"), at=now, received_at=now, scene=scene())


async def test_a_broadcast_is_summed_up_from_what_is_on_disk(tmp_path: Path) -> None:
    """From the first event to the end the platform tells: lines, welcomes, answers, what is left."""
    world = EngineWorld(tmp_path, greets=True)
    async with world.running() as room:
        link = await room.link()
        began = room.clock.now()
        await room.says(link, "什么时候发货", viewer("甲"))
        await room.says(link, "有运费险吗", viewer("乙"))
        await room.says(link, "转人工", viewer("丙"))
        await room.pass_time(10)
        assert room.engine.view.since == began
        link.tell(closing(room))
        await room.rest()
        ended = room.clock.now()
        assert room.engine.view.since is None
        await room.says(link, "还在吗", viewer("丁"))
        found = await room.store.summary(ROOM, None, room.clock.now())
    assert found is not None
    told, summary = found.broadcast, found.summary
    assert (told.began_at, told.ended_at, told.tickets_left) == (began, ended, 1)
    assert (told.began_by, told.ended_by) == ("", "")
    assert (summary.lines, summary.arrivals) == (3, 3)
    assert summary.welcomed.named + summary.welcomed.counted == 3
    assert summary.answered == {"ship": 1, "insurance": 1}
    assert summary.handed_off == {"asked_human": 1}
    async with world.running() as room:
        again = await room.store.summary(ROOM, told.number, room.clock.now())
        assert again is not None
        assert again.broadcast == told
        assert again.summary.answered == summary.answered
        assert await room.store.summary(ROOM, 99, room.clock.now()) is None


async def test_people_begin_and_end_a_broadcast_by_hand(tmp_path: Path) -> None:
    """Over a restart too; the platform is never asked to go on from what it doesn't know."""
    world = EngineWorld(tmp_path)
    async with world.running() as room:
        link = await room.link()
        first = await room.says(link, "来了")
        await room.pass_time(60)
        room.engine.by_hand(RoomOpened, "小运")
        await room.rest()
        since = room.clock.now()
        assert room.engine.view.since == since
    async with world.running() as room:
        link = await room.link()
        assert room.connector.opened_after[-1] == first.id
        assert room.engine.view.since == since
        await room.says(link, "还有吗")
        assert room.engine.view.since == since
        room.engine.by_hand(RoomClosed, "小运")
        await room.rest()
        assert room.engine.view.since is None
        newest, before = await room.store.broadcasts(ROOM)
        assert (newest.began_by, newest.ended_by) == ("小运", "小运")
        assert (before.began_by, before.ended_at) == ("", since)
    async with world.running() as room:
        link = await room.link()
        await room.says(link, "还在吗")
        assert room.engine.view.since is None  # the same broadcast, and it was ended
        assert len(await room.store.broadcasts(ROOM)) == 2


async def test_what_the_platform_tells_twice_splits_no_broadcast(
    tmp_path: Path,
) -> None:
    """A link that comes back and says again that the room is open changes nothing."""
    async with EngineWorld(tmp_path).running() as room:
        link = await room.link()
        for number in range(3):
            now = room.clock.now()
            event = RoomOpened(
                id=EventId(f"open{number}"), at=now, received_at=now, scene=scene()
            )
            link.tell(event)
            await room.pass_time(5)
        assert len(await room.store.broadcasts(ROOM)) == 1


async def test_a_restart_says_no_scheduled_line_twice_nor_many_at_once(
    tmp_path: Path,
) -> None:
    """The period goes on from what is on disk; the pinned notice is still pinned."""
    world = EngineWorld(
        tmp_path,
        settings={"timers": (TIMER,), "thanks": ThanksPolicy(gifts=True)},
    )
    async with world.running() as room:
        link = await room.link()
        await room.says(link, "来了")
        await room.says(link, "来啦")
        await room.pass_time(600)
        assert link.texts == ["点点关注"]
        await room.store.pin_notice(ROOM, "今晚抽奖", "李姐", room.clock.now())
    async with world.running() as room:
        link = await room.link()
        assert room.engine.view.notice == "今晚抽奖"
        for _ in range(5):
            await room.says(link, "好看")
        await room.pass_time(590)
        assert "点点关注" not in link.texts
        now = room.clock.now()
        gift = GiftSent(
            id=EventId("g"),
            at=now,
            received_at=now,
            scene=scene(),
            viewer=viewer("甲"),
            gift="小心心",
        )
        link.tell(gift)
        await room.pass_time(10)
        assert link.texts.count("点点关注") == 1
        assert link.texts.count("感谢@甲 送的小心心～") == 1


async def test_where_nobody_can_write_the_host_reads_the_schedule(
    tmp_path: Path,
) -> None:
    """A scheduled line goes to the prompter, and the next period waits for its own time."""
    async with EngineWorld(tmp_path, settings={"timers": (TIMER,)}).running() as room:
        link = await room.link(can=frozenset({Capability.ENTER}))
        await room.says(link, "来了")
        await room.says(link, "来啦")
        await room.pass_time(600)
        assert [line.kind for line in room.engine.view.prompter.values()] == [
            ReplyKind.TIMER
        ]
        assert link.texts == []


async def test_a_line_the_program_fails_on_is_never_tried_again(tmp_path: Path) -> None:
    """The room starts again and says so; what came before and after is answered."""
    broken = replace(understanding(), mood=Fragile((), ()))
    async with EngineWorld(tmp_path, book=broken).running() as room:
        link = await room.link()
        await room.says(link, "什么时候发货", viewer("甲"))
        poison = await room.says(link, POISON, viewer("乙"))
        assert set(room.engine.view.troubles) == {"failed"}
        await room.pass_time(1)
        link = await room.link()
        link.tell(poison)  # as a platform does that resumes
        await room.says(link, "有运费险吗", viewer("丙"))
        assert [text.split(" ")[-1] for text in link.texts] == ["每单都送运费险"]
        assert room.states()["room_failures"] == 1
        await room.pass_time(300)
        assert room.engine.view.troubles == {}


async def test_one_of_fifty_rooms_failing_stops_no_other(tmp_path: Path) -> None:
    """It fails again and again; the others answer at once, and none of them starts anew."""
    clock = RecordingClock()
    async with open_store(tmp_path) as store:
        worlds = [_world(store, clock, number) for number in range(50)]
        rooms = Rooms(store, clock, lambda _: None)
        for world in worlds:
            rooms.add(world.engine)
        running = asyncio.create_task(rooms.run())
        links: list[FakeConnection] = []
        for world in worlds:
            await world.until(lambda world=world: world.connector.is_waiting)  # type: ignore[misc]
            links.append(await world.link())
        for turn in range(3):
            for world, link in zip(worlds, links, strict=True):
                broken = world is worlds[7]
                line = world.line(POISON if broken else "什么时候发货")
                link.tell(_in(line, world.name, turn))
            for world, link in zip(worlds, links, strict=True):
                if world is not worlds[7]:
                    await world.until(lambda link=link, n=turn: len(link.sent) > n)  # type: ignore[misc]
            await worlds[7].until(lambda n=turn: _failures(worlds[7]) > n)  # type: ignore[misc]
            await clock.advance(timedelta(seconds=30))
            links[7] = await worlds[7].link()
        assert [_failures(world) for world in worlds].count(0) == 49
        assert all(
            len(world.connector.opened_after) == 1
            for world in worlds
            if world is not worlds[7]
        )
        assert [each.code for each in rooms.ready()] == ["failed"]
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


def _world(store: Store, clock: RecordingClock, number: int) -> EngineWorld:
    broken = replace(understanding(), mood=Fragile((), ()))
    world = EngineWorld(
        Path(), clock=clock, book=broken, name=RoomName(f"room{number}")
    )
    world.store = store
    world.build()
    return world


def _in(line: ViewerSpoke, room: RoomName, turn: int) -> ViewerSpoke:
    return replace(
        line,
        id=EventId(f"{room}:{turn}"),
        scene=replace(line.scene, room=room),
        viewer=viewer(f"观众{turn}"),
    )


def _failures(world: EngineWorld) -> float:
    return world.states().get("room_failures", 0)


async def test_pinning_is_judged_and_kept_like_a_mode(tmp_path: Path) -> None:
    """What the guard would hold isn't pinned; what it lets pass is said, and shown."""
    async with EngineWorld(tmp_path).running() as room:
        link = await room.link()
        await room.says(link, "来了")
        published: list[Committed] = []
        rooms = Rooms(room.store, room.clock, published.append)
        rooms.add(room.engine)
        held = await rooms.pin_notice(ROOM, "打我电话13800138000", "李姐")
        assert isinstance(held, Held)
        assert await rooms.pin_notice(ROOM, "八点抽奖", "李姐") is None
        await room.rest()
        assert (room.engine.view.notice, link.texts) == ("八点抽奖", ["八点抽奖"])
        (entry,) = published[-1].entries
        assert (entry.kind, entry.data["notice"]) == ("notice", "八点抽奖")
        await room.switch(RoomMode.SILENT)
        await rooms.pin_notice(ROOM, "", "李姐")
        assert room.engine.view.notice == ""


class Refusing(list[Committed]):
    """Whoever is told of a commit, and fails the first time."""

    def append(self, committed: Committed) -> None:
        """Fail once, then take it."""
        if not self.failed:
            self.failed = True
            raise ZeroDivisionError
        super().append(committed)

    failed = False


async def test_an_effect_that_fails_behind_a_commit_starts_the_room_again(
    tmp_path: Path,
) -> None:
    """What was committed is not lost: the ticket is there, and the next line is answered."""
    world = EngineWorld(tmp_path, published=Refusing())
    async with world.running() as room:
        link = await room.link()
        await room.says(link, "转人工", viewer("甲"))
        assert set(room.engine.view.troubles) == {"failed"}
        await room.pass_time(1)
        link = await room.link()
        await room.says(link, "有运费险吗", viewer("乙"))
        assert [text.split(" ")[-1] for text in link.texts][-1] == "每单都送运费险"
        assert len((await room.store.snapshot())[1]) == 1


async def test_a_pinned_notice_stays_pinned_however_long_ago(tmp_path: Path) -> None:
    """What people pinned isn't memory that fades: it is there until they take it down."""
    world = EngineWorld(tmp_path)
    async with world.running() as room:
        await room.store.pin_notice(ROOM, "全场包邮", "李姐", room.clock.now())
    world.clock.jump(timedelta(days=30))
    async with world.running() as room:
        assert room.engine.view.notice == "全场包邮"


async def test_a_broadcast_that_begins_by_itself_is_live(tmp_path: Path) -> None:
    """A platform that tells of the end, and of the next beginning only by what is said in it."""
    async with EngineWorld(tmp_path).running() as room:
        link = await room.link()
        link.tell(LinkChanged(at=room.clock.now(), link=Link.CONNECTED))
        link.tell(closing(room))
        await room.rest()
        assert not room.engine.view.live
        await room.says(link, "还在吗")
        assert not room.engine.view.live
        line = room.line("开播啦")
        link.tell(replace(line, scene=replace(line.scene, broadcast=BroadcastId("b2"))))
        await room.rest()
        assert room.engine.view.since == room.clock.now()
        assert room.engine.view.live


async def test_a_room_that_fails_is_not_live_meanwhile(tmp_path: Path) -> None:
    """Whoever goes by live rooms is told at once, and again when it is back."""
    broken = replace(understanding(), mood=Fragile((), ()))
    async with EngineWorld(tmp_path, book=broken).running() as room:
        told: list[bool] = []
        view = room.engine.view
        view.live_changed = lambda: told.append(view.live)
        link = await room.link()
        await room.says(link, POISON)
        assert (view.link, told) == ("failed", [True, False])


async def test_what_people_and_orders_tell_a_resting_room_is_heard_later(
    tmp_path: Path,
) -> None:
    """No store knows of it: it is decided on when the room is there again."""
    broken = replace(understanding(), mood=Fragile((), ()))
    async with EngineWorld(tmp_path, book=broken).running() as room:
        link = await room.link()
        await room.says(link, POISON, viewer("乙"))
        assert room.engine.view.link == "failed"
        room.engine.by_hand(RoomClosed, "小运")
        await room.pass_time(1)
        await room.link()
        (told, *_) = await room.store.broadcasts(ROOM)
        assert told.ended_by == "小运"
