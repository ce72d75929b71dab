"""Agents' commands: who may do what when, once each, and what their words become."""

from __future__ import annotations

from dataclasses import replace

import pytest
from msgspec import structs

from streambot.application.handoffs import withdraw
from streambot.domain.faq.entry import Visibility
from streambot.domain.refusal import Refusal, RefusalCode
from streambot.domain.reply import EventId, ReplyKind, ReplyState, TicketId
from streambot.domain.ticket import Reason, Ticket, TicketState
from tests.application.desk_world import ANNA, BOSS, MEI, DeskWorld, code
from tests.domain.ticket_samples import NOON, POLICY, ROOM, handoff, seconds, viewer


async def test_a_ticket_is_claimed_answered_and_resolved() -> None:
    """The plain story: out of the queue, answered, accepted, resolved, the assistant's again."""
    world = DeskWorld()
    ticket = await world.hand_off()
    ticket = await world.do(MEI, "claim", ticket)
    assert (ticket.state, ticket.owner) == (TicketState.ACTIVE, "mei")
    ticket = await world.do(MEI, "answer", ticket, text=" 48小时内发出 ")
    (reply,) = world.owed()
    assert (reply.text, reply.author, reply.kind) == (
        "48小时内发出",
        "mei",
        ReplyKind.AGENT,
    )
    assert (reply.ticket, reply.epoch) == (ticket.id, ticket.epoch)
    assert reply.viewer == viewer()
    assert world.told[-1].replies == (reply,)
    assert await world.send(reply)
    ticket = await world.now(ticket.id)
    assert ticket.state is TicketState.WAITING_VIEWER
    ticket = await world.do(MEI, "resolve", ticket, outcome="solved")
    assert (ticket.state, ticket.owner, ticket.last_owner) == (
        TicketState.RESOLVED,
        None,
        "mei",
    )


async def test_the_second_of_two_claims_is_told_who_was_first() -> None:
    """Two agents claim at the same version: one gets it, the other reads the name. (I1)"""
    world = DeskWorld()
    ticket = await world.hand_off()
    await world.do(MEI, "claim", ticket)
    refused = await world.try_to(ANNA, "claim", ticket)
    assert isinstance(refused, Refusal)
    assert refused.code is RefusalCode.TAKEN
    assert "mei" in refused.zh


async def test_the_same_command_twice_acts_once() -> None:
    """A repeated ref gives the ticket as it stands: one reply, one journal entry."""
    world = DeskWorld()
    ticket = await world.do(MEI, "claim", await world.hand_off())
    once = await world.do(MEI, "answer", ticket, text="在的", ref="same")
    again = await world.do(MEI, "answer", ticket, text="在的", ref="same")
    assert again == once
    assert len(world.owed()) == 1


async def test_two_agents_may_use_the_same_ref() -> None:
    """Refs are each console's own."""
    world = DeskWorld()
    ticket = await world.do(MEI, "claim", await world.hand_off(), ref="1")
    refused = await world.try_to(ANNA, "claim", ticket, ref="1")
    assert code(refused) is RefusalCode.TAKEN


async def test_a_claim_of_ones_own_ticket_changes_nothing() -> None:
    """Claiming twice with different refs is no error."""
    world = DeskWorld()
    ticket = await world.do(MEI, "claim", await world.hand_off())
    assert await world.do(MEI, "claim", ticket) == ticket


@pytest.mark.parametrize("action", ["answer", "release", "resolve"])
async def test_anothers_ticket_is_left_alone(action: str) -> None:
    """An agent's commands on a colleague's ticket are forbidden."""
    world = DeskWorld()
    ticket = await world.do(MEI, "claim", await world.hand_off())
    refused = await world.try_to(ANNA, action, ticket, text="x", note="x")
    assert code(refused) is RefusalCode.FORBIDDEN


async def test_an_unclaimed_ticket_is_not_answered() -> None:
    """Claim first: nobody answers out of the queue."""
    world = DeskWorld()
    ticket = await world.hand_off()
    refused = await world.try_to(MEI, "answer", ticket, text="x")
    assert code(refused) is RefusalCode.FORBIDDEN


async def test_an_old_look_does_not_act_on_a_new_owner() -> None:
    """Released and claimed again since the agent looked: stale."""
    world = DeskWorld()
    old = await world.do(MEI, "claim", await world.hand_off())
    ticket = await world.do(MEI, "release", old, note="换班")
    await world.do(MEI, "claim", ticket)
    refused = await world.try_to(MEI, "answer", old, text="x")
    assert code(refused) is RefusalCode.STALE


async def test_a_version_from_the_future_is_stale() -> None:
    """A version nobody has seen yet comes from another life."""
    world = DeskWorld()
    ticket = await world.hand_off()
    ahead = structs.replace(ticket, version=99)
    assert code(await world.try_to(MEI, "claim", ahead)) is RefusalCode.STALE


