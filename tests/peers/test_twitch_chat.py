"""The Twitch dialect against an emulator that tmi.js and twitchAPI have passed in the same run."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from streambot.adapters.clock import SystemClock
from streambot.adapters.rooms.irc.client import IrcConnector
from streambot.application.link import RoomLink
from streambot.bootstrap import App
from streambot.domain.reply import LineId, LineOut, ReplyKind, SendResult
from streambot.domain.room import RoomName
from streambot.domain.viewer import ViewerKey
from streambot.ports.clock import Clock
from streambot.testing import FakeClock
from streambot.testing.conformance import Case, Feature, conformance
from tests.acceptance.world import TOKEN, room_settings, running, write_config
from tests.adapters.rooms.twitch_chat_peer import serving_twitch_chat_peer
from tests.peers.twitch_chat import TwitchChat, serving_twitch
from tests.peers.twitch_patience import LINES
from tests.peers.twitch_people import ACCOUNTS, AJIE, BOT, LEMON, XIAOYU
from tests.peers.twitch_strangers import let_them_try, tmi_js

pytestmark = pytest.mark.proof

_ROOM = RoomName("shop")


@pytest.fixture(scope="module", autouse=True)
def _passed(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Foreign clients have passed the emulator, else nothing here counts."""
    script = tmi_js(tmp_path_factory.mktemp("npm"))
    with ThreadPoolExecutor(1) as aside:  # a loop of its own
        aside.submit(asyncio.run, let_them_try(script)).result()


@pytest.fixture
async def chat() -> AsyncIterator[TwitchChat]:
    """A channel that lets our bot in."""
    accounts = {**ACCOUNTS, TOKEN: BOT}
    async with serving_twitch(accounts, _now) as serving:
        yield serving


def _now() -> datetime:
    return datetime.now(UTC)


def _config(folder: Path, url: str) -> Path:
    channel = {"dialect": "twitch", "channel": "shop", "nick": "shopbot"}
    return write_config(folder, room_settings(_ROOM, url, connector="irc", **channel))


@asynccontextmanager
async def _following(
    folder: Path, chat: TwitchChat, *, logins: int = 1
) -> AsyncIterator[App]:
    """The whole bot in the channel, or turned away, once it has tried."""
    config = await asyncio.to_thread(_config, folder, chat.url)
    async with running(config) as app:
        await chat.logins.until(lambda seen: len(seen) >= logins)
        yield app


async def _inside(chat: TwitchChat, times: int) -> None:
    """Our bot came in for the so-many-eth time."""
    await chat.joined.until(lambda seen: len(seen) >= times)


def _names(chat: TwitchChat) -> Counter[str]:
    """How often our bot spoke to each viewer."""
    lines = [text for login, text in chat.shown.all if login == "shopbot"]
    return Counter(
        each.name
        for each in (XIAOYU, AJIE, LEMON)
        for text in lines
        if f"@{each.name} " in text
    )


async def test_the_whole_bot_works_a_twitch_channel(
    chat: TwitchChat, tmp_path: Path
) -> None:
    """Questions are answered once over a cut and a RECONNECT; what a moderator took back isn't."""

    async with _following(tmp_path, chat):
        await _inside(chat, 1)
        await chat.arrive(XIAOYU, LEMON)
        await chat.shown.one(lambda line: "欢迎" in line[1])
        await chat.say(XIAOYU, "什么时候发货呀？")
        await chat.shown.one(lambda line: "@小雨 " in line[1] and "48小时" in line[1])

        chat.cut("shopbot")
        await _inside(chat, 2)
        await chat.say(AJIE, "有运费险吗")
        await chat.shown.one(lambda line: "@阿杰 " in line[1])

        (old,) = chat.inside("shopbot")
        await chat.ask_back("shopbot")
        await _inside(chat, 3)
        assert old not in chat.inside("shopbot")
        asked, mark = chat.line(LEMON, "包邮吗")
        await chat.tell(asked, chat.withdrawal(mark, LEMON, "包邮吗"))
        await chat.say(XIAOYU, "怎么开发票")
        await chat.shown.one(lambda line: "@小雨 " in line[1] and "发票" in line[1])
        assert not chat.refused
    assert _names(chat) == {"小雨": 2, "阿杰": 1}
    assert chat.logins.all == ["shopbot"] * 3


