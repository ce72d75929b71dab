"""Timers: lines said every so often, if enough viewer lines passed; the pinned notice is one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from streambot.domain.actions import Action, MemoryKind, OweReply, Remember, WakeAt
from streambot.domain.events import ReplySettled
from streambot.domain.reply import EventId, OutId, Reply, ReplyKind, ReplyState

#: How long a scheduled line waits for a slot that nothing else wants.
LIFE = timedelta(seconds=60)
#: Two scheduled lines are at least so far apart, also those that came due together.
APART = timedelta(seconds=60)
#: The key of the timer that says the pinned notice.
NOTICE = "notice"
_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class TimerRule:
    """One of *texts*, in turn, at most once in *every*, and only *after_lines* viewer lines."""

    every: timedelta
    after_lines: int
    texts: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What it is remembered under: other words make another timer."""
        return sha256("\n".join(self.texts).encode()).hexdigest()[:12]


#: How often a pinned notice is said where nothing is set.
NOTICE_EVERY = TimerRule(every=timedelta(minutes=10), after_lines=5)


@dataclass(slots=True, kw_only=True)
class _Timer:
    """A rule and where it stands."""

    key: str
    rule: TimerRule
    last: datetime | None = None  # its period began
    lines: int = 0  # heard by then
    turns: int = 0  # how often it was owed
    broadcast: str = ""
    owed_until: datetime | None = None

    @property
    def due_at(self) -> datetime:
        return _NEVER if self.last is None else self.last + self.rule.every

    @property
    def enough(self) -> int:
        return self.lines + self.rule.after_lines


@dataclass(slots=True, kw_only=True)
class Timers:
    """A room's scheduled lines; whoever uses them says when none may be said at all.

    Nothing is said more than once in its period, counted from when the room took the last one,
    over restarts too; lines heard before a restart don't count.
    """

    room: str = ""
    rules: Sequence[TimerRule] = ()
    notice_rule: TimerRule = NOTICE_EVERY
    words: Callable[[str], str | None] = lambda text: text
    life: Callable[[datetime, datetime], datetime] = lambda _, until: until
    notice: str = ""
    _timers: dict[str, _Timer] = field(default_factory=dict)
    _lines: int = 0
    _broadcast: str = ""
    _owed_at: datetime | None = None
    _enough: int = 0
    _soonest: datetime = _NEVER

    def __post_init__(self) -> None:
        for rule in self.rules:
            self._timers[rule.key] = _Timer(key=rule.key, rule=rule)

    def restore(self, remembered: Iterable[Remember]) -> None:
        """Know again what is pinned, and when each was last said."""
        facts = [*remembered]
        for fact in facts:
            if fact.memory is MemoryKind.PINNED:
                self._set_notice(fact.value)
        for fact in facts:
            timer = self._timers.get(fact.key)
            if fact.memory is MemoryKind.TIMER and timer is not None:
                timer.last = fact.at
                turns, _, timer.broadcast = fact.value.partition("/")
                timer.turns = int(turns or 0)

    def began(
        self, broadcast: str, at: datetime, *, anew: bool = False
    ) -> list[Action]:
        """The broadcast is *broadcast* from *at*: periods begin, of another one anew."""
        self._broadcast = broadcast
        actions: list[Action] = []
        for timer in self._timers.values():
            # A clock that was set back meanwhile would keep it silent until then.
            ahead = timer.last is None or timer.last > at
            if anew or ahead or timer.broadcast != broadcast:
                timer.last, timer.lines = at, self._lines
                timer.broadcast = broadcast
                actions.append(self._remember(timer))
            actions.append(WakeAt(at=max(at, timer.due_at)))
        self._look_ahead()
        return actions

    def heard(self, at: datetime) -> bool:
        """A viewer said something; gives whether a timer may be due by that."""
        self._lines += 1
        return self._lines >= self._enough and at >= self._soonest

    def due(self, at: datetime) -> Iterator[Action]:
        """The scheduled line that is due, longest overdue first; never two at once."""
        due = sorted(
            (each for each in self._timers.values() if self._is_due(each, at)),
            key=lambda each: each.due_at,
        )
        if not due:
            return
        if self._owed_at is not None and at - self._owed_at < APART:
            yield WakeAt(at=self._owed_at + APART)
            return
        for timer in due:
            owed = self._owe(timer, at)
            yield from owed
            if len(owed) > 1:
                break
        if len(due) > 1:
            yield WakeAt(at=at + APART)
        self._look_ahead()

    def pin(self, text: str, at: datetime) -> None:
        """People pin *text*, which is due at once; empty: nothing is pinned any more."""
        self._set_notice(text)
        timer = self._timers.get(NOTICE)
        if timer is not None:
            timer.last = at - timer.rule.every
            timer.lines = self._lines - timer.rule.after_lines
            timer.broadcast = self._broadcast
        self._look_ahead()

    def settled(self, event: ReplySettled) -> Iterator[Action]:
        """A scheduled line found its end: one that was said begins its period then."""
        for out in event.outs:
            if not out.startswith(self._prefix):
                continue
            key = out.removeprefix(self._prefix).partition(":")[0]
            timer = self._timers.get(key)
            if timer is None:
                continue
            timer.owed_until = None
            if event.state is ReplyState.SENT:
                timer.last, timer.lines = event.at, self._lines
                yield self._remember(timer)
                yield WakeAt(at=timer.due_at)
            self._look_ahead()

    @property
    def _prefix(self) -> str:
        """Of all it owes: two rooms may well have the same lines due at the same instant."""
        return f"timer:{self.room}:"

    def _is_due(self, timer: _Timer, at: datetime) -> bool:
        waits = timer.owed_until is not None and at < timer.owed_until
        return not waits and at >= timer.due_at and self._lines >= timer.enough

    def _owe(self, timer: _Timer, at: datetime) -> list[Action]:
        """The next of its texts that can be filled in; its period begins either way."""
        texts = timer.rule.texts
        timer.last, timer.lines = at, self._lines
        for turn in range(timer.turns, timer.turns + len(texts)):
            text = self.words(texts[turn % len(texts)])
            if text is not None:
                timer.turns = turn + 1
                break
        else:
            return [WakeAt(at=timer.due_at)]
        until = self.life(at, at + LIFE)
        timer.owed_until, self._owed_at = until, at
        reply = Reply(
            out_id=OutId(f"{self._prefix}{timer.key}:{at.isoformat()}"),
            kind=ReplyKind.TIMER,
            trigger=EventId(f"timer:{timer.key}"),
            owed_at=at,
            expires_at=until,
            text=text,
            addressed=False,
        )
        return [
            OweReply(reply=reply),
            self._remember(timer),
            WakeAt(at=timer.due_at),
        ]

    def _remember(self, timer: _Timer) -> Remember:
        return Remember(
            memory=MemoryKind.TIMER,
            key=timer.key,
            at=timer.last or _NEVER,
            value=f"{timer.turns}/{timer.broadcast}",
        )

    def _set_notice(self, text: str) -> None:
        self.notice = text
        self._timers.pop(NOTICE, None)
        if text:
            rule = TimerRule(
                every=self.notice_rule.every,
                after_lines=self.notice_rule.after_lines,
                texts=(text,),
            )
            self._timers[NOTICE] = _Timer(key=NOTICE, rule=rule)

    def _look_ahead(self) -> None:
        """Before what line and instant nothing can be due, so that most lines cost nothing."""
        timers = self._timers.values()
        self._enough = min((each.enough for each in timers), default=0)
        self._soonest = min((each.due_at for each in timers), default=_NEVER)
