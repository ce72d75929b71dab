"""The client of YouTube's live chat where something went wrong, and how it comes back from that."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from streambot.domain.decision import IgnoreReason
from streambot.domain.earshot import unheard
from streambot.domain.events import ViewerSpoke
from streambot.domain.policy import SessionPolicy
from streambot.domain.reply import SendResult
from streambot.domain.room import Capability, RoomName
from streambot.errors import RoomRefused, RoomUnreachable
from streambot.testing import FakeClock
from streambot.testing.conformance.passing import let_pass
from tests.adapters.rooms.youtube_following import (
    Following,
    Off,
    in_time,
    line,
    linked,
)
from tests.adapters.rooms.youtube_peer import serving_youtube_peer
from tests.adapters.rooms.youtube_server import CLIENT_ID, Answer, failed

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


@pytest.mark.parametrize("minutes", [0, 7, -7])
async def test_what_is_written_behind_the_opening_is_live_in_the_first_response_too(
    minutes: int,
) -> None:
    """A quiet chat says its first word late, together with the history."""
    clock = FakeClock()
    async with serving_youtube_peer(clock) as peer:
        peer.clock = Off(clock, timedelta(minutes=minutes))
        peer.platform.first_late = True
        await peer.platform.say(peer.platform.line("a", "之前"))
        clock.jump(timedelta(seconds=5))
        async with linked(peer) as link:
            clock.jump(timedelta(seconds=5))
            await peer.platform.say(peer.platform.line("b", "现在"))
            await link.until(lambda: len(link.texts) == 2, clock)
            assert _ignored(link) == {"之前": IgnoreReason.HISTORY, "现在": None}


_NO_REASON = {"error": {"code": 400, "message": "?", "status": "INVALID_ARGUMENT"}}


@pytest.mark.parametrize("method", ["stream", "list", "within the stream"])
@pytest.mark.parametrize(
    "answer",
    [
        failed(400, "pageTokenInvalid"),
        failed(400, "invalidPageToken"),
        (400, _NO_REASON, {}),
    ],
    ids=["pageTokenInvalid", "invalidPageToken", "no reason"],
)
async def test_a_place_that_is_refused_by_whatever_name_is_left(
    answer: Answer, method: str
) -> None:
    """The next link goes on by the history, where the token would be refused for ever."""
    clock = FakeClock()
    async with serving_youtube_peer(clock) as peer:
        platform = peer.platform
        platform.has_stream = method != "list"
        connector = peer.connector()
        async with linked(peer, connector) as link:
            await platform.say(platform.line("a", "在吗", "m0"))
            await link.until(lambda: link.texts == ["在吗"], clock, 20)
            if method == "within the stream":
                await platform.put(b"," + json.dumps(answer[1]).encode())
                await link.until(lambda: link.end is not None, clock)
                assert "续读位置" in str(link.end)
        if method != "within the stream":
            platform.next[method] = [answer]
            with pytest.raises(RoomUnreachable, match="续读位置"):
                async with linked(peer, connector, "m0"):
                    pass
        before = len(platform.places)
        async with linked(peer, connector, "m0") as link:
            await platform.say(platform.line("a", "还在吗"))
            await link.until(lambda: "还在吗" in link.texts, clock, 20)
            assert link.end is None
        assert platform.places[before] is None


async def test_a_bad_request_that_has_no_place_is_said_as_it_is() -> None:
    """It isn't the place."""
    async with serving_youtube_peer(FakeClock()) as peer:
        peer.platform.next["stream"] = [failed(400, "invalidParameter")]
        with pytest.raises(RoomRefused, match="said: invalidParameter"):
            async with linked(peer):
                pass


