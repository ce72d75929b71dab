"""``doctor`` at a room on Bilibili's open platform: each thing that is missing or wrong, one by one."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from click.testing import Result

from tests.acceptance.world import room_settings, write_config
from tests.adapters.rooms.bilibili_server import (
    APP_ID,
    CODE,
    KEY_ID,
    SECRET,
    BilibiliServer,
    serving_bilibili,
)
from tests.cli.conftest import Run

_ALL = {
    "BILIBILI_ACCESS_KEY_ID": KEY_ID,
    "BILIBILI_ACCESS_KEY_SECRET": SECRET,
    "BILIBILI_CODE": CODE,
}


@pytest.fixture
async def server(here: Path) -> AsyncIterator[BilibiliServer]:
    """The platform, and a config.yaml for its room."""
    async with serving_bilibili() as platform:
        url = platform.url

        def write() -> None:
            keys = {"connector": "bilibili_open", "app_id": APP_ID}
            room = room_settings("demo", url, token_env="BILIBILI_CODE", **keys)
            write_config(here, room)

        await asyncio.to_thread(write)
        yield platform


async def _examine(run: Run, **secrets: str) -> Result:
    return await asyncio.to_thread(run, "doctor", env=_ALL | secrets)


def _rows(result: Result) -> list[str]:
    """What is said of the room and its secrets."""
    rows = (line.split(": ", 1) for line in result.stdout.splitlines())
    return [said for head, said in rows if head.split()[-1] in {"token", "room"}]


async def test_all_there_is_let_in_and_told_of_the_prompter(
    run: Run, server: BilibiliServer
) -> None:
    """The room opens and is left again; that no program may speak there is said."""
    result = await _examine(run)
    [said] = _rows(result)
    assert "进得去" in said
    assert "此平台不支持机器人发言" in said
    assert (result.exit_code, server.ended) == (0, ["game-1"])


async def test_each_secret_that_is_missing_is_named(
    run: Run, server: BilibiliServer
) -> None:
    """Three sentences for three secrets, with their variables; the platform is reached, not asked."""
    result = await _examine(run, **dict.fromkeys(_ALL, ""))
    *missing, room = _rows(result)
    for variable, said in zip(_ALL, missing, strict=True):
        assert variable in said
    assert "连得上" in room
    assert (result.exit_code, server.asked["start"]) == (1, 0)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"BILIBILI_ACCESS_KEY_ID": "other"}, "access_key_id 不对"),
        ({"BILIBILI_ACCESS_KEY_SECRET": "other"}, "access_key_secret 不对"),
        ({"BILIBILI_CODE": "WRONGCODE123"}, "身份码不对或已经刷新"),
        ({"BILIBILI_CODE": "21452505"}, "不是房间号"),
    ],
)
async def test_what_is_wrong_is_said_in_one_sentence(
    run: Run, server: BilibiliServer, wrong: dict[str, str], said: str
) -> None:
    """Key, secret and identity code each have words of their own; what they hold is not repeated."""
    result = await _examine(run, **wrong)
    [told] = _rows(result)
    assert said in told
    assert result.exit_code == 4
    assert not any(value in result.output for value in (SECRET, CODE, *wrong.values()))
