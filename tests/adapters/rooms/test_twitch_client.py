"""The Twitch client against our emulator of EventSub and Helix, faults and all.

That the emulator is what others take Twitch to be is tried in tests/peers/test_twitch_eventsub.py,
which runs these tests once more.
"""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import web

from streambot.adapters.clock import SystemClock
from streambot.adapters.rooms.twitch.client import TwitchConnector
from streambot.adapters.rooms.twitch.link import TwitchLink
from streambot.adapters.rooms.twitch.tokens import TokenGiven, TokenPlace
from streambot.domain.events import (
    LineWithdrawn,
    Link,
    LinkChanged,
    PlatformEvent,
    RoomClosed,
    RoomOpened,
    ViewerFollowed,
    ViewerSpoke,
)
from streambot.domain.faq.entry import Visibility
from streambot.domain.reply import EventId, LineId, LineOut, ReplyKind, SendResult
from streambot.domain.room import Capability
from streambot.domain.viewer import ViewerKey
from streambot.errors import ProtocolBroken, RoomError, RoomRefused, RoomUnreachable
from streambot.ports.clock import Clock
from streambot.testing import FakeClock
from tests.peers import eventsub_said as said
from tests.peers.eventsub import EventSub, serving_eventsub
from tests.peers.eventsub_login import CLIENT_ID, Grant
from tests.peers.twitch_people import AJIE, BOT, LEMON, XIAOYU

TOKEN = "t0ken-of-shopbot"
CHAT = "channel.chat.message"
SUBSCRIBE = "/helix/eventsub/subscriptions"
MESSAGES = "/helix/chat/messages"


@pytest.fixture
async def twitch() -> AsyncIterator[EventSub]:
    """A channel that our bot may read and write."""
    async with serving_eventsub(SystemClock()) as emulator:
        emulator.grants[TOKEN] = Grant(account=BOT)
        yield emulator


def connector(
    twitch: EventSub,
    *,
    clock: Clock | None = None,
    tokens: TokenPlace | None = None,
    channel: str = "#MyShop",
) -> TwitchConnector:
    """Ours, for the emulated channel."""
    return TwitchConnector(
        room="shop",
        url=twitch.url,
        channel=channel,
        client_id=CLIENT_ID,
        tokens=tokens or TokenGiven(f"oauth:{TOKEN}"),
        clock=clock or SystemClock(),
        key_of=lambda platform, raw: ViewerKey(f"{platform}:{raw}"),
    )


def line(text: str = "您好", **fields: object) -> LineOut:
    """A line out."""
    return LineOut(
        line_id=LineId("line-1"),
        kind=ReplyKind.ANSWER,
        text=text,
        covers=(),
        made_at=datetime.now(UTC),
        **fields,  # type: ignore[arg-type]
    )


async def _collect(link: TwitchLink, wanted: int) -> list[PlatformEvent | LinkChanged]:
    got: list[PlatformEvent | LinkChanged] = []
    async for bunch in link.events():
        got.extend(bunch)
        if len(got) >= wanted:
            break
    return got


async def _end(link: TwitchLink) -> RoomError:
    """The error that the link ends with."""
    try:
        async for _ in link.events():
            pass
    except RoomError as error:
        return error
    raise AssertionError("a link ends only with an error")


async def test_what_happens_in_the_channel_is_told_once(twitch: EventSub) -> None:
    """Lines, removals, follows, begin and end of the broadcast; told twice, it happened once."""
    odd = Counter[str]()
    async with connector(twitch).open(None, odd=lambda it: odd.update([it])) as link:
        assert link.opened.broadcast.startswith("myshop:")
        mark = await twitch.say(XIAOYU, "什么时候发货呀？")
        again = said.chat_message(XIAOYU, "什么时候发货呀？", mark)
        frame = await twitch.notify(CHAT, again)  # another frame, the same line
        await twitch.notify(CHAT, again, frame)  # the same frame: passed over
        await twitch.notify("channel.chat.message_delete", said.deleted(XIAOYU, mark))
        await twitch.notify("channel.follow", said.follow(AJIE))
        await twitch.notify("stream.online", said.online("9001"))
        await twitch.say(LEMON, "在吗")
        await twitch.notify("stream.offline", said.offline("9001"))
        await twitch.notify("channel.chat.clear_user_messages", said.cleared(LEMON))
        first, second, gone, follow, online, late, offline, all_gone = await _collect(
            link, 8
        )
    assert isinstance(first, ViewerSpoke) and isinstance(second, ViewerSpoke)
    assert first.id == second.id == mark
    assert first.viewer.key == "twitch:31" and first.viewer.roles == {"member"}
    assert isinstance(gone, LineWithdrawn) and gone.event == mark
    assert isinstance(follow, ViewerFollowed) and follow.viewer.name == "阿杰"
    assert isinstance(online, RoomOpened) and isinstance(offline, RoomClosed)
    assert isinstance(late, ViewerSpoke) and late.scene.broadcast == "9001"
    assert isinstance(all_gone, LineWithdrawn) and all_gone.event == late.id
    assert not odd


