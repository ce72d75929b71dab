"""Panic keys over HTTP: all rooms to people, to the assistant or to silence, and back."""

from __future__ import annotations

from typing import Literal

import msgspec
from aiohttp import web

from streambot.domain.agent import Permission
from streambot.domain.room import RoomMode
from streambot.web import problems
from streambot.web.auth import allow
from streambot.web.bodies import body
from streambot.web.keys import PANIC, session_of
from streambot.web.problems import Refused

BACK = "back"


class PanicBody(msgspec.Struct, kw_only=True):
    """POST /api/panic: the mode of all rooms, or every room back to what it had."""

    to: Literal["people", "answering", "silent", "back"]


async def press(request: web.Request) -> web.Response:
    """POST /api/panic."""
    session = allow(session_of(request), Permission.PANIC)
    asked = await body(request, PanicBody)
    panic = request.app[PANIC]
    if asked.to != BACK:
        await panic.switch_all(session.agent, RoomMode(asked.to))
    elif await panic.back(session.agent) is None:
        raise Refused(problems.NO_PANIC)
    return await standing(request)


async def standing(request: web.Request) -> web.Response:
    """GET /api/panic: the panic that stands, with what each room had before; null: none."""
    allow(session_of(request), Permission.PANIC)
    row = await request.app[PANIC].standing()
    if row is None:
        return web.json_response({"standing": None})
    deed = row.deed
    shown = {
        "mode": deed.object,
        "by": deed.actor,
        "at": deed.at.isoformat(),
        "before": dict(deed.data),
    }
    return web.json_response({"standing": shown})
