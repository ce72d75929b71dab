"""Registration: the talk until we are in the channel, as a pure machine of lines in and out."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from enum import StrEnum

from streambot.adapters.rooms.irc.dialect import Dialect
from streambot.adapters.rooms.irc.message import Message, written

#: Other names tried where ours is taken, often by our own link that died a moment ago.
_NICKS_MOST = 4
#: SASL goes out in pieces of so many characters.
_SASL_PIECE = 400
_TWITCH_NO_TOKEN = ("login authentication failed", "improperly formatted auth")


class Failure(StrEnum):
    """Why we don't get in."""

    BAD_TOKEN = "bad_token"
    NO_SUCH_ROOM = "no_such_room"
    NICK_TAKEN = "nick_taken"
    BANNED = "banned"


_FAILURES = {
    Failure.BAD_TOKEN: {"464", "902", "904", "905", "906"},
    Failure.NO_SUCH_ROOM: {
        *("403", "405", "471", "473", "474", "475", "476", "477"),
        "msg_channel_suspended",
    },
    Failure.BANNED: {"465", "msg_banned"},
}


@dataclass(slots=True, kw_only=True)
class Registration:
    """Begins with ``begin``; every message heard goes to ``take`` until ``joined`` or ``failure``."""

    dialect: Dialect
    channel: str
    nick: str
    token: str = field(repr=False)
    joined: bool = False
    failure: Failure | None = None
    capabilities: set[str] = field(default_factory=set)
    #: Whose password the token is: the name we want, whatever we are called meanwhile.
    account: str = field(init=False)
    _offered: set[str] = field(default_factory=set)
    _nicks: int = 1
    _named: bool = False

    def __post_init__(self) -> None:
        self.account = self.nick

    def begin(self) -> list[str]:
        """What we say first."""
        if self.dialect.asks_first:
            return [written("CAP", "LS", "302")]
        asked = written("CAP", "REQ", text=" ".join(self.dialect.capabilities))
        return [asked, *self._name_us()]

    def take(self, message: Message) -> list[str]:
        """What we say to *message*."""
        match message.command:
            case "PING":
                return [written("PONG", text=message.param(0))]
            case "CAP":
                return self._cap(message)
            case "AUTHENTICATE" if message.param(0) == "+":
                return self._authenticate()
            case "903":
                return [written("CAP", "END")]
            case "410" | "421" | "451" if not self._named:
                return self._name_us()  # a server without capabilities
            case "433" | "436" | "437":
                return self._other_nick()
            case "001":
                self.nick = message.param(0) or self.nick
                return [written("JOIN", self.channel)]
            case "JOIN" if message.nick.lower() == self.nick.lower():
                self.joined = message.param(0).lower() == self.channel.lower()
            case _:
                self._fail(message)
        return []

    def _fail(self, message: Message) -> None:
        sentence = message.last.lower()
        what = message.command
        if what == "NOTICE":
            what = message.tags.get("msg-id", "")
            if sentence.startswith(_TWITCH_NO_TOKEN):
                what = "464"
        for failure, codes in _FAILURES.items():
            if what in codes:
                self.failure = failure

    def _name_us(self) -> list[str]:
        self._named = True
        said = []
        if self.token and "sasl" not in self.capabilities:
            token = self.dialect.token_prefix + self.token.removeprefix(
                self.dialect.token_prefix
            )
            said.append(written("PASS", text=token))
        said.append(written("NICK", self.nick))
        if self.dialect.asks_first:
            said.append(written("USER", self.nick, "0", "*", text="streambot"))
        return said

    def _cap(self, message: Message) -> list[str]:
        names = {each.partition("=")[0] for each in message.last.split()}
        match message.param(1).upper():
            case "LS" if self.dialect.asks_first and not self._named:
                self._offered |= names
                return [] if message.param(2) == "*" else self._ask()
            case "ACK":
                self.capabilities |= names
                return self._agreed()
            case "NAK":
                return self._agreed()
            case "DEL":
                self.capabilities -= names
            case _:
                pass
        return []

    def _ask(self) -> list[str]:
        wanted = [each for each in self.dialect.capabilities if each in self._offered]
        if not self.token and "sasl" in wanted:
            wanted.remove("sasl")
        if not wanted:
            return [*self._name_us(), written("CAP", "END")]
        return [written("CAP", "REQ", text=" ".join(wanted))]

    def _agreed(self) -> list[str]:
        if not self.dialect.asks_first or self._named:
            return []
        if "sasl" in self.capabilities:
            return [*self._name_us(), written("AUTHENTICATE", "PLAIN")]
        return [*self._name_us(), written("CAP", "END")]

    def _authenticate(self) -> list[str]:
        secret = f"{self.account}\0{self.account}\0{self.token}".encode()
        text = base64.b64encode(secret).decode()
        pieces = [
            text[at : at + _SASL_PIECE] for at in range(0, len(text), _SASL_PIECE)
        ]
        if len(pieces[-1]) == _SASL_PIECE:
            pieces.append("+")
        return [written("AUTHENTICATE", piece) for piece in pieces]

    def _other_nick(self) -> list[str]:
        if self._nicks >= _NICKS_MOST:
            self.failure = Failure.NICK_TAKEN
            return []
        self._nicks += 1
        self.nick += "_"
        return [written("NICK", self.nick)]
