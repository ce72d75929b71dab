"""An emulator of Twitch's chat: IRC over WebSocket that tags, reconnects and punishes.

It is proof of nothing until tmi.js and twitchAPI, which we did not write, have passed it in the
same run (``test_twitch_chat.py``).
"""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count

from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from tests.peers import twitch_said as said
from tests.peers.turnout import Turnout
from tests.peers.twitch_patience import Patience
from tests.peers.twitch_said import Account, tagged
from tests.peers.twitch_tokens import whose_tokens


@dataclass(eq=False, slots=True, kw_only=True)
class Guest:
    """One socket, and who came on it."""

    socket: ServerConnection
    capabilities: set[str] = field(default_factory=set)
    password: str = ""
    account: Account | None = None
    channels: set[str] = field(default_factory=set)
    silent: bool = False  # is told nothing any more, pongs included

    async def hear(self, *lines: str) -> None:
        """Say *lines* to this guest in one frame, without what it didn't ask for."""
        heard = "".join(f"{each}\r\n" for line in lines if (each := self._fit(line)))
        if heard and not self.silent:
            with suppress(ConnectionClosed):
                await self.socket.send(heard)

    def _fit(self, line: str) -> str:
        tags, _, rest = line.partition(" ") if line.startswith("@") else ("", "", line)
        command = rest.split(" ")[1]
        if command in _COMMANDS and "twitch.tv/commands" not in self.capabilities:
            return ""
        asked = tags and "twitch.tv/tags" in self.capabilities
        return line if asked else rest


_COMMANDS = frozenset(
    (
        "CLEARCHAT",
        "CLEARMSG",
        "GLOBALUSERSTATE",
        "RECONNECT",
        "ROOMSTATE",
        "USERNOTICE",
        "USERSTATE",
    )
)


