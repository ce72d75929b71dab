"""``doctor`` of a room on Twitch: the token, its permissions one by one, the channel."""

from __future__ import annotations

import asyncio
from pathlib import Path

from streambot.adapters.clock import SystemClock
from tests.acceptance.world import room_settings, write_config
from tests.cli.conftest import Run
from tests.peers.eventsub import serving_eventsub
from tests.peers.eventsub_login import CLIENT_ID, Grant
from tests.peers.twitch_people import BOT


def _write(here: Path, url: str) -> None:
    room = room_settings("shop", url, connector="twitch", channel="myshop")
    room |= {"client_id": CLIENT_ID, "token_file": "tokens"}
    del room["token_env"]
    write_config(here, room)
    text = "access_token=abc\nrefresh_token=refresh-0\n"
    (here / "tokens").write_text(text, encoding="utf-8")


async def test_each_permission_is_told_and_one_missing_closes_the_door(
    run: Run, here: Path
) -> None:
    """All granted: one good line each; no reading: it is named, and nothing is said of the rest."""
    async with serving_eventsub(SystemClock()) as twitch:
        await asyncio.to_thread(_write, here, twitch.url)
        twitch.grants["abc"] = Grant(account=BOT)
        good = await asyncio.to_thread(run, "doctor")
        twitch.grants["abc"] = Grant(account=BOT, scopes=("user:write:chat",))
        bad = await asyncio.to_thread(run, "doctor")
        del twitch.grants["abc"]
        worn_out = await asyncio.to_thread(run, "doctor")
    assert good.stdout.count("scope") == 3
    assert "令牌是账号 shopbot 的" in good.stdout
    assert "每 30 秒 18 条" in good.stdout
    assert "user:read:chat（读弹幕）：没有" in bad.stdout
    assert bad.exit_code != 0
    assert "重新授权" in worn_out.stdout
    assert "abc" not in worn_out.stdout