async def test_rubbish_is_counted_and_changes_nothing(twitch: EventSub) -> None:
    """No JSON, broken events, unknown kinds and topics, an overlong frame: the next line is read."""
    odd = Counter[str]()
    async with connector(twitch).open(None, odd=lambda it: odd.update([it])) as link:
        (session,) = twitch.sessions.open
        for text in ("{", "[]", '{"metadata":{"message_type":7}}', "x" * 300_000):
            await session.socket.send_str(text)
        await session.socket.send_bytes(b"\xff\xfe")
        await twitch.sessions.tell(session, said.frame("session_dance", "m", {}))
        await twitch.notify(CHAT, {"message": "no words"})
        await twitch.notify(CHAT, {})
        await twitch.sessions.tell(
            session, said.frame("notification", "n", {}, subscription_type="channel.x")
        )
        await twitch.say(XIAOYU, "在吗")
        (spoken,) = await _collect(link, 1)
    assert isinstance(spoken, ViewerSpoke) and spoken.text == "在吗"
    assert odd == {
        "no_frame": 4,
        "frame_too_long": 1,
        "unknown_frame": 1,
        "broken_message": 1,
        "unknown_topic": 1,
    }


async def test_a_move_loses_nothing_and_asks_for_nothing_again(
    twitch: EventSub,
) -> None:
    """The old socket is read until the new one is welcomed; topics carry over; we write to neither."""
    async with connector(twitch).open(None) as link:
        (old,) = twitch.sessions.open
        asked = len(twitch.subscribed.all)
        await twitch.sessions.ask_to_move(old)
        await twitch.sessions.welcomed.one(lambda new: new.moved_from is old)
        last = twitch.sessions.mark()
        event = said.chat_message(XIAOYU, "最后一句", last)
        await old.socket.send_json(
            said.frame(
                *("notification", "late", {"event": event}), subscription_type=CHAT
            )
        )
        await twitch.sessions.closed.one(lambda gone: gone[0] == old.id)
        await twitch.say(AJIE, "搬好了吗")
        texts = {each.text for each in await _collect(link, 2)}  # type: ignore[union-attr]
        assert (await link.send(line())).result is SendResult.SENT
    assert texts == {"最后一句", "搬好了吗"}
    assert len(twitch.subscribed.all) == asked
    assert {code for _, code in twitch.sessions.closed.all} == {1000}


async def test_an_address_that_is_worn_out_or_elsewhere_is_not_the_end(
    twitch: EventSub,
) -> None:
    """4007, or a host that isn't Twitch's: the old socket is read on until Twitch closes it."""
    odd = asyncio.Queue[str]()
    async with connector(twitch).open(None, odd=odd.put_nowait) as link:
        (old,) = twitch.sessions.open
        await twitch.sessions.ask_to_move(old, worn_out=True)
        assert await odd.get() == "move_failed"
        about = said.session(old.id, "reconnecting", None, "wss://elsewhere.example/ws")
        await twitch.sessions.tell(old, said.frame("session_reconnect", "m", about))
        assert await odd.get() == "move_failed"
        await twitch.say(XIAOYU, "还在吗")
        assert len(await _collect(link, 1)) == 1
        await twitch.sessions.close(old, 4004)
        assert isinstance(await _end(link), RoomUnreachable)


async def test_a_cut_link_is_opened_anew_with_every_topic(twitch: EventSub) -> None:
    """What was missed is a gap; nothing of the old socket is taken to be asked for already."""
    ours = connector(twitch)
    async with ours.open(None) as link:
        twitch.sessions.cut(twitch.sessions.open[0])
        assert isinstance(await _end(link), RoomUnreachable)
    asked = Counter(topic for _, topic in twitch.subscribed.all)
    async with ours.open(EventId("m")) as link:
        (gap,) = await _collect(link, 1)
    assert isinstance(gap, LinkChanged)
    assert (gap.link, gap.after) == (Link.GAP, "m")
    again = Counter(topic for _, topic in twitch.subscribed.all)
    assert set(asked) == set(said.TOPICS) and again == asked + asked


