"""POST /api/control/accounts: commands of this machine act on the running bot's accounts."""

from __future__ import annotations

import hmac
from ipaddress import ip_address

import msgspec
from aiohttp import web

from streambot.application.account_orders import AccountOrder, as_reply, carry_out
from streambot.web import problems
from streambot.web.bodies import body
from streambot.web.keys import CONTROL_KEY, KEEPER
from streambot.web.problems import Refused

KEY_HEADER = "X-Control-Key"


async def accounts(request: web.Request) -> web.Response:
    """Do one order of ``streambot user``; only for who can read the key in the data directory."""
    known, given = request.app[CONTROL_KEY], request.headers.get(KEY_HEADER, "")
    if not known or not hmac.compare_digest(given.encode(), known.encode()):
        raise Refused(problems.LOG_IN)
    if not is_here(request.remote):
        raise Refused(problems.FORBIDDEN)
    done = await carry_out(request.app[KEEPER], await body(request, AccountOrder))
    return web.Response(
        body=msgspec.json.encode(as_reply(done)), content_type="application/json"
    )


def is_here(address: str | None) -> bool:
    """Whether an address is this machine's own."""
    try:
        return ip_address(address or "").is_loopback
    except ValueError:
        return False
