"""What the IRC client holds beside the conformance suite, against a server with a script."""

from __future__ import annotations

import base64
from datetime import UTC, datetime

import pytest

from streambot.adapters.clock import SystemClock
from streambot.adapters.rooms.irc.client import IrcConnector
from streambot.adapters.rooms.irc.link import IrcLink
from streambot.domain.events import (
    LinkChanged,
    PlatformEvent,
)
from streambot.domain.faq.entry import Visibility
from streambot.domain.reply import LineId, LineOut, ReplyKind, SendResult
from streambot.domain.viewer import Viewer, ViewerKey
from streambot.errors import ProtocolBroken, RoomRefused, RoomUnreachable
from streambot.ports.clock import Clock
from streambot.testing import FakeClock
from tests.adapters.rooms.irc_server import (
    ECHOING,
    PLAIN,
    TWITCH,
    Script,
    serving_irc,
)


def _connector(
    url: str, *, clock: Clock | None = None, dialect: str = "generic", token: str = ""
) -> IrcConnector:
    return IrcConnector(
        room="demo",
        url=url,
        channel="shop",
        nick="shopbot",
        token=token,
        clock=clock or SystemClock(),
        key_of=lambda platform, raw: ViewerKey(f"{platform}:{raw}"),
        dialect=dialect,
    )


def _line(text: str = "您好", **fields: object) -> LineOut:
    return LineOut(
        line_id=LineId("line-1"),
        kind=ReplyKind.ANSWER,
        text=text,
        covers=(),
        made_at=datetime.now(UTC),
        **fields,  # type: ignore[arg-type]
    )


async def _collect(link: IrcLink, wanted: int) -> list[PlatformEvent | LinkChanged]:
    got: list[PlatformEvent | LinkChanged] = []
    async for bunch in link.events():
        got.extend(bunch)
        if len(got) >= wanted:
            break
    return got


@pytest.mark.parametrize(
    ("script", "dialect", "answer", "result", "code"),
    [
        (ECHOING, "generic", "@label=line-1;msgid=m :shopbot!u@h {}", "sent", None),
        (ECHOING, "generic", "@label=line-1 :s 404 shopbot #shop :no", "refused", "muted"),
        (PLAIN, "generic", ":s 404 shopbot #shop :no", "refused", "muted"),
        (PLAIN, "generic", "PONG :line-1", "sent", None),
        (TWITCH, "twitch", "@id=m :tmi USERSTATE #shop", "sent", None),
        (TWITCH, "twitch", "@msg-id=msg_ratelimit :tmi NOTICE #shop :no", "refused", "rate"),
        (PLAIN, "generic", "", "uncertain", None),
    ],
)  # fmt: skip
async def test_the_servers_word_on_a_line_is_its_outcome(
    script: Script, dialect: str, answer: str, result: str, code: str | None
) -> None:
    """An echo, a pong behind it, USERSTATE, a refusal, or a cut: each is told apart."""
    said = "PRIVMSG #shop :您好"
    answers = script | {said: [answer.format(said)]}
    async with (
        serving_irc(answers) as server,
        _connector(server.url, dialect=dialect, token="t0ken").open(None) as link,
    ):
        outcome = await link.send(_line())
    assert (outcome.result.value, outcome.code) == (result, code)


async def test_the_platforms_window_holds_over_links_and_no_line_repeats() -> None:
    """Past the platform's own limit a line waits, though the link is new; words differ."""
    clock = FakeClock()
    answers = TWITCH | {"PRIVMSG": [":tmi USERSTATE #shop"]}
    async with serving_irc(answers) as server:
        connector = _connector(server.url, clock=clock, dialect="twitch", token="t")
        results = []
        for _ in range(2):
            async with connector.open(None) as link:
                results += [await link.send(_line()) for _ in range(10)]
    said = [line for line in server.heard if line.startswith("PRIVMSG")]
    assert len(said) == len(set(said)) == 18
    assert [each.result for each in results[18:]] == [SendResult.REFUSED] * 2
    assert {(each.code, each.retry_after) for each in results[18:]} == {("rate", 30.0)}


