"""Two hours of each way into Twitch with thirty faults, on emulators that strangers pass first."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from streambot.testing import FakeClock
from tests.adapters.rooms.twitch_chat_peer import serving_twitch_chat_peer
from tests.adapters.rooms.twitch_peer import serving_twitch_peer
from tests.peers import eventsub_strangers, twitch_strangers
from tests.peers.long_broadcast import LongBroadcast

pytestmark = pytest.mark.proof


@pytest.fixture(scope="module", autouse=True)
def _passed(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Foreign clients have passed both emulators, else nothing here counts."""
    script = twitch_strangers.tmi_js(tmp_path_factory.mktemp("npm"))
    with ThreadPoolExecutor(1) as aside:  # a loop of its own
        aside.submit(asyncio.run, eventsub_strangers.let_them_try()).result()
        aside.submit(asyncio.run, twitch_strangers.let_them_try(script)).result()


async def test_two_hours_of_eventsub(tmp_path: Path) -> None:
    """Cuts, silence, half-open links and closes: nobody is greeted or answered twice."""
    clock = FakeClock()
    async with serving_twitch_peer(clock) as peer:
        broadcast = LongBroadcast(
            *(peer, clock, tmp_path),
            seed=1,
            listening=lambda: peer.listening,
            faults={"close": peer.close},
        )
        await broadcast.play()
        echoed = len(peer.echoed)
    print(
        "twitch:",
        await asyncio.to_thread(lambda: broadcast.check(resumes=False, echoed=echoed)),
    )
    assert not peer.dropped


async def test_two_hours_of_the_chat(tmp_path: Path) -> None:
    """Cuts, silence, half-open links and RECONNECT: nobody is greeted or answered twice."""
    clock = FakeClock()
    async with serving_twitch_chat_peer(clock) as peer:
        broadcast = LongBroadcast(
            *(peer, clock, tmp_path),
            seed=1,
            listening=lambda: peer.listening,
            faults={"RECONNECT": peer.ask_back},
        )
        await broadcast.play()
    print("irc:", await asyncio.to_thread(lambda: broadcast.check(resumes=False)))
    assert not peer.refused
