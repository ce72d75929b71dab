"""Dialling a room's WebSocket: bounded, timed by the Clock alone, each failure one sentence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import (
    InvalidHandshake,
    InvalidStatus,
    InvalidURI,
    WebSocketException,
)
from websockets.typing import Origin, Subprotocol

from streambot.adapters.rooms.within import within
from streambot.errors import RoomUnreachable
from streambot.ports.clock import Clock

OPEN_WITHIN = timedelta(seconds=10)
#: The library's own bound, above the codecs': what is longer closes the link unread.
_MESSAGE_BYTES = 2 * 1024 * 1024


async def dial(
    url: str,
    clock: Clock,
    unreachable: Callable[[str, str], RoomUnreachable],
    *,
    subprotocol: str | None = None,
    origin: str | None = None,
    follow: bool = True,
) -> ClientConnection:
    """An open socket; *unreachable* words a failure in Chinese and English.

    Without *follow* no other address is dialled, wherever the peer sends us.

    Raises:
        RoomUnreachable: no connection could be made.
    """
    try:
        return await within(
            clock, OPEN_WITHIN, _open(url, subprotocol, origin, follow=follow)
        )
    except TimeoutError as error:
        raise unreachable("没有应答", "no answer") from error
    except InvalidURI as error:
        raise unreachable("地址写错了", "not an address") from error
    except InvalidStatus as error:
        status = error.response.status_code
        raise unreachable(f"HTTP {status}", f"HTTP {status}") from error
    except (OSError, UnicodeError) as error:
        raise unreachable("连接被拒绝", "connection refused") from error
    except (InvalidHandshake, WebSocketException, EOFError, ValueError) as error:
        # ValueError: we were sent on to an address that we were told not to follow to.
        raise unreachable("对方不是直播间服务", "not a room server") from error


async def _open(
    url: str, subprotocol: str | None, origin: str | None, *, follow: bool
) -> ClientConnection:
    bound: dict[str, Any] = {}
    if not follow:
        where = urlsplit(url)
        usual = 443 if where.scheme == "wss" else 80
        bound = {"host": where.hostname, "port": where.port or usual}
    return await connect(
        url,
        **bound,
        origin=Origin(origin) if origin else None,
        subprotocols=[Subprotocol(subprotocol)] if subprotocol else None,
        compression=None,
        open_timeout=None,
        ping_interval=None,
        close_timeout=2,
        max_size=_MESSAGE_BYTES,
        max_queue=64,
        proxy=None,
    )
