"""The log-in half of our emulator of Twitch: tokens checked, renewed, and made by a code."""

from __future__ import annotations

from dataclasses import dataclass, replace

from aiohttp import web

from tests.peers.eventsub_said import Json
from tests.peers.turnout import Turnout
from tests.peers.twitch_said import Account

CLIENT_ID = "the-app"
SCOPES = ("user:read:chat", "user:write:chat", "moderator:read:followers")


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """What a token allows."""

    account: Account
    scopes: tuple[str, ...] = SCOPES
    client_id: str = CLIENT_ID
    expires_in: int = 14_000


class LogIn:
    """Who may do what, by token; a refresh token works once, as a public app's does."""

    def __init__(self) -> None:
        self.grants: dict[str, Grant] = {}  # by access token
        self.refreshes: dict[str, Grant] = {}  # by refresh token
        self.visitor: Account | None = None  # confirms a code
        self.asked_before = False
        self.renewals: Turnout[str] = Turnout()
        self.validations: Turnout[str] = Turnout()

    async def validate(self, request: web.Request) -> web.Response:
        """Whose a token is."""
        token = request.headers.get("Authorization", "").partition(" ")[2]
        grant = self.grants.get(token)
        self.validations.add(token)
        if grant is None:
            told = {"status": 401, "message": "invalid access token"}
            return web.json_response(told, status=401)
        return web.json_response(
            {
                "client_id": grant.client_id,
                "login": grant.account.login,
                "user_id": grant.account.user_id,
                "scopes": list(grant.scopes),
                "expires_in": grant.expires_in,
            }
        )

    async def renew(self, request: web.Request) -> web.Response:
        """A fresh token for a refresh token that works once, as a public app's does."""
        form = await request.post()
        given = {**form, **request.query}
        if "device_code" in given:
            return self._by_device(given)
        old = self.refreshes.pop(str(given.get("refresh_token")), None)
        if old is not None and given.get("client_id") == old.client_id:
            return self._made(old)
        told = {"status": 400, "message": "Invalid refresh token"}
        return web.json_response(told, status=400)

    def _made(self, grant: Grant) -> web.Response:
        number = len(self.renewals.all) + 1
        self.grants[f"access-{number}"] = replace(grant, expires_in=14_000)
        self.refreshes[f"refresh-{number}"] = grant
        self.renewals.add(f"access-{number}")
        return web.json_response(
            {
                "access_token": f"access-{number}",
                "refresh_token": f"refresh-{number}",
                "expires_in": 14_000,
                "scope": list(grant.scopes),
                "token_type": "bearer",
            }
        )

    async def device(self, request: web.Request) -> web.Response:
        """A code for somebody to confirm."""
        form = {**await request.post(), **request.query}
        if form.get("client_id") != CLIENT_ID or not form.get("scopes"):
            told = {"status": 400, "message": "invalid client"}
            return web.json_response(told, status=400)
        return web.json_response(
            {
                "device_code": "the-device",
                "expires_in": 1800,
                "interval": 1,
                "user_code": "ABCDEFGH",
                "verification_uri": "https://www.twitch.tv/activate?device-code=ABCDEFGH",
            }
        )

    def _by_device(self, given: Json) -> web.Response:
        """Pending at the first time of asking; then *visitor* has confirmed, or nobody has."""
        known = given["device_code"] == "the-device"
        if known and not self.asked_before:
            self.asked_before = True
            told = {"status": 400, "message": "authorization_pending"}
            return web.json_response(told, status=400)
        if not known or self.visitor is None:
            told = {"status": 400, "message": "invalid device code"}
            return web.json_response(told, status=400)
        scopes = tuple(str(given["scopes"]).replace("+", " ").split())
        return self._made(Grant(account=self.visitor, scopes=scopes))
