"""POST /api/feed-ticket, and who is let in to the feed: by login and Origin, and by a ticket used once.

A browser sends a cookie whoever asks; a ticket is asked for by our own page, with its CSRF token.
It comes in the list of subprotocols, which no log and no history keeps.
"""

from __future__ import annotations

from aiohttp import web

from streambot.domain.agent import Permission
from streambot.web import problems
from streambot.web.auth import Session, allow, is_own_origin
from streambot.web.feed_tickets import LASTS
from streambot.web.keys import CLOCK, FEED_TICKETS, SETTINGS, session_of
from streambot.web.problems import Refused

#: The subprotocol of the feed, and what a ticket is offered as beside it.
PROTOCOL = "streambot.desk.v1"
OFFERED_AS = "streambot.ticket."


async def issue(request: web.Request) -> web.Response:
    """POST /api/feed-ticket."""
    session = allow(session_of(request), Permission.SEE)
    now = request.app[CLOCK].now()
    token = request.app[FEED_TICKETS].issue(session.key, now)
    return web.json_response({"ticket": token, "seconds": int(LASTS.total_seconds())})


def admit(request: web.Request) -> Session:
    """Whose console this is.

    Raises:
        Refused: another site asks, nobody is logged in, the role sees nothing of the feed, or
            the ticket is not good.
    """
    if not is_own_origin(request, required=True):
        raise Refused(problems.WRONG_ORIGIN)
    session = allow(session_of(request), Permission.SEE)
    ticket = _given(request)
    if ticket is None:
        if request.app[SETTINGS].feed_ticket_required:
            raise Refused(problems.NO_FEED_TICKET)
        return session
    now = request.app[CLOCK].now()
    if not request.app[FEED_TICKETS].redeem(ticket, session.key, now):
        raise Refused(problems.USED_FEED_TICKET)
    return session


def _given(request: web.Request) -> str | None:
    """The ticket a handshake offers; None: it has none."""
    offered = request.headers.get("Sec-WebSocket-Protocol", "")
    for each in offered.split(","):
        name = each.strip()
        if name.startswith(OFFERED_AS):
            return name.removeprefix(OFFERED_AS)
    return None
