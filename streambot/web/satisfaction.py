"""GET /api/satisfaction: how the viewers each agent helped rated it, over the last days."""

from __future__ import annotations

from datetime import timedelta

import msgspec
from aiohttp import web

from streambot.domain.agent import Permission
from streambot.domain.rating_figures import rating_figures
from streambot.web.auth import allow
from streambot.web.keys import ARCHIVE, CLOCK, session_of

#: So many days at most, and by default.
_MOST, _USUAL = 366, 7


async def figures(request: web.Request) -> web.Response:
    """``{days, agents: [{agent, asked, rated, low, mean}]}``; supervisors only."""
    allow(session_of(request), Permission.SUPERVISE)
    wish = request.query.get("days", "")
    days = int(wish) if wish.isascii() and wish.isdigit() and len(wish) < 5 else _USUAL
    days = min(max(days, 1), _MOST)
    since = request.app[CLOCK].now() - timedelta(days=days)
    ratings = await request.app[ARCHIVE].ratings(since)
    body = {"days": days, "agents": rating_figures(ratings)}
    return web.Response(body=msgspec.json.encode(body), content_type="application/json")
