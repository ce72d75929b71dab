"""Gratitude: thanks for gifts and follows, once per combo, never for what is told again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from streambot.domain.actions import Action, WakeAt
from streambot.domain.events import GiftSent, Origin, ViewerFollowed
from streambot.domain.names import clean_name
from streambot.domain.reply import EventId, OutId, Reply, ReplyKind, owed_to
from streambot.domain.viewer import Viewer, ViewerKey

#: A combo is over when its viewer sent no more of that gift for so long.
COMBO_ENDS = timedelta(seconds=5)
#: A combo that doesn't end is thanked for so long after it began.
_LONGEST = timedelta(seconds=20)
#: How long thanks wait for a slot that answers and welcomes leave.
LIFE = timedelta(seconds=30)
#: What was told so late is no occasion any more.
_STALE = timedelta(seconds=30)
#: Combos under way and followers thanked that are remembered.
_KEPT = 1_000
_MANY = 1_000_000
GIFT, FOLLOW = "gift", "follow"


@dataclass(frozen=True, slots=True, kw_only=True)
class ThanksPolicy:
    """What is thanked for; *amounts*: how many of a gift is said too."""

    gifts: bool = False
    follows: bool = False
    amounts: bool = False


@dataclass(slots=True, kw_only=True)
class _Combo:
    room: str
    viewer: Viewer
    gift: str
    event: EventId
    since: datetime
    last: datetime
    count: int = 0
    thanked: bool = False

    @property
    def due_at(self) -> datetime:
        return min(self.last + COMBO_ENDS, self.since + _LONGEST)


class Gratitude:
    """A room's combos under way, and who was thanked for following in this broadcast."""

    def __init__(
        self,
        policy: ThanksPolicy,
        life: Callable[[datetime, datetime], datetime] = lambda _, until: until,
    ) -> None:
        self._policy = policy
        self._life = life
        self._combos: dict[tuple[ViewerKey, str], _Combo] = {}
        self._followed: dict[OutId, None] = {}

    def gift(self, event: GiftSent) -> Iterator[Action]:
        """A gift begins a combo or goes on with one; the thanks come behind it."""
        if not self._policy.gifts or not _is_news(event):
            return
        at, key = event.received_at, (event.viewer.key, event.gift)
        combo = self._combos.get(key)
        if combo is None or at - combo.last >= COMBO_ENDS:
            if len(self._combos) >= _KEPT:
                del self._combos[next(iter(self._combos))]
            combo = self._combos[key] = _Combo(
                room=event.scene.room,
                viewer=event.viewer,
                gift=event.gift,
                event=event.id,
                since=at,
                last=at,
            )
        combo.last = max(combo.last, at)
        combo.count = min(_MANY, combo.count + max(1, event.count))
        yield WakeAt(at=combo.last + COMBO_ENDS if combo.thanked else combo.due_at)

    def due(self, at: datetime) -> Iterator[Reply]:
        """Thanks for the combos that are over, or go on too long to be waited for."""
        for key, combo in [*self._combos.items()]:
            if not combo.thanked and combo.due_at <= at:
                combo.thanked = True
                out = owed_to(ReplyKind.GIFT, combo.room, combo.event)
                yield self._reply(out, combo.event, combo.viewer, at, combo)
            if combo.thanked and combo.last + COMBO_ENDS <= at:
                del self._combos[key]

    def follow(self, event: ViewerFollowed) -> Reply | None:
        """Thanks for a follow, once a broadcast: following again and again earns no more."""
        if not self._policy.follows or not _is_news(event):
            return None
        scene = event.scene
        out = OutId(f"gift:follow:{scene.room}:{scene.broadcast}:{event.viewer.key}")
        if out in self._followed:
            return None
        self._followed[out] = None
        if len(self._followed) > _KEPT:
            del self._followed[next(iter(self._followed))]
        return self._reply(out, event.id, event.viewer, event.received_at, None)

    def _reply(
        self,
        out: OutId,
        trigger: EventId,
        viewer: Viewer,
        at: datetime,
        combo: _Combo | None,
    ) -> Reply:
        return Reply(
            out_id=out,
            kind=ReplyKind.GIFT,
            trigger=trigger,
            owed_at=at,
            expires_at=self._life(at, at + LIFE),
            text="的关注" if combo is None else self._gift(combo),
            viewer=viewer,
            addressed=False,
            merge_key=FOLLOW if combo is None else GIFT,
        )

    def _gift(self, combo: _Combo) -> str:
        """``送的小心心×3``: how many only where that is wanted, and never what it cost."""
        name = clean_name(combo.gift) or "礼物"
        many = self._policy.amounts and combo.count > 1
        return f"送的{name}×{combo.count}" if many else f"送的{name}"


def _is_news(event: GiftSent | ViewerFollowed) -> bool:
    viewer = event.viewer
    ours = viewer.roles and (viewer.is_anchor or viewer.is_bot or viewer.is_self)
    late = event.received_at - event.at > _STALE
    return event.origin is not Origin.HISTORY and not ours and not late
