"""The accounts over HTTP: who there is, for overseers; adding and changing them, for admins."""

from __future__ import annotations

from typing import assert_never

from aiohttp import web

from streambot.application.accounts import AccountRefusal
from streambot.domain.account import Account
from streambot.domain.agent import Agent, AgentName, Permission, can
from streambot.domain.role import LOGINS
from streambot.web import problems
from streambot.web.auth import Session, allow
from streambot.web.bodies import AccountBody, NewAccountBody, body
from streambot.web.keys import AUTH, KEEPER, session_of
from streambot.web.pages import page, to_login
from streambot.web.problems import Problem, Refused

_STATUS = {"bad_name": 400, "bad_role": 400, "no_account": 404}


async def accounts_page(request: web.Request) -> web.Response:
    """GET /accounts: everybody by name; whoever may change them finds the buttons."""
    session = session_of(request)
    if session is None:
        return to_login()
    agent = session.agent
    if not can(agent, Permission.SEE_ACCOUNTS):
        return web.Response(status=303, headers={"Location": "/home"})
    return page(
        request,
        "accounts.html",
        agent=agent,
        csrf=session.csrf,
        keeps=can(agent, Permission.ACCOUNTS),
        roles=[(role.value, f"role.{role}") for role in LOGINS],
        people=[_shown(each, agent) for each in await request.app[KEEPER].accounts()],
    )


async def add(request: web.Request) -> web.Response:
    """POST /api/accounts: make an account; its password is chosen by a link shown once."""
    session = allow(session_of(request), Permission.ACCOUNTS)
    asked = await body(request, NewAccountBody)
    done = await request.app[KEEPER].add(session.agent.name, asked.name, asked.role)
    made = given(done)
    return web.json_response(
        {"name": made.name, "link": await _link(request, session, made)}
    )


async def change(request: web.Request) -> web.Response:
    """POST /api/accounts/change: one change of one account."""
    session = allow(session_of(request), Permission.ACCOUNTS)
    asked = await body(request, AccountBody)
    keeper, by, name = request.app[KEEPER], session.agent.name, AgentName(asked.name)
    link = None
    match asked.do:
        case "role":
            role = asked.role or session.agent.role
            given(await keeper.set_role(by, name, role, anyway=asked.anyway))
        case "disable":
            given(await keeper.disable(by, name, anyway=asked.anyway))
        case "enable":
            given(await keeper.enable(by, name))
        case "end":
            keep = session.key if name == by else None
            given(await keeper.end_sessions(by, name, keep))
        case "link":
            account = given(await keeper.account(name))
            if account.disabled:
                raise Refused(problems.ACCOUNT_OFF)
            link = await _link(request, session, account)
        case _:
            assert_never(asked.do)
    return web.json_response({"name": name, "link": link})


def given(done: Account | AccountRefusal) -> Account:
    """The account.

    Raises:
        Refused: the keeper would not.
    """
    if isinstance(done, AccountRefusal):
        status = _STATUS.get(done.code, 409)
        raise Refused(Problem(status, done.code, done.zh, done.en))
    return done


async def _link(request: web.Request, session: Session, account: Account) -> str:
    token = await request.app[AUTH].invite(session.agent, account.name, account.role)
    return f"/invite?token={token}"


def _shown(account: Account, agent: Agent) -> dict[str, object]:
    login = account.last_login
    state = "off" if account.disabled else "no_password" if account.pending else "on"
    return {
        "name": account.name,
        "role": account.role.value,
        "role_words": f"role.{account.role}",
        "disabled": account.disabled,
        "state": state,
        "state_words": f"accounts.{state}",
        "self": account.name == agent.name,
        "last_login": None if login is None else login.isoformat(),
    }
