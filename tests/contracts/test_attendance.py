"""What every store promises of what processes say of the people at them."""

from __future__ import annotations

from dataclasses import replace

from streambot.adapters.store import Store
from streambot.domain.agent import Agent, AgentName
from streambot.domain.attendance import Attendance
from streambot.domain.role import Role
from streambot.testing import FakeDeskStore
from tests.adapters.store.samples import NOW, after

MEI = Attendance(
    process="first",
    agent=Agent(
        name=AgentName("mei"), role=Role.AGENT, groups=frozenset({"legal", "退货"})
    ),
    heard_at=NOW,
    there=True,
    on_break=False,
    said=0,
)


async def test_each_process_reads_what_the_others_said_last(
    desk: Store | FakeDeskStore,
) -> None:
    """A row for each process and agent, with the agent's rights; inside a commit the same."""
    there = replace(MEI, process="second", heard_at=after(1))
    later = replace(MEI, heard_at=after(3), there=False, on_break=True, said=2)
    await desk.transact(lambda tx: tx.attend([MEI, there]))
    await desk.transact(lambda tx: tx.attend([later]))
    assert list(await desk.attendance()) == [later, there]
    assert list(await desk.attendance("first")) == [there]
    found, _ = await desk.transact(lambda tx: tuple(tx.attendance("second")))
    assert found == (later,)


async def test_what_was_said_a_day_ago_is_forgotten(
    desk: Store | FakeDeskStore,
) -> None:
    """Processes that never came back leave nothing behind for ever."""
    await desk.transact(lambda tx: tx.attend([MEI]))
    new = replace(MEI, process="second", heard_at=after(24 * 3_600 + 1))
    await desk.transact(lambda tx: tx.attend([new]))
    assert list(await desk.attendance()) == [new]
