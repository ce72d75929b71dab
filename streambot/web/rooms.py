"""Rooms over HTTP: switch a room's mode, and settle lines a person reads out."""

from __future__ import annotations

from aiohttp import web

from streambot.domain.agent import Permission
from streambot.domain.audit import Act
from streambot.domain.reply import LineId
from streambot.domain.room import RoomName
from streambot.web import problems
from streambot.web.audit import note
from streambot.web.auth import allow
from streambot.web.bodies import ModeBody, ProductBody, body
from streambot.web.keys import ROOMS, session_of
from streambot.web.problems import Refused


async def set_mode(request: web.Request) -> web.Response:
    """POST /api/rooms/<name>/mode."""
    session = allow(session_of(request), Permission.SWITCH_MODE)
    asked = await body(request, ModeBody)
    room = room_of(request)
    await request.app[ROOMS].set_mode(room, asked.mode, session.agent.name)
    return web.json_response({"room": room, "mode": asked.mode.value})


async def list_products(request: web.Request) -> web.Response:
    """GET /api/rooms/<name>/products: what may be put on screen."""
    allow(session_of(request), Permission.READ_BOOK)
    view = request.app[ROOMS].views[room_of(request)]
    products = [
        {"id": each.id, "link": each.link, "name": each.name} for each in view.products
    ]
    return web.json_response({"products": products})


async def show_product(request: web.Request) -> web.Response:
    """POST /api/rooms/<name>/product."""
    session = allow(session_of(request), Permission.SHOW_PRODUCT)
    asked = await body(request, ProductBody)
    room = room_of(request)
    name = None if asked.product is None else str(asked.product)
    if not await request.app[ROOMS].show_product(room, name, session.agent.name):
        raise Refused(problems.NO_PRODUCT)
    return web.json_response({})


async def mark_said(request: web.Request) -> web.Response:
    """POST /api/rooms/<name>/prompter/<line>/said."""
    session = allow(session_of(request), Permission.MARK_SAID)
    room, line = room_of(request), _line(request)
    answer = _settled(
        await request.app[ROOMS].mark_said(room, line, session.agent.name)
    )
    await note(request, session, Act.PROMPTER_SAID, object=line, room=room)
    return answer


async def skip_line(request: web.Request) -> web.Response:
    """POST /api/rooms/<name>/prompter/<line>/skip."""
    session = allow(session_of(request), Permission.MARK_SAID)
    room, line = room_of(request), _line(request)
    answer = _settled(
        await request.app[ROOMS].skip_line(room, line, session.agent.name)
    )
    await note(request, session, Act.PROMPTER_SKIPPED, object=line, room=room)
    return answer


def room_of(request: web.Request) -> RoomName:
    """The room a request names.

    Raises:
        Refused: there is no such room.
    """
    room = RoomName(request.match_info["room"])
    if room not in request.app[ROOMS].views:
        raise Refused(problems.NO_ROOM)
    return room


def _line(request: web.Request) -> LineId:
    return LineId(request.match_info["line"])


def _settled(done: bool) -> web.Response:
    if not done:
        raise Refused(problems.LINE_GONE)
    return web.json_response({})
