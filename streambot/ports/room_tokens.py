"""Tokens that open one room's board or hook: kept as hashes, made and revoked by people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from streambot.domain.audit import Deed
from streambot.domain.room import RoomName


class Scope(StrEnum):
    """What a token opens."""

    BOARD = "board"  # the host's page
    HOOK = "hook"  # a sending tool on this machine


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomToken:
    """One token as people see it; ``id`` names it and opens nothing."""

    id: str
    room: RoomName
    scope: Scope
    label: str
    made_by: str
    made_at: datetime
    seen_at: datetime | None = None


class TokenStore(Protocol):
    """Keeps tokens by their hash."""

    async def add(self, token_hash: str, token: RoomToken, deed: Deed) -> None:
        """Keep a new one."""
        ...

    async def opens(self, token_hash: str, now: datetime) -> RoomToken | None:
        """What it opens, unless it is unknown or revoked."""
        ...

    async def of(self, room: RoomName) -> Sequence[RoomToken]:
        """A room's tokens that hold, oldest first."""
        ...

    async def revoke(self, room: RoomName, name: str, deed: Deed) -> str | None:
        """Let it open nothing any more; its hash, None where there is no such token."""
        ...
