"""Client of DouyinBarrageGrab: the bridge on this machine, read with its codec."""

from __future__ import annotations

from collections.abc import Callable

from streambot.adapters.rooms.bridge import BridgeConnector
from streambot.adapters.rooms.bridge_dybarrage.codec import DybarrageReading, Ownership
from streambot.adapters.rooms.json_frame import Room
from streambot.domain.viewer import ViewerKey
from streambot.ports.clock import Clock


def dybarrage_connector(
    *,
    room: str,
    url: str,
    owner: str,
    clock: Clock,
    key_of: Callable[[str, str], ViewerKey],
) -> BridgeConnector:
    """A connector to DouyinBarrageGrab; *owner* is the host's SecUid or number."""
    ownership = Ownership(owner=owner.strip())

    def reader(of: Room) -> DybarrageReading:
        return DybarrageReading(room=of, ownership=ownership)

    return BridgeConnector(
        room=room,
        url=url,
        program="DouyinBarrageGrab",
        enters=True,
        reader=reader,
        clock=clock,
        key_of=key_of,
    )