async def test_silence_past_the_keepalive_is_a_dead_link() -> None:
    """Keepalives keep it; without them it is over, by the clock alone."""
    clock = FakeClock()
    async with serving_eventsub(clock) as twitch:
        twitch.grants[TOKEN] = Grant(account=BOT)
        async with connector(twitch, clock=clock).open(None) as link:
            ended = asyncio.ensure_future(_end(link))
            for _ in range(60):
                await clock.advance(timedelta(seconds=2))
                await twitch.say(XIAOYU, "在吗")
            assert not ended.done()
            twitch.sessions.silent = True
            await clock.advance(timedelta(seconds=32))
            assert isinstance(await ended, RoomUnreachable)


@pytest.mark.parametrize(
    ("status", "error", "code", "words"),
    [
        ("authorization_revoked", RoomRefused, 4001, "token_file"),
        ("chat_user_banned", RoomRefused, 4004, "封禁"),
        ("user_removed", RoomRefused, 4004, "channel"),
        ("version_removed", RoomUnreachable, None, "取消"),
    ],
)
async def test_a_revocation_says_what_to_renew(
    twitch: EventSub, status: str, error: type[RoomError], code: int | None, words: str
) -> None:
    """Of the chat it ends the link, with a sentence; of follows it is only counted."""
    odd = asyncio.Queue[str]()
    async with connector(twitch).open(None, odd=odd.put_nowait) as link:
        await twitch.revoke("channel.follow", status)
        assert await odd.get() == "topic_revoked"
        await twitch.revoke(CHAT, status)
        failure = await _end(link)
    assert type(failure) is error
    assert getattr(failure, "code", None) == code
    assert words in str(failure)


@pytest.mark.parametrize("code", [4000, 4003, 4005, 1006])
async def test_each_close_is_tried_again(twitch: EventSub, code: int) -> None:
    """Whatever number Twitch closes with, the link is over and another is worth trying."""
    async with connector(twitch).open(None) as link:
        if code == 1006:
            twitch.sessions.cut(twitch.sessions.open[0])
        else:
            await twitch.sessions.close(twitch.sessions.open[0], code)
        failure = await _end(link)
    assert isinstance(failure, RoomUnreachable)
    assert ("10 秒" in str(failure)) == (code == 4003)


@pytest.mark.parametrize(
    ("status", "error", "code"),
    [
        (403, RoomRefused, 4004),
        (429, RoomUnreachable, None),
        (500, RoomUnreachable, None),
        (409, None, None),
    ],
)
async def test_what_subscribing_to_the_chat_may_meet(
    twitch: EventSub, status: int, error: type[RoomError] | None, code: int | None
) -> None:
    """Banned, too many, in trouble; told already is as good as told."""
    twitch.faults[SUBSCRIBE] = deque([web.json_response({}, status=status)])
    if error is None:
        async with connector(twitch).open(None):
            return
    with pytest.raises(error) as raised:
        async with connector(twitch).open(None):
            pass
    assert getattr(raised.value, "code", None) == code


async def test_a_topic_beside_the_chat_may_be_refused(twitch: EventSub) -> None:
    """Follows need a moderator: without them the chat is followed nevertheless."""
    scopes = ("user:read:chat", "user:write:chat")
    twitch.grants[TOKEN] = Grant(account=BOT, scopes=scopes)
    async with connector(twitch).open(None):
        assert "channel.follow" not in {topic for _, topic in twitch.subscribed.all}
    fine = web.json_response({}, status=409)
    twitch.faults[SUBSCRIBE] = deque([fine, web.json_response({}, status=403)])
    odd = Counter[str]()
    async with connector(twitch).open(None, odd=lambda it: odd.update([it])):
        assert odd == {"topic_refused": 1}


def limited(seconds: int) -> web.Response:
    """Too fast: again in so many seconds."""
    reset = int(datetime.now(UTC).timestamp()) + seconds
    return web.json_response({}, status=429, headers={"Ratelimit-Reset": str(reset)})


def _dropped(code: str) -> web.Response:
    why = {"code": code, "message": "no"}
    sent = {"message_id": "", "is_sent": False, "drop_reason": why}
    return web.json_response({"data": [sent]})


