"""tmi.js and twitchAPI pass our emulator of Twitch's chat: before that it proves nothing."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

from tests.peers import node_peer, python_peer
from tests.peers.peer import Peer
from tests.peers.twitch_chat import TwitchChat, serving_twitch
from tests.peers.twitch_people import ACCOUNTS, AJIE, LEMON, TMI, TWITCH_API, XIAOYU
from tests.peers.twitch_said import Account
from tools.vendor import NPM, node

RECIPE = Path(__file__).parent / "twitch_irc"


def tmi_js(folder: Path) -> Path:
    """The client on tmi.js with the libraries of its lock file beside it."""
    there = folder / "twitch_irc"
    shutil.copytree(RECIPE, there)
    node(NPM, "ci", cwd=there)
    return there / "client.js"


async def let_them_try(script: Path) -> None:
    """Both connect, join, hear tagged lines, speak, come back when asked, and are punished.

    Raises:
        AssertionError: the emulator isn't what they take Twitch to be.
    """
    async with serving_twitch(dict(ACCOUNTS), lambda: datetime.now(UTC)) as chat:
        port = chat.url.rstrip("/").rpartition(":")[2]
        tmi = node_peer.started(script, port, TMI.login, _token(TMI))
        api = python_peer.started(
            RECIPE / "chat_client.py",
            *(port, TWITCH_API.login, _token(TWITCH_API)),
            requirements=RECIPE / "requirements.txt",
        )
        wrong = node_peer.started(script, port, TMI.login, "oauth:worn-out")
        async with tmi as first, wrong as refused:
            assert "authentication failed" in await refused.hear("disconnected")
            await _tries(chat, first, TMI)
            async with api as second:
                await _tries(chat, second, TWITCH_API)
                await _are_punished(chat, first, second)


def _token(account: Account) -> str:
    return next(token for token, whose in ACCOUNTS.items() if whose is account)


async def _tries(chat: TwitchChat, peer: Peer, account: Account) -> None:
    await peer.hear("joined", lambda login: login == account.login)
    await chat.arrive(XIAOYU, AJIE)
    await peer.hear("joined", lambda login: login.lstrip(":") == "ajie")
    mark = await chat.say(XIAOYU, "什么时候发货呀？😀", first_msg="1")
    await peer.hear("heard", lambda text: text == "什么时候发货呀？😀")
    line = peer.reports[-1]
    assert (line["id"], line["user"], line["login"]) == (mark, "31", "xiaoyu")
    assert (line["name"], line["badges"]) == ("小雨", {"subscriber": "12"})
    assert line["first"] in {True, "1"} and line["sent"].isdigit() and line["room"]
    await chat.tell(chat.withdrawal(mark, XIAOYU, "什么时候发货呀？😀"))
    await peer.hear("deleted", lambda gone: gone == mark)
    await chat.tell(chat.all_withdrawn(LEMON))
    await peer.hear("timeout", lambda login: login == "lemon")
    await chat.arrive(XIAOYU, word="PART")
    await peer.hear("left", lambda login: login.lstrip(":") == "xiaoyu")

    peer.tell(say="48小时内发出")
    await chat.shown.one(lambda line: line == (account.login, "48小时内发出"))
    (before,) = chat.inside(account.login)
    await chat.ask_back(account.login)
    await chat.logins.until(lambda seen: seen.count(account.login) >= 2)
    await peer.hear("joined", lambda login: login == account.login)
    assert before not in chat.inside(account.login)
    await chat.say(AJIE, "还在吗")
    await peer.hear("heard", lambda text: text == "还在吗")


async def _are_punished(chat: TwitchChat, loud: Peer, other: Peer) -> None:
    for n in range(25):
        loud.tell(say=f"第{n}句")
    await loud.hear("notice", lambda name: name == "msg_ratelimit")
    other.tell(say="听到")
    await loud.hear("heard", lambda text: text == "听到")
    shown = [text for login, text in chat.shown.all if login == TMI.login]
    assert len(shown) == 20  # and nothing more for half an hour
    assert set(chat.refused) == {"msg_ratelimit", "muted"}
