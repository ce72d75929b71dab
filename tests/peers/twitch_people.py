"""The people of our emulated Twitch channel."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from tests.peers.twitch_said import Account

BOT: Final = Account(login="shopbot", name="ShopBot", user_id="9000")
TMI: Final = Account(login="tmibot", name="TmiBot", user_id="9001")
TWITCH_API: Final = Account(login="apibot", name="ApiBot", user_id="9002")
TWITCHIO: Final = Account(login="iobot", name="IoBot", user_id="9003")
XIAOYU: Final = Account(
    login="xiaoyu", name="小雨", user_id="31", badges="subscriber/12"
)
AJIE: Final = Account(login="ajie", name="阿杰", user_id="32", moderator=True)
LEMON: Final = Account(login="lemon", name="小柠檬", user_id="33")

#: Who may come in, by token.
ACCOUNTS: Final = MappingProxyType(
    {f"token-of-{each.login}": each for each in (BOT, TMI, TWITCH_API)}
)
