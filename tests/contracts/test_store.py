"""What every store promises to rooms and to the desk."""

from __future__ import annotations

import dataclasses
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from streambot.adapters.store import Store, fold, open_store
from streambot.domain.actions import MemoryKind, Remember
from streambot.domain.decision import DecisionKind
from streambot.domain.product import ProductId
from streambot.domain.reply import EventId, OutId, ReplyState, TicketId
from streambot.domain.room import RoomMode, RoomName
from streambot.domain.ticket import Ticket, TicketState
from streambot.errors import StoreError
from streambot.ports.store import ClockRow, DeskTransaction, FeedEntry, RoomBatch
from streambot.testing import FakeDeskStore
from tests.adapters.store.samples import (
    NOW,
    ROOM,
    Opening,
    after,
    batch,
    change,
    commit,
    decision,
    line,
    reply,
    spoke,
    ticket,
    viewer,
)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    """A fresh store."""
    async with open_store(tmp_path / "data", synchronous="OFF") as opened:
        yield opened


@pytest.fixture(params=["sqlite", "fake"])
async def desk(
    request: pytest.FixtureRequest, tmp_path: Path
) -> AsyncIterator[Store | FakeDeskStore]:
    """Every store that a desk can work on."""
    if request.param == "fake":
        yield FakeDeskStore()
        return
    async with open_store(tmp_path / "data", synchronous="OFF") as opened:
        yield opened


async def test_a_batch_is_committed_and_told(store: Store) -> None:
    """A batch's new replies come back once it is on disk, in order of appending."""
    told = await commit(store, *(batch(n, replies=(reply(n),)) for n in range(40)))
    assert [each.replies for each in told] == [(reply(n),) for n in range(40)]
    assert all(not each.duplicates for each in told)


async def test_a_known_event_changes_nothing_more(store: Store) -> None:
    """What arrives twice acts once, in the same commit or in a later one."""
    await commit(store, batch(1, replies=(reply(1),)))
    again = batch(1, replies=(reply(7),))
    again.desk.append(Opening("t1"))
    again.memory.append(
        Remember(memory=MemoryKind.COOLDOWN, key="faq", at=NOW, value="x")
    )
    for told in await commit(store, again, again, batch(2), batch(2)):
        assert told.duplicates in {(EventId("e1"),), (EventId("e2"),), ()}
        assert not told.replies
        assert not told.tickets
    revival = await store.revive(ROOM, NOW)
    assert revival.seen == ("e2", "e1")
    assert revival.queued == (reply(1),)
    assert not revival.memory
    assert not revival.tickets
    assert sum(each.count for each in await store.figures(ROOM, NOW)) == 2


async def test_the_same_event_id_in_two_rooms_is_two_events(store: Store) -> None:
    """Ids are a platform's own: rooms don't share them."""
    other = RoomBatch(room=RoomName("other"), events=[spoke(1)])
    told = await commit(store, batch(1), other)
    assert [each.duplicates for each in told] == [(), ()]


async def test_a_reply_is_owed_once(store: Store) -> None:
    """A known ``out_id`` is not queued again, whichever batch brings it."""
    first, second = await commit(
        store,
        batch(1, replies=(reply(1),)),
        batch(2, replies=(reply(1), reply(2))),
    )
    assert first.replies == (reply(1),)
    assert second.replies == (reply(2),)


async def test_a_failing_work_of_a_batch_takes_only_its_batch_back(
    store: Store,
) -> None:
    """A batch is committed whole or not at all, and the others don't notice."""

    def fail(_: DeskTransaction) -> None:
        raise ValueError("broken work")

    broken = batch(2, replies=(reply(2),))
    broken.desk += [Opening("t1"), fail]
    with pytest.raises(ValueError, match="broken work"):
        await commit(store, batch(1), broken, batch(3))
    revival = await store.revive(ROOM, NOW)
    assert revival.seen == ("e3", "e1")
    assert not revival.queued
    assert await store.snapshot() == (0, ())


async def test_a_value_that_cannot_be_written_fails_alone(store: Store) -> None:
    """A lone surrogate in a line is its own batch's failure, not the commit's."""
    bad = RoomBatch(room=ROOM, events=[dataclasses.replace(spoke(2), text="\ud800")])
    with pytest.raises(ValueError, match="surrogate"):
        await commit(store, batch(1), bad, batch(3))
    assert (await store.revive(ROOM, NOW)).seen == ("e3", "e1")


