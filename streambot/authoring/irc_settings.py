"""The keys of a room that is a channel of an IRC server, Twitch among them, and what they must be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from streambot.authoring.kinds import Text
from streambot.authoring.reader import Field, Spec
from streambot.authoring.socket_settings import check_socket

if TYPE_CHECKING:
    from streambot.authoring.settings_tree import SettingsTree

CHANNEL = Field(
    name="channel",
    kind=Text(most=64),
    default="",
    zh="irc：频道名，如 #shop；twitch：主播的登录名",
    en="irc: the channel, such as #shop; twitch: the broadcaster's login",
)
IRC: Spec = (
    CHANNEL,
    Field(
        name="nick",
        kind=Text(most=30),
        default="",
        zh="irc：机器人账号的名字",
        en="irc: name of the bot's account",
    ),
    Field(
        name="dialect",
        kind=Text(words=("generic", "twitch")),
        default="generic",
        zh="irc：哪种服务器；Twitch 写 twitch",
        en="irc: kind of server; twitch for Twitch",
    ),
)


def check_irc(values: dict[str, Any], tree: SettingsTree, key: str) -> None:
    """A channel and a name are needed; they must be words that IRC can carry."""
    check_socket(values, tree, key)
    tree.need(values, "channel", '"#shop"')
    tree.need(values, "nick", "shopbot")
    for name in ("channel", "nick"):
        if set(values[name]) & set(" ,:!@"):
            tree.reader.fail(
                tree.place(values, name),
                f"{key}.{name}",
                f"{name} 里不能有空格、逗号、冒号、! 和 @。",
                f"{name} can't hold blanks, commas, colons, ! or @.",
            )
