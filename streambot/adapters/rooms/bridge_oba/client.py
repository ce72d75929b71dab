"""Client of oba-live-tool: the bridge on this machine, read with its codec."""

from __future__ import annotations

from collections.abc import Callable

from streambot.adapters.rooms.bridge import BridgeConnector
from streambot.adapters.rooms.bridge_oba.codec import ObaReading
from streambot.adapters.rooms.json_frame import Room
from streambot.domain.viewer import ViewerKey
from streambot.ports.clock import Clock


def oba_connector(
    *,
    room: str,
    url: str,
    owner: str,
    clock: Clock,
    key_of: Callable[[str, str], ViewerKey],
) -> BridgeConnector:
    """A connector to oba-live-tool; *owner* is the shop's own name in the room.

    Whether arrivals come depends on the page that its operator has it read, which no frame
    tells: the capability is not claimed.
    """

    def reader(of: Room) -> ObaReading:
        return ObaReading(room=of, own=owner.strip(), since=clock.now())

    return BridgeConnector(
        room=room,
        url=url,
        program="oba-live-tool",
        enters=False,
        reader=reader,
        clock=clock,
        key_of=key_of,
    )
