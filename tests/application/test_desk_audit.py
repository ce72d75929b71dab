"""What supervisors do to agents' tickets is audited with the act, and only when it is done."""

from __future__ import annotations

from streambot.domain.audit import Act
from streambot.domain.refusal import Refusal
from tests.application.desk_world import BOSS, MEI, DeskWorld
from tests.domain.ticket_samples import handoff


async def test_what_is_done_to_anothers_ticket_is_audited_once() -> None:
    """A stale command leaves no row, a repeated one no second row, an owner's own none."""
    world = DeskWorld()
    stale = await world.hand_off()
    ticket = await world.do(MEI, "claim", stale)
    refused = await world.try_to(BOSS, "release", stale, note="梅不在")
    assert isinstance(refused, Refusal)
    assert not list(world.store.deeds)
    for _ in range(2):
        await world.do(BOSS, "release", ticket, note="梅不在", ref="once")
    (deed,) = world.store.deeds
    assert (deed.actor, deed.role, deed.action) == ("boss", "supervisor", Act.RELEASE)
    assert (deed.object, deed.reason) == (ticket.id, "梅不在")
    assert deed.data == {"owner": "mei", "no": ticket.no}
    mine = await world.do(MEI, "claim", await world.now(ticket.id))
    await world.do(MEI, "release", mine, note="换班")
    assert len(world.store.deeds) == 1


async def test_slowness_is_a_warning_of_the_owner_alone() -> None:
    """A queue that is slow blames nobody; an answer that arrives late blames its agent once."""
    world = DeskWorld()
    await world.hand_off()
    await world.pass_time(world.policy.first.total_seconds() + 1)
    await world.desk.ring()
    assert not world.store.deeds
    ticket = await world.hand_off(handoff("e2", who="v2", at=world.clock.now()))
    ticket = await world.do(MEI, "claim", ticket)
    await world.do(MEI, "answer", ticket, text="马上查")
    (reply,) = world.owed()
    await world.pass_time(world.policy.first.total_seconds() + 1)
    assert await world.send(reply)
    await world.desk.ring()
    found = [
        (each.actor, each.action, each.object, each.data["rule"])
        for each in world.store.deeds
    ]
    assert found == [("mei", Act.WARNING, ticket.id, "slow:first")]
