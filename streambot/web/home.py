"""GET /home: what roles that don't work the desk may do today, in words, and how the rooms do."""

from __future__ import annotations

from aiohttp import web

from streambot.domain.agent import Permission, can
from streambot.domain.room import RoomMode
from streambot.web.auth import start_of
from streambot.web.keys import ROOMS, session_of
from streambot.web.pages import page, to_login


async def home(request: web.Request) -> web.Response:
    """The page; rooms are shown with their health and mode, never with a word of chat."""
    session = session_of(request)
    if session is None:
        return to_login()
    agent = session.agent
    shows = can(agent, Permission.HEALTH)
    rooms = request.app[ROOMS].views.values() if shows else ()
    return page(
        request,
        "home.html",
        agent=agent,
        keys={
            "role": f"role.{agent.role}",
            "may": f"home.{agent.role}",
            "modes": {mode.value: f"mode.{mode}" for mode in RoomMode},
        },
        csrf=session.csrf,
        console=can(agent, Permission.CLAIM),
        sees=can(agent, Permission.SEE_ACCOUNTS),
        switches=can(agent, Permission.SWITCH_MODE),
        links=can(agent, Permission.LINKS),
        start=start_of(agent.role),
        rooms=[
            {
                "name": view.room,
                "link": f"home.link_{'up' if view.link == 'connected' else 'down'}",
                "mode": str(view.mode),
                "troubles": [
                    {"zh": each.zh, "en": each.en} for each in view.troubles.values()
                ],
            }
            for view in rooms
        ],
    )
