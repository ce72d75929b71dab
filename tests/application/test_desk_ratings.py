"""Ratings at the desk: who is asked, whose score it is, and what a low one leads to."""

from __future__ import annotations

from dataclasses import replace

import pytest

from streambot.application import ratings
from streambot.domain.actions import RateTicket
from streambot.domain.reply import EventId
from streambot.domain.satisfaction import Rating
from streambot.domain.ticket import Reason, Ticket, TicketState
from tests.application.desk_scores import ask_for_score
from tests.application.desk_world import BOSS, MEI, DeskWorld
from tests.domain.ticket_samples import handoff, viewer


async def helped(
    world: DeskWorld, event: str = "e1", reason: Reason = Reason.UNMATCHED
) -> Ticket:
    """A ticket that mei answered, not yet resolved."""
    call = handoff(event, reason=reason, at=world.clock.now())
    ticket = await world.do(MEI, "claim", await world.hand_off(call))
    ticket = await world.do(MEI, "answer", ticket, text="已为您登记退款")
    await world.send(world.owed(f"agent:{ticket.id}")[-1])
    return await world.now(ticket.id)


async def ask(world: DeskWorld, ticket: Ticket) -> bool:
    """Ask the ticket's viewer now, as the room's session does."""
    at = world.clock.now()
    done, _ = await world.store.transact(
        lambda tx: ask_for_score(tx, ticket, at, world.policy)
    )
    return done


async def rate(
    world: DeskWorld, ticket: Ticket, score: int, event: str, who: str = "v1"
) -> Ticket:
    """A viewer gives *score* now."""
    action = RateTicket(
        ticket=ticket.id,
        episode=0,
        viewer=viewer(who),
        event_id=EventId(event),
        score=score,
        text=str(score),
        at=world.clock.now(),
    )
    after, committed = await world.store.transact(
        lambda tx: ratings.rate(tx, action, policy=world.policy, attended=True)
    )
    world.desk.heard(committed)
    assert after is not None
    return after


async def kept(world: DeskWorld, ticket: Ticket) -> Rating:
    """The rating of the first episode as stored."""
    found, _ = await world.store.transact(lambda tx: tx.rating(ticket.id, 0))
    assert found is not None
    return found


async def test_a_score_belongs_to_who_did_the_work_after_they_were_unassigned() -> None:
    """Others lose the agent at unassign and orphan ratings: here it is a snapshot.

    Named flaw: a rating orphaned once the agent is unassigned.
    """
    world = DeskWorld()
    ticket = await world.do(BOSS, "resolve", await helped(world))
    assert await ask(world, ticket)
    assert (await world.now(ticket.id)).owner is None
    await rate(world, ticket, 5, "r1")
    rating = await kept(world, ticket)
    assert (rating.agent, rating.score) == (MEI.name, 5)


async def test_each_episode_may_be_rated_not_a_conversation_once_for_ever() -> None:
    """Never twice an episode or a day; a later one has a question of its own.

    Named flaw: one rating a conversation for ever.
    """
    world = DeskWorld()
    first = await world.do(MEI, "resolve", await helped(world))
    assert await ask(world, first)
    assert not await ask(world, await world.now(first.id)), "asked twice in an episode"
    await world.pass_time(11 * 60)
    second = await world.do(MEI, "resolve", await helped(world, "e2"))
    assert not await ask(world, second), "asked twice in a day"
    await world.pass_time(24 * 3_600)
    third = await world.do(MEI, "resolve", await helped(world, "e3"))
    assert await ask(world, third)


async def test_nobody_is_asked_after_an_automatic_close() -> None:
    """Without a person's words that arrived there is nothing to grade.

    Named flaw: a survey after an automatic close.
    """
    world = DeskWorld()
    ticket = await world.do(MEI, "claim", await world.hand_off())
    assert not await ask(world, await world.do(MEI, "resolve", ticket))


@pytest.mark.parametrize("reason", [Reason.LEGAL, Reason.SAFETY_WORD])
async def test_who_was_harmed_or_goes_to_law_is_not_asked(reason: Reason) -> None:
    """A grave matter is no occasion for a survey."""
    world = DeskWorld()
    ticket = await helped(world, reason=reason)
    assert not await ask(world, await world.do(MEI, "resolve", ticket))


@pytest.mark.parametrize("outcome", ["no_reply", "not_needed"])
async def test_who_was_not_helped_is_not_asked(outcome: str) -> None:
    """A matter that fell asleep has no service to grade."""
    world = DeskWorld()
    ticket = await world.do(MEI, "resolve", await helped(world), outcome=outcome)
    assert not await ask(world, ticket)


@pytest.mark.parametrize("score", [1, 2])
async def test_a_low_score_opens_the_matter_for_a_supervisor(score: int) -> None:
    """A dissatisfied viewer is never closed silently, and hears that somebody looks at it.

    Named flaw: a dissatisfied viewer is closed silently.
    """
    world = DeskWorld()
    ticket = await world.do(MEI, "resolve", await helped(world))
    await ask(world, ticket)
    again = await rate(world, ticket, score, "r1")
    assert (again.id, again.state) == (ticket.id, TicketState.QUEUED)
    assert again.reason is Reason.LOW_CSAT
    (line,) = [one for one in world.owed("holding:") if "主管" in one.text]
    assert f"编号{ticket.no}" in line.text
    assert (await kept(world, ticket)).score == score


async def test_a_low_score_after_the_close_opens_a_new_ticket() -> None:
    """A closed ticket never changes; the new one says which it follows. (I11)"""
    world = DeskWorld()
    ticket = await world.do(MEI, "resolve", await helped(world))
    await world.pass_time(60)
    await ask(world, ticket)
    await world.pass_time(9 * 60 + 30)
    await world.desk.ring()
    assert (await world.now(ticket.id)).state is TicketState.CLOSED
    fresh = await rate(world, ticket, 1, "r1")
    assert (fresh.id != ticket.id, fresh.reason) == (True, Reason.LOW_CSAT)
    assert (await world.desk.history(fresh.id))[0].data["follows"] == ticket.id


async def test_the_first_score_counts_and_a_correction_within_a_minute() -> None:
    """A slip of the thumb is put right; what comes later changes nothing."""
    world = DeskWorld()
    ticket = await world.do(MEI, "resolve", await helped(world))
    await ask(world, ticket)
    await rate(world, ticket, 3, "r1")
    await world.pass_time(59)
    await rate(world, ticket, 4, "r2")
    assert (await kept(world, ticket)).score == 4
    await world.pass_time(61)
    after = await rate(world, ticket, 1, "r3")
    assert (await kept(world, ticket)).score == 4
    assert after.state is TicketState.RESOLVED


async def test_a_score_too_late_or_of_another_viewer_is_none() -> None:
    """Ten minutes, and only who was asked."""
    world = DeskWorld()
    ticket = await world.do(MEI, "resolve", await helped(world))
    await ask(world, ticket)
    await rate(world, ticket, 5, "r1", who="v2")
    await world.pass_time(10 * 60 + 1)
    await rate(world, ticket, 5, "r2")
    assert replace(await kept(world, ticket), text="") == await kept(world, ticket)
    assert (await kept(world, ticket)).score is None
