"""HttpDate: a server's own time, as the headers of its answers tell it; pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


def date_of(headers: Mapping[str, str]) -> datetime | None:
    """The server's time when it began to answer; None where it tells none."""
    try:
        at = parsedate_to_datetime(headers.get("Date", ""))
        return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except (ValueError, TypeError, OverflowError):
        return None
