"""Our emulator of EventSub and Helix as a peer of the conformance suite."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from email.utils import format_datetime

from aiohttp import web

from streambot.adapters.rooms.twitch.client import TwitchConnector
from streambot.adapters.rooms.twitch.tokens import TokenGiven
from streambot.domain.viewer import ViewerKey
from streambot.ports.clock import Clock
from streambot.testing.conformance import Happening
from tests.peers import eventsub_said as said
from tests.peers.eventsub import MESSAGES, EventSub, serving_eventsub
from tests.peers.eventsub_login import CLIENT_ID, Grant
from tests.peers.twitch_people import BOT
from tests.peers.twitch_said import Account

_CHAT = "channel.chat.message"


class TwitchPeer:
    """One channel; what is told is told to whoever asked for its chat."""

    secret = "t0ken"

    def __init__(self, emulator: EventSub, clock: Clock) -> None:
        self._emulator = emulator
        self._clock = clock
        self._unknown = 0
        emulator.grants[self.secret] = Grant(account=BOT)

    @property
    def written(self) -> Sequence[str]:
        """Every line."""
        return self._emulator.arrived

    @property
    def shown(self) -> Sequence[str]:
        """Those that viewers see."""
        return [text for _, text in self._emulator.shown.all]

    @property
    def listening(self) -> bool:
        """Whether what is told now would be heard."""
        return self._emulator.listened

    @property
    def dropped(self) -> Sequence[str]:
        """Why lines weren't shown, by Twitch's names."""
        return self._emulator.dropped

    @property
    def echoed(self) -> Sequence[str]:
        """Lines that came back to whoever wrote them."""
        return self._emulator.echoed

    def connector(self) -> TwitchConnector:
        """A new one."""
        return TwitchConnector(
            room="demo",
            url=self._emulator.url,
            channel="myshop",
            client_id=CLIENT_ID,
            tokens=TokenGiven(self.secret),
            clock=self._clock,
            key_of=lambda platform, raw: ViewerKey(f"{platform}:{raw}"),
        )

    async def tell(self, *happenings: Happening) -> None:
        """Each line in a frame of its own, as there are no others; who comes in says something."""
        for each in happenings:
            who = Account(login=each.viewer, name=each.viewer, user_id=each.viewer)
            event = said.chat_message(who, each.text or "路过", each.mark)
            await self._emulator.notify(_CHAT, event)

    async def _text(self, text: str) -> None:
        for session in self._emulator.sessions.open:
            await session.socket.send_str(text)

    async def tell_unknown(self) -> None:
        """A frame of another type each time."""
        self._unknown += 1
        kind = f"session_dance{self._unknown}"
        for session in self._emulator.sessions.open:
            frame = said.frame(kind, self._emulator.sessions.mark(), {})
            await self._emulator.sessions.tell(session, frame)

    async def tell_malformed(self) -> None:
        """No whole JSON."""
        await self._text('{"metadata":')

    async def tell_oversized(self) -> None:
        """Longer than any line can be."""
        await self._text("x" * 300_000)

    async def cut(self) -> None:
        """As a network does."""
        for session in list(self._emulator.sessions.open):
            self._emulator.sessions.cut(session)
        await self._emulator.sessions.closed.until(
            lambda _: not self._emulator.sessions.open
        )

    async def fall_silent(self) -> None:
        """Nothing on these sockets, keepalives included."""
        for session in self._emulator.sessions.open:
            session.silent = True

    async def stop_reading(self) -> None:
        """A line gets no word any more either."""
        await self.fall_silent()
        self._emulator.hang()
        for session in self._emulator.sessions.open:
            self._emulator.sessions.stop_reading(session)

    async def forget(self) -> None:
        """EventSub keeps nothing."""

    async def deny(self) -> None:
        """The token is no good."""
        self._emulator.grants.clear()

    async def revoke(self) -> None:
        """The account took its word back."""
        self._emulator.grants.clear()
        await self._emulator.revoke(_CHAT, "authorization_revoked")

    async def refuse_next(self) -> None:
        """For what it says."""
        why = {"code": "msg_rejected", "message": "no"}
        dropped = {"message_id": "", "is_sent": False, "drop_reason": why}
        self._fault(web.json_response({"data": [dropped]}))

    async def penalise_next(self, seconds: float) -> None:
        """For haste: by the clock that all go by."""
        now = self._clock.now()
        reset = str(math.ceil(now.timestamp() + seconds))
        headers = {"Ratelimit-Reset": reset, "Date": format_datetime(now)}
        self._fault(web.json_response({}, status=429, headers=headers))

    def _fault(self, answer: web.Response) -> None:
        self._emulator.faults[MESSAGES] = deque([answer])

    async def die_after_next(self) -> None:
        """The line arrived, and all links die."""
        self._emulator.dies = True

    async def move(self) -> None:
        """Twitch wants the link on another server."""
        for session in list(self._emulator.sessions.open):
            await self._emulator.sessions.ask_to_move(session)

    async def close(self) -> None:
        """Twitch ends the link with a number."""
        for session in list(self._emulator.sessions.open):
            await self._emulator.sessions.close(session, 4000)

    async def left(self) -> bool:
        """With a closing handshake; nothing may be said on the socket itself."""
        closed = self._emulator.sessions.closed
        await closed.until(lambda seen: bool(seen) and not self._emulator.sessions.open)
        return closed.all[-1][1] == 1000


@asynccontextmanager
async def serving_twitch_peer(clock: Clock) -> AsyncIterator[TwitchPeer]:
    """An emulator on a free port."""
    async with serving_eventsub(clock) as emulator:
        yield TwitchPeer(emulator, clock)
