"""Codec of live chat: one response to the events it tells of, pure and total."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from streambot.adapters.rooms.on_time import OnTime
from streambot.adapters.rooms.youtube.gifts import Given, given
from streambot.adapters.rooms.youtube.own_lines import OwnLines
from streambot.adapters.rooms.youtube.told import NotUnderstood, Told
from streambot.domain.events import (
    GiftSent,
    LineWithdrawn,
    Link,
    LinkChanged,
    Origin,
    PlatformEvent,
    RoomClosed,
    ViewerSpoke,
)
from streambot.domain.reply import EventId
from streambot.domain.room import Platform, Scene
from streambot.domain.viewer import ANCHOR, MEMBER, MODERATOR, SELF, Viewer, ViewerKey

PLATFORM: Final = Platform("youtube")
_TEXT_KEPT = 2000
_NAME_KEPT = 100
#: Lines that can still be found when a viewer's are all taken back.
_LINES_KEPT = 2000
_SECOND = timedelta(seconds=1)
#: Kinds that tell of nothing a shop's assistant could use.
_PASSED_OVER = frozenset(
    {
        "sponsorOnlyModeStartedEvent",
        "sponsorOnlyModeEndedEvent",
        "giftMembershipReceivedEvent",
        "pollEvent",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One response: what it tells, where to go on, and how soon a poll may follow."""

    events: list[PlatformEvent | LinkChanged]
    token: str
    wait: timedelta
    over: bool  # the chat has ended


