"""A whole console over real sockets: real store, desk and feed, a fake clock, simple rooms."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from tests.web.site import Site, open_site


@pytest_asyncio.fixture
async def site(tmp_path: Path) -> AsyncIterator[Site]:
    """A console with one room, agents 小王 and 小张 and a supervisor 李姐."""
    async with open_site(tmp_path / "data") as site:
        yield site
