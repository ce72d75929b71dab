"""QuietHours: when the assistant starts no talk of its own, though it answers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from streambot.domain.calendar import Calendar

#: How far ahead a calendar that never closes again is believed.
_LONG = timedelta(days=1)


class QuietHours:
    """Knows when the next change comes, so that asking costs a comparison."""

    def __init__(self, calendar: Calendar | None) -> None:
        self._calendar = calendar
        self._quiet = False
        self._since = self._until = datetime.min.replace(tzinfo=UTC)

    def hold(self, at: datetime) -> bool:
        """Whether *at* is quiet."""
        if self._calendar is None:
            return False
        if not self._since <= at < self._until:
            self._look(self._calendar, at)
        return self._quiet

    def cut(self, at: datetime, until: datetime) -> datetime:
        """*until*, or the beginning of quiet hours where they come first after *at*."""
        if self._calendar is None or self.hold(at):
            return until
        return min(until, self._until)

    def _look(self, calendar: Calendar, at: datetime) -> None:
        start, end = next(calendar.spans(at), (None, None))
        if start is None or end is None:
            self._quiet, self._since, self._until = False, at, at + _LONG
        elif start <= at:
            self._quiet, self._since, self._until = True, start, end
        else:
            self._quiet, self._since, self._until = False, at, start
