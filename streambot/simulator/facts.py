"""Facts about a simulated room: its limits, and what became of every line the bot wrote."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from streambot.simulator.event_log import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """At most *lines* in any *per_seconds*, each of at most *line_length* code points.

    *slack_seconds* are forgiven, since a network's jitter is no flood.
    """

    lines: int = 1
    per_seconds: float = 2.0
    line_length: int = 40
    slack_seconds: float = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A line the room accepted and showed."""

    out_id: str
    id: str
    text: str
    visibility: str
    to: tuple[str, ...]
    reply_to: str | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidAgain:
    """A line the room knew already; shown once all the same."""

    out_id: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A line the room did not take; *retry_after* in seconds."""

    out_id: str
    code: str
    retry_after: float | None
    at: datetime


Fact = Event | Said | SaidAgain | Refused
