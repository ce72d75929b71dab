"""Tokens of Twitch: kept in a file of their own, checked every hour, renewed before they end."""

from __future__ import annotations

import asyncio
import stat
from collections import deque
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp import web

from streambot.adapters.rooms.http import open_http
from streambot.adapters.rooms.twitch.device import DeviceLogin
from streambot.adapters.rooms.twitch.http import Http
from streambot.adapters.rooms.twitch.places import places
from streambot.adapters.rooms.twitch.tokens import (
    TokenFile,
    TokenFiles,
    TokenGiven,
    Tokens,
)
from streambot.adapters.rooms.twitch.why import Why
from streambot.domain.reply import SendResult
from streambot.errors import RoomRefused, RoomUnreachable
from streambot.testing import FakeClock
from tests.adapters.rooms.test_twitch_client import MESSAGES, TOKEN, connector, line
from tests.peers.eventsub import EventSub, serving_eventsub
from tests.peers.eventsub_login import CLIENT_ID, Grant
from tests.peers.eventsub_said import SHOP
from tests.peers.twitch_people import BOT

GRANT = Grant(account=BOT)
WORN_OUT = "access_token=worn-out\nrefresh_token=refresh-0\nclient_secret=s3cret\n"


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("oauth:abc\n", Tokens(access="abc")),
        (" abc ", Tokens(access="abc")),
        (
            "ACCESS_TOKEN = abc\n\nrefresh_token=def\nother=1",
            Tokens(access="abc", refresh="def"),
        ),
        (
            "refresh_token=def\nclient_secret=g=h",
            Tokens(access="", refresh="def", secret="g=h"),
        ),
        ("", Tokens(access="")),
    ],
)
def test_tokens_are_read_as_people_write_them(text: str, tokens: Tokens) -> None:
    """Alone, with a prefix, or by name; what is written is read again; nothing shows in a log."""
    assert Tokens.read(text) == tokens
    assert Tokens.read(tokens.written()) == tokens
    assert "abc" not in repr(tokens)


def test_a_renewed_token_is_kept_whole_and_for_its_owner_alone(tmp_path: Path) -> None:
    """In the old one's place, through a link to it, readable by nobody else; no trace beside it."""
    real, linked = tmp_path / "real", tmp_path / "linked"
    real.write_text(WORN_OUT, encoding="utf-8")
    linked.symlink_to(real)
    place = TokenFile(linked)
    tokens = place.load().renewed("fresh", "refresh-1")
    place.keep(tokens)
    assert linked.is_symlink()
    assert stat.S_IMODE(real.stat().st_mode) == 0o600
    assert TokenFile(real).load() == tokens == place.load()
    assert tokens.secret == "s3cret"
    assert sorted(tmp_path.iterdir()) == [linked, real]


def test_a_file_that_takes_nothing_loses_nothing(tmp_path: Path) -> None:
    """The renewed token is remembered until somebody changes the file, which then counts."""
    folder = tmp_path / "secrets"
    folder.mkdir()
    file = folder / "twitch"
    file.write_text(WORN_OUT, encoding="utf-8")
    place = TokenFile(file)
    fresh = place.load().renewed("fresh", "refresh-1")
    folder.rename(tmp_path / "gone")
    place.keep(fresh)
    (tmp_path / "gone").rename(folder)
    assert TokenFile(file).load().access == "worn-out"
    assert place.load() == fresh
    file.write_text("access_token=by-hand\n", encoding="utf-8")
    assert place.load() == Tokens(access="by-hand")


def _file(folder: Path, text: str = WORN_OUT) -> TokenFile:
    path = folder / "twitch"
    path.write_text(text, encoding="utf-8")
    return TokenFile(path)


@pytest.fixture
async def clock() -> FakeClock:
    """Moved by the tests."""
    return FakeClock()


async def test_a_worn_out_token_is_renewed_and_the_new_one_kept(
    tmp_path: Path, clock: FakeClock
) -> None:
    """Before the link opens, and in the middle of a send; each refresh token is used once."""
    async with serving_eventsub(clock) as twitch:
        twitch.refreshes["refresh-0"] = GRANT
        ours = connector(twitch, clock=clock, tokens=_file(tmp_path))
        async with ours.open(None) as link:
            assert twitch.renewals.all == ["access-1"]
            del twitch.grants["access-1"]
            assert (await link.send(line())).result is SendResult.SENT
        assert twitch.renewals.all == ["access-1", "access-2"]
        kept = await asyncio.to_thread(TokenFile(tmp_path / "twitch").load)
        assert kept == Tokens(access="access-2", refresh="refresh-2", secret="s3cret")


