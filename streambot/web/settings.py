"""WebSettings: what of the console is a setting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class WebSettings:
    """How the console behaves; the defaults are what the product ships with."""

    language: str = "zh"  # until a person switches it in their browser
    secure_cookie: bool = False  # set behind HTTPS
    session_lasts: timedelta = timedelta(hours=16)
    wrong_logins: int = 5  # of one name, and four times as many of one address,
    per: timedelta = timedelta(minutes=1)  # in this span
    claim: timedelta = timedelta(seconds=20)  # what the queue counts down to
    first: timedelta = timedelta(seconds=180)
    largest_body: int = 64 * 1024  # of a request or a frame, in bytes
    silent_console: timedelta = timedelta(seconds=20)  # then it counts as gone
    feed_ticket_required: bool = False  # also of programs that come with a cookie