async def test_answering_while_the_viewer_writes_is_fine() -> None:
    """The viewer's line raises the version, and an answer typed meanwhile still goes out."""
    world = DeskWorld()
    ticket = await world.do(MEI, "claim", await world.hand_off())
    await world.write(ticket, "在吗", "e2")
    assert await world.do(MEI, "answer", ticket, text="在的")


async def test_resolving_over_a_new_line_is_stale() -> None:
    """Nobody resolves a matter without having seen the viewer's last line."""
    world = DeskWorld()
    ticket = await world.do(MEI, "claim", await world.hand_off())
    newer = await world.write(ticket, "还有一个问题", "e2")
    assert code(await world.try_to(MEI, "resolve", ticket)) is RefusalCode.STALE
    assert newer is not None
    assert await world.do(MEI, "resolve", newer)


async def test_resolving_waits_for_the_answer_on_its_way() -> None:
    """With a reply in flight a ticket isn't resolved; long after its expiry it may be."""
    world = DeskWorld()
    ticket = await world.do(MEI, "claim", await world.hand_off())
    ticket = await world.do(MEI, "answer", ticket, text="在的")
    assert code(await world.try_to(MEI, "resolve", ticket)) is RefusalCode.HELD
    await world.pass_time(121)
    assert await world.do(MEI, "resolve", ticket)


async def test_a_release_needs_a_reason_and_withdraws_answers() -> None:
    """What a fenced owner still owed is never written. (I4)"""
    world = DeskWorld()
    ticket = await world.do(MEI, "claim", await world.hand_off())
    ticket = await world.do(MEI, "answer", ticket, text="在的")
    assert code(await world.try_to(MEI, "release", ticket)) is RefusalCode.HELD
    ticket = await world.do(MEI, "release", ticket, note="要下班了")
    (reply,) = world.owed()
    assert world.state_of(reply) is ReplyState.WITHDRAWN
    assert not await world.send(reply)
    assert (ticket.state, ticket.tried) == (TicketState.QUEUED, ("mei",))


async def test_an_answer_of_an_earlier_owner_changes_nothing() -> None:
    """A line already on its way when the ticket was released is recorded, and that is all."""
    world = DeskWorld()
    ticket = await world.do(MEI, "claim", await world.hand_off())
    ticket = await world.do(MEI, "answer", ticket, text="在的")
    (reply,) = world.owed()
    stale = structs.replace(reply, epoch=reply.epoch + 1)
    assert not await world.send(stale)
    assert await world.send(reply)
    assert (await world.now(ticket.id)).state is TicketState.WAITING_VIEWER


async def test_the_guard_holds_an_answer_with_its_reason() -> None:
    """A phone number stays out of the public room, and goes out in private."""
    world = DeskWorld()
    ticket = await world.do(MEI, "claim", await world.hand_off())
    refused = await world.try_to(MEI, "answer", ticket, text="打 13800138000")
    assert isinstance(refused, Refusal)
    assert (refused.code, refused.zh) == (
        RefusalCode.HELD,
        "“138”：公开回复里不能有电话号码。",
    )
    assert not world.owed()
    await world.do(MEI, "answer", ticket, text="打 13800138000", visibility="private")
    assert world.owed()[0].visibility is Visibility.PRIVATE


async def test_a_warning_asks_once_more_and_is_kept_with_the_answer() -> None:
    """Unconfirmed it is held with the remark; confirmed it goes out, and the journal says so."""
    world = DeskWorld()
    ticket = await world.do(MEI, "claim", await world.hand_off())
    for confirmed in ((), ("something_else",)):
        refused = await world.try_to(
            MEI, "answer", ticket, text="假一赔十", confirmed=confirmed
        )
        assert isinstance(refused, Refusal)
        assert refused.code is RefusalCode.HELD
        assert [each.rule for each in refused.remarks] == ["promise"]
        assert "再确认" in refused.zh
    assert not world.owed()
    sure = ("promise", "never_warned")
    await world.do(MEI, "answer", ticket, text="假一赔十", confirmed=sure)
    assert world.owed()[0].text == "假一赔十"
    changes = await world.desk.history(ticket.id)
    assert changes[-1].data["confirmed"] == ["promise"]
    assert [each.rule for each in world.desk.check(ROOM, "假一赔十", public=True)] == [
        "promise"
    ]


async def test_no_confirmation_gets_past_an_error() -> None:
    """What is held is held, whatever the agent says to it."""
    world = DeskWorld()
    ticket = await world.do(MEI, "claim", await world.hand_off())
    refused = await world.try_to(
        MEI, "answer", ticket, text="假一赔十，打138", confirmed=("promise", "phone")
    )
    assert isinstance(refused, Refusal)
    assert [each.rule for each in refused.remarks] == ["phone"]


