"""The keys of a room that is a channel of an IRC server, Twitch among them."""

from __future__ import annotations

from streambot.authoring.kinds import Text
from streambot.authoring.reader import Field, Spec

IRC: Spec = (
    Field(
        name="channel",
        kind=Text(most=64),
        default="",
        zh="irc：频道名，如 #shop；twitch：主播的登录名",
        en="irc: the channel, such as #shop; twitch: the broadcaster's login",
    ),
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
