"""Codec of recorded chats: ``{t, user, text[, storm]}`` lines, or our own event frames, to events.

A line's event id is ``L<line number>``; ``at`` is the start plus ``t`` seconds, a frame's is
its own. A line that can't be read is a sentence for a person, and the others still count.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

import msgspec

from streambot.domain.events import LineWithdrawn, PlatformEvent, ViewerSpoke
from streambot.domain.reply import EventId
from streambot.domain.room import BroadcastId, Platform, RoomName, Scene
from streambot.domain.viewer import Viewer, ViewerKey

PLATFORM = Platform("replay")
_TEXT_KEPT = 2000
_LONGEST = timedelta(days=30)
#: Years in which a room can have been recorded.
_YEARS = range(2000, 2200)
_BOM = b"\xef\xbb\xbf"

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
    """A recorded chat, read line by line.

    While it is read ``problems`` fill, and ``repeated`` with events that came before under the
    same platform id.
    """

    path: Path
    room: RoomName
    start: datetime
    read_frame: ReadFrame
    problems: list[str] = field(default_factory=list)
    repeated: set[EventId] = field(default_factory=set)
    _line_of: dict[EventId, EventId] = field(default_factory=dict)

    def events(
        self, advance: Callable[[int], None] | None = None
    ) -> Iterator[PlatformEvent]:
        """Events in the file's order, times never going back; *advance* hears the bytes read."""
        now: datetime | None = None
        done = 0
        with self.path.open("rb") as file:
            for number, raw in enumerate(file, start=1):
                done += len(raw)
                line = raw.removeprefix(_BOM if number == 1 else b"").strip()
                event = self._event(number, line, now) if line else None
                if event is not None:
                    now = event.received_at
                    yield event
                if advance is not None:
                    advance(done)

    def _event(
        self, number: int, raw: bytes, now: datetime | None
    ) -> PlatformEvent | None:
        try:
            return self._spoke(number, _line.decode(raw), now or self.start)
        except (msgspec.DecodeError, UnicodeError, RecursionError, OverflowError):
            pass
        try:
            at = _framed.decode(raw).at
            if at.tzinfo is None or at.year not in _YEARS:
                at = now or self.start
            event = self.read_frame(raw, at if now is None else max(now, at))
        except (msgspec.DecodeError, UnicodeError, RecursionError):
            event = None
        if event is None:
            self._unreadable(number)
            return None
        return self._renamed(event, number)

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

    def _renamed(self, event: PlatformEvent, number: int) -> PlatformEvent:
        """*event* under its line's name, as are the events it speaks of."""
        name = EventId(f"L{number}")
        if event.id in self._line_of:
            self.repeated.add(name)
        else:
            self._line_of[event.id] = name
        renamed = replace(event, id=name, scene=self._scene)
        if isinstance(renamed, LineWithdrawn):
            of = self._line_of.get(renamed.event, renamed.event)
            return replace(renamed, event=of)
        if isinstance(renamed, ViewerSpoke) and renamed.reply_to is not None:
            answered = self._line_of.get(renamed.reply_to)
            return replace(renamed, reply_to=answered)
        return renamed

    @property
    def _scene(self) -> Scene:
        return Scene(platform=PLATFORM, room=self.room, broadcast=BroadcastId("replay"))

    def _unreadable(self, number: int) -> None:
        self.problems.append(
            f'{self.path}:{number}: 这一行看不懂，已跳过；每行应是 {{"t":秒,"user":"…","text":"…"}}。 '
            f'Not understood and skipped; a line is {{"t":seconds,"user":"…","text":"…"}}.'
        )
