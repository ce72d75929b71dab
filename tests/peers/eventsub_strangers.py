"""twitchio and twitchAPI pass our emulator of EventSub: before that it proves nothing."""

from __future__ import annotations

from pathlib import Path

from streambot.adapters.clock import SystemClock
from tests.peers import eventsub_said as said
from tests.peers.eventsub import EventSub, serving_eventsub
from tests.peers.eventsub_login import CLIENT_ID
from tests.peers.eventsub_said import SHOP
from tests.peers.eventsub_socket import Session
from tests.peers.peer import Peer
from tests.peers.python_peer import started
from tests.peers.twitch_people import AJIE, TWITCH_API, TWITCHIO, XIAOYU
from tests.peers.twitch_said import Account

RECIPE = Path(__file__).parent / "twitch_eventsub"
_CLIENTS = {"io_client.py": TWITCHIO, "api_client.py": TWITCH_API}


async def let_them_try() -> None:
    """Each logs in by a code, follows the channel, writes, moves, comes back, hears of a revocation.

    Raises:
        AssertionError: the emulator isn't what they take Twitch to be.
    """
    for script, account in _CLIENTS.items():
        async with serving_eventsub(SystemClock()) as emulator:
            emulator.visitor = account
            port = emulator.url.rpartition(":")[2].partition("/")[0]
            what = (port, CLIENT_ID, account.user_id, SHOP.user_id)
            peer = started(
                RECIPE / script, *what, requirements=RECIPE / "requirements.txt"
            )
            async with peer as client:
                await client.hear("code", lambda code: code == "ABCDEFGH")
                await client.hear("ready")
                await _hears_all(emulator, client)
                await _writes(emulator, client, account)
                await _moves(emulator, client)
                await _comes_back(emulator, client)
                await emulator.revoke("channel.follow", "authorization_revoked")
                await client.hear("revoked", lambda why: why == "authorization_revoked")


def _newest(emulator: EventSub) -> Session:
    return emulator.sessions.open[-1]


async def _hears_all(emulator: EventSub, client: Peer) -> None:
    mark = await emulator.say(XIAOYU, "什么时候发货呀？😀")
    await client.hear("heard", lambda text: text == "什么时候发货呀？😀")
    line = client.reports[-1]
    assert (line["id"], line["user"], line["name"]) == (mark, "31", "小雨")
    assert line["badges"] == ["subscriber"]
    gone = said.deleted(XIAOYU, mark)
    await emulator.notify("channel.chat.message_delete", gone)
    await client.hear("deleted", lambda it: it == mark)
    await emulator.notify("channel.follow", said.follow(AJIE))
    await client.hear("followed", lambda who: who == AJIE.user_id)
    await emulator.notify("stream.online", said.online("9001"))
    await client.hear("online", lambda it: it == "9001")
    await emulator.notify("stream.offline", said.offline("9001"))
    await client.hear("offline")


async def _writes(emulator: EventSub, client: Peer, account: Account) -> None:
    client.tell(say="48小时内发出")
    await client.hear("sent", lambda it: it is True)
    assert emulator.shown.all == [(account.login, "48小时内发出")]
    client.tell(say="48小时内发出")
    await client.hear("sent", lambda it: it is False)
    assert client.reports[-1]["why"] == "msg_duplicate"


async def _moves(emulator: EventSub, client: Peer) -> None:
    """To the new socket, where the topics already are, leaving the old one."""
    old, asked = _newest(emulator), len(emulator.subscribed.all)
    await emulator.sessions.ask_to_move(old)
    await emulator.sessions.welcomed.one(lambda new: new.moved_from is old)
    await emulator.sessions.closed.one(lambda gone: gone[0] == old.id)
    await emulator.say(AJIE, "搬家了吗")
    await client.hear("heard", lambda text: text == "搬家了吗")
    assert len(emulator.subscribed.all) == asked


async def _comes_back(emulator: EventSub, client: Peer) -> None:
    """From a cut, asking for every topic again."""
    asked = len(emulator.subscribed.all)
    emulator.sessions.cut(_newest(emulator))
    await emulator.subscribed.until(lambda seen: len(seen) >= asked + 5)
    await emulator.say(AJIE, "回来了吗")
    await client.hear("heard", lambda text: text == "回来了吗")
