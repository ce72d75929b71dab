"""The IRC connector against InspIRCd of Debian, a server that we did not write and that punishes."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from datetime import UTC, datetime

import pytest

from streambot.adapters.clock import SystemClock
from streambot.adapters.rooms.irc.client import IrcConnector
from streambot.adapters.rooms.irc.link import IrcLink
from streambot.domain.events import ViewerEntered, ViewerSpoke
from streambot.domain.reply import LineId, LineOut, ReplyKind, SendResult
from streambot.domain.viewer import ViewerKey
from tests.peers.inspircd import inspircd

pytestmark = pytest.mark.proof

_VIEWERS = 300


def _connector(url: str, nick: str) -> IrcConnector:
    return IrcConnector(
        room="demo",
        url=url,
        channel="#shop",
        nick=nick,
        token="",
        clock=SystemClock(),
        key_of=lambda platform, raw: ViewerKey(f"{platform}:{raw}"),
    )


def _line(text: str) -> LineOut:
    return LineOut(
        line_id=LineId(text),
        kind=ReplyKind.ANSWER,
        text=text,
        covers=(),
        made_at=datetime.now(UTC),
    )


async def _spoken(link: IrcLink) -> ViewerSpoke:
    async for bunch in link.events():
        for event in bunch:
            if isinstance(event, ViewerSpoke):
                return event
    raise AssertionError("the link ended")


async def test_chat_both_ways_and_300_arrivals_at_once() -> None:
    """Lines pass in both directions with the server's word on them; every arrival is told once."""
    async with (
        inspircd() as url,
        _connector(url, "shopbot").open(None) as bot,
        AsyncExitStack() as stack,
    ):
        viewers = [_connector(url, f"viewer{n}") for n in range(_VIEWERS)]
        links = await asyncio.gather(
            *(stack.enter_async_context(each.open(None)) for each in viewers)
        )
        came: list[ViewerEntered] = []
        async for bunch in bot.events():
            came += [event for event in bunch if isinstance(event, ViewerEntered)]
            if len(came) >= _VIEWERS:
                break
        assert len({event.viewer.key for event in came}) == len(came) == _VIEWERS
        asked = await links[0].send(_line("什么时候发货呀？😀"))
        assert (await _spoken(bot)).text == "什么时候发货呀？😀"
        answered = await bot.send(_line("@viewer0 48小时内发出"))
        heard = await _spoken(links[1])
        assert heard.text == "什么时候发货呀？😀"
        assert asked.result is answered.result is SendResult.SENT
        assert answered.platform_id


async def test_no_haste_makes_the_server_close_our_link() -> None:
    """60 lines thrown at the link: those past the limit wait, and the server keeps us."""
    async with (
        inspircd() as url,
        _connector(url, "shopbot").open(None) as bot,
    ):
        outcomes = [await bot.send(_line(f"第{n}句")) for n in range(60)]
        assert {each.code for each in outcomes if each.code} == {"rate"}
        assert [each.result for each in outcomes[:5]] == [SendResult.SENT] * 5
        async with _connector(url, "viewer").open(None) as viewer:
            await viewer.send(_line("还在吗"))
            assert (await _spoken(bot)).text == "还在吗"
