"""Two hours of the simulator's room with thirty faults: nothing is lost, and nothing done twice."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from streambot.testing import FakeClock
from tests.adapters.rooms.room_protocol_peer import serving_room_protocol
from tests.peers.long_broadcast import LongBroadcast

pytestmark = pytest.mark.proof


async def test_two_hours_of_the_room_protocol(tmp_path: Path) -> None:
    """Cuts, silence and half-open links: what happened meanwhile is heard afterwards, without a gap."""
    clock = FakeClock()
    async with serving_room_protocol(clock) as peer:
        broadcast = LongBroadcast(peer, clock, tmp_path, seed=1)
        await broadcast.play()
    print("room_protocol:", await asyncio.to_thread(broadcast.check, resumes=True))
