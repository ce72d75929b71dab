"""The audit's port: what was done is written in the deed's own transaction, and read in pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from streambot.domain.audit import Act, Audited, Deed


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditFilter:
    """Which rows are asked for; what is None is not asked about."""

    actor: str | None = None
    action: Act | None = None
    object: str | None = None
    room: str | None = None


class AuditTrail(Protocol):
    """Keeps every deed for ever."""

    async def audit(self, *deeds: Deed) -> None:
        """Write deeds outside tickets (login, mode, accounts); all in one transaction."""
        ...

    async def audited(
        self, asked: AuditFilter, *, before: int | None = None, most: int = 100
    ) -> Sequence[Audited]:
        """Rows, newest first, older than row *before*."""
        ...

    async def unseen_warnings(self, most: int = 100) -> Sequence[Audited]:
        """Warnings that no supervisor has acknowledged, newest first."""
        ...

    async def broken_audit(self) -> int | None:
        """The first row that isn't what was written; None: the chain holds."""
        ...
