"""What a room on an IRC server needs in config.yaml."""

from __future__ import annotations

from pathlib import Path

import pytest

from streambot.config import RoomConfig, read_config

TWITCH = 'channel: "#shop"\nnick: shopbot\ndialect: twitch'


def room(tmp_path: Path, text: str) -> tuple[RoomConfig | None, list[tuple[str, str]]]:
    """The room of a config.yaml with *text* under it, and each problem's key and sentence."""
    path = tmp_path / "config.yaml"
    start = "rooms:\n  - name: shop\n    connector: irc\n    url: wss://irc.example/\n"
    lines = "".join(f"    {line}\n" for line in text.splitlines())
    path.write_text(start + lines, encoding="utf-8")
    config, problems = read_config(path, environ={})
    found = None if config is None else config.rooms[0]
    return found, [(each.key, each.zh) for each in problems if each.is_error]


def test_a_channel_on_twitch_is_read_as_written(tmp_path: Path) -> None:
    """Channel, name and dialect reach the room."""
    found, problems = room(tmp_path, TWITCH)
    assert problems == []
    assert found is not None
    assert (found.channel, found.nick, found.dialect) == ("#shop", "shopbot", "twitch")


@pytest.mark.parametrize(
    ("text", "key", "said"),
    [
        ("nick: shopbot", "rooms[0].channel", "缺少 channel"),
        ("channel: #shop\nnick: shopbot", "rooms[0].channel", "要用就加引号"),
        ('channel: "#shop"', "rooms[0].nick", "缺少 nick"),
        ('channel: "#my shop"\nnick: shopbot', "rooms[0].channel", "不能有空格"),
        ('channel: "#shop"\nnick: "a,b"', "rooms[0].nick", "不能有空格"),
    ],
)
def test_what_is_missing_or_no_irc_word_is_said(
    tmp_path: Path, text: str, key: str, said: str
) -> None:
    """A channel and a name are asked for by key, with an example of each."""
    _, problems = room(tmp_path, text)
    assert {found for found, _ in problems} == {key}
    assert said in problems[-1][1]
