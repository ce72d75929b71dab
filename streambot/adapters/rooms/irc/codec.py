"""Codec of IRC: messages to events and to the word on a line sent, pure and total."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from typing import Any

from streambot.adapters.rooms.irc.dialect import Dialect
from streambot.adapters.rooms.irc.message import Message, written
from streambot.adapters.rooms.on_time import OnTime
from streambot.adapters.rooms.twitch_words import BADGES, no_command
from streambot.domain.events import (
    LineWithdrawn,
    Origin,
    PlatformEvent,
    ViewerEntered,
    ViewerLeft,
    ViewerSpoke,
)
from streambot.domain.reply import EventId, SendOutcome, SendResult
from streambot.domain.room import Scene
from streambot.domain.viewer import (
    ANCHOR,
    BOT,
    MEMBER,
    MODERATOR,
    SELF,
    Viewer,
    ViewerKey,
)

_TEXT_KEPT = 2000
_NAME_KEPT = 100
_ID_MOST = 200
#: Lines that can still be found when a viewer's are all taken back.
_LINES_KEPT = 1000
#: Viewers whose rank is remembered from the list of names.
_RANKS_KEPT = 2000
#: Batches of history open at once.
_BATCHES_KEPT = 100
_COLOURS = re.compile(r"\x03(?:\d{1,2}(?:,\d{1,2})?)?|[\x00-\x1f\x7f]")
_RANKS = {"~": ANCHOR, "&": MODERATOR, "@": MODERATOR, "%": MODERATOR, "+": MEMBER}
_HISTORY = frozenset({"chathistory", "znc.in/playback", "playback"})


@dataclass(slots=True, kw_only=True)
class Reading:
    """What turns the messages of one link into events.

    ``fresh`` begins the ids of what has none of its own, different for every link. A viewer is
    known by nick, on Twitch too: arrivals there tell nothing else, and who came in and then
    speaks must be one and the same.
    """

    scene: Scene
    channel: str
    nick: str
    dialect: Dialect
    key_of: Callable[[str, str], ViewerKey]
    fresh: str
    _numbers: count[int] = field(default_factory=lambda: count(1))
    _lately: deque[tuple[str, EventId]] = field(
        default_factory=lambda: deque(maxlen=_LINES_KEPT)
    )
    _ranks: dict[str, str] = field(default_factory=dict)
    _histories: set[str] = field(default_factory=set)
    _on_time: OnTime = field(default_factory=OnTime)

    def events(self, message: Message, received_at: datetime) -> list[PlatformEvent]:
        """What a message tells of; nothing for what isn't about this room's viewers."""
        match message.command:
            case "PRIVMSG" | "USERNOTICE" if self._here(message.param(0)):
                return self._spoke(message, received_at)
            case "JOIN" if self._here(message.param(0)):
                about = self._about(message, received_at)
                return [ViewerEntered(**about, viewer=self._viewer(message))]
            case "PART" if self._here(message.param(0)):
                return self._left(message, message.nick, received_at)
            case "QUIT":
                return self._left(message, message.nick, received_at)
            case "KICK" if self._here(message.param(0)):
                return self._left(message, message.param(1), received_at)
            case "CLEARMSG":
                target = message.tags.get("target-msg-id", "")
                return self._withdrawn([EventId(target)], message, received_at)
            case "REDACT" if self._here(message.param(0)):
                target = message.param(1)
                return self._withdrawn([EventId(target)], message, received_at)
            case "CLEARCHAT" if self._here(message.param(0)):
                whose = message.param(1).lower()
                gone = [one for by, one in self._lately if not whose or by == whose]
                return self._withdrawn(gone, message, received_at)
            case "353":
                self._remember_ranks(message.last)
            case "BATCH":
                self._batch(message)
            case _:
                pass
        return []

    def is_self(self, message: Message) -> bool:
        """Whether our own account is the source."""
        return message.nick.lower() == self.nick.lower()

    def _here(self, target: str) -> bool:
        return target.lower() == self.channel.lower()

    def _spoke(self, message: Message, received_at: datetime) -> list[PlatformEvent]:
        text = plain(message.param(1))
        nick = message.nick or "?"
        if message.command == "USERNOTICE":  # a subscription, perhaps with words
            nick = message.tags.get("login", "")
        if not text or not nick:
            return []
        about = self._about(message, received_at)
        self._lately.append((nick.lower(), about["id"]))
        tags = message.tags
        if tags.get("source-room-id") not in {None, tags.get("room-id")}:
            return []  # written in another channel that shares its chat with ours
        parent = next((tags[name] for name in _PARENTS if tags.get(name)), None)
        return [
            ViewerSpoke(
                **about,
                viewer=self._viewer(message, nick),
                text=text[:_TEXT_KEPT],
                reply_to=EventId(parent[:_ID_MOST]) if parent else None,
                mentions_shop=bool(self.nick)
                and f"@{self.nick}".lower() in text.lower(),
                paid=tags.get("bits", "0") not in {"", "0"},
            )
        ]

    def _left(
        self, message: Message, nick: str, received_at: datetime
    ) -> list[PlatformEvent]:
        self._ranks.pop(nick.lower(), None)
        about = self._about(message, received_at)
        return [ViewerLeft(**about, viewer=self._viewer(message, nick))]

    def _withdrawn(
        self, gone: list[EventId], message: Message, received_at: datetime
    ) -> list[PlatformEvent]:
        about = self._about(message, received_at)
        return [
            LineWithdrawn(
                **{**about, "id": EventId(f"withdrawn:{one}"[:_ID_MOST])}, event=one
            )
            for one in gone
            if one
        ]

    def _viewer(self, message: Message, nick: str = "") -> Viewer:
        login = (nick or message.nick or "?")[:_ID_MOST]
        own = login.lower() == message.nick.lower() or message.command == "USERNOTICE"
        tags = message.tags if own else {}
        badges = (each.partition("/")[0] for each in tags.get("badges", "").split(","))
        roles = {BADGES[badge] for badge in badges if badge in BADGES}
        if rank := self._ranks.get(login.lower()):
            roles.add(rank)
        if tags.get("mod") == "1":
            roles.add(MODERATOR)
        if "bot" in tags or "draft/bot" in tags:
            roles.add(BOT)
        if login.lower() == self.nick.lower():
            roles.add(SELF)
        return Viewer(
            key=self.key_of(self.scene.platform, login.lower()),
            name=(tags.get("display-name", "").strip() or login)[:_NAME_KEPT],
            roles=frozenset(roles),
        )

    def _about(self, message: Message, received_at: datetime) -> dict[str, Any]:
        tags = message.tags
        own = tags.get("id") or tags.get("msgid") or ""
        old = tags.get("historical") == "1" or tags.get("batch", "") in self._histories
        return {
            "id": EventId(
                own
                if 0 < len(own) <= _ID_MOST
                else f"{self.fresh}{next(self._numbers)}"
            ),
            "at": self._on_time.instant(read_time(tags), received_at, old=old),
            "received_at": received_at,
            "scene": self.scene,
            "origin": Origin.HISTORY if old else Origin.LIVE,
        }

    def _remember_ranks(self, names: str) -> None:
        for name in names.split():
            marks = name[: len(name) - len(name.lstrip("~&@%+"))]
            nick = name[len(marks) :].partition("!")[0].lower()
            if marks and nick and len(self._ranks) < _RANKS_KEPT:
                self._ranks[nick] = _RANKS[marks[0]]

    def _batch(self, message: Message) -> None:
        sign, name = message.param(0)[:1], message.param(0)[1:_ID_MOST]
        if len(self._histories) >= _BATCHES_KEPT:
            self._histories.clear()
        if sign == "+" and message.param(1).lower() in _HISTORY:
            self._histories.add(name)
        elif sign == "-":
            self._histories.discard(name)


_PARENTS = ("reply-parent-msg-id", "+reply", "+draft/reply")


def plain(text: str) -> str:
    """What a person wrote, without colours; empty for what programs say to each other."""
    if text.startswith("\x01"):
        if not text.startswith("\x01ACTION "):
            return ""
        text = text.removeprefix("\x01ACTION ").rstrip("\x01")
    return _COLOURS.sub("", text).strip()


def read_time(tags: dict[str, str]) -> datetime | None:
    """The time a message tells, in UTC."""
    sent, time = tags.get("tmi-sent-ts", ""), tags.get("time", "")
    try:
        if sent:
            return datetime.fromtimestamp(int(sent) / 1000, UTC)
        at = datetime.fromisoformat(time) if time else None
        return at.replace(tzinfo=at.tzinfo or UTC).astimezone(UTC) if at else None
    except (ValueError, OverflowError, OSError):
        return None


def refusal(message: Message, dialect: Dialect, at: datetime) -> SendOutcome | None:
    """What became of the line on its way, where *message* says that it was refused."""
    theirs = message.command
    if theirs == "NOTICE":
        theirs = message.tags.get("msg-id", "")
    code = dialect.refusals.get(theirs)
    if theirs == "FAIL" and message.param(0) == "PRIVMSG":
        code = "forbidden"
    if code is None:
        return None
    return SendOutcome(
        result=SendResult.REFUSED,
        at=at,
        code=code,
        retry_after=_wait(theirs, message.last),
    )


def _wait(theirs: str, sentence: str) -> float | None:
    """Seconds that a platform asks to wait; Twitch says them in its sentence alone."""
    if theirs == "msg_ratelimit":
        return 30.0  # a whole window, since what was counted can't be seen
    if theirs in {"msg_slowmode", "msg_timedout"}:
        number = re.search(r"[0-9]{1,9}", sentence)
        return min(3600.0, float(number[0])) if number else None
    return None


def say(dialect: Dialect, target: str, text: str, label: str = "") -> str:
    """A line for the room or one viewer."""
    text = no_command(text) if dialect.slash else text.strip()
    if not label:
        return written("PRIVMSG", target, text=text)
    return written("PRIVMSG", target, text=text, label=label)
