"""The part of a store that keeps the audit of deeds outside tickets, and gives it back."""

from __future__ import annotations

from collections.abc import Sequence

from streambot.adapters.store import audits
from streambot.adapters.store.readers import Readers
from streambot.adapters.store.transaction import StoreTransaction
from streambot.adapters.store.writer import Writer
from streambot.domain.audit import Audited, Deed
from streambot.ports.audit import AuditFilter


class Trail:
    """Implements ``AuditTrail``."""

    _writer: Writer
    _readers: Readers

    async def audit(self, *deeds: Deed) -> None:
        """Write deeds outside tickets; all in one transaction."""

        def work(own: StoreTransaction) -> None:
            for deed in deeds:
                own.audit(deed)

        await self._writer.call(work)

    async def audited(
        self, asked: AuditFilter, *, before: int | None = None, most: int = 100
    ) -> Sequence[Audited]:
        """Rows, newest first, older than row *before*."""
        return await self._readers.read(
            lambda connection: audits.read_page(connection, asked, before, most)
        )

    async def unseen_warnings(self, most: int = 100) -> Sequence[Audited]:
        """Warnings that no supervisor has acknowledged, newest first."""
        return await self._readers.read(
            lambda connection: audits.read_unseen(connection, most)
        )

    async def broken_audit(self) -> int | None:
        """The first row that isn't what was written; None: the chain holds."""
        return await self._readers.read(audits.read_broken)
