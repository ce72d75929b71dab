"""How lines get out: committed first, written once, put back, shown, expired, withdrawn."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from streambot.adapters.store import Store, open_store
from streambot.application.sender import Sender
from streambot.authoring.guard_file import shipped_guard
from streambot.domain.desk_policy import DeskPolicy
from streambot.domain.events import ReplySettled
from streambot.domain.pacing import Outbox
from streambot.domain.reply import (
    LineOut,
    OutId,
    Reply,
    ReplyKind,
    ReplyState,
    SendOutcome,
    SendResult,
)
from streambot.domain.room import Capability, Sink
from streambot.ports.store import Committed, RoomBatch
from tests.adapters.store.samples import ROOM, batch, commit, reply, viewer
from tests.application.room_fakes import FAST, FakeConnection, RecordingClock

READ_ONLY = frozenset({Capability.ENTER})


class Witness:
    """A store that notes what it put on its way."""

    def __init__(self, store: Store, log: list[str]) -> None:
        self._store = store
        self._log = log
        self.declined: Callable[[], object] = lambda: None

    def __getattr__(self, name: str) -> Any:
        """Everything else is the store's."""
        return getattr(self._store, name)

    async def line_sending(self, line: LineOut, room: Any) -> bool:
        """Note a line once it is committed."""
        granted = await self._store.line_sending(line, room)
        self._log.append(f"committed {line.line_id}" if granted else "declined")
        if not granted:
            asyncio.get_running_loop().call_soon(self.declined)
        return granted


@dataclass(slots=True)
class Mouth:
    """A sender on a real store, with a link to be given and everything it told."""

    store: Store
    clock: RecordingClock = field(default_factory=RecordingClock)
    log: list[str] = field(default_factory=list)
    told: list[ReplySettled] = field(default_factory=list)
    shown: list[LineOut] = field(default_factory=list)
    warned: list[int] = field(default_factory=list)
    outbox: Outbox = field(init=False)
    sender: Sender = field(init=False)
    witness: Witness = field(init=False)

    def __post_init__(self) -> None:
        self.outbox = Outbox(FAST)
        self.witness = Witness(self.store, self.log)
        self.sender = Sender(
            ROOM,
            self.outbox,
            self.witness,
            self.clock,
            sinks=(Sink.ROOM_CHAT, Sink.PROMPTER),
            desk=DeskPolicy(),
            tell=self._told,
            show=self.shown.append,
            part_said=lambda line, at: None,
            warned=self.warned.append,
        )

    def _told(self, event: ReplySettled, _: Committed) -> None:
        self.told.append(event)

    def link(self, **settings: Any) -> FakeConnection:
        """A new link, which the sender writes to from now on."""
        connection = FakeConnection(
            self.clock,
            on_send=lambda line: self.log.append(f"written {line.line_id}"),
            **settings,
        )
        self.sender.linked(connection)
        return connection

    async def owe(self, *replies: Reply) -> None:
        """Commit replies and queue them, as a room does."""
        await commit(
            self.store,
            *(batch(n, replies=(each,)) for n, each in enumerate(replies, 100)),
        )
        for each in replies:
            self.outbox.owe(each)
        self.sender.wake()
        await self.rest()

    async def rest(self) -> None:
        """Wait until the store and the sender have nothing more to do just now."""
        for _ in range(6):
            await self.store.transact(lambda tx: None)
            await self.clock.settle()

    async def pass_time(self, seconds: float) -> None:
        """Let time pass."""
        await self.clock.advance(timedelta(seconds=seconds))
        await self.rest()

    @property
    def states(self) -> dict[str, str]:
        """What became of replies, as told."""
        return {out: each.state.value for each in self.told for out in each.outs}


@asynccontextmanager
async def mouth(folder: Path) -> AsyncIterator[Mouth]:
    """A sender that runs until the end of the test."""
    async with open_store(folder) as store:
        made = Mouth(store)
        task = asyncio.create_task(made.sender.run())
        try:
            yield made
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


async def test_a_line_is_committed_before_it_is_written(tmp_path: Path) -> None:
    """And while it is on its way the store says so, until the room's word is in."""
    async with mouth(tmp_path) as room:
        link = room.link()
        word: asyncio.Future[SendOutcome] = asyncio.Future()
        link.answers.append(word)
        await room.owe(reply(1))
        (line,) = link.sent
        assert room.log == [f"committed {line.line_id}", f"written {line.line_id}"]
        assert (await room.store.revive(ROOM, room.clock.now())).sending == (line,)
        word.set_result(SendOutcome(result=SendResult.SENT, at=room.clock.now()))
        await room.rest()
        revival = await room.store.revive(ROOM, room.clock.now())
        assert (revival.sending, revival.queued) == ((), ())
        assert room.states == {"o1": "sent"}


