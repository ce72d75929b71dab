"""Bodies: requests and frames from browsers, decoded into typed structs; nothing else gets in."""

from __future__ import annotations

from typing import Annotated, Literal, TypeVar

import msgspec
from aiohttp import web

from streambot.domain.reveal import Field
from streambot.domain.role import Role
from streambot.domain.room import RoomMode
from streambot.ports.room_tokens import Scope
from streambot.web.misread import understood

B = TypeVar("B", bound=msgspec.Struct)


class LoginBody(msgspec.Struct, kw_only=True):
    """POST /api/login."""

    name: str
    password: str


class InviteBody(msgspec.Struct, kw_only=True):
    """POST /api/invite: the link's token and the password chosen."""

    token: str
    password: str


class NewAccountBody(msgspec.Struct, kw_only=True):
    """POST /api/accounts."""

    name: str
    role: Role


class AccountBody(msgspec.Struct, kw_only=True):
    """POST /api/accounts/change; ``anyway`` lets the last admin or supervisor go."""

    name: str
    do: Literal["role", "disable", "enable", "end", "link"]
    role: Role | None = None
    anyway: bool = False


class PasswordBody(msgspec.Struct, kw_only=True):
    """POST /api/me/password."""

    password: str
    old: str = ""


class EndBody(msgspec.Struct, kw_only=True):
    """POST /api/me/end: one login by its id; null: all but this one."""

    login: str | None = None


class ModeBody(msgspec.Struct, kw_only=True):
    """POST /api/rooms/<name>/mode."""

    mode: RoomMode


class ProductBody(msgspec.Struct, kw_only=True):
    """POST /api/rooms/<name>/product: a product's id or link number; null: nothing."""

    product: str | int | None


class LinkBody(msgspec.Struct, kw_only=True):
    """POST /api/rooms/<name>/links."""

    scope: Scope
    label: Annotated[str, msgspec.Meta(max_length=200)] = ""


class NoticeBody(msgspec.Struct, kw_only=True):
    """POST /api/rooms/<name>/notice: what is pinned; empty: nothing."""

    text: str


class BroadcastBody(msgspec.Struct, kw_only=True):
    """POST /api/rooms/<name>/broadcast: whether it begins, or ends."""

    begins: bool


class TryBody(msgspec.Struct, kw_only=True):
    """POST /api/rooms/<name>/try."""

    text: str


class PreviewBody(msgspec.Struct, kw_only=True):
    """POST /api/rooms/<name>/phrasings/preview."""

    text: str
    entry: str


class RequeueBody(msgspec.Struct, kw_only=True):
    """POST /api/agents/<name>/requeue: the page's own ref, and why."""

    ref: str
    note: str


class TeachBody(msgspec.Struct, kw_only=True):
    """POST /api/rooms/<name>/phrasings; ``seen`` is the preview's."""

    text: str
    entry: str
    seen: str
    event: str = ""


class SettleBody(msgspec.Struct, kw_only=True):
    """POST /api/rooms/<name>/phrasings/<number>; ``seen`` is the preview's, for accepting."""

    accept: bool
    seen: str = ""


class RevealBody(msgspec.Struct, kw_only=True):
    """POST /api/tickets/<id>/reveal; ``order`` is its ``ref`` in the context."""

    field: Field
    order: str
    reason: str


class Hello(msgspec.Struct, kw_only=True, tag_field="type", tag="hello"):
    """A console's first frame; ``last_seq`` None: it has nothing yet; ``watch``: it is not a
    place at the desk, only looks at it."""

    v: int
    last_seq: int | None = None
    watch: bool = False


class Do(msgspec.Struct, kw_only=True, tag_field="type", tag="do"):
    """A command; ``pick`` names a ``room`` and a ``line`` of it instead of a ticket, ``check``
    a ``room`` and the ``text`` somebody is writing; ``confirmed`` are rules whose warnings the
    agent answers for; ``to`` is an agent's name or ``group:NAME``; a snooze ends at the instant
    ``until`` or with the event ``for``."""

    ref: str
    action: str
    ticket: str = ""
    version: int = 0
    text: str | None = None
    visibility: str | None = None
    outcome: str | None = None
    note: str | None = None
    room: str = ""
    line: str = ""
    confirmed: list[str] = []
    to: str | None = None
    until: str | None = None
    until_event: str | None = msgspec.field(default=None, name="for")


class Be(msgspec.Struct, kw_only=True, tag_field="type", tag="be"):
    """An agent is ready, or takes a break; answered like a command."""

    v: Literal[1]
    ref: str
    state: Literal["ready", "break"]


class At(msgspec.Struct, kw_only=True, tag_field="type", tag="at"):
    """Which ticket a console has open (None: none) and whether somebody is writing there."""

    ticket: Annotated[str, msgspec.Meta(min_length=1, max_length=200)] | None
    v: Literal[1] = 1
    typing: bool = False


Frame = Hello | Do | Be | At
_frames: msgspec.json.Decoder[Frame] = msgspec.json.Decoder(Frame)


def frame(raw: str) -> Frame:
    """A frame a console sent.

    Raises:
        Refused: it is none of ours.
    """
    return understood(_frames.decode, raw)


async def body(request: web.Request, kind: type[B]) -> B:
    """The request's body as *kind*.

    Raises:
        Refused: it is not.
    """
    return understood(msgspec.json.Decoder(kind).decode, await request.read())
