"""A chat bot on twitchAPI's Chat, told on stdin what to say; it reports on stdout what it hears."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from typing import Any

from twitchAPI.chat import Chat  # type: ignore[import-not-found]
from twitchAPI.twitch import Twitch  # type: ignore[import-not-found]
from twitchAPI.type import AuthScope, ChatEvent  # type: ignore[import-not-found]


def report(**fact: Any) -> None:
    """One line of what happened."""
    sys.stdout.write(json.dumps(fact) + "\n")  # at once: several threads report
    sys.stdout.flush()


async def ready(_: Any) -> None:
    """We are logged in."""
    report(connected=True)


async def joined(event: Any) -> None:
    """We, or somebody, are in the channel."""
    report(joined=event.user_name)


async def left(event: Any) -> None:
    """Somebody left."""
    report(left=event.user_name)


async def heard(message: Any) -> None:
    """Somebody wrote."""
    report(
        heard=message.text,
        id=message.id,
        user=message.user.id,
        login=message.user.name,
        name=message.user.display_name,
        first=message.first,
        sent=str(message.sent_timestamp),
        room=message.room.room_id,
        badges=message.user.badges,
    )


async def deleted(event: Any) -> None:
    """A line was taken back."""
    report(deleted=event.message_id, login=event.user_name)


async def cleared(event: Any) -> None:
    """Somebody's lines were taken back."""
    report(timeout=event.user_name)


async def notice(event: Any) -> None:
    """The server says no."""
    report(notice=event.msg_id)


HANDLERS = {
    ChatEvent.READY: ready,
    ChatEvent.JOIN: joined,
    ChatEvent.USER_LEFT: left,
    ChatEvent.MESSAGE: heard,
    ChatEvent.MESSAGE_DELETE: deleted,
    ChatEvent.CHAT_CLEARED: cleared,
    ChatEvent.NOTICE: notice,
}


async def main(port: str, login: str, token: str) -> None:
    """Chat until stdin ends."""
    twitch = Twitch(
        "the-client",
        authenticate_app=False,
        auth_base_url=f"http://127.0.0.1:{port}/oauth2/",
    )
    scopes = [AuthScope.CHAT_READ, AuthScope.CHAT_EDIT]
    await twitch.set_user_authentication(token, scopes, "no-refresh")
    chat = Chat(twitch, f"ws://127.0.0.1:{port}/", initial_channel=["shop"])
    chat.username = login  # else it asks Helix, which isn't what is tried here
    for event, handler in HANDLERS.items():
        chat.register_event(event, handler)

    async def we_joined(event: Any) -> None:
        report(joined=event.user_name, self=True)

    chat.register_event(ChatEvent.JOINED, we_joined)
    chat.start()
    while line := await asyncio.to_thread(sys.stdin.readline):
        await chat.send_message("shop", json.loads(line)["say"])
    os._exit(0)  # its own threads would outlive it


asyncio.run(main(*sys.argv[1:]))
