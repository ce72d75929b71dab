"""Fate: what Helix's answer says became of a line, pure and total."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

import msgspec

from streambot.adapters.rooms.http_date import date_of
from streambot.adapters.rooms.twitch import frames
from streambot.adapters.rooms.twitch.codec import NotUnderstood, read
from streambot.domain.reply import SendOutcome, SendResult

_ID_MOST = 200
_WAIT_MOST = timedelta(hours=1)


def fate(
    status: int, headers: Mapping[str, str], body: bytes, now: datetime
) -> SendOutcome:
    """What became of a line, by Helix's answer to it."""

    def refused(code: str, wait: float | None = None) -> SendOutcome:
        return SendOutcome(
            result=SendResult.REFUSED, at=now, code=code, retry_after=wait
        )

    match status:
        case 200:
            return _shown(body, now, refused)
        case 429:
            return refused("rate", wait_of(headers, now).total_seconds())
        case 400:
            return refused("bad_frame")
        case 422:
            return refused("too_long")
        case 401 | 403:
            return refused("forbidden")
        case _:  # a server in trouble may have shown it
            return SendOutcome(result=SendResult.UNCERTAIN, at=now)


class _Answer(msgspec.Struct, frozen=True):
    data: list[frames.Sent]


def _shown(
    body: bytes, now: datetime, refused: Callable[[str, float | None], SendOutcome]
) -> SendOutcome:
    try:
        sent = read(body, _Answer, "no_answer").data[0]
    except (NotUnderstood, IndexError):
        return SendOutcome(result=SendResult.UNCERTAIN, at=now)
    if sent.is_sent:
        known = sent.message_id[:_ID_MOST] or None
        return SendOutcome(result=SendResult.SENT, at=now, platform_id=known)
    why = sent.drop_reason.code.lower() if sent.drop_reason else ""
    return refused(*_dropped(why))


def _dropped(why: str) -> tuple[str, float | None]:
    """Our code for theirs, which change without notice: what a word in them says."""
    if "rate" in why or "slow" in why:
        return "rate", 30.0  # a whole window, since what was counted can't be seen
    if "timed" in why:
        return "muted", None
    if "suspended" in why:
        return "closed", None
    return "forbidden", None


def wait_of(headers: Mapping[str, str], now: datetime) -> timedelta:
    """How long a 429 asks to wait: until its reset, by the server's own clock where it tells it."""
    try:
        reset = datetime.fromtimestamp(int(headers.get("Ratelimit-Reset", "")), UTC)
    except (ValueError, OverflowError, OSError):
        return timedelta(seconds=30)
    theirs = date_of(headers) or now
    return min(max(reset - theirs, timedelta(seconds=1)), _WAIT_MOST)
