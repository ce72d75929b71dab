"""One's own account over HTTP: its password, and where else one is logged in."""

from __future__ import annotations

from aiohttp import web

from streambot.domain.agent import Permission, can
from streambot.domain.password import why_weak
from streambot.ports.accounts import SessionRow
from streambot.web import problems
from streambot.web.accounts import given
from streambot.web.auth import Session, allow, start_of
from streambot.web.bodies import EndBody, PasswordBody, body
from streambot.web.device import device_words
from streambot.web.feed import LOGGED_OUT
from streambot.web.keys import AUTH, KEEPER, SOCKETS, session_of
from streambot.web.login import address_of
from streambot.web.pages import page, to_login
from streambot.web.problems import Problem, Refused


async def me(request: web.Request) -> web.Response:
    """GET /me: who one is, one's password and one's logins."""
    session = session_of(request)
    if session is None:
        return to_login()
    agent = session.agent
    account = given(await request.app[KEEPER].account(agent.name))
    return page(
        request,
        "me.html",
        agent=agent,
        role=f"role.{agent.role}",
        start=start_of(agent.role),
        csrf=session.csrf,
        pending=account.pending,
        sees=can(agent, Permission.SEE_ACCOUNTS),
        logins=[
            _shown(row, session) for row in await request.app[AUTH].sessions(agent.name)
        ],
    )


async def password(request: web.Request) -> web.Response:
    """POST /api/me/password: another password, for who knows the old one, or never had one."""
    session = allow(session_of(request), Permission.OWN_ACCOUNT)
    asked, name = await body(request, PasswordBody), session.agent.name
    auth, keeper = request.app[AUTH], request.app[KEEPER]
    refuse_weak(asked.password, name)
    if not given(await keeper.account(name)).pending and not await auth.is_password(
        name, asked.old, address_of(request)
    ):
        raise Refused(problems.WRONG_OLD_PASSWORD)
    hashed = await auth.hashed(asked.password)
    given(await keeper.set_password(name, name, hashed, keep=session.key))
    return web.json_response({})


async def end(request: web.Request) -> web.Response:
    """POST /api/me/end: end one other login, or all others."""
    session = allow(session_of(request), Permission.OWN_ACCOUNT)
    asked, name = await body(request, EndBody), session.agent.name
    if asked.login is None:
        given(await request.app[KEEPER].end_sessions(name, name, session.key))
        return web.json_response({})
    for key in await request.app[AUTH].end_one(name, asked.login):
        request.app[SOCKETS].end(key, LOGGED_OUT)
    return web.json_response({})


def refuse_weak(password: str, name: str) -> None:
    """Let only a good password pass.

    Raises:
        Refused: others would guess it.
    """
    weak = why_weak(password, name)
    if weak is not None:
        raise Refused(Problem(400, "weak_password", weak.zh, weak.en))


def _shown(row: SessionRow, session: Session) -> dict[str, object]:
    return {
        "id": row.id,
        "device": device_words(row.device),
        "user_agent": row.device,
        "opened_at": row.opened_at.isoformat(),
        "seen_at": row.seen_at.isoformat(),
        "here": session.key.startswith(row.id),
    }