async def test_a_line_takes_its_replies_along(store: Store) -> None:
    """Sending and settling a line moves every reply it covers, once."""
    await commit(store, batch(1, replies=(reply(1),)), batch(2, replies=(reply(2),)))
    both = line(1, 1, 2)
    assert await store.line_sending(both, ROOM)
    revival = await store.revive(ROOM, NOW)
    assert (revival.queued, revival.sending) == ((), (both,))
    await store.line_settled(both, ROOM, ReplyState.SENT, after(1))
    revival = await store.revive(ROOM, NOW)
    assert (revival.queued, revival.sending) == ((), ())
    assert not await store.line_sending(both, ROOM)
    assert not await store.line_sending(line(2, 2), ROOM)


async def test_a_line_on_its_way_may_be_asked_for_again(store: Store) -> None:
    """After a crash the same line is granted again, another one for its reply is not."""
    await commit(store, batch(1, replies=(reply(1),)))
    assert await store.line_sending(line(1, 1), ROOM)
    assert not await store.line_sending(line(2, 1), ROOM)
    assert await store.line_sending(line(1, 1), ROOM)
    await store.line_settled(line(1, 1), ROOM, ReplyState.UNCERTAIN, NOW)
    assert await store.line_sending(line(1, 1), ROOM)


async def test_a_withdrawn_reply_is_not_said(store: Store) -> None:
    """A reply taken back while its line was chosen stops the line; settling is final."""
    await commit(store, batch(1, replies=(reply(1),)))
    taken_back = RoomBatch(
        room=ROOM,
        settled=[
            (OutId("o1"), ReplyState.WITHDRAWN),
            (OutId("o1"), ReplyState.EXPIRED),
            (OutId("unknown"), ReplyState.WITHDRAWN),
        ],
    )
    (told,) = await commit(store, taken_back)
    assert told.withdrawn == ("o1",)
    assert not await store.line_sending(line(1, 1), ROOM)


async def test_a_reply_on_its_way_cannot_be_withdrawn(store: Store) -> None:
    """What was given to the platform is settled by the platform's word only."""
    await commit(store, batch(1, replies=(reply(1),)))
    await store.line_sending(line(1, 1), ROOM)
    (told,) = await commit(
        store, RoomBatch(room=ROOM, settled=[(OutId("o1"), ReplyState.WITHDRAWN)])
    )
    assert told.withdrawn == ()


async def test_a_long_text_settles_with_its_last_part(store: Store) -> None:
    """Parts of one reply are granted one after the other; the last one settles it."""
    await commit(store, batch(1, replies=(reply(1),)))
    first, last = line(1, 1, part=1, parts=2), line(2, 1, part=2, parts=2)
    assert await store.line_sending(first, ROOM)
    await store.line_settled(first, ROOM, ReplyState.SENT, NOW)
    assert await store.line_sending(last, ROOM)
    await store.line_settled(last, ROOM, ReplyState.SENT, NOW)
    assert not await store.line_sending(line(3, 1, part=2, parts=2), ROOM)


async def test_a_refused_part_ends_the_whole_text(store: Store) -> None:
    """Nothing more of a text is written once a part was refused."""
    await commit(store, batch(1, replies=(reply(1),)))
    first = line(1, 1, part=1, parts=2)
    await store.line_sending(first, ROOM)
    await store.line_settled(first, ROOM, ReplyState.REFUSED, NOW)
    assert not await store.line_sending(line(2, 1, part=2, parts=2), ROOM)


async def test_an_unsaid_line_settles_its_replies(store: Store) -> None:
    """A line that was never on its way settles queued replies; a later line can't."""
    await commit(store, batch(1, replies=(reply(1),)))
    await store.line_settled(line(1, 1), ROOM, ReplyState.EXPIRED, NOW)
    assert not (await store.revive(ROOM, NOW)).queued
    assert not await store.line_sending(line(2, 1), ROOM)


async def test_lines_on_the_prompter_outlive_a_restart(store: Store) -> None:
    """What a person still has to say is known until they did."""
    await commit(store, batch(1, replies=(reply(1),)))
    await store.line_sending(line(1, 1), ROOM)
    await store.line_settled(line(1, 1), ROOM, ReplyState.SHOWN, NOW)
    assert await store.shown(ROOM) == (line(1, 1),)
    await store.line_settled(line(1, 1), ROOM, ReplyState.SENT, NOW)
    assert await store.shown(ROOM) == ()


