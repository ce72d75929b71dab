"""Keys that a room's connector has no use for, and connectors misspelt."""

from __future__ import annotations

from pathlib import Path

import pytest

from streambot.authoring.problem import Problem
from streambot.config import read_config


def _problems(tmp_path: Path, text: str) -> tuple[Problem, ...]:
    path = tmp_path / "config.yaml"
    path.write_text(text, encoding="utf-8")
    return read_config(path, environ={"IRC": "secret"})[1]


_IRC = """\
rooms:
  - name: shop
    connector: irc
    url: wss://irc.example/
    channel: "#shop"
    nick: shopbot
    token_env: IRC
"""


@pytest.mark.parametrize(
    ("line", "key", "users"),
    [
        ("app_id: 1794955890126", "app_id", "bilibili_open"),
        ("video: abcdefghijk", "video", "youtube"),
        ("owner: 小店", "owner", "bridge_oba、bridge_dybarrage"),
        ("room_id: '1'", "room_id", "douyin_open"),
        ("client_id: abc", "client_id", "twitch"),
    ],
)
def test_a_key_of_another_connector_is_told(
    tmp_path: Path, line: str, key: str, users: str
) -> None:
    """It does nothing here, so whoever wrote it waits for nothing: said with where it belongs."""
    (problem,) = _problems(tmp_path, f"{_IRC}    {line}\n")
    assert (problem.code, problem.key) == ("W214", f"rooms[0].{key}")
    assert problem.place.line == _IRC.count("\n") + 1
    assert f"connector: {users} 才用" in problem.zh
    assert not problem.is_error


def test_keys_of_the_connector_and_shared_ones_are_not(tmp_path: Path) -> None:
    """Its own keys, and whatever ``defaults:`` hold for rooms of all kinds."""
    shared = "defaults:\n  app_id: 1794955890126\n  owner: 小店\n"
    assert _problems(tmp_path, shared + _IRC) == ()


def test_a_misspelt_connector_is_the_only_thing_told(tmp_path: Path) -> None:
    """What else the room lacks or has too much depends on what was meant."""
    text = _IRC.replace("connector: irc", "connector: bilibili")
    (problem,) = _problems(tmp_path, text)
    assert problem.key == "rooms[0].connector"
    assert problem.corrected is not None
    assert problem.corrected.strip() == "connector: bilibili_open"


def test_a_channel_that_became_a_remark_is_told_once(tmp_path: Path) -> None:
    """The corrected line has it in quotes."""
    (problem,) = _problems(tmp_path, _IRC.replace('"#shop"', "#shop"))
    assert problem.corrected == '    channel: "#shop"'
    assert "注释" in problem.zh
