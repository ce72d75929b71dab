"""What every store promises of the intervals agents were at something."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from streambot.adapters.store import Store, open_store
from streambot.domain.presence import AgentState
from streambot.ports.store import DeskTransaction
from streambot.testing import FakeDeskStore
from tests.adapters.store.samples import NOW, after


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


async def test_what_an_agent_is_at_is_one_interval_behind_the_other(
    desk: Store | FakeDeskStore,
) -> None:
    """A new state ends the one before; what lasts is told whenever it began."""

    def work(tx: DeskTransaction) -> None:
        tx.agent_is("mei", AgentState.READY, NOW, "connected")
        tx.agent_is("anna", AgentState.READY, NOW, "connected")
        tx.agent_is("mei", AgentState.BREAK, after(60), "said")

    await desk.transact(work)
    found = [
        (each.agent, each.state, each.since, each.until, each.cause)
        for each in await desk.agent_states(NOW)
    ]
    assert found == [
        ("mei", AgentState.READY, NOW, after(60), "connected"),
        ("anna", AgentState.READY, NOW, None, "connected"),
        ("mei", AgentState.BREAK, after(60), None, "said"),
    ]
    later = await desk.agent_states(after(60))
    assert [each.agent for each in later] == ["anna", "mei"]
