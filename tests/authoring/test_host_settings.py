"""Tokens for boards and hooks that the configuration gives."""

from __future__ import annotations

from pathlib import Path

import pytest

from streambot.bootstrap.host_tokens import given_tokens
from streambot.config import load_config
from streambot.errors import ConfigError
from streambot.ports.room_tokens import Scope
from streambot.testing import FakeClock

_CONFIG = """\
version: 1
rooms:
  - name: demo
    url: ws://127.0.0.1:8720/
    board_token_env: SHOP_BOARD
"""


@pytest.mark.parametrize("token", ["", "secret"])
def test_a_token_is_no_short_word(tmp_path: Path, token: str) -> None:
    """One that is missing or could be guessed is an error that names its variable, not its value."""
    path = tmp_path / "config.yaml"
    path.write_text(_CONFIG, encoding="utf-8")
    with pytest.raises(ConfigError) as found:
        load_config(path, environ={"SHOP_BOARD": token})
    assert "SHOP_BOARD" in str(found.value)
    assert "secret" not in str(found.value)


def test_a_token_opens_its_room_alone(tmp_path: Path) -> None:
    """It is known by its hash, for the board of the room that names it."""
    path = tmp_path / "config.yaml"
    path.write_text(_CONFIG, encoding="utf-8")
    config = load_config(path, environ={"SHOP_BOARD": "kx7-" * 6})
    ((key, token),) = given_tokens(config, FakeClock().now()).items()
    assert (token.room, token.scope) == key[1:] == ("demo", Scope.BOARD)
    assert "kx7" not in str(key) + str(token) + str(config)
