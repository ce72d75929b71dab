"""Connectors as config.yaml knows them: the keys that are each one's own, and what they must be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from streambot.authoring.bilibili_settings import BILIBILI, check_bilibili
from streambot.authoring.bridge_settings import BRIDGE, check_bridge
from streambot.authoring.douyin_checks import check_douyin
from streambot.authoring.douyin_settings import DOUYIN
from streambot.authoring.irc_settings import CHANNEL, IRC, check_irc
from streambot.authoring.layers import find
from streambot.authoring.reader import Reader, Spec
from streambot.authoring.socket_settings import check_socket
from streambot.authoring.tree import Scalar, Table
from streambot.authoring.twitch_settings import TWITCH, check_twitch
from streambot.authoring.youtube_settings import YOUTUBE, check_youtube

if TYPE_CHECKING:
    from streambot.authoring.settings_tree import SettingsTree


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """One connector's: ``check`` reports what a room's lack, contradict or must not be."""

    check: Callable[[dict[str, Any], SettingsTree, str], None]
    own: Spec = ()


CONNECTORS: Final = MappingProxyType(
    {
        "room_protocol": Keys(check=check_socket),
        "irc": Keys(check=check_irc, own=IRC),
        "twitch": Keys(check=check_twitch, own=(CHANNEL, *TWITCH)),
        "bilibili_open": Keys(check=check_bilibili, own=BILIBILI),
        "bridge_oba": Keys(check=check_bridge, own=BRIDGE),
        "bridge_dybarrage": Keys(check=check_bridge, own=BRIDGE),
        "douyin_open": Keys(check=check_douyin, own=DOUYIN),
        "youtube": Keys(check=check_youtube, own=YOUTUBE),
    }
)
#: All of their own keys, each once.
CONNECTOR_KEYS: Final[Spec] = tuple(
    {item.name: item for each in CONNECTORS.values() for item in each.own}.values()
)


#: The connectors that use such a key.
_USED_BY: Final = MappingProxyType(
    {
        item.name: [name for name, keys in CONNECTORS.items() if item in keys.own]
        for item in CONNECTOR_KEYS
    }
)


def is_named(room: Table, connector: str) -> bool:
    """Whether *room* is one of *connector*'s; a slip in the name, once told, leaves that open."""
    given = find(room, "connector")
    return not isinstance(given, Scalar) or given.text.strip() == connector


def warn_of_idle_keys(room: Table, values: dict[str, Any], reader: Reader) -> None:
    """Warn of keys in *room* itself that only other connectors use; ``defaults:`` may hold any."""
    connector = values["connector"]
    if not is_named(room, connector):
        return
    for name, _ in room.pairs:
        users = _USED_BY.get(name.text, [connector])
        if connector in users:
            continue
        reader.report(
            "W214",
            name.place,
            f"rooms[{values['_number']}].{name.text}",
            f"{name.text} 只有 connector: {'、'.join(users)} 才用，在 connector: {connector} 里不起作用；"
            "请删掉它，或改 connector。",
            f"{name.text} is used by connector: {' and '.join(users)} alone and does nothing beside "
            f"connector: {connector}: take it out, or change connector.",
        )
