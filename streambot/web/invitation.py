"""Invitations: who holds a link chooses the password of one account, once, and is logged in."""

from __future__ import annotations

from aiohttp import web

from streambot.web import problems
from streambot.web.accounts import given
from streambot.web.auth import LONGEST
from streambot.web.bodies import InviteBody, body
from streambot.web.keys import AUTH, KEEPER
from streambot.web.login import set_cookie
from streambot.web.me import refuse_weak
from streambot.web.pages import login_page, page
from streambot.web.problems import Refused


async def invite(request: web.Request) -> web.Response:
    """GET /invite?token=TOKEN: the form; looking at it uses nothing up."""
    token = request.query.get("token", "")[:LONGEST]
    name = await request.app[AUTH].invited(token)
    if name is None:
        return login_page(request, problem="login.invitation_used", status=401)
    return page(request, "invite.html", name=name, token=token)


async def accept(request: web.Request) -> web.Response:
    """POST /api/invite: take the password and log in; the first alone succeeds."""
    asked = await body(request, InviteBody)
    auth, token = request.app[AUTH], asked.token[:LONGEST]
    name = await auth.invited(token)
    if name is None:
        raise Refused(problems.INVITATION_USED)
    refuse_weak(asked.password, name)
    hashed = await auth.hashed(asked.password)
    if await auth.accept(token) is None:
        raise Refused(problems.INVITATION_USED)
    given(await request.app[KEEPER].set_password(name, name, hashed))
    opened = await auth.open(name, request.headers.get("User-Agent", ""))
    if opened is None:
        raise Refused(problems.INVITATION_USED)
    response = web.json_response({"start": opened.start})
    set_cookie(request, response, opened)
    return response
