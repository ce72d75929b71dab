"""Whatever a room sends, the bot goes on: hostile frames fuzzed over a real socket."""

from __future__ import annotations

import asyncio
import json
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from streambot.domain.room import RoomName
from tests.acceptance.world import viewer, world


def _json(frame: object) -> str:
    return json.dumps(frame, ensure_ascii=False)


_ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=6,
)
#: Control, direction, joining and astral characters, marks without a letter, blanks.
_HOSTILE = st.text(
    st.sampled_from(
        "\x00\x07\x1b\u202e\u2066\u200d\ufe0f\u0301\u0fff😀🏳️‍🌈骗退码1 @<>&{}\n"
    ),
    max_size=60,
) | st.sampled_from(
    # Two of the longest in one frame stay below what closes a link unread (2 MiB).
    ["长" * 300_000, "@" * 5_000, "1" * 20_000, "<img src=x onerror=alert(1)>"]
)
_KINDS = st.sampled_from(
    ["spoke", "entered", "gifted", "liked", "stats", "moderated", "ordered", "danced"]
)
_EVENTS = st.fixed_dictionaries(
    {"type": st.just("event"), "kind": _KINDS},
    optional={
        "id": st.text(max_size=30) | _ANY_JSON,
        "at": st.sampled_from(["yesterday", "9999-12-31T23:59:59Z", "1970-01-01"]),
        "viewer": st.fixed_dictionaries({"id": st.text(max_size=9), "name": _HOSTILE})
        | _ANY_JSON,
        "text": _HOSTILE | _ANY_JSON,
        "count": _ANY_JSON,
        "event": _ANY_JSON,
        "origin": _ANY_JSON,
    },
)
_FRAMES = (
    _EVENTS.map(_json)
    | st.dictionaries(st.sampled_from(["type", "id", "v"]), _ANY_JSON).map(_json)
    | st.text(max_size=100)
    | st.sampled_from(["[" * 50_000, '{"type":' * 9_000, "null", '"welcome"', ""])
)


def _utf8(frame: str) -> bool:
    try:
        frame.encode()
    except UnicodeEncodeError:
        return False
    return True


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_FRAMES.filter(_utf8), min_size=20, max_size=60))
def test_hostile_frames_cost_nothing_but_themselves(frames: list[str]) -> None:
    """After any frames at all the next question is answered over the same link."""

    async def story(folder: Path) -> dict[str, Any]:
        async with world(folder) as bot:
            for frame in frames:
                bot.server.send_raw("demo", frame)
            bot.room.emit("spoke", viewer("小雨"), text="什么时候发货")
            await bot.said(lambda line: "@小雨" in line.text)
            assert bot.server.links_opened["demo"] == 1
            return dict(bot.app.rooms.views[RoomName("demo")].counters)

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        counters = asyncio.run(story(Path(folder)))
    odd = sum(count for name, count in counters.items() if name.startswith("odd_"))
    assert odd <= len(frames)
