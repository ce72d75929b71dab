"""Unheard: lines that nobody even tries to understand - the shop's own, old ones, storms."""

from __future__ import annotations

from datetime import timedelta

from streambot.domain.decision import IgnoreReason
from streambot.domain.events import Origin, ViewerSpoke


def unheard(event: ViewerSpoke, stale_after: timedelta) -> IgnoreReason | None:
    """Why this line isn't even looked at."""
    viewer = event.viewer
    if viewer.roles:
        if viewer.is_self:
            return IgnoreReason.SELF
        if viewer.is_bot:
            return IgnoreReason.BOT
        if viewer.is_anchor:
            return IgnoreReason.ANCHOR
    if event.origin is Origin.HISTORY:
        return IgnoreReason.HISTORY
    if event.received_at - event.at > stale_after:
        return IgnoreReason.STALE
    return IgnoreReason.CHATTER if event.storm else None
