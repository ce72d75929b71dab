"""Frames of EventSub and answers of Helix as msgspec structs; what is missing has a default."""

from __future__ import annotations

import msgspec


class Metadata(msgspec.Struct, frozen=True):
    """What every frame says of itself; ``message_id`` stays the same when it is told again."""

    message_id: str = ""
    message_type: str = ""
    message_timestamp: str = ""
    subscription_type: str = ""


class Session(msgspec.Struct, frozen=True):
    """Of a socket."""

    id: str = ""
    keepalive_timeout_seconds: int | None = None
    reconnect_url: str | None = None


class Subscription(msgspec.Struct, frozen=True):
    """What a frame is told for, and how that stands."""

    id: str = ""
    status: str = ""
    type: str = ""


class Payload(msgspec.Struct, frozen=True):
    """One of its parts is there, by the frame's type."""

    session: Session | None = None
    subscription: Subscription | None = None
    event: msgspec.Raw = msgspec.Raw(b"{}")


class Frame(msgspec.Struct, frozen=True):
    """One message of the socket."""

    metadata: Metadata
    payload: Payload = msgspec.field(default_factory=Payload)


class Badge(msgspec.Struct, frozen=True):
    """One badge beside a name."""

    set_id: str = ""


class Mention(msgspec.Struct, frozen=True):
    """Somebody named in a line."""

    user_id: str = ""


class Fragment(msgspec.Struct, frozen=True):
    """A piece of a line."""

    mention: Mention | None = None


class Words(msgspec.Struct, frozen=True):
    """A line's text."""

    text: str = ""
    fragments: list[Fragment] | None = None


class Parent(msgspec.Struct, frozen=True):
    """The line answered."""

    parent_message_id: str | None = None


class ChatMessage(msgspec.Struct, frozen=True):
    """``channel.chat.message``."""

    message_id: str = ""
    chatter_user_id: str = ""
    chatter_user_login: str = ""
    chatter_user_name: str = ""
    broadcaster_user_id: str = ""
    message: Words = msgspec.field(default_factory=Words)
    badges: list[Badge] | None = None
    cheer: dict[str, object] | None = None
    reply: Parent | None = None
    source_broadcaster_user_id: str | None = None


class Removed(msgspec.Struct, frozen=True):
    """``channel.chat.message_delete``, and ``channel.chat.clear_user_messages`` without an id."""

    target_user_id: str = ""
    message_id: str = ""


class Follow(msgspec.Struct, frozen=True):
    """``channel.follow``."""

    user_id: str = ""
    user_login: str = ""
    user_name: str = ""
    followed_at: str = ""


class Stream(msgspec.Struct, frozen=True):
    """``stream.online`` and ``stream.offline``; the latter had no id for years."""

    id: str = ""
    type: str = ""
    started_at: str = ""


class DropReason(msgspec.Struct, frozen=True):
    """Why a line is not shown; Twitch says that its codes change."""

    code: str = ""


class Sent(msgspec.Struct, frozen=True):
    """What became of a line."""

    message_id: str = ""
    is_sent: bool = False
    drop_reason: DropReason | None = None


class User(msgspec.Struct, frozen=True):
    """An account."""

    id: str = ""
    login: str = ""


class Validity(msgspec.Struct, frozen=True):
    """Whose a token is, what it may, and for how long."""

    client_id: str = ""
    login: str = ""
    user_id: str = ""
    scopes: list[str] | None = None
    expires_in: int = 0


class Renewed(msgspec.Struct, frozen=True):
    """A token in place of an old one."""

    access_token: str = ""
    refresh_token: str = ""
