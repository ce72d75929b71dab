"""``doctor`` at a room on YouTube: what is missing or wrong, and what is left of the day's quota."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from click.testing import Result

from tests.acceptance.world import room_settings, write_config
from tests.adapters.rooms.youtube_server import (
    CLIENT_ID,
    REFRESH,
    SECRET,
    YouTubeServer,
    failed,
    serving_youtube,
)
from tests.cli.conftest import Run

_ALL = {"GOOGLE_CLIENT_SECRET": SECRET, "YOUTUBE_REFRESH_TOKEN": REFRESH}


@pytest.fixture
async def server(here: Path) -> AsyncIterator[YouTubeServer]:
    """The platform, and a config.yaml for its room."""
    async with serving_youtube() as platform:
        url = platform.url

        def write() -> None:
            keys = {"connector": "youtube", "google_client_id": CLIENT_ID}
            token = {"token_env": "YOUTUBE_REFRESH_TOKEN"}
            write_config(here, room_settings("demo", url, **keys, **token))
            (here / "data").mkdir()

        await asyncio.to_thread(write)
        yield platform


async def _examine(run: Run, **secrets: str) -> Result:
    return await asyncio.to_thread(run, "doctor", env=_ALL | secrets)


def _rows(result: Result) -> list[str]:
    """What is said of the room and its secrets."""
    rows = (line.split(": ", 1) for line in result.stdout.splitlines())
    return [
        said for head, said in rows if head.split()[-1] in {"token", "room", "quota"}
    ]


async def test_all_there_is_let_in_and_the_quota_is_told(
    run: Run, server: YouTubeServer
) -> None:
    """Each check-up books its two look-ups in the ledger that the bot uses too."""
    for used in (2, 4):
        result = await _examine(run)
        quota, said = _rows(result)
        assert "进得去" in said
        assert f"今天用了 {used} / 10000，还能发 140 条" in quota
        assert (result.exit_code, server.used) == (0, used)


async def test_each_secret_that_is_missing_is_named(
    run: Run, server: YouTubeServer
) -> None:
    """Two sentences for two secrets, with their variables; nothing is asked."""
    result = await _examine(run, **dict.fromkeys(_ALL, ""))
    *missing, _, room = _rows(result)
    for variable, said in zip(_ALL, missing, strict=True):
        assert variable in said
    assert "连得上" in room
    assert (result.exit_code, server.used) == (1, 0)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"GOOGLE_CLIENT_SECRET": "other"}, "客户端密钥不对"),
        ({"YOUTUBE_REFRESH_TOKEN": "worn-out"}, "7 天就过期"),
    ],
)
async def test_what_is_wrong_is_said_in_one_sentence(
    run: Run, server: YouTubeServer, wrong: dict[str, str], said: str
) -> None:
    """Program and refresh token each have words of their own; what they hold is not repeated."""
    result = await _examine(run, **wrong)
    [told] = _rows(result)
    assert said in told
    assert (result.exit_code, server.used) == (4, 0)
    assert not any(value in result.output for value in (SECRET, REFRESH, *wrong.values()))  # fmt: skip


async def test_nobody_live_and_no_quota_are_told_apart(
    run: Run, server: YouTubeServer
) -> None:
    """Each says what to do; a quota that is used up isn't asked for again by the next check-up."""
    server.live = False
    assert "现在没有直播" in _rows(await _examine(run))[0]
    server.next["channels"] = [failed(403, "quotaExceeded")]
    asked = 0
    for _ in range(2):
        assert "配额用完了" in _rows(await _examine(run))[0]
        asked = asked or server.asked["channels"]
    assert server.asked["channels"] == asked