async def test_private_lines_go_to_the_nick() -> None:
    """A viewer seen before is written to; nobody else can be."""
    answers = PLAIN | {"PING :line": ["PONG :line-1"]}
    async with (
        serving_irc(answers) as server,
        _connector(server.url).open(None) as link,
    ):
        await server.say(":XiaoYu!u@h JOIN #shop")
        await _collect(link, 1)
        known = Viewer(key=ViewerKey("irc:xiaoyu"), name="小雨")
        other = Viewer(key=ViewerKey("irc:other"), name="谁")
        told = await link.send(_line(visibility=Visibility.PRIVATE, to=(known,)))
        nobody = await link.send(_line(visibility=Visibility.PRIVATE, to=(other,)))
    assert told.result is SendResult.SENT
    assert "PRIVMSG xiaoyu :您好" in server.heard
    assert nobody.code == "no_address"
    assert server.heard[-1] == "QUIT :bye"


@pytest.mark.parametrize(
    "said", [":tmi RECONNECT", "ERROR :Closing link", ":op!u@h KICK #shop shopbot :no"]
)
async def test_being_sent_away_ends_the_link(said: str) -> None:
    """What was read before is given, then the link is over and is opened anew."""
    async with (
        serving_irc(PLAIN) as server,
        _connector(server.url).open(None) as link,
    ):
        await server.say(":v!u@h JOIN #shop", said)
        assert len(await _collect(link, 1)) == 1
        with pytest.raises(RoomUnreachable):
            await _collect(link, 1)


@pytest.mark.parametrize(
    ("answer", "error", "code"),
    [
        (":s 464 shopbot :no", RoomRefused, 4001),
        (":s 475 shopbot #shop :no", RoomRefused, 4004),
        ("ERROR :too many", RoomUnreachable, None),
        ("", RoomUnreachable, None),
        ("<html>\n" * 30, ProtocolBroken, None),
    ],
)
async def test_not_getting_in_says_what_to_do(
    answer: str, error: type[Exception], code: int | None
) -> None:
    """A wrong token, a closed channel, a full server, a cut, no IRC at all."""
    async with serving_irc(PLAIN | {"JOIN": [answer]}) as server:
        with pytest.raises(error) as raised:
            async with _connector(server.url, token="t0ken").open(None):
                pass
    assert getattr(raised.value, "code", None) == code
    assert "t0ken" not in str(raised.value)


async def test_a_ghost_of_our_own_link_does_not_keep_us_out() -> None:
    """It has our nick until the server notices: we log in as ourselves under another one."""

    def plain(account: str) -> str:
        secret = f"{account}\0{account}\0t0ken".encode()
        return f"AUTHENTICATE {base64.b64encode(secret).decode()}"

    haunted: Script = {
        "CAP LS": [":s CAP * LS :sasl"],
        "CAP REQ": [":s CAP * ACK :sasl"],
        "USER": [":s 433 * shopbot :Nickname is already in use"],
        "AUTHENTICATE PLAIN": ["AUTHENTICATE +"],
        plain("shopbot"): [":s 903 * :SASL authentication successful"],
        plain("shopbot_"): [":s 904 * :SASL authentication failed"],
        "CAP END": [":s 001 shopbot_ :hi"],
        "JOIN": [":shopbot_!u@h JOIN #shop"],
    }
    async with (
        serving_irc(haunted) as server,
        _connector(server.url, token="t0ken").open(None) as link,
    ):
        await server.say(":shopbot_!u@h PRIVMSG #shop :a", ":v!u@h PRIVMSG #shop :b")
        told = await _collect(link, 2)
    assert [each.viewer.is_self for each in told] == [True, False]  # type: ignore[union-attr]


async def test_a_line_that_was_not_shown_repeats_nothing() -> None:
    """Refused for haste it goes again as it is; refused for its words it counts as said."""
    word = {"PRIVMSG": ["@msg-id=msg_ratelimit :tmi NOTICE #shop :slowly"]}
    async with (
        serving_irc(TWITCH | word) as server,
        _connector(server.url, dialect="twitch", token="t").open(None) as link,
    ):
        assert (await link.send(_line())).code == "rate"
        server.script |= {"PRIVMSG": [":tmi USERSTATE #shop"]}
        assert (await link.send(_line())).result is SendResult.SENT
        server.script |= {"PRIVMSG": ["@msg-id=msg_duplicate :tmi NOTICE #shop :no"]}
        for _ in range(2):
            assert (await link.send(_line())).code == "forbidden"
    said = [line for line in server.heard if line.startswith("PRIVMSG")]
    marks = ["", "", "~", "~~"]
    assert said == [f"PRIVMSG #shop :您好{mark}" for mark in marks]
