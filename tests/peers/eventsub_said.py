"""What EventSub tells and Helix answers, shaped as Twitch's own documents show it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from tests.peers.twitch_said import Account

Json = dict[str, Any]

#: Of each topic: its version, what its condition names, the permission it needs.
TOPICS = {
    "channel.chat.message": ("1", ("broadcaster_user_id", "user_id"), "user:read:chat"),
    "channel.chat.message_delete": (
        *("1", ("broadcaster_user_id", "user_id")),
        "user:read:chat",
    ),
    "channel.chat.clear_user_messages": (
        *("1", ("broadcaster_user_id", "user_id")),
        "user:read:chat",
    ),
    "channel.follow": (
        *("2", ("broadcaster_user_id", "moderator_user_id")),
        "moderator:read:followers",
    ),
    "stream.online": ("1", ("broadcaster_user_id",), ""),
    "stream.offline": ("1", ("broadcaster_user_id",), ""),
}
SHOP = Account(login="myshop", name="MyShop", user_id="77")


def instant() -> str:
    """Now, with as many digits as Twitch writes."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f") + "123Z"


def frame(kind: str, mark: str, payload: Json, **more: str) -> Json:
    """One message of the socket."""
    about = {"message_id": mark, "message_type": kind, "message_timestamp": instant()}
    return {"metadata": about | more, "payload": payload}


def session(mark: str, status: str, seconds: int | None, url: str | None) -> Json:
    """What a socket is told of itself."""
    return {
        "session": {
            "id": mark,
            "status": status,
            "connected_at": instant(),
            "keepalive_timeout_seconds": seconds,
            "reconnect_url": url,
        }
    }


def chat_message(viewer: Account, text: str, mark: str) -> Json:
    """The event of a line."""
    badges = [each.split("/") for each in viewer.badges.split(",") if each]
    return {
        **_channel(),
        "source_broadcaster_user_id": None,
        "source_broadcaster_user_login": None,
        "source_broadcaster_user_name": None,
        "chatter_user_id": viewer.user_id,
        "chatter_user_login": viewer.login,
        "chatter_user_name": viewer.name,
        "message_id": mark,
        "source_message_id": None,
        "is_source_only": None,
        "message": {"text": text, "fragments": [_fragment(text)]},
        "color": "#1E90FF",
        "badges": [{"set_id": name, "id": id_, "info": ""} for name, id_ in badges],
        "source_badges": None,
        "message_type": "text",
        "cheer": None,
        "reply": None,
        "channel_points_custom_reward_id": None,
        "channel_points_animation_id": None,
    }


def _fragment(text: str) -> Json:
    return {
        "type": "text",
        "text": text,
        "cheermote": None,
        "emote": None,
        "mention": None,
    }


def _channel() -> Json:
    return {
        "broadcaster_user_id": SHOP.user_id,
        "broadcaster_user_login": SHOP.login,
        "broadcaster_user_name": SHOP.name,
    }


def deleted(viewer: Account, mark: str) -> Json:
    """The event of a line taken back."""
    return _channel() | _target(viewer) | {"message_id": mark}


def _target(viewer: Account) -> Json:
    return {
        "target_user_id": viewer.user_id,
        "target_user_login": viewer.login,
        "target_user_name": viewer.name,
    }


def cleared(viewer: Account) -> Json:
    """The event of all of somebody's lines taken back."""
    return _channel() | _target(viewer)


def follow(viewer: Account) -> Json:
    """The event of a follow."""
    own = {
        "user_id": viewer.user_id,
        "user_login": viewer.login,
        "user_name": viewer.name,
    }
    return _channel() | own | {"followed_at": instant()}


def online(stream: str) -> Json:
    """The event of a broadcast that begins."""
    return _channel() | {"id": stream, "type": "live", "started_at": instant()}


def offline(stream: str) -> Json:
    """The event of a broadcast that ends; older documents know no id of it."""
    return _channel() | {"id": stream}


def user(account: Account) -> Json:
    """An account as Helix describes it."""
    return {
        "id": account.user_id,
        "login": account.login,
        "display_name": account.name,
        "type": "",
        "broadcaster_type": "",
        "description": "",
        "profile_image_url": "",
        "offline_image_url": "",
        "view_count": 0,
        "created_at": "2020-01-01T00:00:00Z",
    }
