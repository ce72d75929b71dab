"""Whose a token is, told over HTTP on the chat's own port for clients that ask first."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from websockets.asyncio.server import ServerConnection
from websockets.datastructures import Headers
from websockets.http11 import Request, Response

from tests.peers.twitch_said import Account


def whose_tokens(
    accounts: Mapping[str, Account],
) -> Callable[[ServerConnection, Request], Response | None]:
    """What answers a request that wants no WebSocket."""

    def answer(_: ServerConnection, request: Request) -> Response | None:
        if not request.path.startswith("/oauth2/validate"):
            return None
        token = request.headers.get("Authorization", "").partition(" ")[2]
        account = accounts.get(token)
        told: dict[str, object] = {"status": 401, "message": "invalid access token"}
        if account is not None:
            told = {
                "client_id": "the-client",
                "login": account.login,
                "user_id": account.user_id,
                "scopes": ["chat:read", "chat:edit"],
                "expires_in": 5_000_000,
            }
        body = json.dumps(told).encode()
        headers = Headers({"Content-Type": "application/json", "Connection": "close"})
        headers["Content-Length"] = str(len(body))
        return Response(200 if account else 401, "OK", headers, body)

    return answer
