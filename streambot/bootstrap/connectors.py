"""Connectors by name: the one table that a further platform adds its line to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, Protocol

from streambot.adapters.rooms.address_book import SendAddresses
from streambot.adapters.rooms.bilibili_open.client import BilibiliOpenConnector
from streambot.adapters.rooms.bilibili_open.session import Access
from streambot.adapters.rooms.bridge_dybarrage.client import dybarrage_connector
from streambot.adapters.rooms.bridge_oba.client import oba_connector
from streambot.adapters.rooms.douyin_open.client import (
    DouyinConnector,
    SharedByRooms,
)
from streambot.adapters.rooms.irc.client import IrcConnector
from streambot.adapters.rooms.room_protocol.client import RoomProtocolConnector
from streambot.adapters.rooms.twitch.client import TwitchConnector
from streambot.adapters.rooms.twitch.tokens import TokenFiles, TokenGiven
from streambot.adapters.rooms.youtube.client import YouTubeConnector
from streambot.adapters.rooms.youtube.ledger import Ledgers
from streambot.adapters.rooms.youtube.oauth import Access as YouTubeAccess
from streambot.adapters.rooms.youtube.quota import Quota
from streambot.config import RoomConfig
from streambot.domain.viewer import ViewerKey
from streambot.ports.clock import Clock
from streambot.ports.connector import Connector, Visitable


class RoomConnector(Connector, Visitable, Protocol):
    """What each platform gives: a room to work in, and to try out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What every connector is given beside its room's settings."""

    clock: Clock
    key_of: Callable[[str, str], ViewerKey]
    addresses: SendAddresses | None = None
    douyin: SharedByRooms = field(default_factory=SharedByRooms)
    youtube: Ledgers = field(default_factory=Ledgers)
    twitch: TokenFiles = field(default_factory=TokenFiles)


Maker = Callable[[RoomConfig, Surroundings], RoomConnector]


def _token(room: RoomConfig) -> str:
    return room.token.reveal() if room.token else ""


def _room_protocol(room: RoomConfig, around: Surroundings) -> RoomConnector:
    return RoomProtocolConnector(
        room=room.name,
        url=room.url,
        token=_token(room),
        clock=around.clock,
        key_of=around.key_of,
        addresses=around.addresses,
    )


def _irc(room: RoomConfig, around: Surroundings) -> RoomConnector:
    return IrcConnector(
        room=room.name,
        url=room.url,
        channel=room.channel,
        nick=room.nick,
        dialect=room.dialect,
        token=_token(room),
        clock=around.clock,
        key_of=around.key_of,
        addresses=around.addresses,
    )


def _bilibili_open(room: RoomConfig, around: Surroundings) -> RoomConnector:
    key_id, secret = room.access_key_id, room.access_key_secret
    return BilibiliOpenConnector(
        room=room.name,
        base=room.url,
        access=Access(
            app_id=room.app_id,
            key_id=key_id.reveal() if key_id else "",
            secret=secret.reveal() if secret else "",
            code=_token(room),
        ),
        clock=around.clock,
        key_of=around.key_of,
    )


def _twitch(room: RoomConfig, around: Surroundings) -> RoomConnector:
    kept = room.token_file
    return TwitchConnector(
        room=room.name,
        url=room.url,
        channel=room.channel,
        client_id=room.client_id,
        tokens=around.twitch.at(kept) if kept else TokenGiven(_token(room)),
        clock=around.clock,
        key_of=around.key_of,
    )


def _bridge(bridge: Callable[..., RoomConnector]) -> Maker:
    """Bridges are all told the same."""

    def make(room: RoomConfig, around: Surroundings) -> RoomConnector:
        return bridge(
            room=room.name,
            url=room.url,
            owner=room.owner,
            clock=around.clock,
            key_of=around.key_of,
        )

    return make


def _douyin_open(room: RoomConfig, around: Surroundings) -> RoomConnector:
    return DouyinConnector(
        room=room.name,
        url=room.url,
        app_id=room.douyin_app_id,
        room_id=room.room_id,
        room_id_file=room.room_id_file,
        secret=_token(room),
        push_secret=room.push_secret.reveal() if room.push_secret else "",
        clock=around.clock,
        key_of=around.key_of,
        shared=around.douyin,
        api=room.api,
    )


def _youtube(room: RoomConfig, around: Surroundings) -> RoomConnector:
    secret = room.google_client_secret
    quota = Quota(
        units=room.quota_units,
        replies=room.quota_units * room.quota_for_replies // 100,
        insert=room.quota_per_line,
    )
    return YouTubeConnector(
        room=room.name,
        base=room.url,
        access=YouTubeAccess(
            client_id=room.google_client_id,
            secret=secret.reveal() if secret else "",
            refresh=_token(room),
        ),
        video=room.video,
        ledger=around.youtube.of(room.google_client_id, quota, around.clock),
        clock=around.clock,
        key_of=around.key_of,
    )


#: What ``connector`` of config.yaml may name; config.py refuses other words.
CONNECTORS: Final = MappingProxyType(
    {
        "room_protocol": _room_protocol,
        "irc": _irc,
        "bilibili_open": _bilibili_open,
        "bridge_oba": _bridge(oba_connector),
        "bridge_dybarrage": _bridge(dybarrage_connector),
        "douyin_open": _douyin_open,
        "twitch": _twitch,
        "youtube": _youtube,
    }
)


def connector(room: RoomConfig, around: Surroundings) -> RoomConnector:
    """The connector that a room's settings name."""
    return CONNECTORS[room.connector](room, around)