async def test_another_room_may_have_renewed_it_already(
    tmp_path: Path, clock: FakeClock
) -> None:
    """Two rooms on one file: the second takes what the first wrote and asks Twitch for nothing."""
    async with serving_eventsub(clock) as twitch:
        twitch.refreshes["refresh-0"] = GRANT
        place = _file(tmp_path)
        first = connector(twitch, clock=clock, tokens=place)
        second = connector(twitch, clock=clock, tokens=TokenFile(tmp_path / "twitch"))
        async with first.open(None) as one, second.open(None) as two:
            del twitch.grants["access-1"]
            assert (await one.send(line("一"))).result is SendResult.SENT
            assert (await two.send(line("二"))).result is SendResult.SENT
        assert twitch.renewals.all == ["access-1", "access-2"]


async def test_rooms_on_one_file_renew_its_token_one_after_the_other(
    tmp_path: Path, clock: FakeClock
) -> None:
    """A refresh token works once: rooms that find the token worn out together all stay alive."""
    async with serving_eventsub(clock) as twitch:
        twitch.refreshes["refresh-0"] = GRANT
        _file(tmp_path)
        files = TokenFiles()
        rooms = [
            connector(twitch, clock=clock, tokens=files.at(tmp_path / "twitch"))
            for _ in range(3)
        ]
        async with AsyncExitStack() as stack:
            opening = (stack.enter_async_context(each.open(None)) for each in rooms)
            await asyncio.gather(*opening)
        assert twitch.renewals.all == ["access-1"]


