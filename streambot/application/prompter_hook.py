"""PrompterHook: a shop's own sending tool takes lines off the prompter, each at most once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Protocol

from streambot.application.room_view import RoomView, deadline
from streambot.domain.audit import Act, Deed
from streambot.domain.reply import LineId, LineOut
from streambot.domain.room import RoomName
from streambot.ports.audit import AuditTrail
from streambot.ports.clock import Clock
from streambot.ports.room_tokens import RoomToken
from streambot.ports.taken import TakenStore

#: Acknowledgements remembered, so that one whose answer got lost may be sent again.
_ACKS_KEPT = 500
LONGEST_WHY = 200


class HookRooms(Protocol):
    """What the hook reaches of the rooms."""

    @property
    def views(self) -> Mapping[RoomName, RoomView]:
        """What each room shows right now."""
        ...

    async def mark_said(self, room: RoomName, line: LineId, by: str) -> bool:
        """A shown line was said."""
        ...


class No(StrEnum):
    """Why a tool may not do it."""

    GONE = "gone"  # said, skipped or late
    TAKEN = "taken"  # before, by this tool or another
    NOT_YOURS = "not_yours"


class PrompterHook:
    """Lines for tools. A line is handed out once, ever: a tool that dies with it leaves it to people.

    Args:
        rooms: the rooms of this process.
        store: where it is kept which lines were taken.
        audit: who said what.
        clock: time.
    """

    def __init__(
        self, rooms: HookRooms, store: TakenStore, audit: AuditTrail, clock: Clock
    ) -> None:
        self._rooms = rooms
        self._store = store
        self._audit = audit
        self._clock = clock
        self._said: dict[tuple[RoomName, LineId], str] = {}

    def lines(self, room: RoomName) -> Sequence[LineOut]:
        """What may be taken, the line that is due soonest first."""
        view, now = self._rooms.views[room], self._clock.now()
        return [
            line
            for line in view.by_deadline()
            if line.line_id not in view.taken and now <= deadline(line)
        ]

    async def take(self, token: RoomToken, line: LineId) -> LineOut | No:
        """Hand a line out, for good."""
        view = self._rooms.views[token.room]
        if line in view.taken:
            return No.TAKEN
        found = next(
            (each for each in self.lines(token.room) if each.line_id == line), None
        )
        if found is None:
            return No.GONE
        now = self._clock.now()
        taken = await self._store.take(token.room, line, _name(token), now)
        if taken is None:
            return No.TAKEN
        view.taken_by_tool(taken)
        return found if line in view.prompter else No.GONE

    async def said(self, token: RoomToken, line: LineId) -> No | None:
        """The tool said what it took; once more changes nothing."""
        if self._said.get((token.room, line)) == token.id:
            return None
        no = self._whose(token, line)
        if no is not None:
            return no
        if not await self._rooms.mark_said(token.room, line, _name(token)):
            return No.GONE
        self._said[token.room, line] = token.id
        if len(self._said) > _ACKS_KEPT:
            del self._said[next(iter(self._said))]
        await self._audit.audit(
            Deed(
                at=self._clock.now(),
                actor=_name(token),
                action=Act.PROMPTER_SAID,
                object=line,
                room=token.room,
            )
        )
        return None

    async def failed(self, token: RoomToken, line: LineId, why: str) -> No | None:
        """The tool could not say what it took: people see it, no tool gets it again."""
        no = self._whose(token, line)
        if no is not None:
            return no
        view = self._rooms.views[token.room]
        why = why.strip()[:LONGEST_WHY] or "?"
        taken = replace(view.taken[line], failed=why)
        await self._store.take_failed(token.room, line, why)
        view.taken_by_tool(taken)
        return None

    def _whose(self, token: RoomToken, line: LineId) -> No | None:
        view = self._rooms.views[token.room]
        if line not in view.prompter:
            return No.GONE
        taken = view.taken.get(line)
        mine = taken is not None and taken.by == _name(token)
        return None if mine else No.NOT_YOURS


def _name(token: RoomToken) -> str:
    """A tool as people and the audit see it; two of one label are told apart."""
    return f"{token.label}#{token.id[:4]}"
