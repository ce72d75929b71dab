"""Bilibili's connector against an emulator that two foreign clients have passed in the same run."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from streambot.application.room_view import RoomView
from streambot.domain.reply import LineOut
from streambot.domain.room import RoomName
from streambot.testing import FakeClock
from tests.acceptance.kills import Bot
from tests.acceptance.world import PATIENCE, room_settings, running, write_config
from tests.adapters.rooms.bilibili_peer import serving_bilibili_peer
from tests.adapters.rooms.bilibili_server import (
    APP_ID,
    CODE,
    KEY_ID,
    SECRET,
    BilibiliServer,
    message,
    serving_bilibili,
)
from tests.peers.bilibili_strangers import let_them_try, live_ws
from tests.peers.long_broadcast import LongBroadcast

pytestmark = pytest.mark.proof

_QUESTIONS = ("什么时候发货呀？", "有运费险吗", "包邮吗")


@pytest.fixture(scope="module", autouse=True)
def _passed(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Foreign clients have passed the emulator, else nothing here counts."""
    script = live_ws(tmp_path_factory.mktemp("npm"))
    with ThreadPoolExecutor(1) as aside:  # a loop of its own
        aside.submit(asyncio.run, let_them_try(script)).result()


def bilibili_room(folder: Path, name: str, url: str) -> dict[str, Any]:
    """A room of config.yaml, its secrets in files."""
    secrets = {
        "access_key_id_file": KEY_ID,
        "access_key_secret_file": SECRET,
        "token_file": CODE,
    }
    for file, secret in secrets.items():
        (folder / file).write_text(secret, encoding="utf-8")
    places = {file: str(folder / file) for file in secrets}
    keys = {"connector": "bilibili_open", "app_id": APP_ID, "token_env": None, **places}
    return room_settings(name, url, **keys)


def _config(folder: Path, url: str) -> Path:
    return write_config(folder, bilibili_room(folder, "shop", url))


async def _until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not holds():
            await asyncio.sleep(0)


async def _linked(platform: BilibiliServer, sessions: int) -> None:
    """The bot is let in by its so-many-eth session."""
    async with asyncio.timeout(PATIENCE):
        await platform.until(
            lambda seen: len(seen.games) == sessions and bool(seen.live)
        )


def _prompted(view: RoomView, name: str) -> int:
    """How many answers to a viewer wait for the host."""
    return sum(f"@{name} " in line.text for line in view.prompter.values())


def _welcomes(view: RoomView) -> list[LineOut]:
    """Lines that wait for the host and welcome somebody, alone or before an answer."""
    return [each for each in view.prompter.values() if "欢迎" in each.text]


async def test_the_whole_bot_works_a_room_on_bilibili(tmp_path: Path) -> None:
    """300 arrivals at once, all told twice; questions over a cut and an ended session: nothing that the
    platform pushed is lost or heard twice, and the host is told what to say.
    """
    async with serving_bilibili() as platform:
        config = await asyncio.to_thread(_config, tmp_path, platform.url)
        async with running(config) as app:
            view = app.rooms.views[RoomName("shop")]
            await _linked(platform, 1)
            arrivals = [platform.enter(f"客{n:03}") for n in range(300)]
            began = time.perf_counter()
            await platform.say(*arrivals, message("SHINY_NEW"), *arrivals)
            await _until(lambda: view.counters.get("arrivals", 0) == 300)
            told_after = time.perf_counter() - began
            pushed_at = datetime.now(UTC) - timedelta(seconds=told_after)
            lines = []
            for number, question in enumerate(_QUESTIONS, 1):
                lines.append(platform.line(f"问{number}", question))
                await platform.say(*lines)  # and all before it once more
                await _until(lambda n=number: _prompted(view, f"问{n}") == 1)  # type: ignore[misc]
                if number == 1:
                    platform.cut()
                else:
                    await platform.interaction_end()
                await _linked(platform, number + 1)
            await platform.say(*lines, message("LIVE_END", timestamp=1))
            await _until(lambda: view.counters.get("duplicates", 0) == 300 + 3 + 3)
            await _until(lambda: bool(_welcomes(view)))
            late = _welcomes(view)[0].made_at - pushed_at
            counters = dict(view.counters)
            assert view.read_only and not view.can_write
            prompted = Counter(_prompted(view, f"问{n}") for n in (1, 2, 3))
        assert prompted == {1: 3}
        assert platform.ended == ["game-1", "game-4"]  # the platform ended the others
    assert late < timedelta(seconds=5)
    assert counters["odd_unknown_cmd"] == 1
    assert (counters["lines"], counters["gaps"]) == (3, 3)
    with closing(sqlite3.connect(tmp_path / "data" / "streambot.db")) as store:
        [(journaled,)] = store.execute("select count(*) from journal")
        [(gaps,)] = store.execute("select count(*) from gaps")
        states = dict(
            store.execute(
                "select state, count(*) from replies where out_id like 'greet:%' group by state"
            )
        )
    assert states == {"shown": 303}  # who asked is welcomed in the answer
    assert (journaled, gaps) == (300 + 3 + 1, 3)
    print(
        f"bilibili_open: joins seen 300 of 300, {told_after * 1000:.0f} ms after the push; "
        f"the host is told to welcome them {late.total_seconds():.1f} s after; lines lost 0 of 3; "
        f"reconnects {platform.asked['start 0'] - 1}, gaps recorded {gaps}"
    )


