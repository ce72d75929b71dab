"""Hooks: where the platform's pushes arrive - a port of this machine, behind the shop's proxy."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from types import MappingProxyType
from typing import Final, Protocol
from urllib.parse import urlsplit

from aiohttp import web

from streambot.adapters.rooms.douyin_open.codec import BODY_BYTES
from streambot.adapters.rooms.douyin_open.gate import Answer
from streambot.adapters.rooms.douyin_open.signature import Push
from streambot.adapters.rooms.within import within
from streambot.ports.clock import Clock

#: A body comes in this time or not at all; the platform gives us two seconds for everything.
_BODY_WITHIN: Final = timedelta(seconds=1)
_FINE: Final = 200
_STATUS: Final = MappingProxyType(
    {
        Answer.TAKEN: _FINE,
        Answer.ANOTHER_ROOM: _FINE,
        Answer.FULL: 503,
        Answer.REPLAYED: 409,
        Answer.STALE: 401,
        Answer.FORGED: 401,
    }
)
_ORDER: Final = tuple(Answer)


class Receiver(Protocol):
    """A room's link: takes pushes at once, or says why not."""

    def take(self, push: Push) -> Answer:
        """What becomes of *push*; never waits."""
        ...

    def refused(self, why: str) -> None:
        """A push came to our address that no room took; *why* is a constant name."""
        ...


class Hooks:
    """All listening ports of one bot; rooms of one app share its address."""

    def __init__(self) -> None:
        self._listeners: dict[tuple[str, int], _Listener] = {}
        self._turn = asyncio.Lock()

    @asynccontextmanager
    async def receiving(
        self, url: str, receiver: Receiver, clock: Clock
    ) -> AsyncIterator[str]:
        """Hand the pushes that arrive at *url* to *receiver*; gives the address listened on.

        Raises:
            OSError: nothing can listen there.
        """
        where = urlsplit(url)
        key = (where.hostname or "", 80 if where.port is None else where.port)
        path = where.path or "/"
        async with self._turn:
            listener = self._listeners.get(key)
            if listener is None:
                listener = _Listener(clock)
                await listener.open(*key)
                self._listeners[key] = listener
        listener.receivers.setdefault(path, []).append(receiver)
        try:
            yield f"http://{key[0]}:{listener.port}{path}"
        finally:
            listener.receivers[path].remove(receiver)
            async with self._turn:
                if not any(listener.receivers.values()):
                    self._listeners.pop(key, None)
                    await listener.close()


class _Listener:
    """One port and whoever receives what is pushed to its paths."""

    def __init__(self, clock: Clock) -> None:
        self.receivers: dict[str, list[Receiver]] = {}
        self._clock = clock
        self._runner: web.AppRunner | None = None

    @property
    def port(self) -> int:
        """The port listened on."""
        assert self._runner is not None
        port: int = self._runner.addresses[0][1]
        return port

    async def open(self, host: str, port: int) -> None:
        app = web.Application(client_max_size=BODY_BYTES)
        app.router.add_post("/{path:.*}", self._push)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await runner.setup()
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError:
            await runner.cleanup()
            raise
        self._runner = runner

    async def close(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    async def _push(self, request: web.Request) -> web.Response:
        receivers = list(self.receivers.get(request.path, ()))
        if not receivers:
            return web.Response(status=404)
        try:
            body = await within(self._clock, _BODY_WITHIN, request.read())
        except TimeoutError:
            return _turned_away(receivers, "late", 408)
        except web.HTTPRequestEntityTooLarge:
            return _turned_away(receivers, "too_large", 413)
        push = Push.of(request.headers, body)
        if push is None:
            return _turned_away(receivers, "unsigned", 400)
        answers = [each.take(push) for each in receivers]
        best = min(answers, key=_ORDER.index)
        if _STATUS[best] != _FINE:
            return _turned_away(receivers, best, _STATUS[best])
        return web.json_response({"err_no": 0, "err_msg": "ok"})


def _turned_away(receivers: list[Receiver], why: str, status: int) -> web.Response:
    for each in receivers:
        each.refused(why)
    return web.json_response({"err_no": status, "err_msg": why}, status=status)
