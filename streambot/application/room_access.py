"""RoomAccess: makes, checks and revokes what opens one room's board or hook."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Mapping, Sequence

from streambot.domain.agent import Agent
from streambot.domain.audit import Act, Deed
from streambot.domain.room import RoomName
from streambot.ports.clock import Clock
from streambot.ports.room_tokens import RoomToken, Scope, TokenStore

#: Tokens one room holds at once.
MOST = 20
#: Hash of a secret, and what it opens.
Key = tuple[str, RoomName, Scope]
LONGEST_LABEL, LONGEST_TOKEN = 40, 256


class RoomAccess:
    """Tokens of people, and those the configuration gives.

    Args:
        store: where hashes are kept.
        clock: time.
        given: tokens of the configuration, by hash and what they open.
        ended: told the hash of a token that opens nothing any more.
    """

    def __init__(
        self,
        store: TokenStore,
        clock: Clock,
        given: Mapping[Key, RoomToken],
        ended: Callable[[str], None],
    ) -> None:
        self._store = store
        self._clock = clock
        self._given = given
        self._ended = ended

    async def make(
        self, by: Agent, room: RoomName, scope: Scope, label: str
    ) -> tuple[RoomToken, str] | None:
        """A new token and its secret, which is never told again; None: the room has enough."""
        if len(await self._store.of(room)) >= MOST:
            return None
        secret = secrets.token_urlsafe(32)
        token = RoomToken(
            id=secrets.token_hex(8),
            room=room,
            scope=scope,
            label=label[:LONGEST_LABEL] or scope.value,
            made_by=by.name,
            made_at=self._clock.now(),
        )
        deed = self._deed(by, Act.TOKEN_MADE, room, token.id)
        await self._store.add(hashed(secret), token, deed)
        return token, secret

    async def opens(self, key: str, room: RoomName, scope: Scope) -> RoomToken | None:
        """The token of hash *key*, if it opens this."""
        given = self._given.get((key, room, scope))
        token = given or await self._store.opens(key, self._clock.now())
        fits = token is not None and token.room == room and token.scope is scope
        return token if fits else None

    async def of(self, room: RoomName) -> Sequence[RoomToken]:
        """A room's tokens: the configuration's, which is changed there, and people's."""
        given = [each for each in self._given.values() if each.room == room]
        return (*given, *await self._store.of(room))

    async def revoke(self, by: Agent, room: RoomName, name: str) -> bool:
        """Let a token open nothing any more, and close what it opened."""
        deed = self._deed(by, Act.TOKEN_REVOKED, room, name)
        key = await self._store.revoke(room, name, deed)
        if key is not None:
            self._ended(key)
        return key is not None

    def _deed(self, by: Agent, action: Act, room: RoomName, name: str) -> Deed:
        return Deed(
            at=self._clock.now(),
            actor=by.name,
            role=by.role.value,
            action=action,
            object=name,
            room=room,
        )


def hashed(secret: str) -> str:
    """What is kept of a secret; it is random, so a plain digest is enough."""
    return hashlib.sha256(secret.encode(errors="surrogateescape")).hexdigest()
