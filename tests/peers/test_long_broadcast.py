"""Two hours in rooms of our own servers with thirty faults: nothing is lost, and nothing done twice."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from streambot.testing import FakeClock
from tests.adapters.rooms.broken_connector import breaking
from tests.adapters.rooms.irc_peer import serving_irc_peer
from tests.adapters.rooms.room_protocol_peer import serving_room_protocol
from tests.peers.long_broadcast import LongBroadcast

pytestmark = pytest.mark.proof


async def test_two_hours_of_the_room_protocol(tmp_path: Path) -> None:
    """Cuts, silence, half-open links, killed bots, lines without a word: all is heard afterwards, and
    only what the room forgot is a gap.
    """
    clock = FakeClock()
    async with serving_room_protocol(clock) as peer:

        async def forgotten() -> None:
            await peer.forget()
            await peer.cut()

        broadcast = LongBroadcast(
            peer, clock, tmp_path, seed=1, faults={"forgotten": forgotten}
        )
        broadcast.faults["uncertain"] = broadcast.die_unsaid
        await broadcast.play()
    print("room_protocol:", await asyncio.to_thread(broadcast.check, resumes=True))


async def test_two_hours_of_irc(tmp_path: Path) -> None:
    """IRC repeats nothing: each new link is a gap, and a line without a word is never said again."""
    clock = FakeClock()
    async with serving_irc_peer(clock) as peer:
        broadcast = LongBroadcast(peer, clock, tmp_path, seed=2)
        broadcast.faults["uncertain"] = broadcast.die_unsaid
        await broadcast.play()
    print("irc:", await asyncio.to_thread(broadcast.check, resumes=False))


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        ("makes ids of its own", "answered twice"),
        ("forgets where it was", "gaps"),
        ("writes again what is uncertain", "shows a line twice"),
    ],
)
async def test_a_connector_that_errs_is_caught(
    tmp_path: Path, fault: str, says: str
) -> None:
    """What the broadcast is there to find, it finds."""
    clock = FakeClock()
    async with breaking(serving_irc_peer, fault)(clock) as peer:
        broadcast = LongBroadcast(
            peer, clock, tmp_path, seed=3, length=timedelta(minutes=30)
        )
        broadcast.faults = {"uncertain": broadcast.die_unsaid}
        await broadcast.play()
        with pytest.raises(AssertionError, match=says):
            await asyncio.to_thread(broadcast.check, resumes=False)
