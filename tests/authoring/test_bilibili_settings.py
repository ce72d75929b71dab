"""What a room on Bilibili's open platform needs in config.yaml, and where its secrets are."""

from __future__ import annotations

from pathlib import Path

import pytest

from streambot.authoring.bilibili_settings import BASE
from streambot.config import RoomConfig, read_config

GOOD = "app_id: 1794955890126\ntoken_env: CODE"
_ENVIRON = {"BILIBILI_ACCESS_KEY_ID": "kid", "CODE": "ABCDEFGH1234"}


def room(
    tmp_path: Path, text: str, environ: dict[str, str]
) -> tuple[RoomConfig | None, list[tuple[str, str]]]:
    """The room of a config.yaml with *text* under it, and each problem's key and sentence."""
    path = tmp_path / "config.yaml"
    start = "rooms:\n  - name: shop\n    connector: bilibili_open\n"
    lines = "".join(f"    {line}\n" for line in text.splitlines())
    path.write_text(start + lines, encoding="utf-8")
    config, problems = read_config(path, environ=environ)
    found = None if config is None else config.rooms[0]
    return found, [(each.key, each.zh) for each in problems if each.is_error]


def test_secrets_come_from_files_and_variables(tmp_path: Path) -> None:
    """A file goes before the usual variable; no secret is ever shown; the address is known."""
    (tmp_path / "secret").write_text("s3cret\n", encoding="utf-8")
    text = f"{GOOD}\naccess_key_secret_file: secret"
    found, problems = room(tmp_path, text, _ENVIRON)
    assert problems == []
    assert found is not None
    held = (found.access_key_id, found.access_key_secret, found.token)
    assert [each.reveal() for each in held if each] == ["kid", "s3cret", "ABCDEFGH1234"]
    assert (found.app_id, found.url) == (1794955890126, BASE)
    assert not {"kid", "s3cret", "ABCDEFGH1234"} & set(repr(found).split("'"))


def test_a_variable_named_like_a_setting_is_a_secret(tmp_path: Path) -> None:
    """A variable that a room points to is never read as a setting of its own."""
    text = "app_id: 7\ntoken_env: STREAMBOT_DESK__CODE\naccess_key_id_env: STREAMBOT_WEB__ID"
    environ = {
        "STREAMBOT_DESK__CODE": "ABCDEFGH1234",
        "STREAMBOT_WEB__ID": "kid",
        "BILIBILI_ACCESS_KEY_SECRET": "s",
    }
    found, problems = room(tmp_path, text, environ)
    assert (problems, found is None) == ([], False)


@pytest.mark.parametrize(
    ("text", "key", "said"),
    [
        ("token_env: CODE", "app_id", "缺少 app_id"),
        ("app_id: abc\ntoken_env: CODE", "app_id", "整数"),
        ("app_id: 7", "token_env", "身份码"),
        (f"{GOOD}\nurl: http://example.com", "url", "https://"),
        (f"{GOOD}\nurl: wss://example.com", "url", "https://"),
        (f'{GOOD}\nurl: "https://"', "url", "https://"),
        (f"{GOOD}\nurl: ftp://127.0.0.1", "url", "https://"),
        (GOOD, "access_key_secret_env", "BILIBILI_ACCESS_KEY_SECRET"),
    ],
)
def test_what_is_missing_is_said(
    tmp_path: Path, text: str, key: str, said: str
) -> None:
    """The project, the place of the identity code, a safe address and each secret, by key."""
    _, problems = room(tmp_path, text, _ENVIRON)
    assert f"rooms[0].{key}" in {found for found, _ in problems}
    assert any(said in sentence for _, sentence in problems)
