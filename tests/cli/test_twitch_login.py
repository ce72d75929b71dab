"""``twitch-login``: a code to confirm, then tokens in their file, for its owner alone."""

from __future__ import annotations

import asyncio
import stat
from pathlib import Path

from streambot.adapters.clock import SystemClock
from tests.acceptance.world import room_settings, write_config
from tests.cli.conftest import Run
from tests.peers.eventsub import serving_eventsub
from tests.peers.eventsub_login import CLIENT_ID
from tests.peers.twitch_people import BOT


def _write(here: Path, url: str, **more: str) -> None:
    room = room_settings("shop", url, connector="twitch", channel="myshop")
    room |= {"client_id": CLIENT_ID, "token_file": "tokens"} | more
    del room["token_env"]
    write_config(here, room)


async def test_a_person_confirms_a_code_and_the_bot_is_in(run: Run, here: Path) -> None:
    """The code and its page are shown; what comes of it is kept, and doctor finds all granted."""
    async with serving_eventsub(SystemClock()) as twitch:
        twitch.visitor = BOT
        await asyncio.to_thread(_write, here, twitch.url)
        done = await asyncio.to_thread(run, "twitch-login")
        assert done.exit_code == 0
        assert "twitch.tv/activate" in done.stdout and "ABCDEFGH" in done.stdout
        found = await asyncio.to_thread(run, "doctor")
    assert found.stdout.count("scope") == 3 and "缺少" not in found.stdout
    kept = await asyncio.to_thread((here / "tokens").stat)
    assert stat.S_IMODE(kept.st_mode) == 0o600
    assert "access-1" not in done.stdout + found.stdout


async def test_what_goes_wrong_is_said(run: Run, here: Path) -> None:
    """No such app, nobody confirms, nowhere to write: a sentence each, and no token is lost sight of."""
    async with serving_eventsub(SystemClock()) as twitch:
        await asyncio.to_thread(lambda: _write(here, twitch.url, client_id="other"))
        assert "client_id" in (await asyncio.to_thread(run, "twitch-login")).stderr
        await asyncio.to_thread(_write, here, twitch.url)
        assert (
            "没有在网页上确认" in (await asyncio.to_thread(run, "twitch-login")).stderr
        )
        twitch.visitor = BOT
        await asyncio.to_thread(
            lambda: _write(here, twitch.url, token_file="no/tokens")
        )
        nowhere = await asyncio.to_thread(run, "twitch-login")
        assert "mkdir -m 700" in nowhere.stderr
        assert "ABCDEFGH" not in nowhere.stdout, "nobody is sent to confirm in vain"
        await asyncio.to_thread(_write, here, "ws://127.0.0.1:9/ws")
        away = await asyncio.to_thread(run, "twitch-login")
        assert "再运行一次 streambot twitch-login" in away.stderr
        assert away.exit_code == 4
        other = await asyncio.to_thread(run, "twitch-login", "--room", "other")
    assert "--room" in other.stderr and other.exit_code == 2