@dataclass(slots=True, kw_only=True)
class Reading:
    """What turns the responses of one link into events.

    *anew*: reading began without a token, at the server's time *since* where that is known. What was
    published before is history then, else the first response is, save for what follows *after*, the
    last event that is known. Otherwise a token says where to go on, and everything is live.
    """

    scene: Scene
    host: str  # channel ids
    own: str
    names: tuple[str, ...]  # by which viewers call us
    key_of: Callable[[str, str], ViewerKey]
    lines: OwnLines
    on_time: OnTime
    odd: Callable[[str], None]
    after: EventId | None = None
    anew: bool = False
    since: datetime | None = None
    _begun: bool = False
    _closed: bool = False
    _missed: bool = False  # what is read now follows *after*
    _lately: deque[tuple[str, EventId]] = field(
        default_factory=lambda: deque(maxlen=_LINES_KEPT)
    )

    def page(self, told: Told, now: datetime) -> Page:
        """What a response tells of."""
        items = list(told.each("items"))
        events: list[PlatformEvent | LinkChanged] = []
        if self.anew and not self._begun and self.after is not None:
            known = any(item.text("id") == self.after for item in items)
            if not known:
                events.append(LinkChanged(at=now, link=Link.GAP, after=self.after))
        over = False
        for item in items:
            over = over or item.inner("snippet").text("type") == "chatEndedEvent"
            events += self._item(item, now)
            self._missed = self._missed or item.text("id") == self.after
        self._begun = True
        offline = told.instant("offlineAt")
        if offline is not None or over:
            over = True
            events += self.ended(now, offline)
        return Page(
            events=events,
            token=told.text("nextPageToken", 4000),
            wait=timedelta(milliseconds=min(told.number("pollingIntervalMillis"), 6e5)),
            over=over,
        )

    def ended(self, now: datetime, at: datetime | None = None) -> list[RoomClosed]:
        """The end, once; *at* where the platform tells when that was."""
        if self._closed:
            return []
        self._closed = True
        since = "" if at is None else f":{at.isoformat()}"
        return [
            RoomClosed(
                id=EventId(f"closed:{self.scene.broadcast}{since}"),
                at=min(at or now, now),
                received_at=now,
                scene=self.scene,
            )
        ]

    def _item(self, item: Told, now: datetime) -> Iterator[PlatformEvent]:
        if not item.text("id"):
            self.odd("no_id")
            return
        try:
            yield from self._read(item, item.inner("snippet"), now)
        except NotUnderstood as what:
            self.odd(str(what))

    def _read(self, item: Told, snippet: Told, now: datetime) -> list[PlatformEvent]:
        kind = snippet.text("type")
        match kind:
            case "textMessageEvent":
                words = snippet.inner("textMessageDetails").text(
                    "messageText", _TEXT_KEPT
                )
                return self._spoke(item, words or _shown(snippet), now)
            case "memberMilestoneChatEvent":
                details = snippet.inner("memberMilestoneChatDetails")
                words = details.text("userComment", _TEXT_KEPT)
                return self._spoke(item, words, now, member=True)
            case "messageDeletedEvent":
                gone = snippet.inner("messageDeletedDetails").text("deletedMessageId")
                return self._withdrawn(item, [EventId(gone)], now)
            case "messageRetractedEvent":
                details = snippet.inner("messageRetractedDetails")
                gone = details.text("retractedMessageId")
                return self._withdrawn(item, [EventId(gone)], now)
            case "tombstone":
                return self._withdrawn(item, [EventId(item.text("id"))], now)
            case "userBannedEvent":
                banned = snippet.inner("userBannedDetails").inner("bannedUserDetails")
                whose = banned.text("channelId")
                theirs = [one for by, one in self._lately if whose and by == whose]
                return self._withdrawn(item, theirs, now)
            case "chatEndedEvent":
                return []
            case _ if kind in _PASSED_OVER:
                return []
            case _ if (gift := given(kind, snippet)) is not None:
                return self._given(item, gift, now)
            case _:
                raise NotUnderstood("unknown_type" if kind else "no_type")

    def _spoke(
        self,
        item: Told,
        text: str,
        now: datetime,
        *,
        member: bool = False,
        paid: bool = False,
    ) -> list[PlatformEvent]:
        if not text:
            return []
        about = self._about(item, now)
        viewer = self._viewer(item, text, member=member)
        self._lately.append((_author(item), about["id"]))
        low = text.lower()
        return [
            ViewerSpoke(
                **about,
                viewer=viewer,
                text=text,
                mentions_shop=any(f"@{name}".lower() in low for name in self.names),
                paid=paid,
            )
        ]

    def _given(self, item: Told, gift: Given, now: datetime) -> list[PlatformEvent]:
        """A paid line where there are words to it, else a gift."""
        if gift.words:
            return self._spoke(item, gift.words, now, paid=True)
        return [
            GiftSent(
                **self._about(item, now),
                viewer=self._viewer(item, member=gift.member),
                gift=gift.gift[:_NAME_KEPT],
                count=gift.count,
                amount_minor=gift.amount_minor,
                currency=gift.currency,
            )
        ]

    def _withdrawn(
        self, item: Told, gone: list[EventId], now: datetime
    ) -> list[PlatformEvent]:
        """Each with an id of its own, the last with the message's, which may be gone on from."""
        about = self._about(item, now)
        last = len(gone) - 1
        own = "tombstone:" if gone == [about["id"]] else ""
        return [
            LineWithdrawn(
                **{
                    **about,
                    "id": EventId(
                        f"{own}{about['id']}"
                        if n == last
                        else f"withdrawn:{n}:{about['id']}"
                    ),
                },
                event=one,
            )
            for n, one in enumerate(gone)
            if one
        ]

    def _viewer(self, item: Told, text: str = "", *, member: bool = False) -> Viewer:
        author = item.inner("authorDetails")
        whose = _author(item)
        roles = set()
        if author.yes("isChatOwner") or (whose and whose == self.host):
            roles.add(ANCHOR)
        if author.yes("isChatModerator"):
            roles.add(MODERATOR)
        if member or author.yes("isChatSponsor"):
            roles.add(MEMBER)
        ours = bool(whose) and whose == self.own
        # The host's own words come from the same account where the bot writes as the host.
        echo = ours and self.lines.heard(item.text("id"), text)
        if echo or (ours and self.own != self.host):
            roles.add(SELF)
        name = author.text("displayName", _NAME_KEPT)
        return Viewer(
            key=self.key_of(PLATFORM, whose or f"event:{item.text('id')}"),
            name=name or "观众",
            roles=frozenset(roles),
            masked=not name,
        )

    def _about(self, item: Told, now: datetime) -> dict[str, Any]:
        published = item.inner("snippet").instant("publishedAt")
        old = self._is_history(published)
        return {
            "id": EventId(item.text("id")),
            "at": self.on_time.instant(published, now, old=old),
            "received_at": now,
            "scene": self.scene,
            "origin": Origin.HISTORY if old else Origin.LIVE,
        }

    def _is_history(self, published: datetime | None) -> bool:
        if not self.anew or self._missed:
            return False
        if self.since is None or published is None:
            return not self._begun
        # The date that tells *since* leaves out the part of its second that had passed.
        return published < self.since + (timedelta() if self._begun else _SECOND)


def _author(item: Told) -> str:
    """The channel of whoever wrote it; the message itself doesn't always tell."""
    told = item.inner("authorDetails").text("channelId")
    return told or item.inner("snippet").text("authorChannelId")


def _shown(snippet: Told) -> str:
    return snippet.text("displayMessage", _TEXT_KEPT)
