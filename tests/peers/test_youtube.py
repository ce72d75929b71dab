"""YouTube's connector against an emulator that Google's own client has passed in the same run."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from streambot.adapters.rooms.youtube.quota import Quota
from streambot.domain.room import RoomName
from streambot.testing import FakeClock
from tests.acceptance.world import PATIENCE, room_settings, running, write_config
from tests.adapters.rooms.youtube_peer import serving_youtube_peer
from tests.adapters.rooms.youtube_server import (
    CLIENT_ID,
    REFRESH,
    SECRET,
    YouTubeServer,
    failed,
    serving_youtube,
)
from tests.peers.long_broadcast import Fault, LongBroadcast
from tests.peers.youtube_strangers import let_them_try

pytestmark = pytest.mark.proof

_QUESTIONS = ("什么时候发货呀？", "有运费险吗", "包邮吗", "怎么退货")


@pytest.fixture(scope="module", autouse=True)
def _passed() -> None:
    """A foreign client has passed the emulator, else nothing here counts."""
    with ThreadPoolExecutor(1) as aside:  # a loop of its own
        aside.submit(asyncio.run, let_them_try()).result()


def _config(folder: Path, url: str) -> Path:
    """A config.yaml for the room, its secrets in files."""
    secrets = {"google_client_secret_file": SECRET, "token_file": REFRESH}
    for name, secret in secrets.items():
        (folder / name).write_text(secret, encoding="utf-8")
    keys = {"connector": "youtube", "google_client_id": CLIENT_ID, "token_env": None}
    places = {name: str(folder / name) for name in secrets}
    return write_config(folder, room_settings("shop", url, **keys, **places))


async def _until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE * 2):
        while not holds():
            await asyncio.sleep(0)


def _break(platform: YouTubeServer, number: int) -> None:
    """The link dies, each time in another way."""
    if number == 2:
        platform.expire_tokens()
    if number == 3:
        platform.next["stream"] = [failed(503, "backendError")]
    platform.cut()


async def test_the_whole_bot_works_a_room_on_youtube(tmp_path: Path) -> None:
    """300 first lines at once, all told twice; questions over a cut, a token that ran out and a server that
    is down, asked while nobody listens: all are heard once and answered once. The quota runs out: the
    rest is for the host to say, and nothing more is written. The chat ends.
    """
    async with serving_youtube() as platform:
        config = await asyncio.to_thread(_config, tmp_path, platform.url)
        await platform.say(platform.line("旧", "包邮吗", "old"))
        async with running(config) as app:
            view = app.rooms.views[RoomName("shop")]
            await _until(lambda: len(platform.streams) == 1)
            crowd = [platform.line(f"客{n:03}", f"我来了{n}") for n in range(300)]
            began = time.perf_counter()
            await platform.say(*crowd, platform.item("shinyEvent", "x"), *crowd)
            await _until(lambda: view.counters.get("lines", 0) >= 300)
            told_after = time.perf_counter() - began
            await _until(lambda: any("欢迎" in line for line in platform.shown))
            welcomed_after = time.perf_counter() - began
            for number in (1, 2, 3):
                _break(platform, number)
                question = platform.line(f"问{number}", _QUESTIONS[number - 1])
                await platform.say(question)  # nobody listens; the token leads on to it
                await _until(lambda n=number: _answers(platform, n) == 1)  # type: ignore[misc]
            assert view.can_write and not view.prompter
            platform.units = platform.used
            await platform.say(platform.line("问4", _QUESTIONS[3]))
            await _until(lambda: bool(view.prompter) and "link" in view.troubles)
            inserts = platform.asked["insert"]
            await platform.say(platform.line("问5", _QUESTIONS[0]))
            await _until(lambda: len(view.prompter) >= 2)
            trouble = view.troubles["link"].zh
            assert view.link == "connected"
            await platform.end_chat()
            await _until(lambda: view.link == "connecting" and not platform.streams)
            counters, links = dict(view.counters), platform.asked["stream 200"]
        assert platform.asked["insert"] == inserts
    assert "配额用完了" in trouble
    assert counters["odd_unknown_type"] == 1
    assert (counters["duplicates"], counters.get("gaps", 0)) == (300, 0)
    assert [_answers(platform, n) for n in (1, 2, 3, 4, 5)] == [1, 1, 1, 0, 0]
    assert not any("旧" in line for line in platform.shown)
    assert platform.asked["token"] == 2
    assert platform.asked["stream 503"] == 1
    with closing(sqlite3.connect(tmp_path / "data" / "streambot.db")) as store:
        kinds = dict(store.execute("select kind, count(*) from journal group by kind"))
        [(welcomed,)] = store.execute(
            "select count(*) from replies where out_id like 'greet:%' and state = 'sent'"
        )
    with closing(sqlite3.connect(tmp_path / "data" / "youtube-quota.db")) as ledger:
        [(reading, writing, over)] = ledger.execute(
            "select reading, writing, over from quota"
        )
    assert over > 1  # the moment that it was said
    assert welcomed >= 300  # by name or counted, each within 5 s
    assert kinds == {"closed": 1, "spoke": 1 + 300 + 5 + len(platform.shown)}
    print(
        f"youtube: lines seen 300 of 300, {told_after * 1000:.0f} ms after the push; first welcome "
        f"{welcomed_after:.1f} s after; answered 3 of 3 asked while the link was down; "
        f"streams {links}, tokens {platform.asked['token']}; ledger {reading} + {writing} units, "
        f"platform {platform.used}"
    )


def _answers(platform: YouTubeServer, number: int) -> int:
    """How many lines answer a viewer."""
    return sum(f"@问{number} " in line for line in platform.shown)


async def test_two_hours_with_thirty_faults(tmp_path: Path) -> None:
    """Cuts, silence, half-open links, tokens that run out, servers that are down or want a pause, a place
    that is lost: nobody is greeted twice, no question answered twice, and nothing at all is missed.
    """
    clock = FakeClock()
    quota = Quota(units=1_000_000, replies=900_000)
    async with serving_youtube_peer(clock, quota) as peer:
        platform = peer.platform
        platform.units = quota.units

        def failing(*answers: tuple[int, str]) -> Fault:
            async def fail() -> None:
                pause = {"Retry-After": "20"}
                platform.next["stream"] = [
                    failed(status, reason, **pause) for status, reason in answers
                ]
                platform.cut()

            return fail

        async def expired() -> None:
            platform.expire_tokens()
            platform.cut()

        broadcast = LongBroadcast(
            peer,
            clock,
            tmp_path,
            seed=7,
            faults={
                "token": expired,
                "down": failing((503, "backendError"), (500, "internalError")),
                "hasty": failing((429, "rateLimitExceeded")),
                "lost place": failing((400, "pageTokenInvalid")),
            },
        )
        await broadcast.play()
        spent = peer.ledgers.of(CLIENT_ID, quota, clock).spent
        assert spent.reading + spent.writing >= platform.used
    figures = await asyncio.to_thread(
        lambda: broadcast.check(resumes=True, echoed=len(platform.shown))
    )
    print(
        f"youtube: {figures}; lines written {len(platform.written)}, "
        f"ledger {spent.reading} + {spent.writing} units, platform {platform.used}"
    )
