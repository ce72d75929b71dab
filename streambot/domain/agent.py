"""The humans at the desk: who they are and what each role may do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

AgentName = NewType("AgentName", str)


class Role(StrEnum):
    """What a person at the console may do; see ``can``."""

    AGENT = "agent"
    SUPERVISOR = "supervisor"


@dataclass(frozen=True, slots=True, kw_only=True)
class Agent:
    """A human who answers (or, as supervisor, watches all rooms)."""

    name: AgentName
    role: Role
