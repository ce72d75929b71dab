"""What the address of a room must be that is joined over a WebSocket."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from streambot.authoring.settings_tree import SettingsTree


def check_socket(values: dict[str, Any], tree: SettingsTree, key: str) -> None:
    """An address is needed, and it is a WebSocket's."""
    reader = tree.reader
    url = tree.place(values, "url")
    if tree.lacks(values, "url"):
        reader.report(
            "E204",
            url.place,
            f"{key}.url",
            "缺少 url（直播间的地址），例如 url: ws://127.0.0.1:8720/。",
            "url, the room's address, is missing, such as url: ws://127.0.0.1:8720/.",
            corrected="    url: ws://127.0.0.1:8720/",
        )
    elif values["url"] and not values["url"].startswith(("ws://", "wss://")):
        likely = "ws://" + values["url"].split("//")[-1]
        reader.fail(
            url,
            f"{key}.url",
            "地址要以 ws:// 或 wss:// 开头。",
            "The address must start with ws:// or wss://.",
            instead=likely,
        )
