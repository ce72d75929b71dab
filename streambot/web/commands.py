"""Commands: what a console's ``do`` frame means to the desk, and the frame that answers it."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec
import structlog
from aiohttp import web

from streambot.application.feed_frames import checked_frame, done_frame, refused_frame
from streambot.domain.agent import Agent, Permission
from streambot.domain.faq.entry import Visibility
from streambot.domain.guard import Remark
from streambot.domain.refusal import Refusal, RefusalCode, held
from streambot.domain.reply import EventId, TicketId
from streambot.domain.room import RoomName
from streambot.domain.ticket import Ticket
from streambot.domain.viewer import Viewer, ViewerKey
from streambot.errors import StoreError
from streambot.web import problems
from streambot.web.bodies import Be, Do
from streambot.web.keys import DESK, ROOMS
from streambot.web.problems import Problem

_log = structlog.get_logger()

#: Not a command of the desk: it changes nothing and asks what the guard would say.
CHECK = "check"
_GONE = Refusal(
    code=RefusalCode.CLOSED,
    zh="这条弹幕已经不在列表里了，请等观众再发言。",
    en="This line is no longer listed: wait for the viewer's next one.",
)
_NO_INSTANT = held(
    "时间要写成 2026-01-31T20:15:00Z 这样。",
    "Write the time like 2026-01-31T20:15:00Z.",
)


async def carry_out(app: web.Application, agent: Agent, command: Do | Be) -> bytes:
    """Do it; the ``done``, ``checked`` or ``refused`` frame, whatever happens."""
    action = command.state if isinstance(command, Be) else command.action
    result: Ticket | Refusal | None
    try:
        if isinstance(command, Be):
            now = await app[DESK].be(agent, command.state)
            result = now if isinstance(now, Refusal) else None
        elif command.action == CHECK:
            return checked_frame(command.ref, _remarks(app, command))
        else:
            result = await _result(app, agent, command)
    except StoreError as error:
        _log.error("command_without_store", action=action, error=str(error))
        return _broken(command, problems.STORE_DOWN)
    except Exception:
        _log.exception("command_failed", action=action[:20])
        return _broken(command, problems.BROKEN)
    if isinstance(result, Refusal):
        return refused_frame(
            command.ref, result.code, result.zh, result.en, result.remarks
        )
    return done_frame(command.ref, result)


def _broken(command: Do | Be, problem: Problem) -> bytes:
    return refused_frame(command.ref, RefusalCode.HELD, problem.zh, problem.en)


async def _result(app: web.Application, agent: Agent, command: Do) -> Ticket | Refusal:
    if command.action == Permission.PICK:
        return await _pick(app, agent, command)
    until = _instant(command.until)
    if isinstance(until, Refusal):
        return until
    return await app[DESK].do(
        agent,
        command.action,
        TicketId(command.ticket),
        command.version,
        ref=command.ref,
        text=command.text,
        visibility=command.visibility,
        outcome=command.outcome,
        note=command.note,
        confirmed=command.confirmed,
        to=command.to,
        until=until,
        until_event=command.until_event,
    )


def _instant(text: str | None) -> datetime | Refusal | None:
    """The instant a snooze ends, with its time zone; what else is said is refused."""
    if text is None:
        return None
    try:
        at = msgspec.convert(text, datetime)
    except msgspec.ValidationError:
        at = None
    if at is None or at.tzinfo is None:
        return _NO_INSTANT
    return at.astimezone(UTC)


def _remarks(app: web.Application, command: Do) -> tuple[Remark, ...]:
    public = command.visibility != Visibility.PRIVATE
    room = RoomName(command.room)
    return app[DESK].check(room, (command.text or "").strip(), public=public)


async def _pick(app: web.Application, agent: Agent, command: Do) -> Ticket | Refusal:
    """Take a line of the room's live list; its words are ours, never the browser's."""
    view = app[ROOMS].views.get(RoomName(command.room))
    line = next(
        (
            line
            for line in (view.lines if view is not None else ())
            if line.id == command.line and line.kind == "viewer" and line.viewer
        ),
        None,
    )
    if view is None or line is None:
        return _GONE
    viewer = Viewer(key=ViewerKey(line.viewer), name=line.name)
    return await app[DESK].pick(agent, view.room, viewer, EventId(line.id), line.text)
