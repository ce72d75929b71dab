"""Every answer arrives by InspIRCd, which closes who floods, and the most important ones first."""

from __future__ import annotations

import asyncio
import csv
import json
import sqlite3
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, closing, suppress
from pathlib import Path
from typing import Any

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Origin

from streambot.bootstrap import App
from streambot.domain.agent import Agent, AgentName, Role
from streambot.domain.reply import ReplyKind
from streambot.domain.room import RoomName
from streambot.domain.ticket import Ticket
from tests.acceptance.kills import answerable
from tests.acceptance.world import room_settings, running, write_config
from tests.peers.inspircd import FLOOD_AT, inspircd
from tests.peers.irc_crowd import chatting

pytestmark = pytest.mark.proof

_ASKED = 9
_PATIENCE = 60.0
#: The connector's own limit on any IRC server.
_LINES, _PER_MICROSECONDS = 5, 10_000_000
_ORDER = "202611230001"
_DEMO = RoomName("demo")
#: Said as scheduled lines are: a pinned notice is due at once, a timer only after a minute.
_NOTICES = ("今晚九点抽三位送保温杯", "关注主播，明晚八点见")


def _orders(folder: Path) -> str:
    path = folder / "orders.csv"
    row = {
        "order_id": _ORDER,
        "platform": "irc",
        "viewer_id": "buyer",
        "status": "shipped",
        "carrier": "中通快递",
    }
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(row))
        writer.writeheader()
        writer.writerow(row)
    return str(path)


def irc_room(url: str, name: str = "demo", **more: Any) -> dict[str, Any]:
    """A channel of the server as a room of config.yaml, with the shipped shop's settings."""
    settings = room_settings(name, url, **more)
    del settings["token_env"]
    irc = {"connector": "irc", "channel": "#shop", "nick": "shopbot"}
    return settings | irc | {"sending": {"lines": 1, "per_seconds": 2}}


def _config(folder: Path, url: str) -> Path:
    orders = {"source": "csv", "path": _orders(folder)}
    return write_config(folder, irc_room(url, orders=orders))


async def _ticket(app: App) -> Ticket:
    async with asyncio.timeout(_PATIENCE):
        while not (tickets := (await app.store.snapshot())[1]):
            await asyncio.sleep(0)
    return tickets[0]


async def _act(app: App, ticket: Ticket, action: str, **more: Any) -> Ticket:
    agent = Agent(name=AgentName("小王"), role=Role.AGENT)
    ref = f"{action}{ticket.version}"
    done = await app.desk.do(agent, action, ticket.id, ticket.version, ref=ref, **more)
    assert isinstance(done, Ticket), done
    return done


def _written(database: Path) -> tuple[list[tuple[ReplyKind, str, int]], set[str]]:
    """Kind, text and instant of the lines in the order of their writing, and the replies' states."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as store:
        states = {row[0] for row in store.execute("select state from replies")}
        rows = store.execute("select data, made_at from lines order by made_at")
        return [
            (ReplyKind(line["kind"]), line["text"], made_at)
            for line, made_at in ((json.loads(data), at) for data, at in rows)
        ], states


async def test_every_answer_arrives_and_the_most_important_first(
    tmp_path: Path,
) -> None:
    """Nine questions, an order, an agent and a notice at once, then a newcomer and another: all told,
    none overtaken, no link closed.
    """
    questions = (await asyncio.to_thread(answerable))[:_ASKED]
    async with inspircd() as url, chatting(url, "witness") as witness:
        config = await asyncio.to_thread(_config, tmp_path, url)
        async with running(config) as app, AsyncExitStack() as stack:
            await witness.saw("shopbot")
            names = ["angry", "buyer", *(f"guest{n}" for n in range(_ASKED))]
            opening = (stack.enter_async_context(chatting(url, name)) for name in names)
            crowd = dict(zip(names, await asyncio.gather(*opening), strict=True))
            await crowd["angry"].say("骗子！退钱！")
            await witness.heard("shopbot", "@angry ")  # a claim would take it back
            ticket = await _act(app, await _ticket(app), "claim")
            await asyncio.gather(
                *(
                    crowd[f"guest{n}"].say(question)
                    for n, question in enumerate(questions)
                ),
            )
            await witness.heard("shopbot", "@guest0 ")
            await crowd["buyer"].say(f"订单{_ORDER}到哪了")
            await app.rooms.pin_notice(_DEMO, _NOTICES[0], "小王")
            await _act(app, ticket, "answer", text="非常抱歉，我正在为您处理")
            for n in range(_ASKED):
                await witness.heard("shopbot", f"@guest{n} ")
            await witness.heard("shopbot", _NOTICES[0])
            await stack.enter_async_context(chatting(url, "shy"))
            await witness.saw("shy")
            await app.rooms.pin_notice(_DEMO, _NOTICES[1], "小王")
            await witness.heard("shopbot", _NOTICES[1])
        said = [text for nick, text in witness.lines if nick == "shopbot"]
        assert witness.comings["shopbot"] == 1, "the server closed our link"
    lines, states = await asyncio.to_thread(
        _written, tmp_path / "data" / "streambot.db"
    )
    assert (
        [kind for kind, _, _ in lines]
        == [
            ReplyKind.HOLDING,  # for the angry one
            ReplyKind.ANSWER,  # the first of nine, with the welcomes; then two more important ones came
            ReplyKind.AGENT,
            ReplyKind.ORDER,
            *[ReplyKind.ANSWER] * (_ASKED - 1),
            ReplyKind.TIMER,  # it came before the agent's words and waited behind all answers
            ReplyKind.GREETING,
            ReplyKind.TIMER,
        ]
    )
    assert [text for _, text, _ in lines] == said
    assert states == {"sent"}
    times = [made_at for _, _, made_at in lines]
    for first, sixth in zip(times, times[_LINES:], strict=False):
        assert sixth - first >= _PER_MICROSECONDS, "more than the limit in a window"


@asynccontextmanager
async def _joined(url: str, nick: str) -> AsyncIterator[ClientConnection]:
    """A bare socket in the channel, told who is there."""
    async with connect(url, origin=Origin("http://x"), proxy=None) as socket:
        await socket.send(f"NICK {nick}")
        await socket.send(f"USER {nick} 0 * :{nick}")
        await _heard(socket, " 001 ")
        await socket.send("JOIN #shop")
        await _heard(socket, " 366 ")
        yield socket


async def _heard(socket: ClientConnection, words: str) -> str:
    async with asyncio.timeout(_PATIENCE):
        while words not in (line := str(await socket.recv())):
            pass
    return line


async def test_the_server_does_close_who_floods() -> None:
    """The same server ends the link of a client that says its lines as fast as it can.

    It tells the channel why; the flooder itself may be cut before it can read a word of it.
    """
    async with (
        inspircd() as url,
        _joined(url, "watcher") as watcher,
        _joined(url, "hasty") as hasty,
    ):
        with suppress(ConnectionClosed):
            for n in range(3 * FLOOD_AT):
                await hasty.send(f"PRIVMSG #shop :{n}")
        assert "Excess Flood" in await _heard(watcher, " QUIT ")
        await hasty.wait_closed()
