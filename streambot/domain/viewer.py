"""A person watching, known only by a key that says nothing about them outside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NewType

ViewerKey = NewType("ViewerKey", str)

ANCHOR = "anchor"
BOT = "bot"
SELF = "self"
MEMBER = "member"
BUYER = "buyer"
MODERATOR = "moderator"
BY_NAME = "by_name"  # told apart by the name alone: whoever takes it is taken for them


def is_masked(name: str) -> bool:
    """Whether a platform hides whose *name* it is: it tells none, or 用户***, as it tells of many."""
    return not name or "**" in name


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """A viewer of one platform; *key* is the HMAC of platform and raw id, never the id."""

    key: ViewerKey
    name: str
    roles: frozenset[str] = frozenset()
    masked: bool = False  # the platform hides the name

    @property
    def is_self(self) -> bool:
        """Whether this is our own account."""
        return SELF in self.roles

    @property
    def is_bot(self) -> bool:
        """Whether this is another program."""
        return BOT in self.roles

    @property
    def is_anchor(self) -> bool:
        """Whether this is the host of the room."""
        return ANCHOR in self.roles
