"""Handoffs from rooms: opened, merged, reopened, told to the viewer, and ended by the room."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from streambot.application import handoffs
from streambot.domain.faq.entry import Visibility
from streambot.domain.reply import OutId, ReplyState, TicketId
from streambot.domain.room import RoomName
from streambot.domain.ticket import ClockKind, Outcome, Reason, Ticket, TicketState
from tests.application.desk_world import MEI, DeskWorld
from tests.domain.ticket_samples import POLICY, ROOM, handoff, seconds


async def test_a_handoff_waits_in_the_queue_and_its_viewer_is_told() -> None:
    """One ticket, one addressed holding line that may share its line with others."""
    world = DeskWorld()
    ticket = await world.hand_off()
    assert (ticket.no, ticket.state) == (1, TicketState.QUEUED)
    (line,) = world.owed("holding:")
    assert line.text == "请稍等，我这边帮您核实一下"
    assert line.addressed
    await world.hand_off(handoff("e2", who="v2"))
    assert len({reply.merge_key for reply in world.owed("holding:")}) == 1


async def test_an_angry_viewer_gets_a_number_and_a_promise() -> None:
    """The apology names the ticket and the time that its clock keeps."""
    world = DeskWorld()
    await world.hand_off()
    call = handoff("e2", who="v2", reason=Reason.ANGRY, priority=1)
    ticket = await world.hand_off(call)
    line = world.owed("holding:")[-1]
    assert line.text == "非常抱歉，已登记（编号2），专人2小时内联系您"
    due = next(due for due in ticket.due if due.kind is ClockKind.COMPLAINT)
    assert due.due_at == ticket.queued_at + POLICY.complaint


async def test_a_handoffs_own_wording_is_used() -> None:
    """A call may bring its own line with the number in it, or ask for silence."""
    world = DeskWorld()
    await world.hand_off(handoff(holding="请到订单页联系店铺客服（编号{no}）"))
    assert world.owed("holding:")[0].text == "请到订单页联系店铺客服（编号1）"
    await world.hand_off(handoff("e2", who="v2", holding=""))
    assert len(world.owed("holding:")) == 1


async def test_a_quiet_room_gets_a_ticket_and_no_line() -> None:
    """Where the assistant says nothing, calls for a person still reach the desk."""
    world = DeskWorld()
    assert (await world.hand_off(speak=False)).state is TicketState.QUEUED
    assert not world.store.replies()


async def test_with_nobody_at_the_desk_the_viewer_is_told_so() -> None:
    """The honest line instead of the holding line, and the ticket is marked."""
    world = DeskWorld()
    ticket = await world.hand_off(attended=False)
    (line,) = world.owed("")
    assert line.text == "人工客服现在不在线，已为您登记（编号1），上线后第一时间回复"
    assert ticket.unattended
    assert ClockKind.UNATTENDED not in {due.kind for due in ticket.due}


async def test_a_private_matter_is_acknowledged_in_private() -> None:
    """The holding line is as private as the call."""
    world = DeskWorld()
    await world.hand_off(handoff(private=True))
    assert world.owed("holding:")[0].visibility is Visibility.PRIVATE


async def test_the_same_handoff_twice_is_one_ticket() -> None:
    """Handed off again by the same line (after a crash, say): nothing changes. (I3)"""
    world = DeskWorld()
    first = await world.hand_off()
    assert await world.hand_off() == first
    assert len(world.owed("")) == 1


async def test_a_second_call_merges_into_the_live_ticket() -> None:
    """One live ticket, one holding line, the more urgent reason. (I2)"""
    world = DeskWorld()
    first = await world.hand_off()
    call = handoff("e2", reason=Reason.ANGRY, priority=1, text="骗子")
    merged = await world.hand_off(call)
    assert (merged.id, merged.reason) == (first.id, Reason.ANGRY)
    assert await world.hand_off(call) == merged
    assert len(world.owed("")) == 1


async def test_a_viewer_of_two_rooms_has_a_ticket_in_each() -> None:
    """Rooms don't share tickets."""
    world = DeskWorld()
    await world.hand_off()
    other = await world.hand_off(replace(handoff(), room=RoomName("other")))
    assert other.no == 2


