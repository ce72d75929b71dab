"""Verdicts: how a decision becomes actions, so that every part of hearing words them alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from streambot.domain.actions import (
    Action,
    Decide,
    OpenTicket,
    OweReply,
    ShowReply,
)
from streambot.domain.decision import Decision, DecisionKind, IgnoreReason
from streambot.domain.events import ViewerEntered, ViewerSpoke
from streambot.domain.evidence import Evidence
from streambot.domain.faq.entry import Visibility
from streambot.domain.faq.normalise import folded
from streambot.domain.handoff_gate import HandoffGate
from streambot.domain.memory import RoomMemory
from streambot.domain.mood import RepeatWatch
from streambot.domain.reply import Reply, ReplyKind, owed_to
from streambot.domain.room import Capability, RoomMode
from streambot.domain.ticket import Reason, Ticket


class Verdicts:
    """Builds replies, decisions and handoffs for one room."""

    def __init__(
        self, gate: HandoffGate, memory: RoomMemory, repeats: RepeatWatch
    ) -> None:
        self._gate = gate
        self._memory = memory
        self.repeats = repeats

    def greet(
        self, greeting: Reply, event: ViewerEntered | ViewerSpoke
    ) -> Iterator[Action]:
        """Owe a welcome, or show it where nothing is said."""
        observing = self._memory.mode is RoomMode.OBSERVING
        yield self.owe(greeting)
        yield Decide(
            decision=Decision(
                at=event.received_at,
                event_id=event.id,
                viewer=event.viewer.key,
                kind=DecisionKind.GREET,
                out_id=None if observing else greeting.out_id,
            )
        )

    def reply(
        self,
        line: ViewerSpoke,
        kind: ReplyKind,
        text: str,
        at: datetime,
        expires_at: datetime,
        *,
        visibility: Visibility = Visibility.PUBLIC,
        merge_key: str | None = None,
        carries: bool = True,
    ) -> Reply:
        """The one reply *line* is owed; a private one needs a private way.

        Without such a way a person reads it out from the prompter.
        """
        private = Capability.PRIVATE in self._memory.capabilities
        if visibility is Visibility.PRIVATE and not private:
            visibility = Visibility.PROMPTER
        return Reply(
            out_id=owed_to(kind, line.scene.room, line.id),
            kind=kind,
            trigger=line.id,
            owed_at=at,
            expires_at=expires_at,
            text=text,
            viewer=line.viewer,
            visibility=visibility,
            merge_key=merge_key,
            carries=carries,
        )

    def owe(self, reply: Reply) -> Action:
        """Say *reply*, or only show it while the room is observed."""
        if self._memory.mode is RoomMode.OBSERVING:
            return ShowReply(reply=reply)
        return OweReply(reply=reply)

    def decided(
        self,
        lines: Sequence[ViewerSpoke],
        kind: DecisionKind,
        reply: Reply,
        at: datetime,
        *,
        entry: str | None = None,
        score: float | None = None,
        reason: str | None = None,
        evidence: tuple[Evidence, ...] = (),
    ) -> Iterator[Action]:
        """The first line gets the decision, the rest of the sentence joined it."""
        observing = self._memory.mode is RoomMode.OBSERVING
        yield Decide(
            decision=Decision(
                at=at,
                event_id=lines[0].id,
                viewer=lines[0].viewer.key,
                kind=kind,
                entry=entry,
                score=score,
                reason=reason,
                evidence=_in_line(lines[0], evidence),
                out_id=None if observing else reply.out_id,
            )
        )
        yield from self.ignore(lines[1:], IgnoreReason.MERGED, at)

    def ignore(
        self,
        lines: Sequence[ViewerSpoke],
        reason: IgnoreReason,
        at: datetime,
        *,
        entry: str | None = None,
        score: float | None = None,
        question: bool = False,
    ) -> Iterator[Action]:
        """Nothing is done about *lines*."""
        for line in lines:
            yield Decide(
                decision=Decision(
                    at=at,
                    event_id=line.id,
                    viewer=line.viewer.key,
                    kind=DecisionKind.IGNORE,
                    entry=entry,
                    score=score,
                    reason=reason,
                    question=question,
                )
            )

    def hand_off(
        self,
        lines: Sequence[ViewerSpoke],
        reason: Reason,
        evidence: tuple[Evidence, ...],
        at: datetime,
        *,
        key: str | None = None,
        holding: str | None = None,
        question: bool = False,
    ) -> Iterator[Action]:
        """Call a human for *lines*, or ignore them where the gate is closed.

        *question*: the book has no answer to it, which the gaps report wants to know.
        """
        line = lines[-1]
        evidence = _in_line(line, evidence)
        if not self._gate.admits(reason, key, at):
            yield from self.ignore(lines, IgnoreReason.CHATTER, at, question=True)
            return
        yield self.open(line, reason, evidence, at, key=key, holding=holding)
        yield Decide(
            decision=Decision(
                at=at,
                event_id=line.id,
                viewer=line.viewer.key,
                kind=DecisionKind.HANDOFF,
                reason=reason,
                evidence=evidence,
                question=question,
            )
        )
        yield from self.ignore(lines[:-1], IgnoreReason.MERGED, at)

    def handed_off(
        self,
        line: ViewerSpoke,
        reason: Reason,
        evidence: tuple[Evidence, ...],
        at: datetime,
    ) -> Iterator[Action]:
        """Decide that *line* went to people, where another action sends it there."""
        yield Decide(
            decision=Decision(
                at=at,
                event_id=line.id,
                viewer=line.viewer.key,
                kind=DecisionKind.HANDOFF,
                reason=reason,
                evidence=evidence,
            )
        )

    def open(
        self,
        line: ViewerSpoke,
        reason: Reason,
        evidence: tuple[Evidence, ...],
        at: datetime,
        *,
        key: str | None = None,
        holding: str | None = None,
    ) -> Action:
        """Open a ticket for *line* and count it."""
        self._gate.opened(reason, key, at)
        self.repeats.answered(line.viewer.key)
        return OpenTicket(
            handoff=self._gate.handoff(
                line,
                reason,
                evidence,
                at,
                key=key,
                holding=holding,
                repeated=self._memory.complained(line.viewer.key, at),
            )
        )

    def graver(
        self,
        ticket: Ticket,
        line: ViewerSpoke,
        reason: Reason,
        evidence: tuple[Evidence, ...],
        at: datetime,
    ) -> Action | None:
        """A complaint that outgrows its *ticket*; None where *line* makes it no more urgent."""
        repeated = self._memory.complained(line.viewer.key, at)
        words = _in_line(line, evidence)
        call = self._gate.handoff(line, reason, words, at, repeated=repeated)
        return OpenTicket(handoff=call) if call.priority < ticket.priority else None


def _in_line(line: ViewerSpoke, evidence: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    """What of *evidence* is to be seen in *line*, in its own characters.

    A joined sentence's evidence may point into another line; then it can't be shown.
    """
    if not evidence:
        return ()
    text, plain = line.text, folded(line.text)
    return tuple(
        replace(each, text=text[each.start : each.end])
        for each in evidence
        if folded(each.text) == plain[each.start : each.end]
    )
