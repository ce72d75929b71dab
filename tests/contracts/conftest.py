"""The stores that a desk can work on."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from streambot.adapters.store import Store, open_store
from streambot.testing import FakeDeskStore


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
