"""Unprompted: what a room's assistant says without being asked - timers, the notice, thanks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from streambot.domain.actions import Action, Remember
from streambot.domain.catalogue_lookup import fill
from streambot.domain.events import (
    GiftSent,
    NoticePinned,
    Origin,
    ReplySettled,
    RoomClosed,
    RoomOpened,
    ViewerFollowed,
)
from streambot.domain.gratitude import Gratitude
from streambot.domain.hearing import Hearing
from streambot.domain.memory import RoomMemory
from streambot.domain.policy import SessionPolicy
from streambot.domain.quiet_hours import QuietHours
from streambot.domain.room import SPEAKING, BroadcastId, RoomMode
from streambot.domain.timers import Timers

#: Modes in which thanks are owed, or shown as what would have been said.
_THANKING = SPEAKING | {RoomMode.OBSERVING}


class Unprompted:
    """One room's own talk: least urgent of all, and silent in quiet hours."""

    def __init__(
        self, policy: SessionPolicy, memory: RoomMemory, hearing: Hearing
    ) -> None:
        self._memory = memory
        self._hearing = hearing
        self.quiet = QuietHours(policy.quiet_hours)
        self._thanks = Gratitude(policy.thanks, life=self.quiet.cut)
        self._timers = Timers(
            room=policy.room,
            rules=policy.timers,
            notice_rule=policy.notices,
            words=self._filled,
            life=self.quiet.cut,
        )
        self._closed = False
        self.broadcast = BroadcastId("")  # in which the last thing happened
        #: A viewer said something that counts; gives whether something may be due by it.
        self.heard = self._timers.heard

    def restore(self, facts: Iterable[Remember]) -> None:
        """Know again what is pinned and when each timer was last said."""
        self._timers.restore(facts)

    @property
    def notice(self) -> str:
        """What people pinned; empty: nothing."""
        return self._timers.notice

    def at_work(self, broadcast: BroadcastId, at: datetime) -> Iterator[Action]:
        """Something happens in *broadcast*, which is another one: periods begin."""
        self._closed = False
        self.broadcast = broadcast
        yield from self._timers.began(broadcast, at)

    def opened(self, event: RoomOpened | RoomClosed) -> Iterator[Action]:
        """A broadcast begins: so do all periods. It ends: nothing more is due."""
        if event.origin is Origin.HISTORY:
            return
        self._closed = isinstance(event, RoomClosed)
        if not self._closed:
            at = event.received_at
            self.broadcast = event.scene.broadcast
            yield from self._timers.began(event.scene.broadcast, at, anew=True)

    def gave(self, event: GiftSent | ViewerFollowed) -> Iterator[Action]:
        """Somebody gave something, or followed."""
        if isinstance(event, GiftSent):
            yield from self._thanks.gift(event)
            return
        reply = self._thanks.follow(event)
        if reply is not None and self._may_thank(event.received_at):
            yield self._hearing.verdicts.owe(reply)

    def told_the_time(self, at: datetime) -> Iterator[Action]:
        """What comes due by time alone."""
        for reply in self._thanks.due(at):
            if self._may_thank(at):
                yield self._hearing.verdicts.owe(reply)
        yield from self.due(at)

    def pinned(self, event: NoticePinned) -> Iterator[Action]:
        """People pinned a notice: it is said as soon as nothing else wants to be."""
        self._timers.pin(event.text, event.at)
        yield from self.due(event.at)

    def settled(self, event: ReplySettled) -> Iterator[Action]:
        """A line found its end."""
        yield from self._timers.settled(event)

    def due(self, at: datetime) -> Iterator[Action]:
        """What comes due now, unless nothing may be said."""
        answering = self._memory.mode is RoomMode.ANSWERING
        if answering and not self._closed and not self.quiet.hold(at):
            yield from self._timers.due(at)

    def _may_thank(self, at: datetime) -> bool:
        return self._memory.mode in _THANKING and not self.quiet.hold(at)

    def _filled(self, text: str) -> str | None:
        """*text* with the values of the shop and of the product on screen; None: one is missing."""
        understanding = self._hearing.understanding
        product = understanding.shelf.product(self._memory.shown)
        return fill(text, product, understanding.book.catalogue.shop, "")
