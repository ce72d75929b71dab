"""DouyinChecks: what a room that Douyin's open platform pushes to can't do without."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from streambot.authoring.this_machine import keeps_secrets, stays_here

if TYPE_CHECKING:
    from streambot.authoring.settings_tree import SettingsTree


def check_douyin(values: dict[str, Any], tree: SettingsTree, key: str) -> None:
    """An app, its two secrets, and an address of this machine, each asked for by key."""
    tree.need(values, "douyin_app_id", "tt1234567890abcdef")
    if tree.lacks(values, "token_file"):
        tree.need(values, "token_env", "DOUYIN_APP_SECRET")
    if tree.lacks(values, "push_secret_file"):
        tree.need(values, "push_secret_env", "DOUYIN_PUSH_SECRET")
    if values["room_id"] and values["room_id_file"]:
        tree.reader.fail(
            tree.place(values, "room_id_file"),
            f"{key}.room_id_file",
            "room_id 和 room_id_file 只能写一个。",
            "Give room_id or room_id_file, not both.",
        )
    _check_url(values, tree, key)
    api = values["api"]
    if api and not keeps_secrets(api):
        tree.reader.fail(
            tree.place(values, "api"),
            f"{key}.api",
            "接口地址要以 https:// 开头：里面会传 AppSecret。",
            "The interface's address must start with https://: AppSecret goes there.",
        )


def check_shared(rooms: Sequence[dict[str, Any]], tree: SettingsTree) -> None:
    """Rooms pushed to at one address are told apart by roomid, or all would answer everybody."""
    ours = [values for values in rooms if values["connector"] == "douyin_open"]
    for values in ours:
        alone = all(
            each is values or each["url"] != values["url"] or not values["url"]
            for each in ours
        )
        if alone or values["room_id"] or values["room_id_file"]:
            continue
        tree.reader.fail(
            tree.place(values, "url"),
            f"rooms[{values['_number']}].url",
            "几个直播间共用一个 url 时，每个都要写 room_id 或 room_id_file，否则分不清推送是谁的。",
            "Rooms that share a url each need room_id or room_id_file, to tell their pushes apart.",
        )


def _check_url(values: dict[str, Any], tree: SettingsTree, key: str) -> None:
    url = values["url"]
    if not url:
        tree.need(values, "url", "http://127.0.0.1:8730/douyin")
        return
    try:
        where = urlsplit(url)
        usable = where.scheme == "http" and where.port is not None
    except ValueError:
        usable = False
    if not (usable and stays_here(url)):
        tree.reader.fail(
            tree.place(values, "url"),
            f"{key}.url",
            "url 是本机收推送的地址，由您的 HTTPS 反向代理转到这里，例如 http://127.0.0.1:8730/douyin。",
            "url is where pushes arrive on this machine, behind your HTTPS proxy, such as "
            "http://127.0.0.1:8730/douyin.",
            instead="http://127.0.0.1:8730/douyin",
        )
