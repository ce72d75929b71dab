"""Keyring: one account's token, checked every hour and renewed when Twitch wants a new one."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Final, TypeVar

import msgspec

from streambot.adapters.rooms.json_frame import UNREADABLE
from streambot.adapters.rooms.twitch import frames
from streambot.adapters.rooms.twitch.http import Answer, Http, Unanswered
from streambot.adapters.rooms.twitch.tokens import TokenPlace, Tokens
from streambot.adapters.rooms.twitch.why import Why
from streambot.errors import RoomRefused

#: Twitch demands a check every hour.
CHECK_EVERY: Final = timedelta(hours=1)
#: A token that ends before the check after next is renewed now.
_ENDS_SOON = CHECK_EVERY + timedelta(minutes=10)

T = TypeVar("T")


class Keyring:
    """Of one link; rooms that share a file find each other's renewed tokens there."""

    def __init__(
        self, place: TokenPlace, http: Http, why: Why, *, login: str, client_id: str
    ) -> None:
        self._place = place
        self._http = http
        self._why = why
        self._login = login
        self._client_id = client_id
        self._tokens = Tokens(access="")

    async def check(self) -> frames.Validity:
        """Whose the token is and what it may; it is renewed first where it has to be.

        Raises:
            RoomRefused: it is no good, or another app's.
            RoomUnreachable: Twitch doesn't tell.
        """
        self._tokens = await asyncio.to_thread(self._place.load)
        found = await self._validity()
        if found is None:
            await self.renew(self._tokens.access)
            found = await self._validity()
        elif self._tokens.refresh and found.expires_in:
            if timedelta(seconds=found.expires_in) < _ENDS_SOON:
                await self.renew(self._tokens.access)
                found = await self._validity()
        if found is None:
            raise self._why.worn_out()
        if found.client_id != self._client_id:
            raise self._why.other_app()
        return found

    async def ask(self, method: str, url: str, **what: object) -> Answer:
        """A request as our account; a token that wore out is renewed once in between.

        Raises:
            Unanswered: no answer came.
            RoomRefused: the token is no good and can't be renewed.
        """
        token = self._tokens.access
        answer = await self._http.ask(method, url, self._headers(token), **what)
        if answer.status != 401:
            return answer
        await self.renew(token)
        headers = self._headers(self._tokens.access)
        return await self._http.ask(method, url, headers, **what)

    async def renew(self, old: str) -> None:
        """Another token than *old*: one that somebody put into the file, else a new one.

        Raises:
            RoomRefused: there is none.
            RoomUnreachable: Twitch doesn't answer.
        """
        async with self._place.turn:
            if self._tokens.access != old or await self._is_another(old):
                return
            try:
                self._tokens = await self._made_new(self._tokens)
            except RoomRefused:
                if await self._is_another(old):  # another program was quicker
                    return
                raise
            await asyncio.to_thread(self._place.keep, self._tokens)

    async def _is_another(self, old: str) -> bool:
        """Whether the token that is kept by now is another than *old*."""
        self._tokens = await asyncio.to_thread(self._place.load)
        return self._tokens.access != old

    async def _made_new(self, tokens: Tokens) -> Tokens:
        if not tokens.refresh:
            raise self._why.worn_out()
        form = {
            "grant_type": "refresh_token",
            "refresh_token": tokens.refresh,
            "client_id": self._client_id,
        }
        if tokens.secret:
            form["client_secret"] = tokens.secret
        try:
            answer = await self._http.ask("POST", f"{self._login}/token", {}, data=form)
        except Unanswered as error:
            raise self._why.unreachable("换令牌没有应答", "no new token") from error
        if answer.status in {400, 401, 403}:
            raise self._why.worn_out()
        made = read(answer, frames.Renewed)
        if made is None or not made.access_token:
            raise self._why.answered("oauth2/token", answer.status)
        return tokens.renewed(made.access_token, made.refresh_token)

    async def _validity(self) -> frames.Validity | None:
        """None: the token is no good."""
        token = self._tokens.access
        if not token:
            return None
        headers = {"Authorization": f"OAuth {token}"}
        try:
            answer = await self._http.ask("GET", f"{self._login}/validate", headers)
        except Unanswered as error:
            raise self._why.unreachable("验证令牌没有应答", "no validation") from error
        if answer.status == 401:
            return None
        found = read(answer, frames.Validity)
        if found is None:
            raise self._why.answered("oauth2/validate", answer.status)
        return found

    def _headers(self, token: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {token}", "Client-Id": self._client_id}


def read(answer: Answer, kind: type[T]) -> T | None:
    """What a good answer says; None for any other."""
    if answer.status not in {200, 202}:
        return None
    try:
        return msgspec.json.decode(answer.body, type=kind)
    except UNREADABLE:
        return None
