"""The client of YouTube's live chat where something went wrong, and how it comes back from that."""

from __future__ import annotations

from datetime import timedelta

import pytest

from streambot.domain.decision import IgnoreReason
from streambot.domain.earshot import unheard
from streambot.domain.events import ViewerSpoke
from streambot.domain.policy import SessionPolicy
from streambot.domain.room import RoomName
from streambot.testing import FakeClock
from tests.adapters.rooms.youtube_following import Following, Off, linked
from tests.adapters.rooms.youtube_peer import serving_youtube_peer

_STALE = SessionPolicy(room=RoomName("demo")).stale_after


def _ignored(link: Following) -> dict[str, IgnoreReason | None]:
    """Why each line isn't looked at."""
    lines = [each for each in link.told if isinstance(each, ViewerSpoke)]
    return {each.text: unheard(each, _STALE) for each in lines}


@pytest.mark.parametrize("polls", [False, True])
@pytest.mark.parametrize("restart", [False, True])
@pytest.mark.parametrize("minutes", [0, 7, -7])
async def test_what_was_missed_in_an_outage_is_not_answered_as_of_now(
    minutes: int, restart: bool, polls: bool
) -> None:
    """Read on by token or, after a restart, by history: old lines are stale, those of now are heard.

    Also where this computer's clock is minutes off.
    """
    clock = FakeClock()
    async with serving_youtube_peer(clock) as peer:
        peer.clock = Off(clock, timedelta(minutes=minutes))
        platform = peer.platform
        platform.has_stream = not polls
        connector = peer.connector()
        async with linked(peer, connector) as link:
            await platform.say(platform.line("a", "在吗", "m0"))
            await link.until(lambda: link.texts == ["在吗"], clock, 20)
        await platform.say(platform.line("a", "很早"))
        clock.jump(timedelta(minutes=19))
        await platform.say(platform.line("b", "一分钟前"))
        clock.jump(timedelta(minutes=1))
        await platform.say(platform.line("c", "刚才"))
        async with linked(peer, None if restart else connector, "m0") as link:
            await link.until(lambda: "刚才" in link.texts, clock, 20)
            await platform.say(platform.line("d", "现在"))
            await link.until(lambda: "现在" in link.texts, clock, 20)
            ignored = _ignored(link)
    first = {"在吗": IgnoreReason.HISTORY} if restart else {}
    old = dict.fromkeys(["很早", "一分钟前"], IgnoreReason.STALE)
    assert ignored == {**first, **old, "刚才": None, "现在": None}
