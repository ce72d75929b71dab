"""Invariants of the store under any order of works that succeed and fail."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from streambot.adapters.store import Store, fold, open_store
from streambot.domain.reply import TicketId
from streambot.domain.ticket import Ticket, TicketState
from streambot.ports.store import ClockRow, DeskTransaction
from tests.adapters.store.samples import (
    NOW,
    ROOM,
    Opening,
    after,
    batch,
    change,
    commit,
)

Work = Callable[[DeskTransaction], None]

#: Which viewer's ticket, what becomes of it, and whether the work fails at its end.
WORKS = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.sampled_from(["open", "active", "resolved", "closed"]),
        st.booleans(),
    ),
    max_size=25,
)


class _Failed(Exception):
    """What a failing work raises."""


def _work(n: int, viewer: int, what: str, fails: bool) -> Work:
    def work(tx: DeskTransaction) -> None:
        if what == "open":
            Opening(f"t{n}", of=str(viewer))(tx)
        else:
            for each in tx.tickets_of(ROOM):
                tx.save(_moved(each, what), change(what))
        if fails:
            raise _Failed

    return work


def _moved(ticket: Ticket, what: str) -> Ticket:
    return replace(ticket, state=TicketState(what), version=ticket.version + 1)


async def _run(store: Store, works: list[tuple[int, str, bool]]) -> None:
    jobs = [store.transact(_work(n, *work)) for n, work in enumerate(works)]
    await asyncio.gather(
        *jobs, commit(store, *(batch(n) for n in range(5))), return_exceptions=True
    )


@settings(max_examples=25, deadline=None)
@given(WORKS)
def test_the_feed_has_no_hole_and_folds(works: list[tuple[int, str, bool]]) -> None:
    """Whatever fails, ``seq`` is gapless, ticket numbers too, and journals fold to tickets."""

    async def check(data_dir: Path) -> None:
        async with open_store(data_dir, synchronous="OFF") as store:
            await _run(store, works)
            entries = await store.entries(0, 10_000)
            assert entries is not None
            assert [each.seq for each in entries] == list(range(1, len(entries) + 1))
            head, tickets = await store.snapshot()
            assert head == len(entries)
            for ticket in tickets:
                assert fold(await store.history(ticket.id)) == ticket
            stored = {entry.data["ticket"]["no"] for entry in entries}  # type: ignore[index]
            assert stored == set(range(1, len(stored) + 1))

    with tempfile.TemporaryDirectory() as name:
        asyncio.run(check(Path(name)))


_KINDS = ("first", "turn")
#: What happens to a clock of one of two tickets.
CLOCKS = st.lists(
    st.tuples(
        st.sampled_from(["start", "met", "breached", "cancelled", "move"]),
        st.sampled_from(["t1", "t2"]),
        st.sampled_from(_KINDS),
    ),
    max_size=12,
)


def _clock_work(n: int, what: str, name: str, kind: str) -> Work:
    ticket = TicketId(name)
    row = ClockRow(ticket=ticket, kind=kind, started_at=after(n), due_at=after(n + 100))

    def work(tx: DeskTransaction) -> None:
        if what == "start":
            tx.add_clocks([row])
        elif what == "move":
            tx.move_clock(row)
        else:
            tx.end_clock(ticket, kind, what, after(n))

    return work


@settings(max_examples=40, deadline=None)
@given(CLOCKS)
def test_clocks_of_one_commit_run_as_if_each_had_its_own(
    steps: list[tuple[str, str, str]],
) -> None:
    """What a commit writes together leaves what one step after the other leaves."""
    works = [_clock_work(n, *step) for n, step in enumerate(steps)]

    def all_at_once(tx: DeskTransaction) -> None:
        for work in works:
            work(tx)

    async def kept(data_dir: Path, jobs: Sequence[Work]) -> tuple[object, ...]:
        async with open_store(data_dir, synchronous="OFF") as store:
            for job in jobs:
                await store.transact(job)
            running = {(x.ticket, x.kind): x for x in await store.running_clocks()}
            return running, await store.promises(NOW), await store.waits(NOW)

    async def check(folder: Path) -> None:
        one_by_one = await kept(folder / "each", works)
        assert await kept(folder / "once", [all_at_once]) == one_by_one

    with tempfile.TemporaryDirectory() as name:
        asyncio.run(check(Path(name)))
