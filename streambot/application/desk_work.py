"""DeskWork: what a room's actions ask of the desk, to be run in the transaction of their batch."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import assert_never

from streambot.application import handoffs, ratings
from streambot.application.desk_returns import There
from streambot.domain.actions import (
    AppendToTicket,
    AskRating,
    OpenTicket,
    PraiseAgent,
    RateTicket,
    WithdrawTicket,
)
from streambot.domain.desk_policy import DeskPolicy
from streambot.domain.faq.entry import Visibility
from streambot.domain.room import RoomName
from streambot.domain.ticket import Handoff
from streambot.domain.viewer import ViewerKey
from streambot.ports.store import DeskTransaction

Work = Callable[[DeskTransaction], None]


def _nobody_knows() -> There:
    return None


class DeskWork:
    """Builds one room's work; who is there and who may speak is asked as it is built."""

    def __init__(
        self,
        room: RoomName,
        policy: DeskPolicy,
        *,
        attended: Callable[[], bool],
        speaks: Callable[[], bool],
        there: Callable[[], There] = _nobody_knows,
    ) -> None:
        self._there = there
        self._room = room
        self._policy = policy
        self._attended = attended
        self._speaks = speaks

    def doing(
        self,
        action: OpenTicket
        | AppendToTicket
        | WithdrawTicket
        | AskRating
        | RateTicket
        | PraiseAgent,
    ) -> Work:
        """What *action* asks of the desk."""
        match action:
            case OpenTicket():
                return self.opening(action.handoff)
            case AppendToTicket():
                return self.appending(action)
            case WithdrawTicket():
                return self.withdrawing(action)
            case AskRating():
                return self.asking(action)
            case RateTicket():
                return self.rating(action)
            case PraiseAgent():
                return self.praising(action)
            case _:
                assert_never(action)

    def opening(self, handoff: Handoff) -> Work:
        """Open a ticket, or merge into the viewer's own."""
        attended, speak = self._attended(), self._speaks()
        there = self._there()

        def work(tx: DeskTransaction) -> None:
            handoffs.open_ticket(
                tx,
                handoff,
                policy=self._policy,
                attended=attended,
                speak=speak,
                there=there,
            )

        return work

    def appending(self, action: AppendToTicket) -> Work:
        """Put a viewer's line on their ticket."""
        attended, speak = self._attended(), self._speaks()
        there = self._there()

        def work(tx: DeskTransaction) -> None:
            handoffs.viewer_line(
                tx,
                action,
                policy=self._policy,
                attended=attended,
                speak=speak,
                there=there,
            )

        return work

    def withdrawing(self, action: WithdrawTicket) -> Work:
        """End a matter nobody wants any more."""

        def work(tx: DeskTransaction) -> None:
            handoffs.withdraw(
                tx, action.ticket, action.reason, action.at, policy=self._policy
            )

        return work

    def asking(self, action: AskRating) -> Work:
        """Ask a viewer how the service was."""

        def work(tx: DeskTransaction) -> None:
            ratings.ask(tx, action, policy=self._policy)

        return work

    def rating(self, action: RateTicket) -> Work:
        """Keep what an asked viewer gave."""
        attended, speak = self._attended(), self._speaks()

        def work(tx: DeskTransaction) -> None:
            ratings.rate(
                tx, action, policy=self._policy, attended=attended, speak=speak
            )

        return work

    def praising(self, action: PraiseAgent) -> Work:
        """Keep a viewer's praise for the agent it is about."""

        def work(tx: DeskTransaction) -> None:
            tx.put_acclaim(action.acclaim)

        return work

    def shipped(self, viewer: ViewerKey, at: datetime) -> Work:
        """Tell the buyer's ticket that their order is on its way."""

        there = self._there()

        def work(tx: DeskTransaction) -> None:
            handoffs.order_shipped(
                tx, self._room, viewer, at, policy=self._policy, there=there
            )

        return work

    def closing(self, at: datetime, private: bool) -> Work:
        """The broadcast ended: answers go to viewers in *private*, or to whoever reads prompts."""
        there = self._there()
        sink = Visibility.PRIVATE if private else Visibility.PROMPTER

        def work(tx: DeskTransaction) -> None:
            handoffs.room_closed(
                tx, self._room, at, policy=self._policy, sink=sink, there=there
            )

        return work
