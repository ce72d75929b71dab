"""Device: the log-in that needs no secret - a person confirms a code on Twitch's own page."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

import msgspec

from streambot.adapters.rooms.json_frame import UNREADABLE
from streambot.adapters.rooms.twitch.frames import Renewed
from streambot.adapters.rooms.twitch.http import Answer, Http, Unanswered
from streambot.adapters.rooms.twitch.keyring import read
from streambot.adapters.rooms.twitch.tokens import Tokens
from streambot.adapters.rooms.twitch.topics import FOLLOWERS, READ, WRITE
from streambot.adapters.rooms.twitch.why import Why
from streambot.ports.clock import Clock

_GRANT = "urn:ietf:params:oauth:grant-type:device_code"
_SCOPES = f"{READ} {WRITE} {FOLLOWERS}"
_PENDING = "authorization_pending"
_EVERY_LEAST, _EVERY_MOST = 1, 60


class Asked(msgspec.Struct, frozen=True):
    """What a person has to confirm, and where."""

    device_code: str
    user_code: str
    verification_uri: str
    interval: int = 5
    expires_in: int = 1800


class _Refusal(msgspec.Struct, frozen=True):
    message: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceLogin:
    """One log-in of one app."""

    login: str
    client_id: str
    http: Http
    clock: Clock
    why: Why = field(repr=False)

    async def begin(self) -> Asked:
        """Ask Twitch for a code.

        Raises:
            RoomError: it gives none: no such app, or no answer.
        """
        answer = await self._ask("device", scopes=_SCOPES)
        asked = read(answer, Asked)
        if asked is None:
            raise self.why.no_code(answer.status)
        return asked

    async def confirmed(self, asked: Asked) -> Tokens:
        """The tokens, once the person has confirmed.

        Raises:
            RoomError: refused, too late, or no answer.
        """
        every = min(max(asked.interval, _EVERY_LEAST), _EVERY_MOST)
        for _ in range(max(1, asked.expires_in // every)):
            answer = await self._ask(
                "token",
                scopes=_SCOPES,
                device_code=asked.device_code,
                grant_type=_GRANT,
            )
            made = read(answer, Renewed)
            if made is not None and made.access_token:
                return Tokens(access=made.access_token, refresh=made.refresh_token)
            if not _is_pending(answer):
                break
            await self.clock.sleep(timedelta(seconds=every))
        raise self.why.not_confirmed()

    async def _ask(self, what: str, **form: str) -> Answer:
        form["client_id"] = self.client_id
        try:
            return await self.http.ask("POST", f"{self.login}/{what}", {}, data=form)
        except Unanswered as error:
            raise self.why.unreachable("没有应答", "no answer") from error


def _is_pending(answer: Answer) -> bool:
    try:
        refusal = msgspec.json.decode(answer.body, type=_Refusal)
    except UNREADABLE:
        return False
    return answer.status == 400 and refusal.message.lower() == _PENDING
