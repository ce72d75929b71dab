"""AccountAudit: what happened to accounts and logins, in the audit's own words."""

from __future__ import annotations

from streambot.application.accounts import Act as AccountAct
from streambot.domain.audit import Act, Deed
from streambot.ports.audit import AuditTrail
from streambot.ports.clock import Clock


class AccountAudit:
    """Writes what the keeper of accounts and the login tell."""

    def __init__(self, trail: AuditTrail, clock: Clock) -> None:
        self._trail = trail
        self._clock = clock

    async def heard(self, act: AccountAct) -> None:
        """Write one act; a login opens only once this is written."""
        data: dict[str, str | int | bool | None] = dict(act.data)
        await self._trail.audit(
            Deed(
                at=self._clock.now(),
                actor=act.by,
                action=Act(act.action),
                object=act.name,
                data=data,
            )
        )
