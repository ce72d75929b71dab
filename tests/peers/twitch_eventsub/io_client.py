"""A bot on twitchio, told on stdin what to say; it reports on stdout what it hears."""

from __future__ import annotations

import asyncio
import json
import sys
from typing import Any

import twitchio  # type: ignore[import-not-found]
from twitchio import eventsub
from twitchio.eventsub import websockets  # type: ignore[import-not-found]
from twitchio.http import Route  # type: ignore[import-not-found]


def report(**fact: Any) -> None:
    """One line of what happened."""
    sys.stdout.write(json.dumps(fact) + "\n")  # at once: several threads report
    sys.stdout.flush()


class Bot(twitchio.Client):  # type: ignore[misc]
    """Reports."""

    async def event_message(self, line: Any) -> None:
        """Somebody wrote."""
        report(
            heard=line.text,
            id=line.id,
            user=line.chatter.id,
            name=line.chatter.display_name,
            badges=[badge.set_id for badge in line.badges],
        )

    async def event_message_delete(self, gone: Any) -> None:
        """A line was taken back."""
        report(deleted=gone.message_id)

    async def event_follow(self, follow: Any) -> None:
        """Somebody follows."""
        report(followed=follow.user.id)

    async def event_stream_online(self, stream: Any) -> None:
        """The broadcast began."""
        report(online=stream.id)

    async def event_stream_offline(self, _: Any) -> None:
        """The broadcast ended."""
        report(offline=True)

    async def event_subscription_revoked(self, gone: Any) -> None:
        """A topic is told no more."""
        report(revoked=gone.reason.value)

    async def event_websocket_welcome(self, welcome: Any) -> None:
        """A socket is open."""
        report(welcome=welcome.id)


async def main(port: str, client_id: str, us: str, shop: str) -> None:
    """Follow the channel until stdin ends."""
    websockets.WSS = f"ws://127.0.0.1:{port}/ws"
    Route.BASE = f"http://127.0.0.1:{port}/helix/"
    Route.ID_BASE = f"http://127.0.0.1:{port}/"
    scopes = twitchio.Scopes(
        ["user:read:chat", "user:write:chat", "moderator:read:followers"]
    )
    bot = Bot(client_id=client_id, bot_id=us, scopes=scopes)
    http = bot._http
    asked = await http.device_code_flow()
    made = await http.device_code_authorization(
        device_code=asked["device_code"], interval=asked["interval"]
    )
    report(code=asked["user_code"], where=asked["verification_uri"])
    token, refresh = made["access_token"], made["refresh_token"]
    await bot.login(token=token, load_tokens=False, save_tokens=False)
    await bot.add_token(token, refresh)
    chat = {"broadcaster_user_id": shop, "user_id": us}
    for topic in (
        eventsub.ChatMessageSubscription(**chat),
        eventsub.ChatMessageDeleteSubscription(**chat),
        eventsub.ChannelFollowSubscription(
            broadcaster_user_id=shop, moderator_user_id=us
        ),
        eventsub.StreamOnlineSubscription(broadcaster_user_id=shop),
        eventsub.StreamOfflineSubscription(broadcaster_user_id=shop),
    ):
        await bot.subscribe_websocket(payload=topic, as_bot=True)
    report(ready=True)
    channel = bot.create_partialuser(shop)
    while line := await asyncio.to_thread(sys.stdin.readline):
        try:
            sent = await channel.send_message(
                message=json.loads(line)["say"], sender=us, token_for=us
            )
            report(sent=sent.sent, id=sent.id)
        except twitchio.MessageRejectedError as error:
            report(sent=False, why=error.code)
    await bot.close(save_tokens=False)


asyncio.run(main(*sys.argv[1:]))
