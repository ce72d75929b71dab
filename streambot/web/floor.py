"""GET /floor: the supervisor's page, rendered around its script."""

from __future__ import annotations

from aiohttp import web

from streambot.domain.agent import Permission, can
from streambot.web.keys import CLOCK, SETTINGS, session_of
from streambot.web.pages import groups_of, page, to_login


async def floor(request: web.Request) -> web.Response:
    """The page, or the way to where this person may be."""
    session = session_of(request)
    if session is None:
        return to_login()
    if not can(session.agent, Permission.SUPERVISE):
        return web.Response(status=303, headers={"Location": "/home"})
    settings = request.app[SETTINGS]
    return page(
        request,
        "floor.html",
        agent=session.agent,
        csrf=session.csrf,
        claim=int(settings.claim.total_seconds()),
        groups=groups_of(settings),
        now=request.app[CLOCK].now().isoformat(),
    )
