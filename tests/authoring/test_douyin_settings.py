"""What a room that Douyin's open platform pushes to needs in config.yaml."""

from __future__ import annotations

from pathlib import Path

import pytest

from streambot.config import RoomConfig, read_config

FULL = {
    "url": "http://127.0.0.1:8730/douyin",
    "douyin_app_id": "tt12",
    "room_id": '"743450"',
    "token_env": "APP_SECRET",
    "push_secret_env": "PUSH_SECRET",
}
ENVIRON = {"APP_SECRET": "one", "PUSH_SECRET": "two"}


def room(
    tmp_path: Path, environ: dict[str, str], **keys: str
) -> tuple[RoomConfig | None, list[tuple[str, str]]]:
    """The room of a config.yaml with *keys*, and each problem's key and sentence."""
    path = tmp_path / "config.yaml"
    lines = "".join(f"    {name}: {value}\n" for name, value in keys.items() if value)
    start = "rooms:\n  - name: shop\n    connector: douyin_open\n"
    path.write_text(start + lines, encoding="utf-8")
    config, problems = read_config(path, environ=environ)
    found = None if config is None else config.rooms[0]
    return found, [(each.key, each.zh) for each in problems if each.is_error]


def test_an_app_with_its_two_secrets_is_read_as_written(tmp_path: Path) -> None:
    """Both secrets come from where they are kept, and show in no representation."""
    found, problems = room(tmp_path, ENVIRON, **FULL)
    assert problems == []
    assert found is not None
    assert found.token is not None
    assert found.push_secret is not None
    assert (found.douyin_app_id, found.room_id) == ("tt12", "743450")
    assert (found.token.reveal(), found.push_secret.reveal()) == ("one", "two")
    assert "two" not in repr(found)
    (tmp_path / "push").write_text("from a file\n", encoding="utf-8")
    filed = FULL | {"push_secret_env": "", "push_secret_file": "push"}
    found, problems = room(tmp_path, ENVIRON, **filed)
    assert problems == []
    assert found is not None
    assert found.push_secret is not None
    assert found.push_secret.reveal() == "from a file"


@pytest.mark.parametrize(
    ("change", "key", "said"),
    [
        ({"douyin_app_id": ""}, "douyin_app_id", "缺少 douyin_app_id"),
        ({"token_env": ""}, "token_env", "缺少 token_env"),
        ({"push_secret_env": ""}, "push_secret_env", "缺少 push_secret_env"),
        ({"push_secret_env": "NOWHERE"}, "push_secret_env", "NOWHERE"),
        ({"room_id_file": "x"}, "room_id_file", "只能写一个"),
        ({"push_secret_file": "x"}, "push_secret_file", "读不到或是空的"),
        ({"url": "ws://127.0.0.1:8730/"}, "url", "反向代理"),
        ({"url": "https://hook.example/"}, "url", "反向代理"),
        ({"url": "http://0.0.0.0:8730/"}, "url", "反向代理"),
        ({"url": "http://127.0.0.1/douyin"}, "url", "反向代理"),
        ({"url": ""}, "url", "缺少 url"),
        ({"api": "http://relay.example"}, "api", "https://"),
    ],
)
def test_what_is_missing_or_unsafe_is_said(
    tmp_path: Path, change: dict[str, str], key: str, said: str
) -> None:
    """Each is asked for by its key, with what to write."""
    _, problems = room(tmp_path, ENVIRON, **FULL | change)
    assert [found for found, _ in problems] == [f"rooms[0].{key}"]
    assert said in problems[0][1]


@pytest.mark.parametrize(("own", "fine"), [("room_id: b", True), ("", False)])
def test_rooms_that_share_an_address_are_told_apart(
    tmp_path: Path, own: str, fine: bool
) -> None:
    """Each needs a roomid of its own, or all would answer everybody."""
    keys = "".join(
        f"    {name}: {value}\n" for name, value in FULL.items() if name != "room_id"
    )
    path = tmp_path / "config.yaml"
    path.write_text(
        f"rooms:\n  - name: a\n    connector: douyin_open\n    room_id: a\n{keys}"
        f"  - name: b\n    connector: douyin_open\n{keys}    {own}\n",
        encoding="utf-8",
    )
    _, problems = read_config(path, environ=ENVIRON)
    errors = [each.key for each in problems if each.is_error]
    assert errors == ([] if fine else ["rooms[1].url"])
