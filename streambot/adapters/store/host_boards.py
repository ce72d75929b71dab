"""The host's marks on disk, whose questions they answered, and the lines that tools took."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime
from statistics import median

from sqlalchemy import bindparam, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from streambot.adapters.store import encoding
from streambot.adapters.store.host_revival import read_asked
from streambot.adapters.store.prepared import Prepared
from streambot.adapters.store.readers import Readers
from streambot.adapters.store.tables import (
    board_marks,
    host_answers,
    lines,
    taken_lines,
)
from streambot.adapters.store.transaction import StoreTransaction
from streambot.adapters.store.writer import Writer
from streambot.domain.audit import Act, Deed
from streambot.domain.reply import LineId, ReplyState
from streambot.domain.room import RoomName
from streambot.ports.asked_before import AskedBefore
from streambot.ports.host_board import (
    HostAnswer,
    HostFigure,
    Mark,
    MarkAct,
)
from streambot.ports.store import Committed, DeskTransaction
from streambot.ports.taken import TakenLine

_MARK = Prepared(upsert(board_marks).on_conflict_do_nothing())
_ANSWER = Prepared(upsert(host_answers).on_conflict_do_nothing())
_MARKED = Prepared(
    select(board_marks.c.ref).where(
        board_marks.c.room == bindparam("of_room"),
        board_marks.c.ref == bindparam("of_ref"),
    )
)
_ANSWERS = Prepared(
    select(
        host_answers.c.room,
        host_answers.c.ref,
        host_answers.c.viewer,
        host_answers.c.asked_at,
        host_answers.c.answered_at,
    ).where(host_answers.c.answered_at >= bindparam("since"))
)
_TAKE = Prepared(upsert(taken_lines).on_conflict_do_nothing())
_FAILED = Prepared(
    update(taken_lines)
    .where(
        taken_lines.c.room == bindparam("of_room"),
        taken_lines.c.line_id == bindparam("of_line"),
    )
    .values(failed=bindparam("why"))
)
_TAKEN = Prepared(
    select(
        taken_lines.c.line_id,
        taken_lines.c["by"],
        taken_lines.c.taken_at,
        taken_lines.c.failed,
    )
    .join(lines, lines.c.line_id == taken_lines.c.line_id)
    .where(
        taken_lines.c.room == bindparam("of_room"),
        lines.c.state == ReplyState.SHOWN.value,
    )
)
_AUDITED = {MarkAct.ANSWERED: Act.BOARD_ANSWERED, MarkAct.SKIP: Act.BOARD_SKIPPED}


class HostBoards:
    """Implements ``MarkStore`` and ``TakenStore``; ``_writer``, ``_readers`` are the store's own."""

    _writer: Writer
    _readers: Readers

    async def mark(
        self,
        mark: Mark,
        text: str,
        answers: Sequence[HostAnswer],
        work: Callable[[DeskTransaction], None],
    ) -> tuple[bool, Committed]:
        """Keep *mark* with what *work* does to tickets; False: its ref was kept before."""

        def keep(own: StoreTransaction) -> bool:
            if not _keep(own, mark, text, answers):
                return False
            work(own)
            return True

        return await self._writer.call(keep)

    async def is_marked(self, room: RoomName, ref: str) -> bool:
        """Whether a mark of this ref was kept."""
        found = await self._readers.read(
            lambda connection: _MARKED.run(
                connection, of_room=room, of_ref=ref
            ).fetchone()
        )
        return found is not None

    async def asked(self, room: RoomName, since: datetime) -> AskedBefore:
        """What was asked in a room since an instant and no host dealt with, as it was decided."""
        return await self._readers.read(
            lambda connection: read_asked(connection, room, since)
        )

    async def host_figures(self, since: datetime) -> Sequence[HostFigure]:
        """What hosts answered from *since* on, by room."""
        return await self._readers.read(
            lambda connection: _read_figures(connection, since)
        )

    async def take(
        self, room: RoomName, line: LineId, by: str, at: datetime
    ) -> TakenLine | None:
        """Take it; None when it was taken before, then or ever."""

        def work(own: StoreTransaction) -> bool:
            done = _TAKE.run(
                own.connection,
                room=room,
                line_id=line,
                by=by,
                taken_at=encoding.micros(at),
                failed=None,
            )
            return done.rowcount == 1

        fresh, _ = await self._writer.call(work)
        return TakenLine(line=line, by=by, at=at) if fresh else None

    async def take_failed(self, room: RoomName, line: LineId, why: str) -> None:
        """The tool could not say what it took."""

        def work(own: StoreTransaction) -> None:
            _FAILED.run(own.connection, of_room=room, of_line=line, why=why)

        await self._writer.call(work)

    async def taken(self, room: RoomName) -> Sequence[TakenLine]:
        """What was taken of the lines that still wait on the room's prompter."""
        rows = await self._readers.read(
            lambda connection: _TAKEN.run(connection, of_room=room).fetchall()
        )
        return tuple(
            TakenLine(
                line=LineId(line), by=by, at=encoding.instant(taken_at), failed=failed
            )
            for line, by, taken_at, failed in rows
        )


def _keep(
    own: StoreTransaction, mark: Mark, text: str, answers: Sequence[HostAnswer]
) -> bool:
    at, askers = encoding.micros(mark.at), len({each.viewer for each in answers})
    kept = _MARK.run(
        own.connection,
        room=mark.room,
        ref=mark.ref,
        act=mark.act.value,
        question=mark.question,
        text=text,
        askers=askers,
        by=mark.by,
        at=at,
    )
    if kept.rowcount != 1:
        return False
    rows: list[tuple[str | int, ...]] = []
    for answer in answers:
        values: dict[str, str | int] = {
            "room": mark.room,
            "event_id": answer.event,
            "viewer": answer.viewer,
            "ref": mark.ref,
            "asked_at": encoding.micros(answer.asked_at),
            "answered_at": at,
        }
        rows.append(tuple(values[name] for name in _ANSWER.names))
    _ANSWER.many(own.connection, rows)
    act = _AUDITED.get(mark.act)
    if act is not None:
        data = {"askers": askers}
        own.audit(
            Deed(
                at=mark.at,
                actor=mark.by,
                action=act,
                object=mark.question,
                room=mark.room,
                data=data,
            )
        )
    return True


def _read_figures(
    connection: sqlite3.Connection, since: datetime
) -> tuple[HostFigure, ...]:
    marks: dict[str, set[str]] = defaultdict(set)
    took: dict[str, dict[tuple[str, str], float]] = defaultdict(dict)
    for room, ref, viewer, asked, answered in _ANSWERS.run(
        connection, since=encoding.micros(since)
    ):
        marks[room].add(ref)
        took[room][ref, viewer] = max(0, answered - asked) / 1e6
    return tuple(
        HostFigure(
            room=RoomName(room),
            questions=len(marks[room]),
            viewers=len(seconds),
            median=median(seconds.values()),
        )
        for room, seconds in sorted(took.items())
    )
