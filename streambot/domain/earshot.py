"""Earshot: lines that a room's session doesn't even look at, and why."""

from __future__ import annotations

from datetime import timedelta

from streambot.domain.decision import IgnoreReason
from streambot.domain.events import Origin, ViewerSpoke


def unheard(line: ViewerSpoke, stale_after: timedelta) -> IgnoreReason | None:
    """Why *line* isn't looked at; None: it is heard."""
    viewer = line.viewer
    if viewer.roles:
        if viewer.is_self:
            return IgnoreReason.SELF
        if viewer.is_bot:
            return IgnoreReason.BOT
        if viewer.is_anchor:
            return IgnoreReason.ANCHOR
    if line.origin is Origin.HISTORY:
        return IgnoreReason.HISTORY
    if line.received_at - line.at > stale_after:
        return IgnoreReason.STALE
    return IgnoreReason.CHATTER if line.storm else None