async def test_an_uncertain_line_is_repeated_where_that_is_safe(tmp_path: Path) -> None:
    """On the next link, the same line under the same id, once."""
    async with mouth(tmp_path) as room:
        first = room.link()
        first.will(SendResult.UNCERTAIN)
        await room.owe(reply(1))
        assert len(first.sent) == 1
        assert room.states == {}
        room.sender.linked(None)
        second = room.link()
        await room.rest()
        assert second.sent == first.sent
        assert room.states == {"o1": "sent"}


async def test_an_uncertain_line_is_never_doubled(tmp_path: Path) -> None:
    """Where a platform would show it twice it stays uncertain, and people see that."""
    async with mouth(tmp_path) as room:
        link = room.link(idempotent=False)
        link.will(SendResult.UNCERTAIN)
        await room.owe(reply(1))
        room.sender.linked(None)
        again = room.link(idempotent=False)
        await room.rest()
        assert len(link.sent) == 1 and again.sent == []
        assert room.states == {"o1": "uncertain"}


async def test_an_uncertain_welcome_is_not_said_late(tmp_path: Path) -> None:
    """A promise in seconds: after one more it is let go; an answer has half a minute."""
    welcome = replace(reply(1), kind=ReplyKind.GREETING, text="", addressed=False)
    for owed, fate in ((welcome, "uncertain"), (reply(2), "sent")):
        async with mouth(tmp_path / fate) as room:
            room.link().will(SendResult.UNCERTAIN)
            await room.owe(replace(owed, owed_at=room.clock.now()))
            room.sender.linked(None)
            await room.pass_time(2)
            room.link()
            await room.rest()
            assert room.states == {owed.out_id: fate}


async def test_a_line_refused_for_speed_is_said_later_in_the_same_words(
    tmp_path: Path,
) -> None:
    """After the penalty the room names, and never before."""
    async with mouth(tmp_path) as room:
        link = room.link()
        link.will(SendResult.REFUSED, "rate", 4)
        await room.owe(reply(1))
        assert room.states == {}
        assert len((await room.store.revive(ROOM, room.clock.now())).queued) == 1
        await room.pass_time(3.9)
        assert len(link.sent) == 1
        await room.pass_time(0.1)
        assert [line.text for line in link.sent] == [link.sent[0].text] * 2
        assert room.states == {"o1": "sent"}


async def test_a_line_refused_for_good_is_not_tried_again(tmp_path: Path) -> None:
    """The room's word is final, and told."""
    async with mouth(tmp_path) as room:
        link = room.link()
        link.will(SendResult.REFUSED, "forbidden")
        await room.owe(reply(1))
        await room.pass_time(10)
        assert len(link.sent) == 1
        assert room.states == {"o1": "refused"}


async def test_what_the_guard_holds_is_never_written(tmp_path: Path) -> None:
    """It is settled as held, with the rule."""
    async with mouth(tmp_path) as room:
        link = room.link()
        await room.owe(replace(reply(1), text="打我电话13812345678"))
        assert link.sent == []
        assert [(each.state, each.rule) for each in room.told] == [("held", "phone")]


async def test_a_warning_goes_out_and_is_counted_but_not_an_agent_s(
    tmp_path: Path,
) -> None:
    """The assistant's promise is said and counted; the agent has answered for theirs."""
    guard = await asyncio.to_thread(shipped_guard)
    async with mouth(tmp_path) as room:
        room.outbox.guard = guard
        link = room.link()
        await room.owe(
            replace(reply(1), text="假一赔十"),
            replace(reply(2), kind=ReplyKind.AGENT, text="假一赔十哦", ticket=None),
            replace(reply(3), text="嗯，有货的"),
        )
        await room.pass_time(10)
        assert (len(link.sent), room.warned) == (3, [1])


async def test_without_a_way_to_write_a_person_is_shown_the_line(
    tmp_path: Path,
) -> None:
    """They say it or skip it; both are kept."""
    async with mouth(tmp_path) as room:
        link = room.link(can=READ_ONLY)
        await room.owe(reply(1), reply(2))
        assert link.sent == []
        assert set(await room.store.shown(ROOM)) == set(room.shown)
        said, skipped = room.shown
        assert set(room.states.values()) == {"shown"}
        await room.sender.said_by_person(said, said=True)
        await room.sender.said_by_person(skipped, said=False)
        assert sorted(room.states.values()) == ["sent", "withdrawn"]
        assert await room.store.shown(ROOM) == ()


