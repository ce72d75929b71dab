"""Passwords and tokens: hashed by a library, in a thread, never kept or logged."""

from __future__ import annotations

import asyncio
import hashlib
import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from streambot.ports.accounts import NO_PASSWORD


class Passwords:
    """Hashes and checks passwords with Argon2id, at most two at a time."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._turn = asyncio.Semaphore(2)
        # Checked when there is no such account, so that both take the same time.
        self._nobody: str | None = None

    async def hashed(self, password: str) -> str:
        """The hash to keep."""
        async with self._turn:
            return await asyncio.to_thread(self._hasher.hash, password)

    async def match(self, known: str | None, password: str) -> bool:
        """Whether *password* is the one *known* is the hash of; None: there is no account."""
        if known is None or known == NO_PASSWORD:
            if self._nobody is None:
                self._nobody = await self.hashed(secrets.token_hex())
            await self._verified(self._nobody, password)
            return False
        return await self._verified(known, password)

    def is_outdated(self, known: str) -> bool:
        """Whether the hash was made with other parameters than today's."""
        return self._hasher.check_needs_rehash(known)

    async def _verified(self, known: str, password: str) -> bool:
        def verify() -> bool:
            try:
                return self._hasher.verify(known, password)
            except (VerificationError, InvalidHashError):
                return False

        async with self._turn:
            return await asyncio.to_thread(verify)


def new_token() -> str:
    """A secret nobody can guess, safe in an address."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """What is kept of a token; tokens are random, so a plain digest is enough."""
    return hashlib.sha256(token.encode()).hexdigest()
