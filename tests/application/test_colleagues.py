"""Colleagues: the others' rows are read at their pace, by a clock that runs as by one that stands."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import cast

from streambot.application.colleagues import Colleagues
from streambot.application.crew import Crew
from streambot.application.desk_presence import Presence
from streambot.domain.attendance import Attendance
from streambot.domain.presence import PresencePolicy
from streambot.ports.store import DeskStore
from streambot.testing.clock import FakeClock


class _Running(FakeClock):
    """Every reading is a little later than the one before."""

    def now(self) -> datetime:
        """The present instant, which is over with that."""
        self.jump(timedelta(microseconds=1))
        return super().now()


class _Rows:
    """A store that counts how often it is asked who is where."""

    asked = 0

    async def attendance(self, but: str = "") -> tuple[Attendance, ...]:
        """Nobody."""
        self.asked += 1
        return ()


class _Nobody:
    """A presence that nothing changes."""

    def elsewhere(self, rows: object) -> bool:
        """Nobody came or went."""
        return False


async def test_a_clock_that_runs_has_the_rows_read_once_a_pace() -> None:
    """A look that is due for ever, since the clock moved on meanwhile, would never be made."""
    clock, rows = _Running(), _Rows()
    colleagues = Colleagues(
        "one",
        cast("DeskStore", rows),
        clock,
        PresencePolicy(),
        cast("Presence", _Nobody()),
        cast("Crew", None),
        changed=lambda: None,
    )
    for _ in range(3):
        await colleagues.look()
    assert rows.asked == 1
    assert colleagues.next_look > clock.now()
    clock.jump(timedelta(minutes=1))
    await colleagues.look()
    assert rows.asked == 2
