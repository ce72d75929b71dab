"""SendBudget: how many lines a platform takes, as a sliding window that is never overrun."""

from __future__ import annotations

from collections import deque
from datetime import datetime, timedelta

from streambot.domain.room import SendLimits

#: The longest pause after refusals that name none.
_LONGEST_PAUSE = timedelta(seconds=60)


class SendBudget:
    """At most ``limits.lines`` lines in any window of ``limits.per``, and penalty pauses.

    A line counts from the latest instant the platform can have taken it, so its own window is
    kept too, whatever the link's delay.
    """

    def __init__(self, limits: SendLimits) -> None:
        self.limits = limits
        self._used: deque[datetime] = deque()
        self._paused_until: datetime | None = None
        self._penalties = 0  # in a row

    @property
    def interval(self) -> timedelta:
        """The mean time between two lines at full speed."""
        return self.limits.per / self.limits.lines

    def free_at(self, now: datetime) -> datetime:
        """The earliest instant, *now* or later, at which a line may go."""
        return self._free(now, list(self._used))

    def free_after_using(self, now: datetime) -> datetime:
        """The earliest instant for the next line if one goes *now*."""
        return self._free(now, [*self._used, now])

    def _free(self, now: datetime, used: list[datetime]) -> datetime:
        free = now
        lines = self.limits.lines
        if len(used) >= lines:
            free = max(free, used[-lines] + self.limits.per)
        if self._paused_until is not None:
            free = max(free, self._paused_until)
        return free

    def use(self, at: datetime) -> None:
        """A line goes at *at*."""
        self._used.append(max(at, self._used[-1]) if self._used else at)
        while len(self._used) > self.limits.lines:
            self._used.popleft()

    def taken(self, at: datetime) -> None:
        """The line that went last was settled at *at*: the platform counts it until then."""
        if self._used:
            self._used[-1] = max(self._used[-1], at)

    def pause(self, until: datetime) -> None:
        """The platform was displeased: nothing goes before *until*."""
        paused = self._paused_until
        self._paused_until = until if paused is None else max(paused, until)

    def penalise(self, at: datetime, retry_after: float | None) -> None:
        """A line was refused for speed at *at*; *retry_after*: the platform's pause in seconds.

        Where it names none the pause doubles with each refusal in a row.
        """
        self._penalties += 1
        doubled = self.limits.per * (1 << min(self._penalties - 1, 10))
        pause = min(doubled, _LONGEST_PAUSE)
        if retry_after is not None:
            pause = timedelta(seconds=max(0.0, retry_after))
        self.pause(at + pause)

    def forgive(self) -> None:
        """A line was taken: the next refusal is the first one again."""
        self._penalties = 0

    def limit(self, limits: SendLimits) -> None:
        """Keep to *limits* from here; lines already counted stay counted."""
        self.limits = limits
