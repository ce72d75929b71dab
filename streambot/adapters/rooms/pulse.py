"""Pulse: asks a silent peer whether it is still there, and ends the link of one that isn't."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from itertools import count

from websockets.exceptions import ConnectionClosed

from streambot.ports.clock import Clock

#: A ping goes out after so long; a link that stays silent for twice that is dead.
PING_EVERY = timedelta(seconds=15)


class Pulse:
    """One link's; ``beat`` at everything that is heard."""

    def __init__(
        self,
        clock: Clock,
        ping: Callable[[int], Awaitable[None]],
        silent: Callable[[], None],
    ) -> None:
        self._clock = clock
        self._ping = ping
        self._silent = silent
        self._heard = True

    def beat(self) -> None:
        """The peer said something."""
        self._heard = True

    async def run(self) -> None:
        """Ping now and then; returns when the link is dead, by silence or by itself."""
        for n in count(1):
            await self._clock.sleep(PING_EVERY)
            if not self._heard:
                self._silent()
                return
            self._heard = False
            try:
                await self._ping(n)
            except ConnectionClosed:
                return  # the reader tells why
