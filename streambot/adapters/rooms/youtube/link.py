"""YouTubeLink: one open chat - what is read of it, what is written to it, and what the quota allows."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from streambot.adapters.rooms.inbox import Inbox
from streambot.adapters.rooms.link_tasks import ended
from streambot.adapters.rooms.open_link import OpenLink
from streambot.adapters.rooms.within import within
from streambot.adapters.rooms.youtube.api import Api, Line
from streambot.adapters.rooms.youtube.own_lines import OwnLines
from streambot.adapters.rooms.youtube.quota import URGENT, Standing
from streambot.adapters.rooms.youtube.reader import Place, Reader
from streambot.adapters.rooms.youtube.why import (
    CHAT_OVER,
    QUOTA_OVER,
    TOO_FAST,
    Why,
    few_lines,
    no_lines,
)
from streambot.domain.events import Link, LinkChanged
from streambot.domain.reply import LineOut, SendOutcome, SendResult
from streambot.domain.room import Capability
from streambot.domain.viewer import ViewerKey
from streambot.errors import RoomError
from streambot.ports.clock import Clock
from streambot.ports.connector import Opened

#: Where the word on a line is lost, its echo may still tell.
_ECHO_WITHIN: Final = timedelta(seconds=10)
_LOOK_EVERY: Final = timedelta(minutes=1)
#: A line that finds the quota used up waits so long, and then goes to the prompter.
_THEN_PROMPTED: Final = 1.0
_NOT_LEFT_WAITS: Final = 5.0


class YouTubeLink(OpenLink):
    """One open link; leaving it ends its reading."""

    def __init__(
        self,
        opened: Opened,
        place: Place,
        reader: Reader,
        inbox: Inbox,
        api: Api,
        *,
        lines: OwnLines,
        why: Why,
        clock: Clock,
    ) -> None:
        super().__init__(opened, clock, inbox)
        self._place = place
        self._reader = reader
        self._api = api
        self._lines = lines
        self._why = why
        self._standing = Standing.ALL
        self._gone = asyncio.Event()
        self._tasks: list[asyncio.Future[None]] = []

    @property
    def opened(self) -> Opened:
        """What is known of the room, and what may be written now."""
        return permitted(self._opened, self._api.ledger.standing)

    async def __aenter__(self) -> YouTubeLink:
        self._tell_standing()
        self._tasks = [
            asyncio.ensure_future(self._read()),
            asyncio.ensure_future(self._watch()),
        ]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._gone.set()
        failures = await ended(self._tasks)
        self._inbox.end(self._why.closed())
        for failure in failures:
            raise failure

    async def keep_address(self, viewer: ViewerKey) -> None:
        """Nobody can be written to in private here, so nothing is kept."""

    async def send(self, line: LineOut) -> SendOutcome:
        """Write a line, once; its id is the word on it, or else its echo in the chat."""
        text = line.text.strip()
        shown = self._lines.writing(text)
        known: str | None = None
        try:
            urgent = line.kind in URGENT
            told = await self._api.insert(self._place.chat, text, urgent=urgent)
            known = told.line
            if told == Line():
                known = await self._echo(shown)
                told = Line(line=known)
            if told.ends is not None:
                self._inbox.end(told.ends)
            return _outcome(told, self._clock.now())
        finally:
            self._lines.settled(text, known)
            self._tell_standing()

    async def _echo(self, shown: asyncio.Future[str]) -> str | None:
        """The id under which the chat shows a line that no answer came on."""
        gone = asyncio.ensure_future(self._gone.wait())
        either: list[asyncio.Future[Any]] = [shown, gone]
        waiting = asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        try:
            await within(self._clock, _ECHO_WITHIN, waiting)
        except TimeoutError:
            return None
        finally:
            gone.cancel()
        return shown.result() if shown.done() else None

    async def _read(self) -> None:
        try:
            await self._reader.run()
        except RoomError as error:
            self._inbox.end(error)
        finally:
            self._gone.set()
            self._inbox.end(self._why.closed())  # also when reading itself failed

    async def _watch(self) -> None:
        """Other rooms and programs spend the same quota, and midnight gives it back."""
        while True:
            await self._clock.sleep(_LOOK_EVERY)
            await self._api.ledger.look()
            self._tell_standing()

    def _tell_standing(self) -> None:
        """Say what may be written when that has changed."""
        ledger = self._api.ledger
        standing = ledger.standing
        if standing is self._standing:
            return
        self._standing = standing
        now = self._clock.now()
        zh, en = "", ""
        if standing is Standing.URGENT:
            zh, en = few_lines(ledger.spent.lines_left(ledger.quota))
        elif standing is Standing.NOTHING:
            zh, en = no_lines(ledger.spent.back_at(now))
        self._inbox.give(
            LinkChanged(
                at=now,
                link=Link.CONNECTED,
                detail=f"{zh} {en}".strip(),
                capabilities=self.opened.capabilities,
            )
        )


def permitted(opened: Opened, standing: Standing) -> Opened:
    """*opened* with what the quota leaves of it."""
    match standing:
        case Standing.NOTHING:
            can = opened.capabilities - {Capability.ROOM_CHAT}
            return replace(opened, capabilities=can)
        case Standing.URGENT:
            return replace(opened, only=URGENT)
        case _:
            return opened


def _outcome(told: Line, at: datetime) -> SendOutcome:
    if told.line is not None:
        return SendOutcome(result=SendResult.SENT, at=at, platform_id=told.line)
    if told.never_left:
        return _refused("rate", at, _NOT_LEFT_WAITS)
    if told.refused is None:
        return SendOutcome(result=SendResult.UNCERTAIN, at=at)
    reason = told.refused.reason
    if reason in QUOTA_OVER:
        return _refused("muted", at, _THEN_PROMPTED)
    if reason in TOO_FAST:
        return _refused("rate", at, told.refused.wait)
    return _refused("closed" if reason in CHAT_OVER else "forbidden", at)


def _refused(code: str, at: datetime, wait: float | None = None) -> SendOutcome:
    return SendOutcome(result=SendResult.REFUSED, at=at, code=code, retry_after=wait)
