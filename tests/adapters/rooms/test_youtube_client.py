"""The client of YouTube's live chat against a real local platform that fails as told."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from streambot.adapters.rooms.youtube.quota import URGENT, Quota
from streambot.domain.events import (
    FromRoom,
    Origin,
    RoomClosed,
)
from streambot.domain.reply import ReplyKind, SendOutcome, SendResult
from streambot.domain.room import Capability
from streambot.errors import RoomRefused, RoomUnreachable
from streambot.testing import FakeClock
from streambot.testing.conformance.passing import let_pass
from tests.adapters.rooms.youtube_following import in_time, line, linked
from tests.adapters.rooms.youtube_peer import serving_youtube_peer
from tests.adapters.rooms.youtube_server import HOST, REFRESH, failed

_SMALL = Quota(units=1000, replies=400)  # eight lines, the last two for what is urgent


async def test_without_a_stream_it_polls_as_slowly_as_it_is_told() -> None:
    """A platform that streams nothing is listed at its own interval; nothing is lost or told twice."""
    clock = FakeClock()
    async with serving_youtube_peer(clock, Quota(units=10**6, replies=0)) as peer:
        peer.platform.has_stream, peer.platform.wait = False, 10_000
        async with linked(peer) as link:
            for number in range(3):
                await peer.platform.say(peer.platform.line("a", f"第{number}句"))
                await link.until(lambda n=number: len(link.texts) > n, clock, 11)  # type: ignore[misc]
            assert link.texts == ["第0句", "第1句", "第2句"]
            before = peer.platform.asked["list"]
            await let_pass(clock, timedelta(seconds=60))
            assert 5 <= peer.platform.asked["list"] - before <= 6
        assert peer.platform.asked["stream"] == 1


async def test_a_stream_that_ends_is_asked_for_again_at_the_quotas_pace() -> None:
    """However often the platform ends it, asking stays within what reading may use; nothing is lost."""
    clock = FakeClock()
    async with serving_youtube_peer(clock) as peer:
        async with linked(peer) as link:
            for number in range(5):
                peer.platform.finish_streams()
                await peer.platform.until(lambda seen: not seen.streams)
                await peer.platform.say(peer.platform.line("a", f"第{number}句"))
                await link.until(lambda n=number: len(link.texts) > n, clock, 30)  # type: ignore[misc]
            assert link.texts == [f"第{number}句" for number in range(5)]
            assert link.end is None
        assert peer.platform.asked["stream"] == 6


async def test_a_token_that_runs_out_is_renewed_before_and_after() -> None:
    """An hour on it is renewed by itself; one refused early is renewed once, and the line still goes."""
    clock = FakeClock()
    async with serving_youtube_peer(clock) as peer, linked(peer) as link:
        peer.platform.expire_tokens()
        sent = await in_time(clock, link.link.send(line("还在")), 5)
        assert (sent.result, peer.platform.written) == (SendResult.SENT, ["还在"])
        assert peer.platform.asked["token"] == 2
        clock.jump(timedelta(hours=1))
        await in_time(clock, link.link.send(line("又一小时")), 5)
        assert (peer.platform.asked["token"], peer.platform.asked["insert 401"]) == (3, 1)  # fmt: skip
        error = failed(401, "authError")[1]
        await peer.platform.put(b"," + str(error).replace("'", '"').encode())
        await link.until(lambda: link.end is not None, clock)
        assert isinstance(link.end, RoomUnreachable)  # a new link renews it


async def test_the_end_of_the_chat_is_told_once_and_the_next_one_looked_for() -> None:
    """Nobody live is one sentence, asked for once a minute; when somebody is, the chat opens again."""
    clock = FakeClock()
    async with serving_youtube_peer(clock) as peer:
        connector = peer.connector()
        async with linked(peer, connector) as link:
            await peer.platform.say(peer.platform.line("a", "再见"))
            await peer.platform.end_chat()
            await link.until(lambda: link.end is not None, clock)
            closed = [each for each in link.told if isinstance(each, RoomClosed)]
            assert (len(closed), link.texts) == (1, ["再见"])

        async def tried() -> None:
            with pytest.raises(RoomRefused, match="没有直播"):
                async with linked(peer, connector):
                    pass

        asked = peer.platform.asked["broadcasts"]
        began = clock.now()
        for _ in range(3):
            await in_time(clock, tried(), 70)
        assert peer.platform.asked["broadcasts"] - asked == 3
        assert clock.now() - began >= timedelta(minutes=3) - timedelta(seconds=10)
        peer.platform.live = True

        async def opened() -> None:
            async with linked(peer, connector) as link:
                assert link.end is None

        await in_time(clock, opened(), 70)


async def test_a_chat_that_ended_while_the_link_was_down_is_told_too() -> None:
    """The refusal of a chat that was read before is its end."""
    clock = FakeClock()
    async with serving_youtube_peer(clock) as peer:
        connector = peer.connector()
        async with linked(peer, connector) as link:
            await peer.platform.say(peer.platform.line("a", "在吗", "m1"))
            await link.until(lambda: len(link.texts) == 1, clock)
            peer.platform.cut()
            await link.until(lambda: link.end is not None, clock)
        peer.platform.live = False
        async with linked(peer, connector, "m1") as link:
            await link.until(lambda: link.end is not None, clock)
            (closed,) = link.told
            assert isinstance(closed, RoomClosed)


async def test_lines_that_were_read_and_never_decided_are_read_again() -> None:
    """Where the bot knows less than the token says, the history is read, and what it missed is live."""
    clock = FakeClock()
    async with serving_youtube_peer(clock) as peer:
        connector = peer.connector()
        async with linked(peer, connector) as link:
            told = [peer.platform.line("a", str(n), f"m{n}") for n in range(4)]
            await peer.platform.say(*told)
            await link.until(lambda: len(link.texts) == 4, clock)
        async with linked(peer, connector, "m1") as link:
            await link.until(lambda: len(link.texts) == 4, clock)
            origins = [each.origin for each in link.told if isinstance(each, FromRoom)]
            assert origins == [Origin.HISTORY] * 2 + [Origin.LIVE] * 2
        async with linked(peer, connector, "m3") as link:
            await peer.platform.say(peer.platform.line("a", "4"))
            await link.until(lambda: len(link.texts) == 1, clock)


async def test_when_the_quota_nears_its_end_people_and_orders_go_first(
    tmp_path: Path,
) -> None:
    """Then nothing is written any more; each step is said once, and midnight gives all back."""
    clock = FakeClock()
    async with serving_youtube_peer(clock, _SMALL, tmp_path) as peer:
        async with linked(peer) as link:

            async def send(text: str, kind: ReplyKind = ReplyKind.ANSWER) -> SendOutcome:  # fmt: skip
                sent: SendOutcome = await in_time(clock, link.link.send(line(text, kind)), 5)  # fmt: skip
                return sent

            for number in range(6):
                assert link.link.opened.only is None
                assert (await send(f"答{number}")).result is SendResult.SENT
            assert link.link.opened.only == URGENT
            assert link.link.opened.takes(ReplyKind.ORDER)
            held = await send("答6")
            assert (held.result, held.code) == (SendResult.REFUSED, "muted")
            for text, kind in (("客服", ReplyKind.AGENT), ("订单", ReplyKind.ORDER)):
                assert (await send(text, kind)).result is SendResult.SENT
            assert Capability.ROOM_CHAT not in link.link.opened.capabilities
            assert (await send("客服2", ReplyKind.AGENT)).code == "muted"
            assert len(peer.platform.written) == 8
            await link.until(lambda: len(link.said) == 2, clock)
            assert "只发客服和订单" in link.said[0]
            assert "配额用完了" in link.said[1]
        async with linked(peer) as link:  # a restart says it again
            await link.until(lambda: len(link.said) == 1, clock)
            clock.jump(timedelta(days=1))
            await link.until(lambda: len(link.said) == 2, clock, 70)
            assert link.said[1] == ""
            assert Capability.ROOM_CHAT in link.link.opened.capabilities


async def test_a_quota_that_the_platform_calls_used_up_is_left_alone(
    tmp_path: Path,
) -> None:
    """The stream goes on; no line, no look-up, no new stream leaves for an hour, restart or not."""
    clock = FakeClock()
    async with serving_youtube_peer(clock, folder=tmp_path) as peer:
        async with linked(peer) as link:
            peer.platform.units = peer.platform.used
            outcome = await in_time(clock, link.link.send(line("还有吗")), 5)
            assert (outcome.code, link.link.opened.only) == ("muted", None)
            await peer.platform.say(peer.platform.line("a", "照样能看"))
            await link.until(lambda: link.texts == ["照样能看"], clock)
        asked = peer.platform.asked.copy()
        for _ in range(3):
            peer.ledgers = type(peer.ledgers)(tmp_path)
            with pytest.raises(RoomRefused, match="配额用完了"):
                async with linked(peer):
                    pass
        assert peer.platform.asked == asked


async def test_the_echo_is_the_word_on_a_line_whose_answer_is_lost() -> None:
    """Seen in the chat it is sent; without an echo nobody knows, and nothing is written again."""
    clock = FakeClock()
    async with serving_youtube_peer(clock) as peer, linked(peer) as link:
        peer.platform.held["insert"] = 1
        sending = asyncio.ensure_future(link.link.send(line("到了吗")))
        await peer.platform.until(lambda seen: seen.asked["insert"] == 1)
        author = {"channelId": "UC-bot"}
        await peer.platform.say(peer.platform.line("小店", "到了吗", "own", author=author))  # fmt: skip
        await link.until(sending.done, clock, 30)
        assert sending.result().platform_id == "own"
        peer.platform.held["insert"] = 1
        lost = await in_time(clock, link.link.send(line("丢了")), 30)
        assert lost.result is SendResult.UNCERTAIN
        peer.platform.next["insert"] = [failed(503, "backendError")]
        broken = await in_time(clock, link.link.send(line("坏了")), 30)
        assert broken.result is SendResult.UNCERTAIN
        assert peer.platform.asked["insert"] == 3
        assert "own" in {each.id for each in link.told if isinstance(each, FromRoom)}


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (failed(403, "liveChatEnded"), "closed"),
        (failed(403, "forbidden"), "forbidden"),
        (failed(403, "rateLimitExceeded"), "rate"),
    ],
)
async def test_each_refusal_of_a_line_has_its_code(answer: Any, code: str) -> None:
    """What is over is given up, what is forbidden too, what was too fast waits."""
    clock = FakeClock()
    async with serving_youtube_peer(clock) as peer, linked(peer) as link:
        peer.platform.next["insert"] = [answer]
        outcome = await in_time(clock, link.link.send(line("你好")), 5)
        assert (outcome.result, outcome.code) == (SendResult.REFUSED, code)


@pytest.mark.parametrize(
    ("method", "answer", "said"),
    [
        ("broadcasts", failed(401, "youtubeSignupRequired"), "没有 YouTube 频道"),
        ("channels", failed(403, "accessNotConfigured"), "没有启用"),
        ("channels", failed(403, "insufficientPermissions"), "授权范围不够"),
        ("broadcasts", failed(403, "liveStreamingNotEnabled"), "开通直播"),
    ],
)
async def test_what_only_people_can_mend_is_said_and_asked_once(
    method: str, answer: Any, said: str
) -> None:
    """The second try brings the same sentence without a call."""
    async with serving_youtube_peer(FakeClock()) as peer:
        tries = 2 if answer[0] == 401 else 1  # the second with a new access token
        peer.platform.next[method] = [answer] * tries
        connector = peer.connector()
        for _ in range(2):
            with pytest.raises(RoomRefused, match=said) as refused:
                async with linked(peer, connector):
                    pass
            assert refused.value.code == 4001
            assert REFRESH not in str(refused.value)
        assert peer.platform.asked[method] == tries


async def test_a_video_of_ones_own_choice_is_followed() -> None:
    """Its chat is found by the video; one that isn't live is said."""
    clock = FakeClock()
    async with serving_youtube_peer(clock) as peer:
        peer.platform.author = HOST
        for video, live in (("abcdefghijk", True), ("zzzzzzzzzzz", False)):
            connector = peer.connector()
            connector._video = video
            if live:
                async with linked(peer, connector) as link:
                    assert link.link.opened.broadcast == video
                    assert link.link.opened.limits.line_length == 200
                continue
            with pytest.raises(RoomRefused, match="zzzzzzzzzzz"):
                async with linked(peer, connector):
                    pass
        assert peer.platform.asked["broadcasts"] == 0


async def test_a_check_up_books_what_it_asks_and_says_what_is_left() -> None:
    """Two look-ups, no stream; beside a running bot none at all."""
    async with serving_youtube_peer(FakeClock()) as peer:
        met = await peer.connector().meet(join=True)
        assert met.opened is not None
        (quota,) = met.checks
        assert quota.good
        assert "用了 2 / 10000" in quota.zh
        assert peer.platform.used == 2
        away = await peer.connector().meet(join=False)
        assert (away.opened, peer.platform.used) == (None, 2)


def test_what_the_quota_leaves_changes_nothing_else() -> None:
    """A kind that isn't written now goes to the prompter; all others go as ever."""
    from streambot.adapters.rooms.youtube.client import LIMITS
    from streambot.ports.connector import Opened

    can = frozenset({Capability.ROOM_CHAT})
    opened = Opened(broadcast="b", capabilities=can, limits=LIMITS, idempotent_send=False)  # type: ignore[arg-type]  # fmt: skip
    assert opened.takes(ReplyKind.GREETING)
    few = replace(opened, only=URGENT)
    assert [kind for kind in ReplyKind if few.takes(kind)] == [
        ReplyKind.AGENT,
        ReplyKind.ORDER,
    ]