async def test_a_stale_epoch_never_leaves(desk: Store | FakeDeskStore) -> None:
    """I4: a send carries its ticket's epoch, and its ticket is live."""
    opened, _ = await desk.transact(Opening("t1"))
    claimed = replace(opened, state=TicketState.ACTIVE, epoch=1, version=2)

    def claim(tx: DeskTransaction) -> None:
        tx.save(claimed, change("claim"))
        assert tx.owe(reply(1, "t1", epoch=1))
        assert tx.owe(reply(2, "t1", epoch=1))

    await desk.transact(claim)
    assert not await desk.line_sending(line(1, 1, ticket="t1", epoch=0), ROOM)
    assert await desk.line_sending(line(2, 1, ticket="t1", epoch=1), ROOM)
    await desk.transact(
        lambda tx: tx.save(
            replace(claimed, state=TicketState.RESOLVED, version=3),
            change("resolve"),
        )
    )
    assert not await desk.line_sending(line(3, 2, ticket="t1", epoch=1), ROOM)


async def test_a_line_is_settled_with_the_desks_change(store: Store) -> None:
    """The ticket learns of a line's fate in the line's own transaction, and once."""
    opened, _ = await store.transact(Opening("t1"))
    await store.transact(lambda tx: tx.owe(reply(1, "t1")))
    await store.line_sending(line(1, 1, ticket="t1"), ROOM)

    def accepted(tx: DeskTransaction) -> None:
        stored = tx.ticket(opened.id)
        assert stored is not None
        tx.save(replace(stored, version=stored.version + 1), change("accepted"))

    for expected in (1, 0):
        told = await store.line_settled(
            line(1, 1, ticket="t1"), ROOM, ReplyState.SENT, NOW, accepted
        )
        assert len(told.entries) == expected
    assert len(await store.history(opened.id)) == 2


async def test_revival_gives_back_what_was_committed(store: Store) -> None:
    """Everything a session needs survives: cursor, ids, memory, tickets, lines, replies."""
    fact = Remember(memory=MemoryKind.NOTICE, key="v/o", at=NOW, value="已发货")
    replaced = dataclasses.replace(fact, at=after(1), value="")
    full = batch(1, replies=(reply(1),))
    full.memory += [fact, replaced]
    full.desk.append(Opening("t1"))
    old = RoomBatch(room=ROOM, events=[spoke(0, at=NOW - timedelta(minutes=6))])
    greeted = RoomBatch(
        room=ROOM, events=[spoke(2)], decisions=[decision(2, DecisionKind.GREET)]
    )
    await commit(store, old, full, greeted)
    await store.set_mode(ROOM, RoomMode.OBSERVING, "lead", NOW)
    revival = await store.revive(ROOM, NOW)
    assert revival.mode is RoomMode.OBSERVING
    assert (revival.cursor, revival.broadcast) == ("e2", "b1")
    assert revival.seen == ("e2", "e1", "e0")
    assert revival.memory == (replaced,)
    assert revival.tickets == (ticket("t1", 1),)
    assert revival.lines == (spoke(1), spoke(2))
    assert revival.undecided == (spoke(2),)
    assert revival.queued == (reply(1),)


async def test_a_fresh_room_revives_empty(store: Store) -> None:
    """A room that was never seen has nothing to remember."""
    revival = await store.revive(ROOM, NOW)
    assert (revival.mode, revival.cursor, revival.broadcast) == (None, None, None)
    assert not (revival.seen or revival.memory or revival.tickets or revival.lines)


async def test_memory_is_kept_for_seven_days(store: Store) -> None:
    """What is older than 7 days is forgotten at the next revival."""
    facts = [
        Remember(memory=MemoryKind.WELCOMED, key=str(days), at=NOW - timedelta(days))
        for days in (6, 8)
    ]
    await commit(store, RoomBatch(room=ROOM, memory=facts))
    assert (await store.revive(ROOM, NOW)).memory == (facts[0],)


async def test_ids_are_given_back_for_a_day(store: Store) -> None:
    """Ids older than 24 h don't come back, though the store still knows them."""
    old = RoomBatch(room=ROOM, events=[spoke(1, at=NOW - timedelta(hours=25))])
    await commit(store, old, batch(2))
    assert (await store.revive(ROOM, NOW)).seen == ("e2",)
    (told,) = await commit(store, old)
    assert told.duplicates == ("e1",)