async def test_a_line_of_the_viewer_acts_once() -> None:
    """The same line told twice is one entry of the journal."""
    world = DeskWorld()
    ticket = await world.hand_off()
    once = await world.write(ticket, "在吗", "e2")
    assert await world.write(ticket, "在吗", "e2") == once
    events = [change.event for change in await world.desk.history(ticket.id)]
    assert events == ["handoff", "viewer_line"]


async def resolved(world: DeskWorld) -> Ticket:
    """A ticket that mei has resolved."""
    ticket = await world.do(MEI, "claim", await world.hand_off())
    return await world.do(MEI, "resolve", ticket)


@pytest.mark.parametrize("by_line", [True, False])
async def test_coming_back_within_the_window_reopens(by_line: bool) -> None:
    """A line or another call within 10 minutes: the same ticket, queued again, told again."""
    world = DeskWorld()
    ticket = await resolved(world)
    await world.pass_time(599)
    if by_line:
        back = await world.write(ticket, "还是不行", "e2")
    else:
        back = await world.hand_off(handoff("e2", at=world.clock.now()))
    assert back is not None
    assert (back.id, back.state, back.reopen_count) == (
        ticket.id,
        TicketState.QUEUED,
        1,
    )
    assert back.last_owner == "mei"
    assert len(world.owed("holding:")) == 2


@pytest.mark.parametrize("by_line", [True, False])
async def test_mere_thanks_reopen_nothing(by_line: bool) -> None:
    """谢谢 is kept in the journal and leaves the matter resolved.

    Named flaw: a viewer's thanks reopens the ticket.
    """
    world = DeskWorld()
    ticket = await resolved(world)
    if by_line:
        after = await world.write(ticket, "好的谢谢", "e2")
    else:
        call = handoff("e2", text="好的谢谢", at=world.clock.now())
        after = await world.hand_off(call)
    assert after is not None
    assert after.state is TicketState.RESOLVED
    assert (await world.desk.history(ticket.id))[-1].text == "好的谢谢"


async def test_coming_back_after_the_window_is_a_new_matter() -> None:
    """After 10 minutes the old ticket is closed, whether its clock has rung or not."""
    world = DeskWorld()
    ticket = await resolved(world)
    await world.pass_time(601)
    assert await world.write(ticket, "还是不行", "e2") is None
    again = await world.hand_off(handoff("e3", at=world.clock.now()))
    assert again.id != ticket.id
    assert (await world.now(ticket.id)).state is TicketState.CLOSED


async def test_a_late_line_for_an_old_ticket_goes_to_the_live_one() -> None:
    """A room that still holds the old ticket's id never makes two live tickets. (I2)"""
    world = DeskWorld()
    old = await resolved(world)
    await world.pass_time(601)
    new = await world.hand_off(handoff("e3", at=world.clock.now()))
    after = await world.write(old, "在吗", "e4")
    assert after is not None
    assert after.id == new.id


async def test_a_line_for_a_ticket_nobody_knows_is_passed_over() -> None:
    """Nothing happens, nothing breaks."""
    world = DeskWorld()
    ticket = await world.hand_off()
    ghost = replace(ticket, id=TicketId("t0"))
    assert await world.write(ghost, "在吗", "e4") is None


async def test_a_refused_answer_is_shown_on_the_ticket() -> None:
    """The agent sees that nobody read it, and still owes an answer. (I12)"""
    world = DeskWorld()
    ticket = await world.do(MEI, "claim", await world.hand_off())
    await world.do(MEI, "answer", ticket, text="在的")
    await world.send(*world.owed(), state=ReplyState.UNCERTAIN)
    ticket = await world.now(ticket.id)
    assert (ticket.state, ticket.last_send) == (
        TicketState.ACTIVE,
        ReplyState.UNCERTAIN,
    )
    last = (await world.desk.history(ticket.id))[-1]
    assert (last.event, last.data["state"]) == ("failed", "uncertain")


