"""RoomSetup: the settings of one room that its engine needs."""

from __future__ import annotations

from dataclasses import dataclass

from streambot.domain.desk_policy import DeskPolicy
from streambot.domain.greeting import GreetingStyle
from streambot.domain.policy import SessionPolicy
from streambot.domain.room import RoomMode, SendLimits, Sink


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomSetup:
    """A room's settings as the engine needs them."""

    policy: SessionPolicy
    desk: DeskPolicy
    limits: SendLimits
    style: GreetingStyle
    sinks: tuple[Sink, ...]
    mode: RoomMode  # until somebody switches it
    official: bool = True  # whether its platform knows of the way we read it
