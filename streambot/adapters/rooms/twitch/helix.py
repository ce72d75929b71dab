"""Helix: the few requests of Twitch's API that a room needs."""

from __future__ import annotations

from datetime import datetime
from typing import Generic, TypeVar

import msgspec

from streambot.adapters.rooms.twitch import frames
from streambot.adapters.rooms.twitch.fate import fate
from streambot.adapters.rooms.twitch.http import Unanswered
from streambot.adapters.rooms.twitch.keyring import Keyring, read
from streambot.adapters.rooms.twitch.topics import TOPICS, Topic
from streambot.adapters.rooms.twitch.why import Why
from streambot.domain.reply import SendOutcome, SendResult
from streambot.errors import RoomUnreachable

T = TypeVar("T")


class _Listed(msgspec.Struct, Generic[T], frozen=True):
    data: list[T]


class Helix:
    """Asks as the account of *keyring*."""

    def __init__(self, base: str, keyring: Keyring, why: Why) -> None:
        self._base = base
        self._keyring = keyring
        self._why = why

    async def broadcaster(self, login: str) -> str:
        """The user id of a channel.

        Raises:
            RoomRefused: there is no such channel.
            RoomUnreachable: Twitch doesn't tell.
        """
        users = await self._list("users", frames.User, login=login)
        if not users or not users[0].id:
            raise self._why.no_channel()
        return users[0].id

    async def stream(self, broadcaster: str) -> str:
        """The id of the broadcast that is on; empty for none.

        Raises:
            RoomUnreachable: Twitch doesn't tell.
        """
        streams = await self._list("streams", frames.Stream, user_id=broadcaster)
        return streams[0].id if streams else ""

    async def subscribe(
        self, topic: Topic, session: str, broadcaster: str, account: str
    ) -> bool:
        """Have *topic* told on a socket; whether it will be.

        Raises:
            RoomRefused: the chat itself may not be read.
            RoomUnreachable: Twitch wants us to wait, or doesn't answer.
        """
        asked = {
            "type": topic.type,
            "version": topic.version,
            "condition": topic.condition(broadcaster, account),
            "transport": {"method": "websocket", "session_id": session},
        }
        where = f"{self._base}/eventsub/subscriptions"
        try:
            answer = await self._keyring.ask("POST", where, json=asked)
        except Unanswered as error:
            raise self._why.unreachable("订阅没有应答", "no answer") from error
        if answer.status in {200, 202, 409}:  # the last: it is told already
            return True
        if topic is not TOPICS[0] and answer.status != 429:
            return False
        if answer.status in {401, 403}:
            raise self._why.no_channel()
        raise self._why.answered("eventsub/subscriptions", answer.status)

    async def send(
        self, text: str, broadcaster: str, account: str, now: datetime
    ) -> SendOutcome:
        """Write a line; what became of it.

        Raises:
            RoomRefused: the token is no good and can't be renewed; nothing was written.
        """
        line = {"broadcaster_id": broadcaster, "sender_id": account, "message": text}
        where = f"{self._base}/chat/messages"
        try:
            answer = await self._keyring.ask("POST", where, json=line)
        except Unanswered as error:
            if error.written:
                return SendOutcome(result=SendResult.UNCERTAIN, at=now)
            return not_yet(now)
        except RoomUnreachable:  # whoever renews tokens doesn't answer
            return not_yet(now)
        return fate(answer.status, answer.headers, answer.body, now)

    async def _list(self, what: str, kind: type[T], **asked: str) -> list[T]:
        try:
            answer = await self._keyring.ask(
                "GET", f"{self._base}/{what}", params=asked
            )
        except Unanswered as error:
            raise self._why.unreachable(f"{what} 没有应答", "no answer") from error
        found = read(answer, _Listed[kind])  # type: ignore[valid-type]
        if found is None:
            raise self._why.answered(what, answer.status)
        return found.data


def not_yet(now: datetime) -> SendOutcome:
    """Nothing was written: the line may be tried again a little later."""
    return SendOutcome(result=SendResult.REFUSED, at=now, code="rate", retry_after=3.0)