@pytest.mark.parametrize(
    ("answer", "result", "code", "wait"),
    [
        (lambda: None, "sent", None, None),
        (lambda: limited(20), "refused", "rate", 20),
        (lambda: limited(90_000), "refused", "rate", 3600),
        (lambda: _dropped("msg_duplicate"), "refused", "forbidden", None),
        (lambda: _dropped("channel_settings"), "refused", "forbidden", None),
        (lambda: _dropped("user_timed_out"), "refused", "muted", None),
        (lambda: _dropped("msg_slowmode"), "refused", "rate", 30),
        (lambda: _dropped("msg_channel_suspended"), "refused", "closed", None),
        (lambda: web.json_response({}, status=422), "refused", "too_long", None),
        (lambda: web.json_response({}, status=403), "refused", "forbidden", None),
        (lambda: web.json_response({}, status=400), "refused", "bad_frame", None),
        (lambda: web.json_response({}, status=500), "uncertain", None, None),
        (lambda: web.Response(text="{"), "uncertain", None, None),
        (lambda: web.json_response({"data": []}), "uncertain", None, None),
        (lambda: web.Response(body=b" " * 300_000), "uncertain", None, None),
        (lambda: web.json_response({}, status=302), "uncertain", None, None),
    ],
)
async def test_helixs_word_on_a_line_is_its_outcome(
    twitch: EventSub, answer: object, result: str, code: str | None, wait: float | None
) -> None:
    """Shown, dropped with a reason, too fast, too long, or nothing that can be relied on."""
    async with connector(twitch).open(None) as link:
        if (fault := answer()) is not None:  # type: ignore[operator]
            twitch.faults[MESSAGES] = deque([fault])
        outcome = await link.send(line("/me 您好"))
    assert (outcome.result.value, outcome.code) == (result, code)
    if wait is not None and outcome.retry_after is not None:
        assert wait - 2 <= outcome.retry_after <= wait
    else:
        assert outcome.retry_after is wait is None
    if result == "sent":
        assert outcome.platform_id
        assert twitch.shown.all == [("shopbot", "／me 您好")]


async def test_a_line_that_was_not_shown_repeats_nothing(twitch: EventSub) -> None:
    """Refused for haste it goes again as it is; refused for its words it counts as said."""
    async with connector(twitch).open(None) as link:
        twitch.faults[MESSAGES] = deque([limited(20), _dropped("msg_slowmode")])
        for code in ("rate", "rate", None):
            assert (await link.send(line())).code == code
        twitch.faults[MESSAGES] = deque([_dropped("msg_duplicate")])
        for code in ("forbidden", None):
            assert (await link.send(line())).code == code
    assert twitch.arrived == ["您好", "您好", "您好", "您好~", "您好~~"]


async def test_our_own_line_comes_back_as_ours_and_nobody_is_written_to_in_private(
    twitch: EventSub,
) -> None:
    """What we write is told like any line, with our role on it; whispers are not ours to send."""
    async with connector(twitch).open(None) as link:
        assert link.opened.capabilities == {Capability.ROOM_CHAT, Capability.ECHO}
        await link.send(line("您好"))
        (own,) = await _collect(link, 1)
        private = await link.send(line(visibility=Visibility.PRIVATE))
    assert isinstance(own, ViewerSpoke) and own.viewer.is_self
    assert private.code == "no_address"


async def test_no_such_channel_and_no_eventsub_are_said(twitch: EventSub) -> None:
    """A channel that isn't there goes on being tried; what answers no EventSub is told apart."""
    with pytest.raises(RoomRefused, match="nowhere"):
        async with connector(twitch, channel="nowhere").open(None):
            pass
    twitch.sessions.greeting = "hello"
    with pytest.raises(ProtocolBroken):
        async with connector(twitch).open(None):
            pass


async def test_a_check_up_tells_each_permission(twitch: EventSub) -> None:
    """Token, renewal and every scope get a line of their own; one that is needed closes the door."""
    met = await connector(twitch).meet(join=True)
    assert met.opened is not None
    assert [(each.name, each.good) for each in met.checks] == [
        ("token", True),
        ("renewal", False),
        ("scope", True),
        ("scope", True),
        ("scope", True),
    ]
    twitch.grants[TOKEN] = Grant(account=BOT, scopes=("user:write:chat",))
    met = await connector(twitch).meet(join=True)
    missing = [each for each in met.checks if each.name == "scope" and not each.good]
    assert [each.needed for each in missing] == [True, False]
    assert "user:read:chat" in missing[0].zh
    assert met.opened is None
    assert (await connector(twitch).meet(join=False)).speaks
    assert not twitch.subscribed.all


async def test_a_link_that_was_left_takes_no_line_and_raises_nothing(
    twitch: EventSub,
) -> None:
    """A sender that is a moment late is refused: the line waits for the next link."""
    async with connector(twitch).open(None) as link:
        pass
    assert (await link.send(line())).result is SendResult.REFUSED
