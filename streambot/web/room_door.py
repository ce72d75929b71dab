"""Who is let in to a room's board or hook: whoever brings its token, never an address alone.

A page brings it in the list of subprotocols, which no log and no history keeps; it came to the page
behind the ``#`` of its link, which browsers never send. Programs may use ``Authorization`` instead.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from aiohttp import web

from streambot.application.room_access import LONGEST_TOKEN, hashed
from streambot.domain.room import RoomName
from streambot.ports.room_tokens import RoomToken, Scope
from streambot.web import problems
from streambot.web.auth import is_own_origin
from streambot.web.keys import ACCESS, ROOMS
from streambot.web.problems import Refused

_OFFERED_AS = "streambot.token."
_BEARER = "Bearer "


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """What a request may reach."""

    token: RoomToken
    key: str = field(repr=False)  # hash of the secret

    @property
    def room(self) -> RoomName:
        """The one room it opens."""
        return self.token.room


async def admitted(request: web.Request, scope: Scope) -> Access:
    """What the request's token opens.

    Raises:
        Refused: another site asks, or the token is none, revoked or another room's.
    """
    if not is_own_origin(request, required=False):
        raise Refused(problems.WRONG_ORIGIN)
    room = RoomName(request.match_info["room"])
    secret = _given(request)
    if secret and len(secret) <= LONGEST_TOKEN:
        key = hashed(secret)
        token = await request.app[ACCESS].opens(key, room, scope)
        if token is not None and room in request.app[ROOMS].views:
            return Access(token=token, key=key)
    raise Refused(problems.NO_TOKEN)


def _given(request: web.Request) -> str:
    header = request.headers.get("Authorization", "")
    if header.startswith(_BEARER):
        return header.removeprefix(_BEARER).strip()
    for each in request.headers.get("Sec-WebSocket-Protocol", "").split(","):
        if each.strip().startswith(_OFFERED_AS):
            return each.strip().removeprefix(_OFFERED_AS)
    return ""
