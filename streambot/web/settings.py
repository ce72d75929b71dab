"""WebSettings: what of the console is a setting."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from streambot.domain.service_profile import ServiceProfile


@dataclass(frozen=True, slots=True, kw_only=True)
class WebSettings:
    """How the console behaves; the defaults are what the product ships with."""

    language: str = "zh"  # until a person switches it in their browser
    https: bool = False  # people come over HTTPS, through a proxy on this machine
    session_lasts: timedelta = timedelta(hours=16)  # however much it is used
    idle: timedelta = timedelta(hours=8)  # without a console open or a page loaded
    invitation_lasts: timedelta = timedelta(hours=24)  # a link to choose a password
    groups: Mapping[str, Collection[str]] = field(default_factory=dict)  # to members
    # Of one name from one address, 4 times as many from the address, 10 times of the name,
    wrong_logins: int = 5
    per: timedelta = timedelta(minutes=1)  # in this span, which grows with each time
    claim: timedelta = timedelta(seconds=20)  # what the queue counts down to
    first: timedelta = timedelta(seconds=180)
    profile: ServiceProfile | None = None  # what the platform is said to measure
    undo: timedelta = timedelta(seconds=3)  # an answer may be taken back as long
    largest_body: int = 64 * 1024  # of a request or a frame, in bytes
    silent_console: timedelta = timedelta(seconds=20)  # then it counts as gone
    feed_ticket_required: bool = False  # also of programs that come with a cookie
