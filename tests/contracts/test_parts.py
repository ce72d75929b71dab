"""What a store promises of a long text that goes out in parts."""

from __future__ import annotations

from pathlib import Path

from streambot.adapters.store import open_store
from streambot.domain.reply import ReplyState
from tests.adapters.store.samples import ROOM, after, batch, commit, line, reply


async def test_a_part_that_arrived_is_not_written_again(tmp_path: Path) -> None:
    """I12: while later parts of a long text are on their way their reply is, too."""
    async with open_store(tmp_path / "data", synchronous="OFF") as store:
        await commit(store, batch(1, replies=(reply(1),)))
        first, second = line(1, 1, part=1, parts=2), line(2, 1, part=2, parts=2)
        assert await store.line_sending(first, ROOM)
        await store.line_settled(first, ROOM, ReplyState.SENT, after(1))
        assert not await store.line_sending(first, ROOM)
        assert await store.line_sending(second, ROOM)
        await store.line_settled(second, ROOM, ReplyState.SENT, after(2))
        assert not await store.line_sending(second, ROOM)
