"""The Twitch connector against an emulator that twitchio and twitchAPI have passed in the same run."""

from __future__ import annotations

import asyncio
import os
from collections import Counter, deque
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from streambot.adapters.clock import SystemClock
from streambot.domain.room import RoomName
from streambot.testing import FakeClock
from streambot.testing.conformance import Case, Feature, conformance
from tests.acceptance.world import TOKEN, room_settings, running, write_config
from tests.adapters.rooms.test_twitch_client import (  # noqa: F401 - run once more here
    MESSAGES,
    connector,
    limited,
    line,
    test_a_cut_link_is_opened_anew_with_every_topic,
    test_a_move_loses_nothing_and_asks_for_nothing_again,
    test_a_revocation_says_what_to_renew,
    test_a_topic_beside_the_chat_may_be_refused,
    test_an_address_that_is_worn_out_or_elsewhere_is_not_the_end,
    test_each_close_is_tried_again,
    test_helixs_word_on_a_line_is_its_outcome,
    test_silence_past_the_keepalive_is_a_dead_link,
    test_what_happens_in_the_channel_is_told_once,
    test_what_subscribing_to_the_chat_may_meet,
    twitch,
)
from tests.adapters.rooms.test_twitch_client import (
    TOKEN as BOTS,
)
from tests.adapters.rooms.twitch_peer import serving_twitch_peer
from tests.peers import eventsub_said as said
from tests.peers.eventsub import EventSub, serving_eventsub
from tests.peers.eventsub_login import CLIENT_ID, Grant
from tests.peers.eventsub_strangers import let_them_try
from tests.peers.twitch_people import AJIE, BOT, LEMON, XIAOYU

pytestmark = pytest.mark.proof

_ROOM = RoomName("shop")


@pytest.fixture(scope="module", autouse=True)
def _passed() -> None:
    """Foreign clients have passed the emulator, else nothing here counts."""
    with ThreadPoolExecutor(1) as aside:  # a loop of its own
        aside.submit(asyncio.run, let_them_try()).result()


def _config(folder: Path, url: str, tokens: str) -> Path:
    (folder / "tokens").write_text(tokens, encoding="utf-8")
    room = room_settings(
        *(_ROOM, url),
        connector="twitch",
        channel="myshop",
        client_id=CLIENT_ID,
        token_file=str(folder / "tokens"),
    )
    del room["token_env"]
    return write_config(folder, room)


async def _followed(emulator: EventSub, times: int) -> None:
    """Our bot asked for every topic for the so-many-eth time."""
    await emulator.subscribed.until(lambda seen: len(seen) >= times * len(said.TOPICS))


def _names(emulator: EventSub) -> Counter[str]:
    """How often our bot spoke to each viewer."""
    return Counter(
        each.name
        for each in (XIAOYU, AJIE, LEMON)
        for _, text in emulator.shown.all
        if f"@{each.name} " in text
    )


async def test_the_whole_bot_works_a_twitch_channel(tmp_path: Path) -> None:
    """A worn-out token is renewed; questions are answered once over a move, a cut and a 429, told
    twice or not; what a moderator took back while it waited isn't.
    """
    async with serving_eventsub(SystemClock()) as emulator:
        emulator.refreshes["refresh-0"] = Grant(account=BOT)
        tokens = "access_token=worn-out\nrefresh_token=refresh-0\n"
        config = await asyncio.to_thread(_config, tmp_path, emulator.url, tokens)
        async with running(config):
            await _followed(emulator, 1)
            mark = await emulator.say(XIAOYU, "什么时候发货呀？")
            await emulator.shown.one(lambda it: "@小雨 " in it[1] and "48小时" in it[1])
            again = said.chat_message(XIAOYU, "什么时候发货呀？", mark)
            await emulator.notify("channel.chat.message", again)

            (old,) = emulator.sessions.open
            await emulator.sessions.ask_to_move(old)
            await emulator.sessions.closed.one(lambda gone: gone[0] == old.id)
            await emulator.say(AJIE, "有运费险吗")
            await emulator.shown.one(lambda it: "@阿杰 " in it[1])

            emulator.sessions.cut(emulator.sessions.open[0])
            await _followed(emulator, 2)
            await emulator.notify("channel.chat.message", again)
            emulator.faults[MESSAGES] = deque([limited(2)])
            taken = await emulator.say(LEMON, "包邮吗")
            await emulator.spoiled.one(lambda path: path == MESSAGES)
            await emulator.notify(
                "channel.chat.message_delete", said.deleted(LEMON, taken)
            )
            await emulator.say(XIAOYU, "怎么开发票")
            await emulator.shown.one(lambda it: "@小雨 " in it[1] and "发票" in it[1])
        assert not emulator.dropped
        assert _names(emulator) == {"小雨": 2, "阿杰": 1}
        kept = await asyncio.to_thread((tmp_path / "tokens").read_text)
        assert "access-1" in kept and "refresh-1" in kept


async def test_authorisation_taken_back_stops_the_bot_and_says_what_to_renew(
    tmp_path: Path,
) -> None:
    """It doesn't come again, and the console says what to do."""
    async with serving_eventsub(SystemClock()) as emulator:
        emulator.grants[TOKEN] = Grant(account=BOT)
        config = await asyncio.to_thread(
            _config, tmp_path, emulator.url, f"oauth:{TOKEN}{os.linesep}"
        )
        async with running(config) as app:
            await _followed(emulator, 1)
            await emulator.revoke("channel.chat.message", "authorization_revoked")
            troubles = app.rooms.views[_ROOM].troubles
            async with asyncio.timeout(20):
                while not troubles:
                    await asyncio.sleep(0)
            (trouble,) = troubles.values()
        assert "token_file" in trouble.zh and TOKEN not in trouble.zh + trouble.en
        assert len(emulator.sessions.welcomed.all) == 1


@pytest.mark.parametrize(
    "case",
    conformance(
        serving_twitch_peer,
        lacks={Feature.ENTERS, Feature.HISTORY, Feature.RESUME},
    ),
    ids=str,
)
async def test_twitch_conforms(case: Case) -> None:
    """EventSub tells no arrivals and nothing again; all else holds."""
    await case()


async def test_ten_minutes_of_haste_are_never_punished() -> None:
    """Lines pressed on the link without a pause, over a cut: as many pass as may, none is dropped."""
    clock = FakeClock()
    results = Counter[str]()
    async with serving_eventsub(clock) as emulator:
        emulator.grants[BOTS] = Grant(account=BOT)
        ours = connector(emulator, clock=clock)
        for _ in range(2):
            async with ours.open(None) as link:
                for _ in range(60):  # five seconds each
                    for n in range(4):
                        outcome = await link.send(line("长" * 499 + "短" * (n % 2)))
                        results[outcome.code or outcome.result] += 1
                    await clock.advance(timedelta(seconds=5))
    assert not emulator.dropped
    shown = len(emulator.shown.all)
    print("lines shown in ten minutes:", shown)
    assert results == {"sent": shown, "rate": 480 - shown}
    assert 20 * 18 - 18 <= shown <= 20 * 20
