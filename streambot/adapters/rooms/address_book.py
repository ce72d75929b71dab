"""AddressBook: the platform's own ids of viewers seen lately, so that they can be written to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from itertools import islice
from typing import Protocol

from streambot.domain.room import BroadcastId
from streambot.domain.viewer import ViewerKey

#: Raw ids kept in memory.
_KEPT = 20_000


class SendAddresses(Protocol):
    """Where raw ids are kept, encrypted, for those who must be written to after a restart."""

    async def address_of(self, viewer: ViewerKey) -> str | None:
        """The raw id, or None when it isn't kept."""
        ...

    async def remember_address(
        self, viewer: ViewerKey, broadcast: BroadcastId, raw_id: str, at: datetime
    ) -> None:
        """Keep a raw id for a while."""
        ...


class AddressBook:
    """Makes viewer keys of raw ids and finds the way back for those who may be written to."""

    def __init__(
        self, key_of: Callable[[str, str], ViewerKey], kept: SendAddresses | None
    ) -> None:
        self._key_of = key_of
        self._kept = kept
        self._lately: dict[ViewerKey, str] = {}  # oldest first

    def key_for(self, platform: str, raw_id: str) -> ViewerKey:
        """The viewer's key; the raw id stays in memory."""
        key = self._key_of(platform, raw_id)
        self._lately.pop(key, None)
        self._lately[key] = raw_id
        if len(self._lately) > _KEPT:
            # Many at once: a dict looks for its first item past all that were deleted.
            for old in list(islice(self._lately, _KEPT // 10)):
                del self._lately[old]
        return key

    def known(self, key: ViewerKey) -> str | None:
        """The raw id of a viewer seen lately."""
        return self._lately.get(key)

    async def keep(self, key: ViewerKey, broadcast: BroadcastId, at: datetime) -> None:
        """Keep the raw id of a viewer seen lately beyond this process."""
        raw = self._lately.get(key)
        if raw is not None and self._kept is not None:
            await self._kept.remember_address(key, broadcast, raw, at)

    async def address_of(self, key: ViewerKey) -> str | None:
        """The raw id of a viewer, None when it is not known any more."""
        raw = self._lately.get(key)
        if raw is None and self._kept is not None:
            raw = await self._kept.address_of(key)
        return raw
