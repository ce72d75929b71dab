"""RoomLink: keeps one room's link open - connects, resumes, backs off, and says what is wrong."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta

import structlog
from tenacity import RetryCallState, wait_random_exponential

from streambot.domain.events import Link, LinkChanged, RoomEvent
from streambot.domain.reply import EventId
from streambot.domain.room import RoomName
from streambot.errors import RoomError, RoomRefused
from streambot.ports.clock import Clock
from streambot.ports.connector import Connection, Connector

_log = structlog.get_logger()

#: The longest wait between two tries, in seconds.
_LONGEST_WAIT = 30
#: A link that held so long was a good one: the count of tries starts anew.
_HEALTHY_AFTER = timedelta(seconds=60)
#: Tries in a row after which people are called.
_ALARM_AFTER = 30
#: Nothing gets better by trying again: bad token, replaced by another program.
_FINAL_CODES = frozenset({4001, 4009})

_full_jitter = wait_random_exponential(multiplier=1, max=_LONGEST_WAIT)


class RoomLink:
    """Runs a room's link until cancelled, or until the room says no for good.

    ``deliver`` may wait: then the link isn't read, and the platform is made to wait.
    """

    def __init__(
        self,
        room: RoomName,
        connector: Connector,
        clock: Clock,
        *,
        deliver: Callable[[Sequence[RoomEvent]], Awaitable[None]],
        cursor: Callable[[], EventId | None],
        linked: Callable[[Connection | None], None],
        trouble: Callable[[str, str], None],
        odd: Callable[[str], None],
    ) -> None:
        self._room = room
        self._connector = connector
        self._clock = clock
        self._deliver = deliver
        self._cursor = cursor
        self._linked = linked
        self._trouble = trouble
        self._odd = odd
        self._tries = 0

    async def run(self) -> None:
        """Connect, read, and connect again; returns only when trying makes no sense."""
        while True:
            await self._say(Link.CONNECTING)
            failure = await self._one_link()
            if isinstance(failure, RoomRefused) and failure.code in _FINAL_CODES:
                await self._stop(failure)
                return
            self._tries += 1
            self._report(failure)
            await self._clock.sleep(timedelta(seconds=self._pause()))

    async def _one_link(self) -> RoomError:
        """One link from its opening to its end; the error that ended it."""
        since: datetime | None = None
        try:
            async with self._connector.open(
                self._cursor(), odd=self._odd
            ) as connection:
                since = self._clock.now()
                opened = connection.opened
                _log.info("room_connected", room=self._room, broadcast=opened.broadcast)
                await self._say(Link.CONNECTED, connection)
                self._linked(connection)
                async for events in connection.events():
                    await self._deliver(events)
        except RoomError as error:
            return error
        finally:
            self._linked(None)
            if since is not None and self._clock.now() - since >= _HEALTHY_AFTER:
                self._tries = 0
        raise AssertionError("a connection's events end only with an error")

    async def _say(self, link: Link, connection: Connection | None = None) -> None:
        can = connection.opened.capabilities if connection is not None else frozenset()
        changed = LinkChanged(at=self._clock.now(), link=link, capabilities=can)
        await self._deliver((changed,))

    async def _stop(self, failure: RoomRefused) -> None:
        _log.error("room_refused", room=self._room, error=str(failure))
        refused = LinkChanged(
            at=self._clock.now(),
            link=Link.AUTH_ERROR if failure.code == 4001 else Link.REVOKED,
            detail=str(failure),
        )
        await self._deliver((refused,))
        self._tell(failure)

    def _report(self, failure: RoomError) -> None:
        """Logged are the first failure and the alarm; the console shows the newest."""
        if self._tries == 1:
            _log.warning("room_link_lost", room=self._room, error=str(failure))
        if self._tries == _ALARM_AFTER:
            _log.error("room_unreachable", room=self._room, tries=self._tries)
        self._tell(failure)

    def _tell(self, failure: RoomError) -> None:
        zh, _, en = str(failure).partition("。 ")
        self._trouble(f"{zh}。" if en else zh, en or zh)

    def _pause(self) -> float:
        """Full jitter: anywhere between now and twice the last bound."""
        state = RetryCallState(retry_object=None, fn=None, args=(), kwargs={})  # type: ignore[arg-type]
        state.attempt_number = min(self._tries, 10)
        return _full_jitter(state)
