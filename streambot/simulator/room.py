"""SimulatedRoom: one live room's events, rules for writing into it, and all that was said."""

from __future__ import annotations

import asyncio
import hmac
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_hex
from typing import Any, Protocol

from streambot.adapters.clock import SystemClock
from streambot.ports.clock import Clock
from streambot.simulator import frames
from streambot.simulator.event_log import Event, EventLog
from streambot.simulator.facts import Fact, Limits, Refused, Said, SaidAgain


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the bot is told about its line; *cut* kills the link instead of telling it."""

    frame: str
    cut: bool = False


class Outlet(Protocol):
    """Where a room's events go while a bot is connected."""

    def push(self, frame: str) -> None:
        """Send *frame* as soon as may be."""
        ...


class SimulatedRoom:
    """A room that a crowd fills and a bot follows; ``said`` is its own record of the bot."""

    def __init__(
        self,
        name: str,
        *,
        token: str = "",
        broadcast: str | None = None,
        platform: str = "room_protocol",
        capabilities: tuple[str, ...] = ("room_chat", "enter"),
        limits: Limits | None = None,
        history: int = 2000,
        history_on_join: int = 0,
        overlap: int = 0,
        clock: Clock | None = None,
    ) -> None:
        self.name = name
        self.broadcast = broadcast or f"b-{token_hex(4)}"
        self.platform = platform
        self.capabilities = capabilities
        self.limits = limits or Limits()
        self.history_on_join = history_on_join
        self.overlap = overlap  # events told again on resume, as real platforms do
        self.said: list[Said] = []
        self.duplicates = 0
        self.refusals: Counter[str] = Counter()
        self.observers: list[Callable[[Fact], None]] = []
        self.outlet: Outlet | None = None
        self._token = token
        self._clock = clock or SystemClock()
        self._history = history
        self._log = EventLog(history)
        self._events = 0
        self._known: dict[str, Said] = {}
        self._recent: deque[datetime] = deque()
        self._refuse: deque[tuple[str, float | None]] = deque()
        self._hold = 0
        self._muted_until: datetime | None = None
        self._closed = False
        self._waiting: list[asyncio.Future[None]] = []

    # --- what happens in the room -----------------------------------------------------

    def emit(
        self,
        kind: str,
        viewer: frames.Viewer | None = None,
        *,
        id: str | None = None,  # noqa: A002 - the protocol's own word
        at: datetime | None = None,
        **fields: Any,
    ) -> Event:
        """Let something happen; an id that is known already is sent, but kept once.

        Raises:
            ValueError: a field that events of this kind don't have. Unknown kinds have any.
        """
        odd = fields.keys() - frames.KINDS.get(kind, fields.keys())
        if odd:
            raise ValueError(f"{kind} has no {', '.join(sorted(odd))}")
        self._events += 1
        event = Event(
            id=id or f"{self.broadcast}-{self._events}",
            at=at or self._clock.now(),
            kind=kind,
            viewer=viewer,
            fields=fields,
        )
        if kind in ("opened", "closed"):
            self._closed = kind == "closed"
        self._happened(event)
        return event

    def repeat(self, event: Event) -> None:
        """Send *event* once more under the same id, as platforms do."""
        self._happened(event)

    def _happened(self, event: Event) -> None:
        self._log.add(event)
        if self.outlet is not None:
            self.outlet.push(event.frame())
        self._tell(event)

    # --- faults on demand ------------------------------------------------------------

    def refuse_next(
        self, count: int, code: str = "rate", retry_after: float | None = 2.0
    ) -> None:
        """Refuse the next *count* lines whatever they are."""
        self._refuse.extend([(code, retry_after)] * count)

    def hold_sent(self, count: int = 1) -> None:
        """Show the next *count* lines, but cut the link before saying so."""
        self._hold += count

    def mute(self, seconds: float) -> None:
        """Take no line for *seconds*; 0 ends it."""
        self._muted_until = self._clock.now() + timedelta(seconds=seconds)

    def forget(self) -> None:
        """Keep nothing of what happened: a bot that was away can't be told."""
        self._log = EventLog(self._history)

    def renew(self, token: str) -> None:
        """Let nobody in any more who hasn't the new *token*."""
        self._token = token

    # --- what the bot says -----------------------------------------------------------

    def admits(self, token: str) -> bool:
        """Whether *token* opens this room."""
        return hmac.compare_digest(token.encode(errors="replace"), self._token.encode())

    def greet(self, after: str | None) -> list[str]:
        """The welcome, then what a bot that last saw *after* must be told."""
        limits = self.limits
        hello = frames.welcome(
            room=self.name,
            platform=self.platform,
            broadcast=self.broadcast,
            capabilities=self.capabilities,
            limits=(limits.lines, limits.per_seconds, limits.line_length),
            now=self._clock.now(),
        )
        if after is None:
            return [hello, *self._log.last(self.history_on_join)]
        return [hello, *self._log.missed(after, self.overlap)]

    def take(self, send: frames.Send) -> Answer:
        """Show a line once, or refuse it."""
        now = self._clock.now()
        if not send.out_id or not send.text:
            return self._refused(send.out_id, "bad_frame", None, now)
        known = self._known.get(send.out_id)
        if known is not None:
            self.duplicates += 1
            self._tell(SaidAgain(out_id=send.out_id, at=now))
            return self._answer(known)
        no = self._objection(send, now)
        if no is not None:
            return self._refused(send.out_id, *no, now)
        return self._answer(self._show(send, now))

    def _objection(
        self, send: frames.Send, now: datetime
    ) -> tuple[str, float | None] | None:
        if self._refuse:
            return self._refuse.popleft()
        if self._closed:
            return "closed", None
        if _NEEDS[send.visibility] not in self.capabilities:
            return "forbidden", None
        if send.visibility == "private" and not send.to:
            return "bad_frame", None
        if len(send.text) > self.limits.line_length:
            return "too_long", None
        if self._muted_until is not None and now < self._muted_until:
            return "muted", (self._muted_until - now).total_seconds()
        wait = self._wait(now)
        return ("rate", wait) if wait > 0 else None

    def _wait(self, now: datetime) -> float:
        limits = self.limits
        window = timedelta(seconds=limits.per_seconds)
        while self._recent and self._recent[0] <= now - window:
            self._recent.popleft()
        if len(self._recent) < limits.lines:
            return 0.0
        wait = (self._recent[-limits.lines] + window - now).total_seconds()
        return 0.0 if wait <= limits.slack_seconds else wait

    def _show(self, send: frames.Send, now: datetime) -> Said:
        said = Said(
            out_id=send.out_id,
            id=f"{self.broadcast}-s{len(self.said) + 1}",
            text=send.text,
            visibility=send.visibility,
            to=tuple(send.to),
            reply_to=send.reply_to,
            at=now,
        )
        self.said.append(said)
        self._known[said.out_id] = said
        self._recent.append(now)
        self._tell(said)
        if "echo" in self.capabilities and said.visibility == "public":
            own = frames.Viewer(id="self", name="小助手", roles=("self",))
            self.emit("spoke", own, id=said.id, at=now, text=said.text)
        return said

    def _answer(self, said: Said) -> Answer:
        cut = self._hold > 0
        self._hold -= cut
        return Answer(frame=frames.sent(said.out_id, said.id, said.at), cut=cut)

    def _refused(
        self, out_id: str, code: str, retry_after: float | None, now: datetime
    ) -> Answer:
        self.refusals[code] += 1
        wait = None if retry_after is None else round(retry_after, 3)
        self._tell(Refused(out_id=out_id, code=code, retry_after=wait, at=now))
        return Answer(frame=frames.refused(out_id, code, wait))

    # --- looking on --------------------------------------------------------------------

    async def until(self, holds: Callable[[SimulatedRoom], bool]) -> None:
        """Wait for something to be so, such as ``lambda room: len(room.said) == 3``."""
        while not holds(self):
            changed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._waiting.append(changed)
            await changed

    def changed(self) -> None:
        """Let those who wait look again."""
        waiting, self._waiting = self._waiting, []
        for future in waiting:
            if not future.done():
                future.set_result(None)

    def _tell(self, fact: Fact) -> None:
        for observer in self.observers:
            observer(fact)
        self.changed()


_NEEDS = {"public": "room_chat", "private": "private"}
