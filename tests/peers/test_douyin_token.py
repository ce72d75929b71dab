"""Douyin's stand-in gives a foreign SDK its token, and only then is ours tried on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from streambot.adapters.clock import SystemClock
from streambot.adapters.rooms.douyin_open.api import Api, Tokens
from streambot.adapters.rooms.douyin_open.why import Why
from streambot.errors import RoomRefused
from tests.adapters.rooms.douyin_platform import APP, SECRET, serving_douyin
from tests.peers.python_peer import started

pytestmark = pytest.mark.proof

_RECIPE = Path(__file__).parent / "douyin_token"


async def test_a_foreign_sdk_and_ours_get_the_same_kind_of_token(
    tmp_path: Path,
) -> None:
    """PyPI's bytedance takes the token and hears of a wrong secret; so does our connector."""
    script, pinned = _RECIPE / "client.py", _RECIPE / "requirements.txt"
    async with serving_douyin() as platform:
        for secret, folder in ((SECRET, "right"), ("wrong", "wrong")):
            home = tmp_path / folder
            arguments = (platform.url, APP, secret, str(home))
            async with started(script, *arguments, requirements=pinned) as sdk:
                if secret == SECRET:
                    assert await sdk.hear("token") == platform.valid
                    assert sdk.every("kept") == [True]
                else:
                    assert await sdk.hear("error")
        before = platform.asked["token"]

        def ours(secret: str) -> Api:
            return Api(
                app_id=APP,
                secret=secret,
                elsewhere=platform.url,
                tokens=Tokens(),
                clock=SystemClock(),
                why=Why(room="demo", url="http://127.0.0.1:8730/douyin"),
            )

        assert await ours(SECRET).token() == platform.valid
        with pytest.raises(RoomRefused):
            await ours("wrong").token()
        assert (before, platform.asked["token"]) == (2, 4)