class UsedUp(dict[str, Grant]):
    """Refresh tokens that another program used and whose successors it wrote down."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self._file = file

    def pop(self, *_: object) -> None:  # type: ignore[override]
        """None is good any more, and the file says so."""
        self._file.write_text("access_token=theirs", encoding="utf-8")


async def test_another_program_may_use_up_the_refresh_token_meanwhile(
    tmp_path: Path, clock: FakeClock
) -> None:
    """What it wrote while we asked is taken; nobody has to authorise anew."""
    async with serving_eventsub(clock) as twitch:
        place = _file(tmp_path)
        twitch.grants["theirs"] = GRANT
        twitch.refreshes = UsedUp(tmp_path / "twitch")
        async with connector(twitch, clock=clock, tokens=place).open(None) as link:
            assert (await link.send(line())).result is SendResult.SENT


async def test_the_token_is_checked_every_hour_and_renewed_before_it_ends(
    tmp_path: Path, clock: FakeClock
) -> None:
    """Twitch demands the check; a token near its end is exchanged without a word going missing."""
    async with serving_eventsub(clock) as twitch:
        twitch.grants["access"] = GRANT
        twitch.refreshes["refresh-0"] = GRANT
        text = "access_token=access\nrefresh_token=refresh-0"
        ours = connector(twitch, clock=clock, tokens=_file(tmp_path, text))
        async with ours.open(None) as link:
            checked = len(twitch.validations.all)
            twitch.grants["access"] = replace(GRANT, expires_in=1800)
            await _pass_an_hour(clock, twitch)
            await twitch.validations.until(lambda seen: len(seen) >= checked + 2)
            assert twitch.renewals.all == ["access-1"]
            assert (await link.send(line())).result is SendResult.SENT


async def _pass_an_hour(clock: FakeClock, twitch: EventSub) -> None:
    """With a keepalive now and then, as Twitch sends them."""
    for _ in range(360):
        await clock.advance(timedelta(seconds=10))
        await twitch.sessions.tell_all()


async def test_a_token_taken_away_ends_the_link_at_the_next_check(
    clock: FakeClock,
) -> None:
    """Nothing can renew one from the environment: the sentence says what to do, not what it was."""
    async with serving_eventsub(clock) as twitch:
        twitch.grants[TOKEN] = GRANT
        async with connector(twitch, clock=clock).open(None) as link:
            del twitch.grants[TOKEN]
            await _pass_an_hour(clock, twitch)
            with pytest.raises(RoomRefused) as raised:
                async for _ in link.events():
                    pass
    assert raised.value.code == 4001
    assert "重新授权" in str(raised.value) and TOKEN not in str(raised.value)


@pytest.mark.parametrize("renewable", [False, True])
async def test_a_token_that_dies_in_the_broadcast_is_told_at_the_next_line(
    tmp_path: Path, clock: FakeClock, *, renewable: bool
) -> None:
    """Nothing renews it: the link ends at once with what to do, and the line waits."""
    async with serving_eventsub(clock) as twitch:
        twitch.grants[TOKEN] = GRANT
        text = f"access_token={TOKEN}\nrefresh_token=used-up" if renewable else TOKEN
        ours = connector(twitch, clock=clock, tokens=_file(tmp_path, text))
        async with ours.open(None) as link:
            del twitch.grants[TOKEN]
            refused = await link.send(line())
            with pytest.raises(RoomRefused, match="重新授权") as raised:
                async for _ in link.events():
                    pass
    assert (refused.code, refused.retry_after) == ("rate", 3.0)
    assert raised.value.code == 4001
    assert TOKEN not in str(raised.value)


@pytest.mark.parametrize(
    ("times", "code"), [(1, None), (2, "forbidden")], ids=["once", "always"]
)
async def test_one_no_to_a_good_token_ends_nothing(
    clock: FakeClock, times: int, code: str | None
) -> None:
    """Twitch calls the token good, so the line is tried once more, and the room goes on."""
    async with serving_eventsub(clock) as twitch:
        twitch.grants[TOKEN] = GRANT
        async with connector(twitch, clock=clock).open(None) as link:
            noes = [web.json_response({}, status=401) for _ in range(times)]
            twitch.faults[MESSAGES] = deque(noes)
            assert (await link.send(line())).code == code
            assert (await link.send(line("在的"))).result is SendResult.SENT
    assert len(twitch.shown.all) == 3 - times


async def test_a_token_that_nobody_can_check_ends_nothing(
    tmp_path: Path, clock: FakeClock
) -> None:
    """The log-in service is in trouble: the line waits, and so does the room."""
    async with serving_eventsub(clock) as twitch:
        twitch.grants[TOKEN] = GRANT
        text = f"access_token={TOKEN}\nrefresh_token=refresh-0"
        ours = connector(twitch, clock=clock, tokens=_file(tmp_path, text))
        async with ours.open(None) as link:
            twitch.faults[MESSAGES] = deque([web.json_response({}, status=401)])
            twitch.faults["/oauth2/token"] = deque([web.Response(status=503)])
            refused = await link.send(line())
            assert (refused.code, refused.retry_after) == ("rate", 3.0)
            assert (await link.send(line("在的"))).result is SendResult.SENT


@pytest.mark.parametrize("path", ["/oauth2/validate", "/oauth2/token", "/helix/users"])
async def test_an_answer_that_is_no_text_is_tried_again(
    tmp_path: Path, clock: FakeClock, path: str
) -> None:
    """Bad bytes within its words: as good as no answer, and no fault of ours."""
    async with serving_eventsub(clock) as twitch:
        twitch.refreshes["refresh-0"] = GRANT
        bad = b'{"access_token":"\xff","login":"\xff","data":[{"id":"\xff"}]}'
        twitch.faults[path] = deque([web.Response(body=bad)])
        with pytest.raises(RoomUnreachable):
            async with connector(twitch, clock=clock, tokens=_file(tmp_path)).open(
                None
            ):
                pass


async def test_a_log_in_answered_with_no_text_says_so(clock: FakeClock) -> None:
    """No code, or no word on it: neither is a fault of ours."""
    bad = b'{"device_code":"\xff","access_token":"\xff","message":"\xff"}'
    async with serving_eventsub(clock) as twitch, open_http() as http:
        ours = DeviceLogin(
            login=places(twitch.url).login,
            client_id=CLIENT_ID,
            http=Http(http, clock),
            clock=clock,
            why=Why(room="shop", url=twitch.url, channel="myshop"),
        )
        twitch.faults["/oauth2/device"] = deque([web.Response(body=bad)])
        with pytest.raises(RoomRefused):
            await ours.begin()
        for status in (200, 400):
            answer = web.Response(body=bad, status=status)
            twitch.faults["/oauth2/token"] = deque([answer])
            with pytest.raises(RoomRefused):
                await ours.confirmed(await ours.begin())


@pytest.mark.parametrize(
    ("grant", "words"),
    [
        (None, "重新授权"),
        (replace(GRANT, client_id="other"), "client_id"),
        (replace(GRANT, scopes=("user:write:chat",)), "user:read:chat"),
    ],
)
async def test_a_token_that_is_no_good_is_told_apart(
    clock: FakeClock, grant: Grant | None, words: str
) -> None:
    """Worn out, another app's, or without permission to read: trying again makes no sense."""
    async with serving_eventsub(clock) as twitch:
        if grant is not None:
            twitch.grants[TOKEN] = grant
        with pytest.raises(RoomRefused, match=words) as raised:
            async with connector(twitch, clock=clock).open(None):
                pass
    assert raised.value.code == 4001
    assert SHOP.user_id not in str(raised.value)


async def test_a_refresh_token_used_up_says_so_and_silence_doesnt(
    tmp_path: Path, clock: FakeClock
) -> None:
    """Refused by Twitch: authorise again. No answer: go on trying."""
    async with serving_eventsub(clock) as twitch:
        ours = connector(twitch, clock=clock, tokens=_file(tmp_path))
        with pytest.raises(RoomRefused):
            async with ours.open(None):
                pass
    with pytest.raises(RoomUnreachable):
        async with ours.open(None):
            pass
    given = TokenGiven("abc")
    given.keep(Tokens(access="def"))
    assert (await asyncio.to_thread(given.load)).access == "def"
