"""The power goes at random instants of a busy broadcast: nothing is lost, nothing said twice."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from tests.acceptance.kills import play


def _seed() -> int:
    """STREAMBOT_SEED repeats a run."""
    return int(os.environ.get("STREAMBOT_SEED", random.randrange(1_000_000)))


@pytest.mark.timeout(240)
async def test_eight_kills_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    """kill -9 at 8 random instants; then store and room tell the same story."""
    seed = _seed()
    print(f"STREAMBOT_SEED={seed}")
    await play(tmp_path, seed, kills=8)


@pytest.mark.proof
@pytest.mark.timeout(900)
@pytest.mark.parametrize("story", range(5))
async def test_fifty_kills_lose_nothing_and_double_nothing(
    tmp_path: Path, story: int
) -> None:
    """Five broadcasts with 10 kills each; then store and room tell the same story."""
    seed = _seed() + story
    print(f"STREAMBOT_SEED={seed}")
    await play(tmp_path, seed, kills=10)
