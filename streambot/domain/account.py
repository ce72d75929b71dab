"""Account: somebody's place at the console, as others see it; never with its password."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from streambot.domain.agent import AgentName
from streambot.domain.role import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One person's account."""

    name: AgentName
    role: Role
    disabled: bool
    created_at: datetime
    last_login: datetime | None = None
    pending: bool = False  # nobody chose its password yet