async def test_sigterm_ends_the_session_of_a_real_process(tmp_path: Path) -> None:
    """``streambot run`` follows the room; stopped, it says goodbye to the platform; killed, it can't,
    and comes back beside the session it left.
    """
    async with serving_bilibili() as platform:
        config = await asyncio.to_thread(_config, tmp_path, platform.url)
        for sessions in (1, 2):
            bot = Bot(config)
            try:
                await bot.start()
                await _linked(platform, sessions)
                await platform.say(platform.enter("小雨"))
                if sessions == 1:
                    assert await bot.stop() == 0
                    assert platform.ended == ["game-1"]
            finally:
                bot.kill()
                await bot.gone()
        bot = Bot(config)
        try:
            await bot.start()
            await _linked(platform, 3)
            await _until(lambda: len(platform.live) > 0)
            assert await bot.stop() == 0
        finally:
            bot.kill()
            await bot.gone()
    assert platform.ended == ["game-1", "game-3"]
    assert platform.games["game-2"].game not in platform.ended


async def test_a_renewed_identity_code_is_said_and_not_asked_again(
    tmp_path: Path,
) -> None:
    """The console tells what to renew, without the code; the platform is asked once."""
    async with serving_bilibili() as platform:
        platform.code = "RENEWED12345"
        config = await asyncio.to_thread(_config, tmp_path, platform.url)
        async with running(config) as app:
            view = app.rooms.views[RoomName("shop")]
            await _until(lambda: view.link == "auth_error" and bool(view.troubles))
            (trouble,) = view.troubles.values()
    assert "身份码不对或已经刷新" in trouble.zh
    assert "identity code" in trouble.en
    assert CODE not in trouble.zh + trouble.en
    assert platform.asked["start"] == 1


async def test_two_hours_with_thirty_faults(tmp_path: Path) -> None:
    """Cuts, silence, half-open links, sessions that the platform ends with a word or without, starts that
    it refuses: nobody is greeted twice, no question answered twice, and every hole is recorded.
    """
    clock = FakeClock()
    async with serving_bilibili_peer(clock) as peer:

        async def full() -> None:
            peer.platform.refuse = [7010, 7001]
            peer.platform.cut()

        async def expired() -> None:
            for game in peer.platform.games.values():
                game.over = True  # told by the next heartbeat's 7003 alone

        broadcast = LongBroadcast(
            peer,
            clock,
            tmp_path,
            seed=11,
            faults={
                "ended": peer.platform.interaction_end,
                "full": full,
                "expired": expired,
            },
        )
        await broadcast.play()
        assert not [game for game in peer.platform.games.values() if not game.over]
    print("bilibili_open:", await asyncio.to_thread(broadcast.check, resumes=False))
