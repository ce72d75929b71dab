"""What a room on Twitch by EventSub needs in config.yaml."""

from __future__ import annotations

from pathlib import Path

import pytest

from streambot.authoring.twitch_settings import EVENTSUB
from streambot.config import RoomConfig, read_config

WHOLE = "channel: myshop\nclient_id: abc123\ntoken_file: tokens"


def room(tmp_path: Path, text: str) -> tuple[RoomConfig | None, list[tuple[str, str]]]:
    """The room of a config.yaml with *text* under it, and each problem's key and sentence."""
    (tmp_path / "tokens").write_text("access_token=abc\n", encoding="utf-8")
    path = tmp_path / "config.yaml"
    lines = "".join(f"    {line}\n" for line in text.splitlines())
    start = "rooms:\n  - name: shop\n    connector: twitch\n"
    path.write_text(start + lines, encoding="utf-8")
    config, problems = read_config(path, environ={})
    found = None if config is None else config.rooms[0]
    return found, [(each.key, each.zh) for each in problems if each.is_error]


def test_a_whole_room_knows_where_twitch_is(tmp_path: Path) -> None:
    """Channel, app and file reach the room, the address by itself; no token shows."""
    found, problems = room(tmp_path, WHOLE)
    assert problems == []
    assert found is not None
    assert (found.channel, found.client_id, found.url) == ("myshop", "abc123", EVENTSUB)
    assert found.token_file == tmp_path / "tokens"
    assert "abc=" not in repr(found.token)


@pytest.mark.parametrize(
    ("text", "key", "said"),
    [
        (WHOLE.replace("channel", "nick"), "rooms[0].channel", "主播的登录名"),
        (WHOLE.replace("client_id: abc123", ""), "rooms[0].client_id", "Client ID"),
        (WHOLE.replace("token_file: tokens", ""), "rooms[0].token_file", "令牌"),
        (
            WHOLE.replace("myshop", "https://www.twitch.tv/myshop"),
            "rooms[0].channel",
            "twitch.tv/ 后面的那一段",
        ),
        (f"{WHOLE}\nurl: ws://elsewhere.example/", "rooms[0].url", "wss://"),
    ],
)
def test_what_is_missing_or_unsafe_is_said(
    tmp_path: Path, text: str, key: str, said: str
) -> None:
    """Each key is asked for with an example; tokens never travel unencrypted to another machine."""
    _, problems = room(tmp_path, text)
    assert {found for found, _ in problems} == {key}
    assert said in problems[-1][1]