async def test_an_answer_that_expired_unsaid_is_shown_too() -> None:
    """Nothing was written, so there is no line: the reply alone settles."""
    world = DeskWorld()
    ticket = await world.do(MEI, "claim", await world.hand_off())
    await world.do(MEI, "answer", ticket, text="在的")
    (reply,) = world.owed()
    await world.store.transact(
        lambda tx: handoffs.reply_settled(
            tx,
            reply.out_id,
            ReplyState.EXPIRED,
            world.clock.now(),
            policy=POLICY,
        )
    )
    assert (await world.now(ticket.id)).last_send is ReplyState.EXPIRED


async def test_lines_of_the_assistant_touch_no_ticket() -> None:
    """Settling a greeting or a holding line changes nothing at the desk."""
    world = DeskWorld()
    ticket = await world.hand_off()
    for out in (OutId("greet:1"), OutId(f"holding:{ticket.id}:0"), OutId("agent:t0:x")):
        await world.store.transact(
            lambda tx, out=out: handoffs.reply_settled(  # type: ignore[misc]
                tx, out, ReplyState.SENT, world.clock.now(), policy=POLICY
            )
        )
    assert await world.now(ticket.id) == ticket


async def close_room(world: DeskWorld, **how: Any) -> None:
    """The broadcast ends."""
    at = world.clock.now()
    await world.store.transact(
        lambda tx: handoffs.room_closed(tx, ROOM, at, policy=POLICY, **how)
    )


async def test_tickets_outlive_the_broadcast() -> None:
    """With a way left to the viewer, every matter goes on as it was."""
    world = DeskWorld()
    waiting = await world.hand_off(handoff("e2", who="v2"))
    owned = await world.do(MEI, "claim", await world.hand_off())
    await close_room(world)
    assert (await world.now(owned.id)).owner == "mei"
    assert (await world.now(waiting.id)).state is TicketState.QUEUED
    assert (await world.desk.history(owned.id))[-1].event == "room_closed"
    ticket = await world.now(owned.id)
    await world.do(MEI, "answer", ticket, text="在的")
    assert world.owed()[-1].visibility is Visibility.PRIVATE


async def test_without_any_way_to_the_viewer_an_owned_matter_ends() -> None:
    """Resolved as unreachable; what nobody took stays in the queue, so no call is lost. (I3)"""
    world = DeskWorld()
    waiting = await world.hand_off(handoff("e2", who="v2"))
    owned = await world.do(MEI, "claim", await world.hand_off())
    await close_room(world, sink=None)
    over = await world.now(owned.id)
    assert (over.state, over.outcome) == (TicketState.RESOLVED, Outcome.UNREACHABLE)
    assert (await world.now(waiting.id)).state is TicketState.QUEUED


async def test_a_room_may_withdraw_what_nobody_took() -> None:
    """By the room's own policy; it counts as abandoned, not as resolved."""
    world = DeskWorld()
    waiting = await world.hand_off()
    await close_room(world, withdraw_queued=True)
    after = await world.now(waiting.id)
    assert (after.state, after.outcome, after.due) == (TicketState.WITHDRAWN, None, ())


async def test_a_viewer_who_wants_nobody_leaves_the_queue() -> None:
    """Out of the queue at once; an agent who has it already sees the wish and decides."""
    world = DeskWorld()
    waiting = await world.hand_off(handoff("e2", who="v2"))
    owned = await world.do(MEI, "claim", await world.hand_off())
    at = world.clock.now() + seconds(1)
    for ticket in (waiting, owned):
        await world.store.transact(
            lambda tx, of=ticket.id: handoffs.withdraw(  # type: ignore[misc]
                tx, of, "不用了", at, policy=POLICY
            )
        )
    assert (await world.now(waiting.id)).state is TicketState.WITHDRAWN
    assert (await world.now(owned.id)).state is TicketState.ACTIVE
    assert (await world.desk.history(owned.id))[-1].text == "不用了"
