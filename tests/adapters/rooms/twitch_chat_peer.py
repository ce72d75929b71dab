"""Our emulator of Twitch's chat as a peer of the conformance suite."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from streambot.adapters.rooms.irc.client import IrcConnector
from streambot.domain.viewer import ViewerKey
from streambot.ports.clock import Clock
from streambot.testing.conformance import Happening
from tests.peers.twitch_chat import Guest, TwitchChat, serving_twitch
from tests.peers.twitch_people import BOT
from tests.peers.twitch_said import Account


class TwitchChatPeer:
    """One channel of Twitch's chat over IRC."""

    secret = "t0ken"

    def __init__(
        self, chat: TwitchChat, accounts: dict[str, Account], clock: Clock
    ) -> None:
        self._chat = chat
        self._accounts = accounts
        self._clock = clock
        self._unknown = 0
        self._arrived: set[str] = set()
        accounts[self.secret] = BOT

    @property
    def written(self) -> Sequence[str]:
        """Every line."""
        return self._chat.arrived

    @property
    def shown(self) -> Sequence[str]:
        """Those that viewers see."""
        return [text for _, text in self._chat.shown.all]

    @property
    def listening(self) -> bool:
        """Whether what is told now would be heard."""
        return any(not each.silent for each in self._here)

    @property
    def refused(self) -> Sequence[str]:
        """Why lines weren't shown, by Twitch's names."""
        return self._chat.refused

    @property
    def _here(self) -> list[Guest]:
        return self._chat.inside(BOT.login)

    def connector(self) -> IrcConnector:
        """A new one."""
        return IrcConnector(
            room="demo",
            url=self._chat.url,
            channel="shop",
            nick=BOT.login,
            token=self.secret,
            clock=self._clock,
            key_of=lambda platform, raw: ViewerKey(f"{platform}:{raw}"),
            dialect="twitch",
        )

    async def tell(self, *happenings: Happening) -> None:
        """In one message; arrivals without a tag, as Twitch tells them."""
        said = []
        for each in happenings:
            who = Account(login=each.viewer, name=each.viewer, user_id="7")
            if each.text is None:
                if each.mark not in self._arrived:  # Twitch tells an arrival once
                    said.append(f"{who.source} JOIN #shop")
                self._arrived.add(each.mark)
                continue
            sent = str(int(each.at.timestamp() * 1000))
            line, _ = self._chat.line(
                who, each.text, {"id": each.mark, "tmi-sent-ts": sent}
            )
            said.append(line)
        if said:
            await self._chat.tell(*said)

    async def tell_unknown(self) -> None:
        """A command of another name each time."""
        self._unknown += 1
        await self._chat.tell(f":tmi.twitch.tv DANCE{'D' * self._unknown} #shop :hey")

    async def _text(self, text: str) -> None:
        for guest in self._here:
            await guest.socket.send(text)

    async def tell_malformed(self) -> None:
        """No command in it."""
        await self._text(":;!")

    async def tell_oversized(self) -> None:
        """Longer than any line can be."""
        await self._text("x" * 70_000)

    async def cut(self) -> None:
        """As a network does."""
        for guest in self._here:
            guest.socket.transport.abort()
            await guest.socket.wait_closed()

    async def fall_silent(self) -> None:
        """Not even pongs."""
        for guest in self._here:
            guest.silent = True

    async def stop_reading(self) -> None:
        """Nothing is read either."""
        await self.fall_silent()
        for guest in self._here:
            guest.socket.transport.pause_reading()

    async def forget(self) -> None:
        """The chat keeps nothing."""

    async def deny(self) -> None:
        """The token is no good."""
        self._accounts.clear()

    async def revoke(self) -> None:
        """An open chat isn't told of it."""

    async def refuse_next(self) -> None:
        """For what it says."""
        self._chat.refuse_next.append("msg_duplicate")

    async def penalise_next(self, seconds: float) -> None:
        """For haste; slow mode says how long by itself."""
        self._chat.refuse_next.append("msg_slowmode")

    async def die_after_next(self) -> None:
        """The line arrived, and the link dies."""
        self._chat.dies = True

    async def ask_back(self) -> None:
        """Twitch wants the link anew, and sees it go."""
        gone = len(self._chat.gone.all)
        await self._chat.ask_back(BOT.login)
        await self._chat.gone.until(lambda seen: len(seen) > gone)

    async def left(self) -> bool:
        """With a QUIT."""
        await self._chat.gone.until(lambda seen: len(seen) >= 1)
        return self._chat.goodbyes > 0


@asynccontextmanager
async def serving_twitch_chat_peer(clock: Clock) -> AsyncIterator[TwitchChatPeer]:
    """An emulator on a free port."""
    accounts: dict[str, Account] = {}
    async with serving_twitch(accounts, clock.now) as chat:
        peer = TwitchChatPeer(chat, accounts, clock)
        try:
            yield peer
        finally:
            chat.cut(BOT.login)