async def test_a_text_cut_by_a_crash_is_uncertain(store: Store) -> None:
    """A reply whose further parts were never written isn't said again."""
    await commit(store, batch(1, replies=(reply(1),)))
    first = line(1, 1, part=1, parts=2)
    await store.line_sending(first, ROOM)
    await store.line_settled(first, ROOM, ReplyState.SENT, NOW)
    revival = await store.revive(ROOM, NOW)
    assert (revival.queued, revival.sending) == ((), ())
    assert not await store.line_sending(line(2, 1), ROOM)


async def test_a_viewers_lines_are_found(store: Store) -> None:
    """The newest lines of a viewer, oldest first, for the agent who answers."""
    await commit(store, *(batch(n) for n in range(5)))
    found = await store.lines_of(ROOM, viewer().key, 2)
    assert found == (spoke(3), spoke(4))


async def test_gaps_are_committed(store: Store) -> None:
    """A hole in the room's record is a record of its own."""
    (told,) = await commit(
        store, RoomBatch(room=ROOM, gaps=[(EventId("e1"), None, NOW)])
    )
    assert not told.entries


async def test_a_failing_work_leaves_no_trace(desk: Store | FakeDeskStore) -> None:
    """A work that raises is taken back alone: no ticket, no number, no hole in the feed."""

    def fail(tx: DeskTransaction) -> None:
        Opening("broken", of="b")(tx)
        raise ValueError("changed its mind")

    await desk.transact(Opening("t1"))
    with pytest.raises(ValueError, match="changed its mind"):
        await desk.transact(fail)
    opened, committed = await desk.transact(Opening("t2", of="c"))
    assert opened.no == 2
    assert [entry.seq for entry in committed.entries] == [2]


async def test_the_feed_gives_what_was_missed(desk: Store | FakeDeskStore) -> None:
    """Entries behind a sequence, oldest first; None for a sequence that isn't ours."""
    pushed: list[FeedEntry] = []
    for n in range(5):
        _, committed = await desk.transact(Opening(f"t{n}", of=str(n)))
        pushed += committed.entries
    assert list(await desk.entries(2, 2) or ()) == pushed[2:4]
    assert list(await desk.entries(0, 100) or ()) == pushed
    assert await desk.entries(5, 100) in ((), [])
    assert await desk.entries(6, 100) is None
    head, tickets = await desk.snapshot()
    assert head == 5
    assert [each.no for each in tickets] == [1, 2, 3, 4, 5]


async def test_folding_the_journal_gives_the_ticket(
    desk: Store | FakeDeskStore,
) -> None:
    """I10: a ticket's journal adds up to what is stored."""
    opened, _ = await desk.transact(Opening("t1"))
    steps = [
        replace(opened, state=TicketState.ACTIVE, owner="ann", epoch=1, version=2),
        replace(opened, priority=0, tried=("ann",), version=3),
        replace(opened, state=TicketState.RESOLVED, resolved_at=after(9), version=4),
    ]
    for step in steps:
        await desk.transact(lambda tx, now=step: tx.save(now, change("step")))  # type: ignore[misc]
        history = await desk.history(opened.id)
        assert fold(history) == step == await desk.ticket(opened.id)
    assert [each.event for each in history] == ["handoff", "step", "step", "step"]


async def test_a_viewer_has_one_live_ticket(desk: Store | FakeDeskStore) -> None:
    """I2: the store refuses a second live ticket of a viewer in a room."""
    await desk.transact(Opening("t1"))
    with pytest.raises(StoreError):
        await desk.transact(Opening("t2"))
    assert len((await desk.snapshot())[1]) == 1


@pytest.mark.parametrize("state", [TicketState.CLOSED, TicketState.WITHDRAWN])
async def test_a_finished_ticket_never_changes(
    desk: Store | FakeDeskStore, state: TicketState
) -> None:
    """I11: closed and withdrawn are final, and leave the queue."""
    opened, _ = await desk.transact(Opening("t1"))
    await desk.transact(lambda tx: tx.save(replace(opened, state=state), change()))
    with pytest.raises(StoreError):
        await desk.transact(lambda tx: tx.save(opened, change("again")))
    assert list((await desk.snapshot())[1]) == []


