"""OAuth: access tokens from a refresh token, renewed before they run out, one at a time."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from streambot.adapters.rooms.youtube.told import NotUnderstood, Told
from streambot.adapters.rooms.youtube.web import Web
from streambot.adapters.rooms.youtube.why import Why
from streambot.ports.clock import Clock

TOKEN_URL = "https://oauth2.googleapis.com/token"
#: A token is renewed so long before its end.
_EARLY = timedelta(seconds=60)
_LEAST = 60
_ANSWER_WITHIN = timedelta(seconds=15)
_SERVER_FAULT = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """Which program asks, for which channel."""

    client_id: str
    secret: str = field(repr=False)
    refresh: str = field(repr=False)


class Tokens:
    """The access token of one room, over all its links."""

    def __init__(self, access: Access, url: str, why: Why, clock: Clock) -> None:
        self._access = access
        self._url = url
        self._why = why
        self._clock = clock
        self._token = ""
        self._until: datetime | None = None
        self._turn = asyncio.Lock()

    def forget(self, token: str) -> None:
        """*token* was refused."""
        if token == self._token:
            self._token = ""

    def drop(self) -> None:
        """Whatever token there is is no longer good."""
        self._token = ""

    async def get(self, web: Web) -> str:
        """A token that is good.

        Raises:
            RoomUnreachable: there is no answer.
            RoomRefused: the refresh token or the program is not known.
        """
        async with self._turn:
            now = self._clock.now()
            if self._token and self._until is not None and now < self._until:
                return self._token
            form = {
                "client_id": self._access.client_id,
                "client_secret": self._access.secret,
                "refresh_token": self._access.refresh,
                "grant_type": "refresh_token",
            }
            answer = await web.ask("POST", self._url, _ANSWER_WITHIN, form=form)
            try:
                told = Told.of(answer.body)
            except NotUnderstood as error:
                raise self._why.broken() from error
            if answer.status >= _SERVER_FAULT:
                status = f"HTTP {answer.status}"
                raise self._why.unreachable(status, status)
            token = told.text("access_token", 4000)
            if not token:
                raise self._why.refused(
                    told.text("error"), told.text("error_description")
                )
            lasts = timedelta(seconds=max(_LEAST, told.number("expires_in")))
            self._token, self._until = token, now + lasts - _EARLY
            return token
