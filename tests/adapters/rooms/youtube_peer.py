"""The emulator of YouTube's API as a peer of the conformance suite."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

from streambot.adapters.rooms.youtube.client import YouTubeConnector
from streambot.adapters.rooms.youtube.ledger import Ledgers
from streambot.adapters.rooms.youtube.oauth import Access
from streambot.adapters.rooms.youtube.quota import Quota
from streambot.domain.viewer import ViewerKey
from streambot.ports.clock import Clock
from streambot.testing.conformance import Feature, Happening
from tests.adapters.rooms.youtube_server import (
    CLIENT_ID,
    REFRESH,
    SECRET,
    YouTubeServer,
    failed,
    serving_youtube,
)

#: Who comes in is never told.
LACKS = frozenset({Feature.ENTERS})
#: A minute of silence, and 45 s without an answer to the question whether somebody is there.
SILENT_AFTER = timedelta(seconds=105)


class YouTubePeer:
    """One chat, over the emulator's own orders."""

    secret = REFRESH

    def __init__(
        self, platform: YouTubeServer, quota: Quota, folder: Path | None
    ) -> None:
        self.platform = platform
        self.clock: Clock = platform.clock  # the connector's
        self.quota = quota
        self.ledgers = Ledgers(folder)
        self._unknown = 0

    @property
    def written(self) -> list[str]:
        """Every line that arrived."""
        return self.platform.written

    @property
    def shown(self) -> list[str]:
        """The lines that viewers see."""
        return self.platform.shown

    def connector(self) -> YouTubeConnector:
        """A new one; the project's ledger is the same."""
        return YouTubeConnector(
            room="demo",
            base=self.platform.url,
            access=Access(client_id=CLIENT_ID, secret=SECRET, refresh=REFRESH),
            ledger=self.ledgers.of(CLIENT_ID, self.quota, self.clock),
            clock=self.clock,
            key_of=lambda platform, raw: ViewerKey(f"{platform}:{raw}"),
        )

    async def tell(self, *happenings: Happening) -> None:
        """In one response; an arrival, where one is wanted, is a viewer's first line."""
        told = []
        for each in happenings:
            text = "来啦" if each.text is None else each.text
            at = each.at.isoformat().replace("+00:00", "Z")
            line = self.platform.line(each.viewer, text, each.mark, publishedAt=at)
            told.append(line)
        await self.platform.say(*told)

    async def tell_unknown(self) -> None:
        """A message of another type each time."""
        self._unknown += 1
        await self.platform.say(self.platform.item(f"dance{self._unknown}Event", "x"))

    async def tell_malformed(self) -> None:
        """Braces that hold no JSON."""
        await self.platform.put(b',{"items": [}')

    async def tell_oversized(self) -> None:
        """One response of five megabytes."""
        page = {"items": [], "nextPageToken": "T0", "etag": "x" * 5_000_000}
        await self.platform.put(b"," + json.dumps(page).encode())

    async def cut(self) -> None:
        """As a network does."""
        self.platform.cut()

    async def fall_silent(self) -> None:
        """No word in the stream, and none to whoever asks for another."""
        self.platform.fall_silent()

    async def stop_reading(self) -> None:
        """Nothing is read either."""
        self.platform.pause()

    async def forget(self) -> None:
        """The history is gone."""
        self.platform.first = len(self.platform.messages)

    async def deny(self) -> None:
        """The refresh token was revoked."""
        self.platform.refresh = ""
        self.platform.expire_tokens()

    async def revoke(self) -> None:
        """The same, and open streams are told."""
        await self.deny()
        status, error, _ = failed(401, "authError")
        assert status == 401
        await self.platform.put(b"," + json.dumps(error).encode())
        self.platform.finish_streams()

    async def refuse_next(self) -> None:
        """For what it says."""
        self.platform.next["insert"] = [failed(400, "messageTextInvalid")]

    async def penalise_next(self, seconds: float) -> None:
        """For haste."""
        pause = {"Retry-After": str(int(seconds))}
        self.platform.next["insert"] = [failed(429, "rateLimitExceeded", **pause)]

    async def die_after_next(self) -> None:
        """The line is taken; stream and answer die."""
        self.platform.die = True

    async def left(self) -> bool:
        """HTTP needs no goodbye."""
        await self.platform.until(lambda seen: not seen.streams)
        return True


@asynccontextmanager
async def serving_youtube_peer(
    clock: Clock, quota: Quota | None = None, folder: Path | None = None
) -> AsyncIterator[YouTubePeer]:
    """The platform on a free port."""
    async with serving_youtube(clock) as platform:
        yield YouTubePeer(platform, quota or Quota(), folder)