class TwitchChat:
    """A server with accounts by their passwords; *now* is the clock that it punishes by."""

    def __init__(
        self, accounts: dict[str, Account], now: Callable[[], datetime]
    ) -> None:
        self.url = ""
        self.shown: Turnout[tuple[str, str]] = Turnout()  # login and text
        self.logins: Turnout[str] = Turnout()
        self.joined: Turnout[str] = Turnout()
        self.refused: list[str] = []  # what it took amiss, by Twitch's names
        self.refuse_next: deque[str] = deque()
        self.dies = False  # takes a line and is gone before any word on it
        self.arrived: list[str] = []  # every line, shown or not
        self.goodbyes = 0
        self.gone: Turnout[str] = Turnout()
        self.turn_away = False  # closes each link right behind its login
        self._accounts = accounts
        self._now = now
        self._guests: list[Guest] = []
        self._numbers = count(1)
        self._patience = Patience()

    # --- what happens in a channel ------------------------------------------------------

    def inside(self, login: str, channel: str = "#shop") -> list[Guest]:
        """Open sockets on which *login* is in the channel."""
        return [
            each
            for each in self._guests
            if each.account and each.account.login == login and channel in each.channels
        ]

    async def say(self, viewer: Account, text: str, **tags: str) -> str:
        """A viewer writes a line, perhaps with further *tags* ("_" for "-"); its id."""
        own = {key.replace("_", "-"): value for key, value in tags.items()}
        line, mark = self.line(viewer, text, own)
        await self.tell(line)
        return mark

    def line(
        self, viewer: Account, text: str, tags: dict[str, str] | None = None
    ) -> tuple[str, str]:
        """A viewer's line as it goes out, and its id."""
        mark = f"00000000-0000-4000-8000-{next(self._numbers):012}"
        own = viewer.state() | {
            "client-nonce": "4f1a",
            "emotes": "",
            "first-msg": "0",
            "flags": "",
            "id": mark,
            "returning-chatter": "0",
            "room-id": _room_id("#shop"),
            "tmi-sent-ts": str(int(self._now().timestamp() * 1000)),
            "turbo": "0",
            "user-id": viewer.user_id,
        }
        del own["emote-sets"]
        line = tagged(own | (tags or {}), f"{viewer.source} PRIVMSG #shop :{text}")
        return line, mark

    def withdrawal(self, mark: str, viewer: Account, text: str) -> str:
        """That a moderator took a line back."""
        tags = {
            "login": viewer.login,
            "room-id": "",
            "target-msg-id": mark,
            "tmi-sent-ts": str(int(self._now().timestamp() * 1000)),
        }
        return tagged(tags, f"{said.SERVER} CLEARMSG #shop :{text}")

    def all_withdrawn(self, viewer: Account) -> str:
        """That a viewer was timed out, and all their lines with them."""
        tags = {
            "ban-duration": "600",
            "room-id": _room_id("#shop"),
            "target-user-id": viewer.user_id,
            "tmi-sent-ts": str(int(self._now().timestamp() * 1000)),
        }
        return tagged(tags, f"{said.SERVER} CLEARCHAT #shop :{viewer.login}")

    async def arrive(self, *viewers: Account, word: str = "JOIN") -> None:
        """Viewers come in, or leave with PART, told in one frame as Twitch does."""
        lines = [f"{each.source} {word} #shop" for each in viewers]
        for guest in self._guests:
            if "twitch.tv/membership" in guest.capabilities:
                await guest.hear(*lines)

    async def tell(self, *lines: str, but: Guest | None = None) -> None:
        """Everybody in the channel hears *lines* in one frame."""
        for guest in list(self._guests):
            if guest is not but and "#shop" in guest.channels:
                await guest.hear(*lines)

    async def ask_back(self, login: str) -> None:
        """Somebody is asked to connect anew."""
        for guest in self.inside(login):
            await guest.hear(said.RECONNECT)

    def cut(self, login: str) -> None:
        """The links of an account die without a word."""
        for guest in self._guests:
            if guest.account and guest.account.login == login:
                guest.socket.transport.abort()

    # --- what clients say ---------------------------------------------------------------

    async def handle(self, socket: ServerConnection) -> None:
        """Serve one socket until it closes."""
        guest = Guest(socket=socket)
        self._guests.append(guest)
        try:
            async for frame in socket:
                for line in str(frame).splitlines():
                    await self._hear(guest, line)
        except ConnectionClosed:
            pass
        finally:
            self._guests.remove(guest)
            self.gone.add(guest.account.login if guest.account else "")

    async def _hear(self, guest: Guest, line: str) -> None:
        if line.startswith("@"):  # a reply names its parent
            line = line.partition(" ")[2]
        word, _, rest = line.partition(" ")
        if guest.silent:
            return
        match word:
            case "CAP":
                await self._cap(guest, rest)
            case "PASS":
                guest.password = rest.removeprefix(":")
            case "NICK":
                await self._log_in(guest, rest)
            case "PING":
                await guest.socket.send(f"{said.SERVER} PONG tmi.twitch.tv {rest}\r\n")
            case "JOIN" | "PART" if guest.account:
                for channel in rest.split(","):
                    await self._move(guest, guest.account, word, channel)
            case "PRIVMSG" if guest.account:
                channel, _, text = rest.partition(" :")
                await self._write(guest, guest.account, channel, text)
            case "QUIT":
                self.goodbyes += 1
            case "PONG":
                pass
            case _:
                await guest.hear(f"{said.SERVER} 421 you {word} :Unknown command")

    async def _cap(self, guest: Guest, rest: str) -> None:
        names = rest.partition(":")[2].split()
        known = bool(names) and set(names) <= set(said.CAPABILITIES)
        if known:
            guest.capabilities |= set(names)
        word = "ACK" if known else "NAK"
        await guest.hear(f"{said.SERVER} CAP * {word} :{' '.join(names)}")

    async def _log_in(self, guest: Guest, nick: str) -> None:
        account = self._accounts.get(guest.password.removeprefix("oauth:"))
        if nick.startswith("justinfan"):
            account = Account(login=nick, name=nick, user_id="0")
        elif not guest.password.startswith("oauth:"):
            await guest.hear(said.BAD_FORM)
        elif account is None or account.login != nick:
            await guest.hear(said.BAD_LOGIN)
            account = None
        self.logins.add(nick if account else f"{nick}?")
        if account is None or self.turn_away:
            await guest.socket.close(1011 if account else 1000)
            return
        guest.account = account
        await guest.hear(*said.welcome(account))

    async def _move(
        self, guest: Guest, account: Account, word: str, channel: str
    ) -> None:
        if word == "PART":
            guest.channels.discard(channel)
            await guest.hear(f"{account.source} PART {channel}")
            return
        guest.channels.add(channel)
        await guest.hear(*said.joined(account, channel, _room_id(channel)))
        self.joined.add(account.login)
        for other in self._guests:
            if other is not guest and channel in other.channels:
                if "twitch.tv/membership" in other.capabilities:
                    await other.hear(f"{account.source} JOIN {channel}")

    async def _write(
        self, guest: Guest, account: Account, channel: str, text: str
    ) -> None:
        self.arrived.append(text)
        wrong = self._patience.wrong(account, text, self._now())
        if not wrong and self.refuse_next:
            wrong = self.refuse_next.popleft()
        if wrong:
            self.refused.append(wrong)
            if (
                wrong in said.SENTENCES
            ):  # what is too long or of a muted one is just not shown
                await guest.hear(said.refused(wrong, channel))
            return
        self.shown.add((account.login, text))
        if self.dies:
            self.dies = False
            guest.socket.transport.abort()
            return
        line, mark = self.line(account, text)
        state = account.state() | {"id": mark}
        await guest.hear(tagged(state, f"{said.SERVER} USERSTATE {channel}"))
        await self.tell(line, but=guest)


def _room_id(channel: str) -> str:
    return str(sum(channel.encode()))


def _irc_where_asked(
    _: ServerConnection, asked: Sequence[Subprotocol]
) -> Subprotocol | None:
    """tmi.js asks for a subprotocol, others for none; both are let in, as Twitch does."""
    return next((each for each in asked if each == "irc"), None)


@asynccontextmanager
async def serving_twitch(
    accounts: dict[str, Account], now: Callable[[], datetime]
) -> AsyncIterator[TwitchChat]:
    """A chat on a free port."""
    chat = TwitchChat(accounts, now)
    async with serve(
        chat.handle,
        "127.0.0.1",
        0,
        select_subprotocol=_irc_where_asked,
        process_request=whose_tokens(accounts),
        ping_interval=None,
        close_timeout=1,
    ) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        chat.url = f"ws://127.0.0.1:{port}/"
        yield chat
