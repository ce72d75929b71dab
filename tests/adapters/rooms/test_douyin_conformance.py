"""Douyin's connector passes the conformance suite's cases of a pushed room, and two hours of faults."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from streambot.testing import FakeClock
from streambot.testing.conformance import Case, conformance
from tests.adapters.rooms.douyin_peer import LACKS, OF_LINKS, serving_douyin_peer
from tests.peers.long_broadcast import LongBroadcast

_CASES = [
    case
    for case in conformance(serving_douyin_peer, lacks=LACKS)
    if str(case) not in OF_LINKS
]


@pytest.mark.parametrize("case", _CASES, ids=str)
async def test_douyin_open_conforms(case: Case) -> None:
    """No link, no arrivals, no way to write; what is pushed is held to the rest."""
    await case()


def test_nothing_else_was_left_out() -> None:
    """Eight cases hold."""
    assert len(_CASES) == 8


@pytest.mark.proof
async def test_two_hours_of_douyin_open(tmp_path: Path) -> None:
    """Pushes that cease, broadcasts that break, replays and forgeries: all that was pushed is heard
    once, and each time that nothing was is a gap.
    """
    clock = FakeClock()
    async with serving_douyin_peer(clock) as peer, asyncio.TaskGroup() as later:
        platform = peer.platform

        async def cease() -> None:
            platform.running.clear()

        async def break_off() -> None:
            platform.running.clear()
            platform.on_air = False
            later.create_task(repaired())

        async def token() -> None:
            platform.valid = "somebody else's"

        async def down() -> None:
            platform.is_down = True
            later.create_task(repaired())

        async def repaired() -> None:
            await clock.sleep(timedelta(seconds=75))
            platform.on_air, platform.is_down = True, False

        broadcast = LongBroadcast(
            *(peer, clock, tmp_path),
            seed=6,
            listening=lambda: peer.is_pushing,
            outlived={
                "ceased": lambda: peer.is_pushing,
                **dict.fromkeys(("token", "down", "replayed", "forged"), lambda: True),
            },
        )
        broadcast.faults = {
            "ceased": cease,
            "broken off": break_off,
            "token": token,
            "down": down,
            "replayed": peer.replay,
            "forged": peer.forge,
            "killed": broadcast.faults["killed"],
        }
        await broadcast.play()
    print(
        "douyin_open:",
        await asyncio.to_thread(lambda: broadcast.check(resumes=False, lost="ceased")),
    )
