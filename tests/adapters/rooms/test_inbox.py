"""A room that floods its link takes no more than its turn."""

from __future__ import annotations

import asyncio
import itertools
from collections import Counter

import pytest

from streambot.testing import FakeClock
from streambot.testing.conformance import Serving
from tests.adapters.rooms.irc_peer import serving_irc_peer
from tests.adapters.rooms.room_protocol_peer import serving_room_protocol

_FLOOD = 3000
#: Messages of one room between two turns of all others.
_MOST = 100


@pytest.mark.parametrize("serving", [serving_room_protocol, serving_irc_peer])
async def test_a_flood_of_rubbish_leaves_turns_to_others(serving: Serving) -> None:
    """Thousands of frames that can't be read: between two turns of another task only a few are taken."""
    odd = Counter[str]()
    taken: list[int] = []

    async def others() -> None:
        while not taken or taken[-1] < _FLOOD:
            taken.append(odd.total())
            await asyncio.sleep(0)

    async with serving(FakeClock()) as peer:
        connector = peer.connector()
        async with connector.open(None, odd=lambda name: odd.update([name])):
            waiting = asyncio.ensure_future(others())
            for _ in range(_FLOOD):
                await peer.tell_malformed()
            async with asyncio.timeout(20):
                await waiting
    turns = [after - before for before, after in itertools.pairwise(taken)]
    assert max(turns) <= _MOST
