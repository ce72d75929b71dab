"""What a store tells of the answers that a whole card was given."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from msgspec.structs import replace

from streambot.adapters.store import Store
from streambot.domain.faq.entry import Visibility
from streambot.domain.reply import Reply, ReplyKind, TicketId
from streambot.domain.ticket import TicketState
from streambot.ports.store import DeskTransaction
from streambot.testing import FakeDeskStore
from tests.adapters.store.samples import Opening, change, reply

_A_MOMENT = timedelta(seconds=1)


async def test_what_was_said_to_a_card_is_found(desk: Store | FakeDeskStore) -> None:
    """Public answers of agents, newest first: no words of the assistant, nothing taken back."""
    ticket, _ = await desk.transact(Opening("t1"))
    room, card = ticket.room, ticket.card
    public = replace(reply(1, "t1"), kind=ReplyKind.AGENT)
    private = replace(
        reply(2, "t1"), kind=ReplyKind.AGENT, visibility=Visibility.PRIVATE
    )
    gone = replace(reply(4, "t1"), kind=ReplyKind.AGENT)
    long_ago = public.owed_at - _A_MOMENT

    def say(tx: DeskTransaction) -> Sequence[Reply]:
        for each in (public, private, reply(3, "t1"), gone):
            assert tx.owe(each)
        assert list(tx.said_to_card(room, card, long_ago)) == [gone, public]
        assert list(tx.said_to_card(room, card, public.owed_at)) == [gone]
        assert tx.recall(gone.out_id)
        return tx.said_to_card(room, card, long_ago)

    assert list((await desk.transact(say))[0]) == [public]
    another, _ = await desk.transact(lambda tx: tx.said_to_card(room, "x", long_ago))
    assert list(another) == []


async def test_an_answer_counts_from_the_commit_that_holds_its_ticket(
    desk: Store | FakeDeskStore,
) -> None:
    """Taken from the room and answered at once; a matter that is over tells nothing more."""
    answer = replace(reply(1, "t1"), kind=ReplyKind.AGENT)

    def take(tx: DeskTransaction) -> Sequence[Reply]:
        opened = Opening("t1")(tx)
        in_flight = replace(opened, version=2, in_flight=(answer.out_id,))
        tx.save(in_flight, change())
        assert tx.owe(answer)
        return tx.said_to_card(opened.room, opened.card, answer.owed_at - _A_MOMENT)

    assert list((await desk.transact(take))[0]) == [answer]

    def end(tx: DeskTransaction) -> Sequence[Reply]:
        ticket = tx.ticket(TicketId("t1"))
        assert ticket is not None
        tx.save(replace(ticket, version=3, state=TicketState.CLOSED), change())
        return tx.said_to_card(ticket.room, ticket.card, answer.owed_at - _A_MOMENT)

    assert list((await desk.transact(end))[0]) == []
