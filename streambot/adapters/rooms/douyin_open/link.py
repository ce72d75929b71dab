"""DouyinLink: one time of being pushed to - its bounded queue, and whether pushing still goes on."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import Final

from streambot.adapters.rooms.douyin_open.api import Api, TaskState
from streambot.adapters.rooms.douyin_open.codec import COMMENT, DouyinReading
from streambot.adapters.rooms.douyin_open.gate import Answer, Gate
from streambot.adapters.rooms.douyin_open.signature import Push
from streambot.adapters.rooms.douyin_open.why import Why
from streambot.adapters.rooms.json_frame import NotUnderstood
from streambot.adapters.rooms.open_link import ReadOnlyLink
from streambot.domain.events import Link, LinkChanged
from streambot.errors import RoomRefused, RoomUnreachable
from streambot.ports.clock import Clock
from streambot.ports.connector import Opened

#: How often the platform is asked whether it still pushes.
_ASK_EVERY: Final = timedelta(seconds=60)


class DouyinLink(ReadOnlyLink):
    """One link. A push is answered when it is queued, whatever the room is busy with."""

    def __init__(
        self,
        opened: Opened,
        reading: DouyinReading,
        gate: Gate,
        *,
        why: Why,
        clock: Clock,
        odd: Callable[[str], None],
    ) -> None:
        super().__init__(opened, clock)
        self._reading = reading
        self._gate = gate
        self._why = why
        self._odd = odd
        self._lost = False  # pushes were turned away since the last one taken

    # --- being pushed to -------------------------------------------------------------

    def take(self, push: Push) -> Answer:
        """Queue what a genuine push tells; never waits.

        A full queue turns pushes away, so that the platform's fuse sheds the load and its list of
        failed gifts stays true; the hole is recorded once there is room again.
        """
        now = self._clock.now()
        reason = self._gate.why_not(push, now)
        if reason is not None:
            return reason
        if self._inbox.is_full:
            self._lost = True
            return Answer.FULL
        self._gate.let_in(push, now)
        on_air = self._reading.on_air
        if not on_air.is_ours(push.room, now):
            if not on_air.chosen:
                self._odd("another_room")
            return Answer.ANOTHER_ROOM
        if self._lost:
            self._lost = False
            self.tell(LinkChanged(at=now, link=Link.GAP))
        try:
            self._inbox.give(*self._reading.events(push, now))
        except NotUnderstood as what:
            self._odd(str(what))
        return Answer.TAKEN

    def refused(self, why: str) -> None:
        """Count a push that nobody took."""
        self._odd(f"push_{why}")

    async def watch(
        self,
        api: Api,
        room_id: str,
        kinds: Sequence[str],
        now_given: Callable[[], Awaitable[str]],
    ) -> None:
        """Ask now and then whether pushing goes on; where it stands still, begin *kinds* anew.

        *now_given* is the roomid that the settings give by then: another one ends the link.
        """
        try:
            while True:
                await self._clock.sleep(_ASK_EVERY)
                try:
                    state = await api.state(room_id, COMMENT)
                    if state is TaskState.NOT_STARTED:
                        await self._begin_anew(api, room_id, kinds)
                    if state is TaskState.GONE or await now_given() != room_id:
                        return
                except RoomUnreachable:
                    self._odd("state_unknown")  # pushes may well come all the same
        except RoomRefused as refused:
            self._inbox.end(refused)
        finally:
            self._inbox.end(self._why.over())  # also when asking itself failed

    async def _begin_anew(self, api: Api, room_id: str, kinds: Sequence[str]) -> None:
        # The comments last, as it is they that are asked about: what fails is tried again.
        for kind in sorted(kinds, key=COMMENT.__eq__):
            await api.start(room_id, kind)
        # Whatever happened since the pushes ceased is lost, and nobody can say when that was.
        self.tell(LinkChanged(at=self._clock.now(), link=Link.GAP))
