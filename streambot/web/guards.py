"""Guards: what every request passes - headers, session, origin, CSRF - and how errors are told."""

from __future__ import annotations

import hmac

import structlog
from aiohttp import web
from aiohttp.typedefs import Handler

from streambot.errors import StoreError
from streambot.web import problems
from streambot.web.auth import COOKIE, CSRF_HEADER, is_own_origin
from streambot.web.keys import AUTH, keep_session
from streambot.web.problems import Problem, Refused, as_json

_log = structlog.get_logger()

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
#: Changing requests that come before there is a session.
_WITHOUT_SESSION = frozenset({"/api/login", "/api/invite", "/api/control/accounts"})
#: What lies behind this prefix asks for a token in a header, which no other site can send.
_BY_TOKEN = "/api/hook/"
_BY_STATUS: dict[int, Problem] = {
    404: problems.NO_PAGE,
    405: problems.WRONG_METHOD,
    413: problems.TOO_LARGE,
}


async def harden(request: web.Request, response: web.StreamResponse) -> None:
    """Add the headers that keep hostile room text harmless."""
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    if request.path.startswith("/static/"):
        response.headers["Cache-Control"] = "no-cache"
        if request.path.endswith(".js"):
            # The system's own idea of it is wrong on some Windows machines.
            response.headers["Content-Type"] = "text/javascript; charset=utf-8"
    else:
        response.headers.setdefault("Cache-Control", "no-store")


@web.middleware
async def tell_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turn whatever goes wrong into one sentence, and log what is ours without personal data."""
    try:
        return await handler(request)
    except Refused as refused:
        return as_json(refused.problem)
    except web.HTTPException as error:
        problem = _BY_STATUS.get(error.status)
        if problem is None:
            raise
        return as_json(problem)
    except StoreError as error:
        _log.error("request_without_store", error=str(error))
        return as_json(problems.STORE_DOWN)
    except Exception:
        resource = request.match_info.route.resource
        _log.exception(
            "request_failed",
            method=request.method,
            route=resource.canonical if resource is not None else None,
        )
        return as_json(problems.BROKEN)


@web.middleware
async def know_session(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Find out who asks; refuse changes that other sites or old pages make."""
    token = request.cookies.get(COOKIE, "")
    session = await request.app[AUTH].session(token) if token else None
    if session is not None:
        keep_session(request, session)
    if request.method not in _SAFE:
        if not is_own_origin(request, required=False):
            raise Refused(problems.WRONG_ORIGIN)
        by_token = request.path.startswith(_BY_TOKEN)
        if request.path not in _WITHOUT_SESSION and not by_token:
            if session is None:
                raise Refused(problems.LOG_IN)
            given = request.headers.get(CSRF_HEADER, "")
            if not hmac.compare_digest(given.encode(), session.csrf.encode()):
                raise Refused(problems.WRONG_CSRF)
    return await handler(request)
