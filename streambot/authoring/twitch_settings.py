"""The keys of a room on Twitch by EventSub, and what they must be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from streambot.authoring.kinds import Text
from streambot.authoring.reader import Field, Spec

if TYPE_CHECKING:
    from streambot.authoring.settings_tree import SettingsTree

#: Where Twitch is; another address is a test's.
EVENTSUB: Final = "wss://eventsub.wss.twitch.tv/ws"
_HERE = frozenset({"127.0.0.1", "localhost", "::1"})

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
    if values["connector"] != "twitch":
        return
    values["url"] = values["url"] or EVENTSUB
    where = urlsplit(values["url"])
    if where.scheme == "ws" and where.hostname not in _HERE:
        tree.reader.fail(
            tree.place(values, "url"),
            f"{key}.url",
            "twitch 一般不写 url；要写的话以 wss:// 开头（本机可以用 ws://）。",
            "twitch needs no url; one starts with wss:// (ws:// on this machine).",
            instead=EVENTSUB,
        )
    token = "" if values["token_env"] or values["token_file"] else "token_file"
    samples = (
        ("channel", "myshop", "主播的登录名", "the broadcaster's login"),
        ("client_id", "abc123", "应用的 Client ID", "the app's client id"),
        (token, "secrets/twitch", "存放令牌的文件", "the file of tokens"),
    )
    for name, sample, zh, en in samples:
        if name and not values[name]:
            tree.reader.report(
                "E204",
                tree.place(values, name).place,
                f"{key}.{name}",
                f"connector: twitch 缺少 {name}（{zh}），例如 {name}: {sample}。",
                f"connector: twitch needs {name}, {en}, such as {name}: {sample}.",
                corrected=f"    {name}: {sample}",
            )
