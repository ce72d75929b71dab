"""Words of Twitch that both ways into its chat share: badges, and what would be a command."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from streambot.domain.viewer import ANCHOR, BOT, MEMBER, MODERATOR

#: Roles by badge.
BADGES: Final = MappingProxyType(
    {
        "broadcaster": ANCHOR,
        "moderator": MODERATOR,
        "lead_moderator": MODERATOR,
        "staff": MODERATOR,
        "subscriber": MEMBER,
        "founder": MEMBER,
        "vip": MEMBER,
        "bot-badge": BOT,
    }
)
_COMMANDS = {"/": "／", ".": "．"}


def no_command(text: str) -> str:
    """*text* so that Twitch shows it: what starts with / or . would be a command."""
    text = text.strip()
    return _COMMANDS.get(text[:1], text[:1]) + text[1:]
