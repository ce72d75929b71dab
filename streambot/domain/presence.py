"""Presence: from the heartbeats of a person's tabs and phones to ready, break, suspect, offline."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum


class AgentState(StrEnum):
    """Whether an agent can be given anything."""

    READY = "ready"
    BREAK = "break"  # there, and takes nothing new
    SUSPECT = "suspect"  # not heard for a while: nothing new, keeps what they have
    OFFLINE = "offline"


@dataclass(frozen=True, slots=True, kw_only=True)
class PresencePolicy:
    """The spans of presence. A beat is lost twice before anybody is suspect: no flapping."""

    suspect_after: timedelta = timedelta(seconds=10)
    gone_after: timedelta = timedelta(seconds=20)
    grace: timedelta = timedelta(seconds=30)  # a reply is owed
    grace_waiting: timedelta = timedelta(seconds=120)  # it is the viewer's turn


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """One tab or phone; a closed one is remembered until it would have been missed."""

    heard_at: datetime
    closed: bool = False
    elsewhere: bool = False  # not one device: all of another process of this desk


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentPresence:
    """One person over all their devices: as present as the best of them; never moves.

    ``on_break`` is the person's, not a tab's: a reload keeps it. ``said`` counts how often they
    said so, wherever: what was said last holds.
    """

    devices: Mapping[str, Device] = field(default_factory=dict)
    on_break: bool = False
    said: int = 0
    gone_at: datetime | None = (
        None  # disconnected, with no device left to tell since when
    )

    def heard(self, device: str, at: datetime) -> AgentPresence:
        """*device* beat."""
        known = {**self.devices, device: Device(heard_at=at)}
        return replace(self, devices=known, gone_at=None)

    def closed(self, device: str, at: datetime) -> AgentPresence:
        """*device* said goodbye: suspect at once if it was the last, as a reload would be."""
        if device not in self.devices:
            return self
        known = {**self.devices, device: Device(heard_at=at, closed=True)}
        return replace(self, devices=known)

    def paused(self, on_break: bool) -> AgentPresence:
        """The person goes on break, or is back."""
        return replace(self, on_break=on_break, said=self.said + 1)

    def state(self, now: datetime, policy: PresencePolicy) -> AgentState:
        """What the person is at *now*."""
        if self.gone_at is not None or not self.devices:
            return AgentState.OFFLINE
        # A wall clock that was set back makes nobody absent.
        silent = max(now - self._heard_at(), timedelta())
        if silent >= policy.gone_after:
            return AgentState.OFFLINE
        spoke = [
            now - each.heard_at < policy.suspect_after
            for each in self.devices.values()
            if not each.closed
        ]
        if not any(spoke):
            return AgentState.SUSPECT
        return AgentState.BREAK if self.on_break else AgentState.READY

    def changes_at(self, now: datetime, policy: PresencePolicy) -> datetime | None:
        """The next instant at which silence alone changes the state."""
        if self.gone_at is not None or not self.devices:
            return None
        open_ones = [d.heard_at for d in self.devices.values() if not d.closed]
        edges = [self._heard_at() + policy.gone_after]
        edges += [max(open_ones) + policy.suspect_after] if open_ones else []
        return min((edge for edge in edges if edge > now), default=None)

    def gone_since(self, now: datetime, policy: PresencePolicy) -> datetime | None:
        """When the person was lost; None while they are there, or never were."""
        if self.gone_at is not None:
            return self.gone_at
        if not self.devices:
            return None
        gone = self._heard_at() + policy.gone_after
        return gone if gone <= now else None

    def _heard_at(self) -> datetime:
        return max(device.heard_at for device in self.devices.values())


def lease_ends(
    gone_at: datetime, policy: PresencePolicy, *, reply_owed: bool
) -> datetime:
    """Until when a lost agent keeps a ticket: shorter while its viewer waits for a reply."""
    return gone_at + (policy.grace if reply_owed else policy.grace_waiting)


def extended(
    gone_at: datetime, alive_until: datetime, started_at: datetime
) -> datetime:
    """*gone_at* as if the downtime had not been: a restart uses up nobody's grace. (I14)

    Args:
        gone_at: when the agent was lost.
        alive_until: the last instant at which the desk is known to have run.
        started_at: when it runs again.
    """
    downtime = max(started_at - max(alive_until, gone_at), timedelta())
    return min(gone_at + downtime, started_at)
