"""What a room on a local bridge needs in config.yaml."""

from __future__ import annotations

from pathlib import Path

import pytest

from streambot.authoring.this_machine import stays_here
from streambot.config import read_config


@pytest.mark.parametrize("connector", ["bridge_oba", "bridge_dybarrage"])
@pytest.mark.parametrize(
    ("url", "here"),
    [
        ("ws://127.0.0.1:12354", True),
        ("ws://LOCALHOST:8888/", True),
        ("ws://[::1]:8888", True),
        ("ws://192.168.1.5:8888", False),
        ("ws://0.0.0.0:8888", False),
        ("wss://bridge.example/", False),
        ("ws://localhost@example.com:1", False),
        ("ws://127.0.0.1.example.com", False),
        ("ws://[::1", False),
    ],
)
def test_a_bridge_is_on_this_machine_or_an_error(
    tmp_path: Path, connector: str, url: str, here: bool
) -> None:
    """Any other host is one clear error on the line of the url, with the address to write."""
    path = tmp_path / "config.yaml"
    path.write_text(
        f"rooms:\n  - name: shop\n    connector: {connector}\n"
        f'    url: "{url}"\n    owner: 小店\n',
        encoding="utf-8",
    )
    config, problems = read_config(path, environ={})
    errors = [each for each in problems if each.is_error]
    assert stays_here(url) is here
    if here:
        assert errors == []
        assert config is not None
        assert config.rooms[0].owner == "小店"
    else:
        (error,) = errors
        assert (error.key, error.line) == ("rooms[0].url", 4)
        assert "只能连本机" in error.zh or "@" in url  # a name in it is told first
