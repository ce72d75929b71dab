"""Http: the one kind of session in which connectors ask a platform over HTTP."""

from __future__ import annotations

from typing import Final

import aiohttp

#: One room asks little at a time; a server that answers none of it takes no more sockets.
_AT_ONCE: Final = 4


def open_http() -> aiohttp.ClientSession:
    """A session without cookies and without a clock of its own: what is asked is timed by the Clock.

    No proxy is taken from the environment, so that a token goes where the settings say alone.
    """
    return aiohttp.ClientSession(
        timeout=aiohttp.ClientTimeout(total=None),
        cookie_jar=aiohttp.DummyCookieJar(),
        connector=aiohttp.TCPConnector(limit=_AT_ONCE),
        trust_env=False,
    )


async def whole_body(response: aiohttp.ClientResponse, most: int) -> bytes:
    """All that a server answers, in however many pieces it comes.

    Raises:
        ValueError: it is more than *most* bytes.
    """
    body = bytearray()
    async for piece in response.content.iter_chunked(most):
        body += piece
        if len(body) > most:
            raise ValueError
    return bytes(body)
