"""Http: one request to Twitch at a time, bounded, timed by the Clock alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import aiohttp

from streambot.adapters.rooms.http import whole_body
from streambot.adapters.rooms.within import within
from streambot.ports.clock import Clock

_WITHIN = timedelta(seconds=8)
_BODY_MOST = 256 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a server said."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Unanswered(Exception):
    """No answer came; ``written``: the request may have arrived nevertheless."""

    def __init__(self, *, written: bool) -> None:
        self.written = written
        super().__init__("no answer")


class Http:
    """Requests of one link."""

    def __init__(self, session: aiohttp.ClientSession, clock: Clock) -> None:
        self._session = session
        self._clock = clock

    async def ask(
        self, method: str, url: str, headers: Mapping[str, str], **what: Any
    ) -> Answer:
        """The answer to a request.

        Raises:
            Unanswered: none came in time, or not a whole one.
        """
        if self._session.closed:  # whoever writes may be a moment behind the link's end
            raise Unanswered(written=False)
        asking = self._ask(method, url, headers, **what)
        try:
            return await within(self._clock, _WITHIN, asking)
        except aiohttp.ClientConnectorError as error:
            raise Unanswered(written=False) from error
        except (aiohttp.ClientError, OSError, TimeoutError, ValueError) as error:
            raise Unanswered(written=True) from error

    async def _ask(
        self, method: str, url: str, headers: Mapping[str, str], **what: Any
    ) -> Answer:
        async with self._session.request(
            method, url, headers=headers, allow_redirects=False, **what
        ) as response:
            body = await whole_body(response, _BODY_MOST)
            return Answer(status=response.status, headers=response.headers, body=body)
