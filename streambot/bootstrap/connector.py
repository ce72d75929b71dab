"""Makes a room's connector out of the configuration."""

from __future__ import annotations

from streambot.adapters.rooms.room_protocol.client import RoomProtocolConnector
from streambot.adapters.store import Store
from streambot.adapters.store.installation import Installation
from streambot.config import RoomConfig
from streambot.ports.clock import Clock


def connector(
    room: RoomConfig, clock: Clock, keys: Installation, store: Store
) -> RoomProtocolConnector:
    """The one connector there is; config.py refuses other names."""
    return RoomProtocolConnector(
        room=room.name,
        url=room.url,
        token=room.token.reveal() if room.token else "",
        clock=clock,
        key_of=keys.viewer_key,
        addresses=store.addresses,
    )
