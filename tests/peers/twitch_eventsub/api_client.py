"""A bot on twitchAPI's EventSubWebsocket, told on stdin what to say; it reports on stdout."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from typing import Any

from twitchAPI.eventsub.websocket import (  # type: ignore[import-not-found]
    EventSubWebsocket,
)
from twitchAPI.oauth import CodeFlow  # type: ignore[import-not-found]
from twitchAPI.twitch import Twitch  # type: ignore[import-not-found]
from twitchAPI.type import AuthScope  # type: ignore[import-not-found]


def report(**fact: Any) -> None:
    """One line of what happened."""
    sys.stdout.write(json.dumps(fact) + "\n")  # at once: several threads report
    sys.stdout.flush()


async def heard(told: Any) -> None:
    """Somebody wrote."""
    line = told.event
    report(
        heard=line.message.text,
        id=line.message_id,
        user=line.chatter_user_id,
        name=line.chatter_user_name,
        badges=[badge.set_id for badge in line.badges],
    )


async def deleted(told: Any) -> None:
    """A line was taken back."""
    report(deleted=told.event.message_id)


async def followed(told: Any) -> None:
    """Somebody follows."""
    report(followed=told.event.user_id)


async def online(told: Any) -> None:
    """The broadcast began."""
    report(online=told.event.id)


async def offline(_: Any) -> None:
    """The broadcast ended."""
    report(offline=True)


async def revoked(told: Any) -> None:
    """A topic is told no more."""
    report(revoked=told["subscription"]["status"])


async def main(port: str, client_id: str, us: str, shop: str) -> None:
    """Follow the channel until stdin ends."""
    base = f"http://127.0.0.1:{port}"
    twitch = Twitch(
        client_id,
        authenticate_app=False,
        base_url=f"{base}/helix/",
        auth_base_url=f"{base}/oauth2/",
    )
    scopes = [
        AuthScope.USER_READ_CHAT,
        AuthScope.USER_WRITE_CHAT,
        AuthScope.MODERATOR_READ_FOLLOWERS,
    ]
    flow = CodeFlow(twitch, scopes, auth_base_url=f"{base}/oauth2/")
    code, where = await flow.get_code()
    token, refresh = await flow.wait_for_auth_complete()
    report(code=code, where=where)
    await twitch.set_user_authentication(token, scopes, refresh)
    sub = EventSubWebsocket(
        twitch,
        connection_url=f"ws://127.0.0.1:{port}/ws",
        subscription_url=f"{base}/helix/",
        revocation_handler=revoked,
    )
    sub.start()
    await sub.listen_channel_chat_message(shop, us, heard)
    await sub.listen_channel_chat_message_delete(shop, us, deleted)
    await sub.listen_channel_follow_v2(shop, us, followed)
    await sub.listen_stream_online(shop, online)
    await sub.listen_stream_offline(shop, offline)
    report(ready=True)
    while line := await asyncio.to_thread(sys.stdin.readline):
        sent = await twitch.send_chat_message(shop, us, json.loads(line)["say"])
        why = sent.drop_reason.code if sent.drop_reason else None
        report(sent=sent.is_sent, id=sent.message_id, why=why)
    os._exit(0)  # its own threads would outlive it


asyncio.run(main(*sys.argv[1:]))