async def test_kinds_that_may_not_be_written_now_are_shown(tmp_path: Path) -> None:
    """Where a platform takes only some lines the others go to the prompter."""
    async with mouth(tmp_path) as room:
        link = room.link(only=frozenset({ReplyKind.ORDER}))
        await room.owe(reply(1), replace(reply(2), kind=ReplyKind.ORDER))
        await room.pass_time(2)
        assert [line.kind for line in link.sent] == [ReplyKind.ORDER]
        assert [line.covers for line in room.shown] == [("o1",)]


async def test_nothing_is_said_late(tmp_path: Path) -> None:
    """What could not be said in time expires, also while there is no link."""
    async with mouth(tmp_path) as room:
        await room.owe(reply(1))  # to be said within 60 s
        await room.pass_time(59.9)
        assert room.states == {}
        await room.pass_time(0.2)
        assert room.states == {"o1": "expired"}
        link = room.link()
        await room.pass_time(5)
        assert link.sent == []


async def test_what_is_withdrawn_while_it_is_chosen_is_not_written(
    tmp_path: Path,
) -> None:
    """The store has the last word; whoever shared the line is answered by another."""
    async with mouth(tmp_path) as room:
        one, two = (
            replace(reply(n), merge_key="same", viewer=viewer(f"甲{n}")) for n in (1, 2)
        )
        await room.owe(one, two)
        taken = RoomBatch(room=ROOM, settled=[(OutId("o1"), ReplyState.WITHDRAWN)])
        await commit(room.store, taken)
        # The commit's effects reach the outbox a moment after its row is seen.
        room.witness.declined = lambda: room.outbox.withdraw([OutId("o1")])
        link = room.link()
        await room.rest()
        assert room.log[0] == "declined"
        assert [line.covers for line in link.sent] == [("o2",)]
        assert room.states == {"o2": "sent"}
        assert room.outbox.stats.on_way == 0


async def test_a_line_the_store_declines_does_not_spin(tmp_path: Path) -> None:
    """Twice no is no."""
    async with mouth(tmp_path) as room:
        await room.owe(reply(1))
        taken = RoomBatch(room=ROOM, settled=[(OutId("o1"), ReplyState.WITHDRAWN)])
        await commit(room.store, taken)
        link = room.link()
        await room.pass_time(10)
        assert room.log == ["declined", "declined"]
        assert link.sent == []


async def test_told_to_finish_it_waits_for_the_room_and_writes_no_more(
    tmp_path: Path,
) -> None:
    """The line on its way is settled, the next one stays queued for the next start."""
    async with mouth(tmp_path) as room:
        link = room.link()
        word: asyncio.Future[SendOutcome] = asyncio.Future()
        link.answers.append(word)
        await room.owe(reply(1), replace(reply(2), text="另一句"))
        ending = asyncio.create_task(room.sender.finish(timedelta(seconds=3)))
        await room.rest()
        assert not ending.done()
        word.set_result(SendOutcome(result=SendResult.SENT, at=room.clock.now()))
        await room.rest()
        assert ending.done()
        assert len(link.sent) == 1
        assert len((await room.store.revive(ROOM, room.clock.now())).queued) == 1


async def test_a_room_that_never_answers_does_not_hold_up_the_end(
    tmp_path: Path,
) -> None:
    """Three seconds are enough."""
    async with mouth(tmp_path) as room:
        room.link().answers.append(asyncio.Future())
        await room.owe(reply(1))
        ending = asyncio.create_task(room.sender.finish(timedelta(seconds=3)))
        await room.pass_time(2.9)
        assert not ending.done()
        await room.pass_time(0.1)
        assert ending.done()


async def test_a_held_answer_takes_no_welcome_down_with_it(tmp_path: Path) -> None:
    """Whom the line would have welcomed on the way is welcomed by another one."""
    welcome = replace(
        reply(1), kind=ReplyKind.GREETING, text="", addressed=False, viewer=viewer("新")
    )
    bad = replace(reply(2), text="打13812345678聊")
    async with mouth(tmp_path) as room:
        link = room.link()
        await room.owe(welcome, bad)
        await room.pass_time(59)
        assert room.states == {"o1": "sent", "o2": "held"}
        (line,) = link.sent
        assert (line.kind, line.named) == (ReplyKind.GREETING, 1)
