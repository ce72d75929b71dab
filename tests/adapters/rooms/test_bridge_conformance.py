"""The connectors of local bridges pass the conformance suite, and a two-hour broadcast of faults."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from streambot.testing import FakeClock
from streambot.testing.conformance import Case, conformance
from tests.adapters.rooms.bridge_peer import LACKS, serving_dybarrage, serving_oba
from tests.peers.long_broadcast import LongBroadcast


@pytest.mark.parametrize("case", conformance(serving_oba, lacks=LACKS), ids=str)
async def test_bridge_oba_conforms(case: Case) -> None:
    """It has no credentials, repeats nothing and takes no lines; all else holds."""
    await case()


@pytest.mark.parametrize("case", conformance(serving_dybarrage, lacks=LACKS), ids=str)
async def test_bridge_dybarrage_conforms(case: Case) -> None:
    """It has no credentials, repeats nothing and takes no lines; all else holds."""
    await case()


@pytest.mark.proof
async def test_two_hours_of_bridge_oba(tmp_path: Path) -> None:
    """Thirty cuts, silences and half-open links: every gap is recorded, nothing is done twice."""
    clock = FakeClock()
    async with serving_oba(clock) as peer:
        broadcast = LongBroadcast(peer, clock, tmp_path, seed=4)
        await broadcast.play()
    print("bridge_oba:", await asyncio.to_thread(broadcast.check, resumes=False))


@pytest.mark.proof
async def test_two_hours_of_bridge_dybarrage(tmp_path: Path) -> None:
    """The same, with the owner's room picked out of the bridge's."""
    clock = FakeClock()
    async with serving_dybarrage(clock) as peer:
        broadcast = LongBroadcast(peer, clock, tmp_path, seed=5)
        await broadcast.play()
    print("bridge_dybarrage:", await asyncio.to_thread(broadcast.check, resumes=False))