async def test_access_withdrawn_while_a_line_goes_out_ends_the_link_and_says_so() -> (
    None
):
    """The line isn't uncertain, costs nothing, and waits; the room stops with what people can do."""
    clock = FakeClock()
    async with serving_youtube_peer(clock) as peer:
        ledger = peer.ledgers.of(CLIENT_ID, peer.quota, clock)
        connector = peer.connector()
        async with linked(peer, connector) as link:
            await peer.deny()
            outcome = await in_time(clock, link.link.send(line("在的")), 5)
            assert (outcome.result, outcome.code) == (SendResult.REFUSED, "rate")
            assert (peer.platform.written, ledger.spent.writing) == ([], 0)
            await link.until(lambda: link.end is not None, clock)
            assert isinstance(link.end, RoomRefused)
            assert (link.end.code, "失效" in str(link.end)) == (4001, True)
        with pytest.raises(RoomRefused, match="失效"):
            async with linked(peer, connector):
                pass


async def test_a_token_that_is_refused_for_now_ends_nothing() -> None:
    """The line waits, and the chat is read on."""
    clock = FakeClock()
    async with serving_youtube_peer(clock) as peer, linked(peer) as link:
        ledger = peer.ledgers.of(CLIENT_ID, peer.quota, clock)
        peer.platform.expire_tokens()
        peer.platform.next["token"] = [(403, {"error": "rate_limit_exceeded"}, {})]
        outcome = await in_time(clock, link.link.send(line("在的")), 5)
        assert (outcome.result, outcome.code) == (SendResult.REFUSED, "rate")
        assert ledger.spent.writing == 0
        await peer.platform.say(peer.platform.line("a", "照样能看"))
        await link.until(lambda: link.texts == ["照样能看"], clock)
        assert link.end is None
        sent = await in_time(clock, link.link.send(line("在的")), 5)
        assert sent.result is SendResult.SENT


@pytest.mark.parametrize("reason", ["authError", "required", "UNAUTHENTICATED"])
async def test_a_fresh_token_that_is_not_taken_is_tried_again_later(
    reason: str,
) -> None:
    """The refresh token was good a moment ago: no last word, neither to the room nor to a line."""
    clock = FakeClock()
    async with serving_youtube_peer(clock) as peer:
        ledger = peer.ledgers.of(CLIENT_ID, peer.quota, clock)
        connector = peer.connector()
        peer.platform.next["stream"] = [failed(401, reason)] * 2
        with pytest.raises(RoomUnreachable, match="刚换的访问令牌"):
            async with linked(peer, connector):
                pass
        async with linked(peer, connector) as link:
            peer.platform.next["insert"] = [failed(401, reason)] * 2
            outcome = await in_time(clock, link.link.send(line("在的")), 5)
            assert (outcome.result, outcome.code) == (SendResult.REFUSED, "rate")
            assert ledger.spent.writing == 0
            sent = await in_time(clock, link.link.send(line("在的")), 5)
            assert (sent.result, link.end) == (SendResult.SENT, None)


async def test_a_quota_that_was_raised_is_noticed_within_the_hour() -> None:
    """A line is tried then; until one is served the open stream isn't given up for another one."""
    clock = FakeClock()
    async with serving_youtube_peer(clock) as peer, linked(peer) as link:
        platform = peer.platform
        platform.units = platform.used
        used_up = await in_time(clock, link.link.send(line("还有吗")), 5)
        assert used_up.code == "muted"
        for _ in range(2):  # the second time it is still so
            await link.until(
                lambda: Capability.ROOM_CHAT in link.link.opened.capabilities,
                clock,
                3700,
            )
            streams = platform.asked["stream"]
            await let_pass(clock, timedelta(minutes=3))
            assert platform.asked["stream"] == streams
            again = await in_time(clock, link.link.send(line("现在呢")), 5)
            assert again.code == "muted"
        platform.units = 10_000
        await link.until(
            lambda: Capability.ROOM_CHAT in link.link.opened.capabilities, clock, 3700
        )
        sent = await in_time(clock, link.link.send(line("有了")), 5)
        assert (sent.result, link.end) == (SendResult.SENT, None)
        await let_pass(clock, timedelta(minutes=3))
        assert platform.asked["stream"] > streams
        assert [bool(said) for said in link.said] == [True, False] * 3
