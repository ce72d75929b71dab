"""Tokens of boards and hooks that the configuration gives."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from streambot.application.room_access import Key, hashed
from streambot.config import Config, RoomConfig, Secret
from streambot.ports.room_tokens import RoomToken, Scope


def given_tokens(config: Config, now: datetime) -> dict[Key, RoomToken]:
    """What opens which room, by the hash of its secret."""
    found = {}
    for room in config.rooms:
        for scope, secret in _secrets(room):
            token = RoomToken(
                id=f"config-{scope.value}",
                room=room.name,
                scope=scope,
                label="主播" if scope is Scope.BOARD else "发送工具",
                made_by="config.yaml",
                made_at=now,
            )
            found[hashed(secret.reveal()), room.name, scope] = token
    return found


def _secrets(room: RoomConfig) -> Iterator[tuple[Scope, Secret]]:
    if room.board_token is not None:
        yield Scope.BOARD, room.board_token
    if room.hook_token is not None:
        yield Scope.HOOK, room.hook_token
