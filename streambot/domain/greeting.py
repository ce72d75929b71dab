"""Whom to welcome, and when at the latest."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from streambot.domain.actions import MemoryKind, Remember
from streambot.domain.events import FromViewer, Origin
from streambot.domain.names import clean_name, spoken_name
from streambot.domain.reply import OutId, Reply, ReplyKind
from streambot.domain.room import BroadcastId
from streambot.domain.viewer import Viewer, ViewerKey

__all__ = [
    "GreetingStyle",
    "LinkDelay",
    "Welcomes",
    "clean_name",
    "spoken_name",
]

#: Viewers remembered per room; beyond them the store's unique out_id decides.
WELCOMED_KEPT = 50_000
#: A platform's clock is believed up to this far.
_BELIEVED = timedelta(seconds=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class GreetingStyle:
    """How welcomes are worded; ``{n}`` in a crowd's texts is how many came in."""

    texts: tuple[str, ...] = (
        "您好，欢迎光临直播间，请问有什么可以帮您？",
        "欢迎光临直播间，想看哪一款可以直接问哦",
        "欢迎来到直播间，有问题随时打在公屏上",
        "您好，欢迎进来看看，尺码颜色都可以问",
    )
    short: str = "您好，欢迎光临～"
    crowd: tuple[str, ...] = (
        "欢迎新进来的{n}位朋友，有问题随时问",
        "欢迎刚来的{n}位朋友，想看哪款直接打在公屏",
        "{n}位新朋友好，欢迎光临直播间",
        "欢迎{n}位新朋友，尺码颜色发货都可以问",
    )
    burst: int = 8  # more than this many at once are welcomed by number
    names: bool = True


class LinkDelay:
    """The link's smallest seen delay, so that a queue on our side can't hide lateness."""

    def __init__(self) -> None:
        self._smallest: timedelta | None = None

    def note(self, at: datetime, received_at: datetime) -> timedelta:
        """An event came; gives the smallest delay so far."""
        delay = received_at - at
        if self._smallest is None or delay < self._smallest:
            self._smallest = delay
        return self._smallest

    def heard_at(self, at: datetime, received_at: datetime) -> datetime:
        """The instant from which lateness counts for an event of platform time *at*."""
        likely = at + self.note(at, received_at)
        return likely if received_at - likely <= _BELIEVED else received_at

    def forget(self) -> None:
        """A new link has a delay of its own."""
        self._smallest = None


class Welcomes:
    """Remembers who was welcomed: once per broadcast, and not again within the cooldown."""

    def __init__(
        self, *, within: timedelta, cooldown: timedelta, kept: int = WELCOMED_KEPT
    ) -> None:
        self._within = within
        self._cooldown = cooldown
        self._kept = kept
        # A hundred thousand viewers are no rarity: those of this broadcast cost an instant each.
        self._broadcast: BroadcastId | None = None
        self._here: dict[ViewerKey, datetime] = {}
        self._earlier: dict[ViewerKey, tuple[datetime, BroadcastId | None]] = {}
        self.delay = LinkDelay()

    def restore(self, remembered: Iterable[Remember]) -> None:
        """Know again who was welcomed before a restart."""
        for fact in remembered:
            if fact.memory is MemoryKind.WELCOMED:
                known = (fact.at, BroadcastId(fact.value))
                self._earlier[ViewerKey(fact.key)] = known

    def due(self, viewer: Viewer, at: datetime, broadcast: BroadcastId) -> bool:
        """Whether this viewer is to be welcomed now; never the host, programs or ourselves."""
        if viewer.roles and (viewer.is_anchor or viewer.is_bot or viewer.is_self):
            return False
        before: datetime | None = self._here.get(viewer.key)
        where = self._broadcast
        if before is None:
            before, where = self._earlier.get(viewer.key, (None, None))
        if before is None:
            return True
        return where != broadcast and at - before >= self._cooldown

    def mark(
        self, viewer: Viewer, at: datetime, broadcast: BroadcastId
    ) -> tuple[Remember, ...]:
        """This viewer counts as welcomed from now on; gives what must be kept on disk."""
        if broadcast != self._broadcast:
            self._earlier |= {
                key: (before, self._broadcast) for key, before in self._here.items()
            }
            self._here, self._broadcast = {}, broadcast
        self._earlier.pop(viewer.key, None)
        self._here.pop(viewer.key, None)
        self._here[viewer.key] = at
        if len(self._here) + len(self._earlier) > self._kept:
            oldest = self._earlier or self._here
            del oldest[next(iter(oldest))]
        fact = Remember(
            memory=MemoryKind.WELCOMED, key=viewer.key, at=at, value=broadcast
        )
        return (fact,)

    def greeting(self, event: FromViewer) -> Reply | None:
        """The welcome this enter (or first line) earns, else None; ``mark`` it once owed.

        It expires at the promised deadline: a late welcome is never said.
        """
        broadcast = event.scene.broadcast
        self.delay.note(event.at, event.received_at)
        if event.origin is Origin.HISTORY:
            return None
        if not self.due(event.viewer, event.received_at, broadcast):
            return None
        heard = self.delay.heard_at(event.at, event.received_at)
        return Reply(
            out_id=OutId(f"greet:{event.scene.room}:{broadcast}:{event.viewer.key}"),
            kind=ReplyKind.GREETING,
            trigger=event.id,
            owed_at=event.received_at,
            expires_at=heard + self._within,
            heard_at=heard,
            viewer=event.viewer,
            addressed=False,
        )
