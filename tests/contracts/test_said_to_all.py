"""What a store tells of the answer that a whole card was given."""

from __future__ import annotations

from dataclasses import replace

from streambot.adapters.store import Store
from streambot.domain.faq.entry import Visibility
from streambot.domain.reply import Reply, ReplyKind, TicketId
from streambot.ports.store import DeskTransaction
from streambot.testing import FakeDeskStore
from tests.adapters.store.samples import Opening, reply


async def test_what_was_said_to_all_is_found(desk: Store | FakeDeskStore) -> None:
    """The newest public answer of an agent; neither the assistant's words nor one taken back."""
    await desk.transact(Opening("t1"))
    public = replace(reply(1, "t1"), kind=ReplyKind.AGENT)
    private = replace(
        reply(2, "t1"), kind=ReplyKind.AGENT, visibility=Visibility.PRIVATE
    )
    gone = replace(reply(4, "t1"), kind=ReplyKind.AGENT)

    def say(tx: DeskTransaction) -> Reply | None:
        for each in (public, private, reply(3, "t1"), gone):
            assert tx.owe(each)
        assert tx.said_to_all(TicketId("t1")) == gone
        assert tx.recall(gone.out_id)
        return tx.said_to_all(TicketId("t1"))

    assert (await desk.transact(say))[0] == public
    other, _ = await desk.transact(lambda tx: tx.said_to_all(TicketId("t2")))
    assert other is None