async def test_the_live_ticket_comes_before_resolved_ones(
    desk: Store | FakeDeskStore,
) -> None:
    """A viewer's live ticket, else the newest resolved one, else nothing."""

    def found(tx: DeskTransaction) -> Ticket | None:
        return tx.live_ticket(ROOM, viewer().key)

    assert (await desk.transact(found))[0] is None
    for name in ("t1", "t2"):
        opened, _ = await desk.transact(Opening(name))
        assert (await desk.transact(found))[0] == opened
        resolved = replace(opened, state=TicketState.RESOLVED)
        await desk.transact(lambda tx, now=resolved: tx.save(now, change()))  # type: ignore[misc]
    assert (await desk.transact(found))[0] == resolved
    of_room, _ = await desk.transact(lambda tx: list(tx.tickets_of(ROOM)))
    assert [each.id for each in of_room] == ["t1", "t2"]
    for one in of_room:
        card, _ = await desk.transact(lambda tx, own=one.card: tx.card(ROOM, own))  # type: ignore[misc]
        assert list(card) == [each for each in of_room if each.card == one.card]
    elsewhere, _ = await desk.transact(
        lambda tx: tx.card(RoomName("b"), of_room[0].card)
    )
    assert not elsewhere


async def test_withdrawing_takes_back_what_waits(store: Store) -> None:
    """A ticket's queued replies are withdrawn, one on its way is not."""
    await store.transact(Opening("t1"))

    def owe(tx: DeskTransaction) -> list[bool]:
        return [tx.owe(reply(n, "t1")) for n in (1, 2, 2)]

    owed, committed = await store.transact(owe)
    assert owed == [True, True, False]
    assert committed.replies == (reply(1, "t1"), reply(2, "t1"))
    await store.line_sending(line(1, 1, ticket="t1"), ROOM)
    _, committed = await store.transact(lambda tx: tx.withdraw(TicketId("t1")))
    assert committed.withdrawn == ("o2",)


async def test_a_reply_needs_a_room(store: Store) -> None:
    """A reply owed outside a room, without a ticket, is a mistake that is told."""
    with pytest.raises(StoreError):
        await store.transact(lambda tx: tx.owe(reply(1)))


async def test_a_clock_ends_once(store: Store) -> None:
    """I8: one running clock of a kind per ticket; it ends as the first end says."""
    first = ClockRow(
        ticket=TicketId("t1"), kind="turn", started_at=NOW, due_at=after(180)
    )
    second = replace(first, started_at=after(5), due_at=after(185))

    def start(tx: DeskTransaction) -> None:
        tx.add_clocks([first])
        tx.add_clocks([second])

    await store.transact(start)
    assert await store.running_clocks() == (first,)

    def end(tx: DeskTransaction) -> None:
        tx.end_clock(first.ticket, "turn", "met", after(1))
        tx.end_clock(first.ticket, "turn", "breached", after(2))

    await store.transact(end)
    assert await store.running_clocks() == ()
    (kept,) = await store.promises(NOW)
    assert (kept.kind, kept.met, kept.breached) == ("turn", 1, 0)
    await store.transact(lambda tx: tx.add_clocks([second]))
    assert await store.running_clocks() == (second,)
    with pytest.raises(StoreError):
        await store.transact(
            lambda tx: tx.end_clock(first.ticket, "turn", "forgotten", NOW)
        )


async def test_the_product_on_screen_is_kept_and_told(store: Store) -> None:
    """It is revived with the room, the newest only, and the feed tells who put it there."""
    await store.show_product(ROOM, ProductId("tee"), "lead", NOW)
    told = await store.show_product(ROOM, ProductId("bag"), "mei", NOW)
    (entry,) = told.entries
    assert (entry.kind, entry.room) == ("product", ROOM)
    assert entry.data == {"product": "bag", "by": "mei"}
    revival = await store.revive(ROOM, NOW)
    shown = Remember(memory=MemoryKind.SHOWN, key="", at=NOW, value="bag")
    assert revival.memory == (shown,)


async def test_a_mode_is_kept_and_told(store: Store) -> None:
    """Switching a room is stored and appears in the feed."""
    told = await store.set_mode(ROOM, RoomMode.SILENT, "lead", NOW)
    (entry,) = told.entries
    assert (entry.seq, entry.kind, entry.room) == (1, "mode", ROOM)
    assert entry.data == {"mode": "silent", "by": "lead"}
    assert await store.entries(0, 10) == (entry,)
