"""Frames of DouyinBarrageGrab; what is missing or null is a harmless default."""

from __future__ import annotations

from enum import IntEnum
from typing import Final

import msgspec

from streambot.adapters.rooms.json_frame import written

#: Given to everybody by a page that nobody logged in to.
_NOBODY: Final = "111111"


class Kind(IntEnum):
    """A pack's ``Type``."""

    WORDS = 1
    LIKE = 2
    ENTER = 3
    FOLLOW = 4
    GIFT = 5
    STATS = 6
    FAN_CLUB = 7
    SHARE = 8
    OVER = 9


class Pack(msgspec.Struct, frozen=True, rename="pascal"):
    """The outer frame; ``data`` is JSON once more, as a text."""

    type: int = 0
    data: str | None = None


class User(msgspec.Struct, frozen=True, rename="pascal"):
    """A viewer, or the room's owner."""

    id: str | int | None = None
    user_id: str | int | None = None
    sec_uid: str | None = None
    nickname: str | None = None
    is_admin: bool | None = None
    is_anchor: bool | None = None

    @property
    def raw_id(self) -> str:
        """What tells this person apart: the long id, else the number, else nothing."""
        number = written(self.id) or written(self.user_id)
        return written(self.sec_uid) or ("" if number == _NOBODY else number)

    def is_called(self, owner: str) -> bool:
        """Whether *owner* is one of this person's ids."""
        return owner in {
            written(self.sec_uid),
            written(self.id),
            written(self.user_id),
        }


class Told(msgspec.Struct, frozen=True, rename="pascal"):
    """What a pack's ``Data`` holds, over all types; older versions write the owner ``Onwer``."""

    msg_id: str | int | None = None
    user: User | None = None
    owner: User | None = None
    onwer: User | None = None
    content: str | None = None
    room_id: str | int | None = None
    count: int | None = None
    gift_name: str | None = None
    gift_count: int | None = None
    diamond_count: int | None = None
    online_user_count: int | None = None

    @property
    def host(self) -> User | None:
        """Whose room it is, where that is told."""
        return self.owner or self.onwer
