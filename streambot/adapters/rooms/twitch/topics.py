"""Topics: what we ask EventSub to tell, and which permission each needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

READ = "user:read:chat"
WRITE = "user:write:chat"
FOLLOWERS = "moderator:read:followers"

CHAT = "channel.chat.message"
DELETED = "channel.chat.message_delete"
CLEARED = "channel.chat.clear_user_messages"
FOLLOW = "channel.follow"
ONLINE = "stream.online"
OFFLINE = "stream.offline"


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """One kind of event; ``us`` names the condition's key that holds our own account."""

    type: str
    version: str = "1"
    scope: str | None = None
    us: str | None = None

    def condition(self, broadcaster: str, account: str) -> dict[str, str]:
        """Of which channel, and as whom it is read."""
        asked = {"broadcaster_user_id": broadcaster}
        return asked | {self.us: account} if self.us else asked


#: The first is what the link is for; a topic that is refused beside it is done without.
TOPICS: Final = (
    Topic(type=CHAT, scope=READ, us="user_id"),
    Topic(type=DELETED, scope=READ, us="user_id"),
    Topic(type=CLEARED, scope=READ, us="user_id"),
    Topic(type=ONLINE),
    Topic(type=OFFLINE),
    Topic(type=FOLLOW, version="2", scope=FOLLOWERS, us="moderator_user_id"),
)
