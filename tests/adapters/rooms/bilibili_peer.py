"""The emulator of Bilibili's open platform as a peer of the conformance suite."""

from __future__ import annotations

import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from streambot.adapters.rooms.bilibili_open.client import BilibiliOpenConnector
from streambot.adapters.rooms.bilibili_open.session import Access
from streambot.domain.viewer import ViewerKey
from streambot.ports.clock import Clock
from streambot.testing.conformance import Feature, Happening
from tests.adapters.rooms.bilibili_server import (
    APP_ID,
    CODE,
    KEY_ID,
    SECRET,
    BilibiliServer,
    message,
    packet,
    serving_bilibili,
)

LACKS = frozenset(
    {
        *(Feature.HISTORY, Feature.RESUME),
        *(Feature.WRITES, Feature.REFUSALS, Feature.PENALTY, Feature.UNCERTAIN),
    }
)


class BilibiliPeer:
    """One host's room, over the emulator's own orders."""

    secret = CODE
    written: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()

    def __init__(self, platform: BilibiliServer) -> None:
        self.platform = platform
        self._unknown = 0

    def connector(self) -> BilibiliOpenConnector:
        """A new one, with the code that was good at the start."""
        return BilibiliOpenConnector(
            room="demo",
            base=self.platform.url,
            access=Access(app_id=APP_ID, key_id=KEY_ID, secret=SECRET, code=CODE),
            clock=self.platform.clock,
            key_of=lambda platform, raw: ViewerKey(f"{platform}:{raw}"),
        )

    async def tell(self, *happenings: Happening) -> None:
        """Pushed as one frame."""
        told = []
        for each in happenings:
            own = {"msg_id": each.mark, "timestamp": int(each.at.timestamp())}
            if each.text is None:
                told.append(self.platform.enter(each.viewer, **own))
            else:
                told.append(self.platform.line(each.viewer, each.text, **own))
        await self.platform.say(*told)

    async def tell_unknown(self) -> None:
        """A message of another name each time."""
        self._unknown += 1
        await self.platform.say(message(f"DANCE_{self._unknown}", uname="x"))

    async def tell_malformed(self) -> None:
        """A packet that is longer than its frame."""
        await self.platform.say(packet(5, b"{}")[:-1])

    async def tell_oversized(self) -> None:
        """Little that unpacks to three times what is taken."""
        await self.platform.say(packet(5, zlib.compress(b"\0" * 12_000_000), 2))

    async def cut(self) -> None:
        """As a network does."""
        self.platform.cut()

    async def fall_silent(self) -> None:
        """No word on heartbeats."""
        self.platform.fall_silent()

    async def stop_reading(self) -> None:
        """Nothing is read either; HTTP goes on."""
        self.platform.pause()

    async def forget(self) -> None:
        """Nothing is kept anyway."""

    async def deny(self) -> None:
        """The host renewed the identity code."""
        self.platform.code = "RENEWED12345"

    async def revoke(self) -> None:
        """The same, and the platform ends what is open."""
        await self.deny()
        await self.platform.interaction_end()

    async def refuse_next(self) -> None:
        """Nothing can be written."""

    async def penalise_next(self, seconds: float) -> None:
        """Nothing can be written."""

    async def die_after_next(self) -> None:
        """Nothing can be written."""

    async def left(self) -> bool:
        """With ``/end``, so that the room can be started again at once."""
        await self.platform.until(lambda seen: not seen.live)
        return all(game.over for game in self.platform.games.values())


@asynccontextmanager
async def serving_bilibili_peer(clock: Clock) -> AsyncIterator[BilibiliPeer]:
    """The platform on a free port."""
    async with serving_bilibili(clock) as platform:
        try:
            yield BilibiliPeer(platform)
        finally:
            platform.cut()
