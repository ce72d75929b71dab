"""Onlookers: who has which ticket open, or is writing on it; ends with the console, never stored."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import datetime, timedelta

from streambot.application.floor import Looking
from streambot.domain.agent import AgentName
from streambot.domain.reply import TicketId

#: Somebody who typed nothing for so long is no longer writing.
TYPING_LASTS = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class _Glance:
    agent: AgentName
    ticket: TicketId
    typed_at: datetime | None


class Onlookers:
    """One glance a console; several consoles of an agent at one ticket count as one."""

    def __init__(self) -> None:
        self._at: dict[Hashable, _Glance] = {}

    def at(
        self,
        console: Hashable,
        agent: AgentName,
        ticket: TicketId | None,
        *,
        typing: bool,
        now: datetime,
    ) -> None:
        """A console opened *ticket* (None: closed what it had), or somebody writes there."""
        if ticket is None:
            self._at.pop(console, None)
        else:
            self._at[console] = _Glance(agent, ticket, now if typing else None)

    def left(self, console: Hashable) -> None:
        """A console is gone."""
        self._at.pop(console, None)

    def seen(self, now: datetime) -> tuple[Looking, ...]:
        """Who looks at what, by ticket and name."""
        if not self._at:
            return ()
        typing: dict[tuple[TicketId, AgentName], bool] = {}
        for each in self._at.values():
            key = each.ticket, each.agent
            # abs: a clock set back must not let anybody write for hours.
            writes = (
                each.typed_at is not None and abs(now - each.typed_at) < TYPING_LASTS
            )
            typing[key] = typing.get(key, False) or writes
        return tuple(
            Looking(ticket=ticket, agent=agent, typing=writes)
            for (ticket, agent), writes in sorted(typing.items())
        )
