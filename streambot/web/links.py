"""Links to boards and hooks: who may make them, what they are called, and revoking them."""

from __future__ import annotations

from aiohttp import web

from streambot.domain.agent import Permission, can
from streambot.ports.room_tokens import RoomToken
from streambot.web import problems
from streambot.web.auth import allow, start_of
from streambot.web.bodies import LinkBody, body
from streambot.web.keys import ACCESS, ROOMS, session_of
from streambot.web.pages import page, to_login
from streambot.web.problems import Refused
from streambot.web.rooms import room_of


async def links_page(request: web.Request) -> web.Response:
    """GET /links: every room's links, for whoever may make them."""
    session = session_of(request)
    if session is None:
        return to_login()
    if not can(session.agent, Permission.LINKS):
        return web.Response(status=303, headers={"Location": "/home"})
    access = request.app[ACCESS]
    return page(
        request,
        "links.html",
        agent=session.agent,
        csrf=session.csrf,
        start=start_of(session.agent.role),
        rooms=[
            {
                "name": room,
                "links": [
                    {**_shown(each), "words": f"links.{each.scope}"}
                    for each in await access.of(room)
                ],
            }
            for room in request.app[ROOMS].views
        ],
    )


async def listed(request: web.Request) -> web.Response:
    """GET /api/rooms/<name>/links."""
    allow(session_of(request), Permission.LINKS)
    links = await request.app[ACCESS].of(room_of(request))
    return web.json_response({"links": [_shown(each) for each in links]})


async def make(request: web.Request) -> web.Response:
    """POST /api/rooms/<name>/links: a new one; its secret is told this once."""
    session = allow(session_of(request), Permission.LINKS)
    asked, room = await body(request, LinkBody), room_of(request)
    label = " ".join(asked.label.split())
    made = await request.app[ACCESS].make(session.agent, room, asked.scope, label)
    if made is None:
        raise Refused(problems.TOO_MANY_LINKS)
    token, secret = made
    return web.json_response({**_shown(token), "token": secret})


async def revoke(request: web.Request) -> web.Response:
    """POST /api/rooms/<name>/links/<id>/revoke."""
    session = allow(session_of(request), Permission.LINKS)
    room, name = room_of(request), request.match_info["link"]
    if not await request.app[ACCESS].revoke(session.agent, room, name):
        raise Refused(problems.NO_LINK)
    return web.json_response({})


def _shown(token: RoomToken) -> dict[str, object]:
    seen = token.seen_at
    return {
        "id": token.id,
        "scope": token.scope.value,
        "label": token.label,
        "by": token.made_by,
        "made_at": token.made_at.isoformat(),
        "seen_at": None if seen is None else seen.isoformat(),
    }
