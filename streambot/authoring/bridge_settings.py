"""The keys of a room that a bridge program on this machine reads, and what they must be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from streambot.authoring.kinds import Text
from streambot.authoring.reader import Field, Spec
from streambot.authoring.socket_settings import check_socket
from streambot.authoring.this_machine import stays_here

if TYPE_CHECKING:
    from streambot.authoring.settings_tree import SettingsTree

#: Connectors to programs that read a platform without its leave; each works only if named.
UNOFFICIAL: Final = frozenset({"bridge_oba", "bridge_dybarrage"})

BRIDGE: Spec = (
    Field(
        name="owner",
        kind=Text(most=200),
        default="",
        zh="bridge_oba：店铺账号在直播间的昵称，它说的话不算提问；bridge_dybarrage：主播的 SecUid",
        en="bridge_oba: the shop's own name in the room, never answered; bridge_dybarrage: the host's SecUid",
    ),
)


def check_bridge(values: dict[str, Any], tree: SettingsTree, key: str) -> None:
    """A bridge is read on this machine alone: it tells anybody, and is told by anybody."""
    check_socket(values, tree, key)
    url = values["url"]
    if not url or stays_here(url):
        return
    port = url.split("//")[-1].split("/")[0].rpartition(":")[2]
    tree.reader.fail(
        tree.place(values, "url"),
        f"{key}.url",
        f"{values['connector']} 只能连本机，url 要写 ws://127.0.0.1:端口。",
        f"{values['connector']} is only read on this machine: ws://127.0.0.1:port.",
        instead=f"ws://127.0.0.1:{port}" if port.isdigit() else None,
    )
