"""Web: HTTP for one link - bounded, timed by the Clock alone, each failure one sentence."""

from __future__ import annotations

from collections.abc import Awaitable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, TypeVar

import aiohttp

from streambot.adapters.rooms.http import open_http
from streambot.adapters.rooms.within import within
from streambot.adapters.rooms.youtube.why import Why
from streambot.ports.clock import Clock

T = TypeVar("T")

#: No answer is longer.
_ANSWER_BYTES = 8 * 1024 * 1024
_PIECE = 64 * 1024


class NeverSent(Exception):
    """No connection came about, so nothing that was to be sent has left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back, whatever its status."""

    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


class Web:
    """Asks, and opens what is answered bit by bit; closed with its link."""

    def __init__(self, why: Why, clock: Clock) -> None:
        self._why = why
        self._clock = clock
        self._http = open_http()

    async def __aenter__(self) -> Web:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._http.close()

    async def ask(self, method: str, url: str, span: timedelta, **how: Any) -> Answer:
        """The whole answer.

        Raises:
            RoomUnreachable: none came in time; its cause is NeverSent where nothing left.
        """

        async def asked() -> Answer:
            async with await self._request(method, url, **how) as response:
                return await whole(response)

        return await self._timed(asked(), span)

    async def open(
        self, method: str, url: str, span: timedelta, **how: Any
    ) -> aiohttp.ClientResponse:
        """An answer whose body is still to come; *span* is for its head.

        Raises:
            RoomUnreachable: none came in time.
        """
        return await self._timed(self._request(method, url, **how), span)

    async def _request(
        self, method: str, url: str, *, form: Any = None, **how: Any
    ) -> aiohttp.ClientResponse:
        return await self._http.request(
            method, url, data=form, allow_redirects=False, **how
        )

    async def _timed(self, asking: Awaitable[T], span: timedelta) -> T:
        try:
            return await within(self._clock, span, asking)
        except TimeoutError as error:
            raise self._why.silent() from error
        except (aiohttp.InvalidURL, ValueError) as error:
            raise self._why.unreachable("地址写错了", "not an address") from error
        except aiohttp.ClientConnectorError as error:
            unreachable = self._why.unreachable("连接被拒绝", "connection refused")
            raise unreachable from NeverSent(str(error))
        except RuntimeError as error:  # left meanwhile
            raise self._why.closed() from NeverSent(str(error))
        except (aiohttp.ClientError, OSError) as error:
            raise self._why.closed() from error


async def whole(response: aiohttp.ClientResponse) -> Answer:
    """An answer read to its end, or as far as any may be long."""
    body = bytearray()
    async for piece in response.content.iter_chunked(_PIECE):
        body += piece
        if len(body) > _ANSWER_BYTES:
            break
    return Answer(status=response.status, body=bytes(body), headers=response.headers)