async def test_a_worn_out_token_stops_the_bot_and_says_what_to_renew(
    tmp_path: Path,
) -> None:
    """It tries once, not again and again, and the console says which setting to renew."""
    async with (
        serving_twitch(dict(ACCOUNTS), _now) as chat,
        _following(tmp_path, chat) as app,
    ):
        troubles = app.rooms.views[_ROOM].troubles
        async with asyncio.timeout(20):
            while not troubles:
                await asyncio.sleep(0)
        (trouble,) = troubles.values()
    assert "token_env" in trouble.zh and "令牌" in trouble.zh
    assert TOKEN not in trouble.zh + trouble.en
    assert chat.logins.all == ["shopbot?"]


def _connector(url: str, clock: Clock) -> IrcConnector:
    return IrcConnector(
        room=_ROOM,
        url=url,
        channel="shop",
        nick="shopbot",
        token=TOKEN,
        clock=clock,
        key_of=lambda platform, raw: ViewerKey(f"{platform}:{raw}"),
        dialect="twitch",
    )


def _line(text: str) -> LineOut:
    return LineOut(
        line_id=LineId(text),
        kind=ReplyKind.ANSWER,
        text=text,
        covers=(),
        made_at=_now(),
    )


async def test_ten_minutes_of_haste_are_never_punished() -> None:
    """Lines pressed on the link without a pause, over a cut: as many pass as may, none is ignored,
    and no words come twice within 30 s.
    """
    clock = FakeClock()
    results = Counter[str]()
    async with serving_twitch({TOKEN: BOT}, clock.now) as chat:
        connector = _connector(chat.url, clock)
        for _ in range(2):
            async with connector.open(None) as link:
                heard = aiter(link.events())
                for _ in range(60):  # five seconds each
                    for n in range(4):
                        outcome = await link.send(_line("长" * 499 + "短" * (n % 2)))
                        results[outcome.code or outcome.result] += 1
                    await clock.advance(timedelta(seconds=5))
                    await chat.say(LEMON, "在吗")
                    await anext(heard)  # the link lives
    assert not chat.refused
    assert results == {"sent": len(chat.shown.all), "rate": 480 - len(chat.shown.all)}
    print("lines shown in ten minutes:", len(chat.shown.all))
    assert 20 * 18 - 18 <= len(chat.shown.all) <= 20 * LINES


@pytest.mark.parametrize(
    ("name", "code", "wait"),
    [
        ("msg_slowmode", "rate", 20.0),
        ("msg_timedout", "muted", 600.0),
        ("msg_duplicate", "forbidden", None),
    ],
)
async def test_each_refusal_is_told_apart(
    chat: TwitchChat, name: str, code: str, wait: float | None
) -> None:
    """Slow mode, a time-out and repeated words come back as ours, with the wait that is asked for."""
    chat.refuse_next.append(name)
    async with _connector(chat.url, SystemClock()).open(None) as link:
        outcome = await link.send(_line("您好"))
    assert (outcome.result, outcome.code) == (SendResult.REFUSED, code)
    assert outcome.retry_after == wait


class _Hurried:
    """A clock whose sleeps are noted and over at once."""

    def __init__(self) -> None:
        self.slept: list[float] = []

    def now(self) -> datetime:
        """The present instant."""
        return _now()

    async def sleep(self, span: timedelta) -> None:
        """Note it."""
        self.slept.append(span.total_seconds())
        await asyncio.sleep(0)


async def test_links_closed_right_behind_the_login_make_no_storm(
    chat: TwitchChat,
) -> None:
    """A server that lets us in and closes at once is left in peace longer and longer."""
    chat.turn_away = True
    clock = _Hurried()

    async def ignore(_: object) -> None:
        pass

    link = RoomLink(
        _ROOM,
        _connector(chat.url, SystemClock()),
        clock,
        deliver=ignore,
        cursor=lambda: None,
        linked=lambda _: None,
        trouble=lambda zh, en: None,
        odd=lambda name: None,
    )
    running = asyncio.ensure_future(link.run())
    await chat.logins.until(lambda seen: len(seen) >= 25)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert sum(clock.slept[:24]) > 60  # 300 s on average; a storm takes six
    assert max(clock.slept) <= 30


@pytest.mark.parametrize(
    "case",
    conformance(
        serving_twitch_chat_peer,
        lacks={Feature.REVOKE, Feature.HISTORY, Feature.RESUME},
    ),
    ids=str,
)
async def test_the_twitch_dialect_conforms(case: Case) -> None:
    """The chat tells nothing again, and an open one isn't told of a token taken back."""
    await case()
