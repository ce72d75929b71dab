"""Login and logout: by password, or once by the link that ``make run`` prints."""

from __future__ import annotations

from aiohttp import web

from streambot.domain.audit import Act
from streambot.ports.accounts import Ending
from streambot.web.audit import note
from streambot.web.auth import COOKIE, LONGEST, Opened
from streambot.web.bodies import LoginBody, body
from streambot.web.feed import LOGGED_OUT
from streambot.web.keys import AUTH, SETTINGS, SOCKETS, session_of
from streambot.web.pages import login_page


async def log_in(request: web.Request) -> web.Response:
    """POST /api/login."""
    asked = await body(request, LoginBody)
    opened = await request.app[AUTH].log_in(
        asked.name,
        asked.password,
        address_of(request),
        device=request.headers.get("User-Agent", ""),
        instead_of=session_of(request),
    )
    response = web.json_response({"csrf": opened.csrf, "start": opened.start})
    set_cookie(request, response, opened)
    return response


async def log_out(request: web.Request) -> web.Response:
    """POST /api/logout: end this login and every console it opened."""
    session = session_of(request)
    if session is not None:
        await request.app[AUTH].log_out(session)
        await note(request, session, Act.LOGOUT)
        request.app[SOCKETS].end(session.key, LOGGED_OUT)
    response = web.json_response({})
    response.del_cookie(COOKIE, path="/")
    return response


async def login(request: web.Request) -> web.Response:
    """GET /login: the form; with ``?once=TOKEN`` a login by that link, the first time."""
    once = request.query.get("once")
    if once is None:
        ended = await request.app[AUTH].why_ended(request.cookies.get(COOKIE, ""))
        told = None if ended in (None, Ending.LOGGED_OUT) else f"login.ended_{ended}"
        return login_page(request, problem=told)
    opened = await request.app[AUTH].log_in_once(
        once, request.headers.get("User-Agent", "")
    )
    if opened is None:
        return login_page(request, problem="login.once_used", status=401)
    response = web.Response(status=303, headers={"Location": "/"})
    set_cookie(request, response, opened)
    return response


def address_of(request: web.Request) -> str:
    """Where a request comes from; a proxy on this machine is asked where it has it from."""
    peer = request.remote or ""
    told = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    if request.app[SETTINGS].https and peer in ("127.0.0.1", "::1") and told:
        return told[:LONGEST]
    return peer


def set_cookie(request: web.Request, response: web.Response, opened: Opened) -> None:
    """Give the browser its new login."""
    settings = request.app[SETTINGS]
    response.set_cookie(
        COOKIE,
        opened.token,
        max_age=int(settings.session_lasts.total_seconds()),
        path="/",
        httponly=True,
        samesite="Strict",
        secure=settings.https or request.secure,
    )
