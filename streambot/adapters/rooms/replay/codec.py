"""Codec of recorded chats: ``{t, user, text[, storm]}`` lines, or our own event frames, to events.

A line's event id is ``L<line number>``; ``at`` is the start plus ``t`` seconds. A line that
can't be read is a sentence for a person, and the others still count.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

import msgspec

from streambot.domain.events import PlatformEvent, ViewerSpoke
from streambot.domain.reply import EventId
from streambot.domain.room import BroadcastId, Platform, RoomName, Scene
from streambot.domain.viewer import Viewer, ViewerKey

PLATFORM = Platform("replay")
_TEXT_KEPT = 2000
_LONGEST = timedelta(days=30)

#: Reads one of our event frames (its bytes, its instant); None: it isn't one we know.
ReadFrame = Callable[[bytes, datetime], PlatformEvent | None]


class _Line(msgspec.Struct, frozen=True):
    t: float
    user: str
    text: str
    storm: bool = False


class _Framed(msgspec.Struct, frozen=True):
    type: str
    at: datetime


_line = msgspec.json.Decoder(_Line)
_framed = msgspec.json.Decoder(_Framed)


@dataclass(slots=True, kw_only=True)
class RecordedChat:
    """A recorded chat, read line by line; ``problems`` fill while it is read."""

    path: Path
    room: RoomName
    start: datetime
    read_frame: ReadFrame
    problems: list[str] = field(default_factory=list)

    def events(
        self, advance: Callable[[int], None] | None = None
    ) -> Iterator[PlatformEvent]:
        """Events in the file's order, times never going back; *advance* hears the bytes read."""
        now, done = self.start, 0
        with self.path.open("rb") as file:
            for number, raw in enumerate(file, start=1):
                done += len(raw)
                event = self._event(number, raw.strip(), now) if raw.strip() else None
                if event is not None:
                    now = event.received_at
                    yield event
                if advance is not None:
                    advance(done)

    def _event(self, number: int, raw: bytes, now: datetime) -> PlatformEvent | None:
        try:
            return self._spoke(number, _line.decode(raw), now)
        except (msgspec.DecodeError, UnicodeError, RecursionError, OverflowError):
            pass
        try:
            at = _framed.decode(raw).at
            event = self.read_frame(raw, max(now, at) if at.tzinfo else now)
        except (msgspec.DecodeError, UnicodeError, RecursionError):
            event = None
        if event is None:
            self._unreadable(number)
            return None
        return _renamed(event, number, self._scene)

    def _spoke(self, number: int, line: _Line, now: datetime) -> ViewerSpoke:
        if not math.isfinite(line.t):
            raise OverflowError
        at = max(now, self.start + min(timedelta(seconds=line.t), _LONGEST))
        return ViewerSpoke(
            id=EventId(f"L{number}"),
            at=at,
            received_at=at,
            scene=self._scene,
            viewer=Viewer(key=ViewerKey(line.user), name=line.user),
            text=line.text[:_TEXT_KEPT],
            storm=line.storm,
        )

    @property
    def _scene(self) -> Scene:
        return Scene(platform=PLATFORM, room=self.room, broadcast=BroadcastId("replay"))

    def _unreadable(self, number: int) -> None:
        self.problems.append(
            f'{self.path}:{number}: 这一行看不懂，已跳过；每行应是 {{"t":秒,"user":"…","text":"…"}}。 '
            f'Not understood and skipped; a line is {{"t":seconds,"user":"…","text":"…"}}.'
        )


def _renamed(event: PlatformEvent, number: int, scene: Scene) -> PlatformEvent:
    return replace(event, id=EventId(f"L{number}"), scene=scene)
