"""The power goes at random instants of a busy broadcast: nothing is lost, nothing said twice."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from tests.acceptance.kills import play, told_apart


def _seed() -> int:
    """STREAMBOT_SEED repeats a run."""
    return int(os.environ.get("STREAMBOT_SEED", random.randrange(1_000_000)))


@pytest.mark.timeout(240)
async def test_three_kills_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    """kill -9 at 3 random instants; then store and room tell the same story. Fifty are a proof."""
    seed = _seed()
    print(f"STREAMBOT_SEED={seed}")
    await play(tmp_path, seed, kills=3)


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


def test_a_welcome_is_told_from_an_answer() -> None:
    """Also one that begins as many answers do, behind the last of several names."""
    welcome, answer = "您好，欢迎光临直播间，请问有什么可以帮您？", "您好，48小时内发货"
    assert told_apart(f"@客001 @问002 {welcome}") == (["客001", "问002"], [])
    assert told_apart(f"@问002 {answer}") == ([], ["问002"])
    assert told_apart(f"@客001 @问002 {answer}") == (["客001"], ["问002"])