async def test_what_the_host_reads_out_is_public() -> None:
    """A prompter line is judged as public: everybody will hear it."""
    world = DeskWorld()
    ticket = await world.do(MEI, "claim", await world.hand_off())
    refused = await world.try_to(
        MEI, "answer", ticket, text="138", visibility="prompter"
    )
    assert code(refused) is RefusalCode.HELD


async def test_a_private_matter_is_answered_in_private_unless_said() -> None:
    """The ticket's own privacy is the default of its answers."""
    world = DeskWorld()
    call = handoff(private=True, at=world.clock.now())
    ticket = await world.do(MEI, "claim", await world.hand_off(call))
    ticket = await world.do(MEI, "answer", ticket, text="已查到")
    await world.do(MEI, "answer", ticket, text="已私信您", visibility="public")
    assert [reply.visibility for reply in world.owed()] == [
        Visibility.PRIVATE,
        Visibility.PUBLIC,
    ]


@pytest.mark.parametrize(
    ("action", "details"),
    [
        ("answer", {"text": "  "}),
        ("answer", {"text": "x" * 1_001}),
        ("note", {}),
        ("resolve", {"outcome": "who knows"}),
        ("answer", {"text": "x", "visibility": "everywhere"}),
        ("resolve", {"ref": ""}),
        ("resolve", {"ref": "r" * 65}),
    ],
)
async def test_a_command_that_makes_no_sense_is_held(
    action: str, details: dict[str, str]
) -> None:
    """Empty, too long or unknown: one sentence, and the ticket is untouched."""
    world = DeskWorld()
    ticket = await world.do(MEI, "claim", await world.hand_off())
    assert code(await world.try_to(MEI, action, ticket, **details)) is RefusalCode.HELD
    assert await world.now(ticket.id) == ticket


async def test_unknown_commands_and_tickets_are_refused() -> None:
    """Nothing crashes on what no console would send."""
    world = DeskWorld()
    ticket = await world.hand_off()
    assert code(await world.try_to(MEI, "destroy", ticket)) is RefusalCode.FORBIDDEN
    ghost = structs.replace(ticket, id=TicketId("t0"))
    assert code(await world.try_to(MEI, "claim", ghost)) is RefusalCode.CLOSED


async def test_a_resolved_ticket_takes_notes_only() -> None:
    """After its end a ticket is not claimed or answered any more."""
    world = DeskWorld()
    ticket = await world.do(MEI, "claim", await world.hand_off())
    ticket = await world.do(MEI, "resolve", ticket)
    for action in ("claim", "answer", "release", "resolve"):
        refused = await world.try_to(MEI, action, ticket, text="x", note="x")
        assert code(refused) is RefusalCode.CLOSED
    assert await world.do(MEI, "note", ticket, note="已电话回访")


async def test_notes_stand_in_the_journal() -> None:
    """A note on a ticket in the queue is kept with its author, and said to nobody."""
    world = DeskWorld()
    ticket = await world.hand_off()
    await world.do(ANNA, "note", ticket, note="老客户")
    last = (await world.desk.history(ticket.id))[-1]
    assert (last.event, last.actor, last.text) == ("note", "anna", "老客户")
    assert not world.owed()


async def test_a_supervisor_frees_a_stuck_ticket() -> None:
    """A ticket on an absent agent goes back to the queue by a supervisor's hand."""
    world = DeskWorld()
    ticket = await world.do(MEI, "claim", await world.hand_off())
    ticket = await world.do(BOSS, "release", ticket, note="梅不在")
    assert (ticket.state, ticket.tried) == (TicketState.QUEUED, ("mei",))


async def test_picking_takes_a_line_from_the_room_once() -> None:
    """No ticket: one is made, active at once; a second pick of the line is the same ticket."""
    world = DeskWorld()
    line = (ROOM, viewer(), EventId("e7"), "这件有货吗")
    ticket = await world.desk.pick(MEI, *line)
    assert isinstance(ticket, Ticket)
    assert (ticket.state, ticket.reason) == (TicketState.ACTIVE, Reason.PICKED)
    assert await world.desk.pick(MEI, *line) == ticket
    assert code(await world.desk.pick(ANNA, *line)) is RefusalCode.TAKEN


async def test_picking_a_viewer_in_the_queue_claims_them() -> None:
    """A viewer has one live ticket: picking their line takes that one. (I2)"""
    world = DeskWorld()
    waiting = await world.hand_off()
    picked = await world.desk.pick(MEI, ROOM, viewer(), EventId("e7"), "在吗")
    assert isinstance(picked, Ticket)
    assert (picked.id, picked.owner) == (waiting.id, "mei")


