"""The keys of a room on Twitch by EventSub, and what they must be."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from streambot.authoring.kinds import Text
from streambot.authoring.reader import Field, Spec
from streambot.authoring.this_machine import keeps_secrets

if TYPE_CHECKING:
    from streambot.authoring.settings_tree import SettingsTree

#: Where Twitch is; another address is a test's.
EVENTSUB: Final = "wss://eventsub.wss.twitch.tv/ws"
_LOGIN = re.compile(r"[A-Za-z0-9_]{1,40}")

TWITCH: Spec = (
    Field(
        name="client_id",
        kind=Text(most=64),
        default="",
        zh="twitch：应用的 Client ID",
        en="twitch: client id of the app",
    ),
)


def check_twitch(values: dict[str, Any], tree: SettingsTree, key: str) -> None:
    """A channel, an app and a place for the token are needed; tokens travel encrypted."""
    values["url"] = values["url"] or EVENTSUB
    if not keeps_secrets(values["url"], "wss"):
        tree.reader.fail(
            tree.place(values, "url"),
            f"{key}.url",
            "twitch 一般不写 url；要写的话以 wss:// 开头（本机可以用 ws://）。",
            "twitch needs no url; one starts with wss:// (ws:// on this machine).",
            instead=EVENTSUB,
        )
    _check_login(values, tree, key)
    tree.need(values, "channel", "myshop", "主播的登录名", "the broadcaster's login")
    tree.need(values, "client_id", "abc123", "应用的 Client ID", "the app's client id")
    if tree.lacks(values, "token_env"):
        tokens = ("存放令牌的文件", "the file of tokens")
        tree.need(values, "token_file", "secrets/twitch", *tokens)


def _check_login(values: dict[str, Any], tree: SettingsTree, key: str) -> None:
    """A pasted address, a # or an @ is no login; the login in it is proposed."""
    channel: str = values["channel"]
    if not channel or _LOGIN.fullmatch(channel):
        return
    likely = channel.rstrip("/").rpartition("/")[2].lstrip("#@")
    tree.reader.fail(
        tree.place(values, "channel"),
        f"{key}.channel",
        "channel 写主播的登录名：直播间地址 twitch.tv/ 后面的那一段，只有字母、数字和下划线。",
        "channel is the broadcaster's login: what stands behind twitch.tv/, letters, digits and _.",
        instead=likely if _LOGIN.fullmatch(likely) else None,
    )
