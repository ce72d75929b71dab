"""OpenLink: what every open link is to whoever follows its room, whatever platform it is on."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

from streambot.adapters.rooms.inbox import Inbox
from streambot.domain.events import LinkChanged, PlatformEvent
from streambot.domain.reply import LineOut, SendOutcome, SendResult
from streambot.domain.viewer import ViewerKey
from streambot.ports.clock import Clock
from streambot.ports.connector import Opened


class OpenLink:
    """A link whose reader fills its inbox."""

    def __init__(
        self, opened: Opened, clock: Clock, inbox: Inbox | None = None
    ) -> None:
        self._opened = opened
        self._clock = clock
        self._inbox = inbox or Inbox()

    @property
    def opened(self) -> Opened:
        """What is known of the room."""
        return self._opened

    def events(self) -> AsyncIterator[Sequence[PlatformEvent | LinkChanged]]:
        """Events in order of arrival; ends with a RoomError when the link dies."""
        return self._inbox.bunches()

    def tell(self, change: LinkChanged) -> None:
        """Put a fact about the link itself before what is read."""
        self._inbox.give(change)


class ReadOnlyLink(OpenLink):
    """A link to a room that no program may write in; its lines go to the prompter before."""

    async def keep_address(self, viewer: ViewerKey) -> None:
        """Nobody can be written to, so no way is kept."""

    async def send(self, line: LineOut) -> SendOutcome:
        """No line ever leaves."""
        now = self._clock.now()
        return SendOutcome(result=SendResult.REFUSED, at=now, code="forbidden")
