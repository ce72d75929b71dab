"""SessionPolicy: the settings a room's session decides by."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from streambot.domain.calendar import Calendar
from streambot.domain.gratitude import ThanksPolicy
from streambot.domain.mood import REPEATS
from streambot.domain.room import RoomName
from streambot.domain.timers import NOTICE_EVERY, TimerRule


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionPolicy:
    """One room's settings as the session needs them."""

    room: RoomName
    greeting: bool = True
    within: timedelta = timedelta(seconds=5)
    greeting_cooldown: timedelta = timedelta(hours=6)
    handoffs_per_minute: int = 6
    repeats: int = (
        REPEATS  # of one question by one viewer, unanswered, until a human is asked
    )
    has_orders: bool = False
    answer_life: timedelta = timedelta(seconds=30)
    clarify_life: timedelta = timedelta(seconds=20)
    order_life: timedelta = timedelta(seconds=60)
    notice_life: timedelta = timedelta(hours=2)
    sentence_wait: timedelta = timedelta(seconds=2)
    order_wait: timedelta = timedelta(seconds=3)
    second_look: bool = False
    look_wait: timedelta = timedelta(milliseconds=250)
    stale_after: timedelta = timedelta(seconds=30)
    ask_rating: str = "auto"  # private: only where nobody else reads it; off: never
    reopen_window: timedelta = timedelta(minutes=10)
    timers: tuple[TimerRule, ...] = ()
    notices: TimerRule = NOTICE_EVERY  # how often a pinned notice is said
    thanks: ThanksPolicy = field(default_factory=ThanksPolicy)
    quiet_hours: Calendar | None = None