async def test_picking_a_viewer_just_resolved_reopens_their_ticket() -> None:
    """Within the window the same ticket goes on, as a new episode."""
    world = DeskWorld()
    ticket = await world.do(MEI, "claim", await world.hand_off())
    await world.do(MEI, "resolve", ticket)
    picked = await world.desk.pick(ANNA, ROOM, viewer(), EventId("e7"), "在吗")
    assert isinstance(picked, Ticket)
    assert (picked.id, picked.owner, picked.reopen_count) == (ticket.id, "anna", 1)


async def test_picking_long_after_the_window_makes_a_new_ticket() -> None:
    """An old matter is closed, not warmed up."""
    world = DeskWorld()
    ticket = await world.do(MEI, "claim", await world.hand_off())
    await world.do(MEI, "resolve", ticket)
    await world.pass_time(601)
    picked = await world.desk.pick(ANNA, ROOM, viewer(), EventId("e7"), "在吗")
    assert isinstance(picked, Ticket)
    assert picked.id != ticket.id
    assert (await world.now(ticket.id)).state is TicketState.CLOSED


async def test_a_line_whose_ticket_is_over_is_not_picked_again() -> None:
    """One line makes one ticket; the viewer's next line makes the next."""
    world = DeskWorld()
    line = (ROOM, viewer(), EventId("e7"), "这件有货吗")
    await world.hand_off(handoff("e7"))
    ticket = (await world.store.snapshot())[1][0]
    await world.store.transact(
        lambda tx: withdraw(tx, ticket.id, "不用了", NOON, policy=POLICY)
    )
    assert code(await world.desk.pick(MEI, *line)) is RefusalCode.CLOSED


async def test_claiming_a_card_takes_all_who_ask_the_same() -> None:
    """One claim for the card, one answer to every asker, in one line."""
    world = DeskWorld()
    calls = [handoff(f"e{i}", who=f"v{i}", key="几点下播") for i in range(3)]
    tickets = [await world.hand_off(call) for call in calls]
    mine = await world.do(MEI, "claim", tickets[1])
    late = await world.hand_off(handoff("e9", who="v9", key="几点下播"))
    await world.do(MEI, "answer", mine, text="晚上十点")
    replies = world.owed()
    assert {reply.viewer for reply in replies} == {
        viewer("v0"),
        viewer("v1"),
        viewer("v2"),
        viewer("v9"),
    }
    assert len({reply.merge_key for reply in replies}) == 1
    assert await world.send(*replies)
    for ticket in (*tickets, late):
        assert (await world.now(ticket.id)).state is TicketState.WAITING_VIEWER


async def test_a_private_or_later_answer_is_its_viewers_alone() -> None:
    """What is said to one in private, or to one who asked on, isn't said to all."""
    world = DeskWorld()
    for i in range(2):
        ticket = await world.hand_off(handoff(f"e{i}", who=f"v{i}", key="k"))
    ticket = await world.do(MEI, "claim", ticket)
    ticket = await world.do(MEI, "answer", ticket, text="138", visibility="private")
    (reply,) = world.owed()
    await world.send(reply)
    await world.do(MEI, "answer", await world.now(ticket.id), text="还有什么")
    assert [reply.viewer for reply in world.owed()] == [viewer("v1")] * 2


async def test_an_agent_carries_no_more_than_they_can() -> None:
    """At the capacity a claim is refused; a card counts as one matter."""
    world = DeskWorld(policy=replace(POLICY, capacity=2))
    for i in range(3):
        shared = await world.hand_off(handoff(f"s{i}", who=f"s{i}", key="same"))
    one, two = [await world.hand_off(handoff(f"e{i}", who=f"v{i}")) for i in range(2)]
    await world.do(MEI, "claim", shared)
    owned = await world.do(MEI, "claim", one)
    assert code(await world.try_to(MEI, "claim", two)) is RefusalCode.NO_CAPACITY
    await world.do(MEI, "resolve", owned)
    assert await world.do(MEI, "claim", two)


async def test_capacity_counts_after_a_restart() -> None:
    """A new desk on the same store knows what its agents own."""
    world = DeskWorld(policy=replace(POLICY, capacity=1))
    await world.do(MEI, "claim", await world.hand_off())
    two = await world.hand_off(handoff("e2", who="v2"))
    world.desk = world.open_desk()
    await world.desk.revive()
    assert code(await world.try_to(MEI, "claim", two)) is RefusalCode.NO_CAPACITY


async def test_times_come_from_the_clock() -> None:
    """What is written down happened when the clock says."""
    world = DeskWorld()
    ticket = await world.hand_off()
    await world.pass_time(5)
    ticket = await world.do(MEI, "claim", ticket)
    assert ticket.first_claim_at == NOON + seconds(5)
