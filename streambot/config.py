"""Config: everything a person sets, frozen and checked, from config.yaml and the environment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from streambot.domain.room import RoomMode, RoomName, SendLimits, Sink


@dataclass(frozen=True, slots=True)
class Secret:
    """A token; ``repr`` and ``str`` never show it, :meth:`reveal` does."""

    value: str = field(repr=False)

    def reveal(self) -> str:
        """The token itself, for the one place that needs it."""
        return self.value

    def __repr__(self) -> str:
        return "Secret(****)"

    __str__ = __repr__


@dataclass(frozen=True, slots=True, kw_only=True)
class WebConfig:
    """Where the console listens; port 0 takes any free one."""

    host: str = "127.0.0.1"
    port: int = 8710


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskConfig:
    """The desk's clocks."""

    claim: timedelta = timedelta(seconds=20)
    first: timedelta = timedelta(seconds=180)
    turn: timedelta = timedelta(seconds=180)
    complaint: timedelta = timedelta(minutes=120)
    major_complaint: timedelta = timedelta(minutes=30)
    escalate: timedelta = timedelta(minutes=30)
    undo: timedelta = timedelta(seconds=3)


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggingConfig:
    """``level``: debug, info, warning, error; ``format``: auto (pretty on a terminal), pretty, json."""

    level: str = "info"
    format: str = "auto"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrdersConfig:
    """Where a room's orders come from; ``columns`` maps our column names to the file's headers."""

    source: str
    path: Path
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class GreetingConfig:
    """Welcomes: how soon, how often, by name or not; ``texts`` rotate, empty means the built-in ones."""

    enabled: bool = True
    within: timedelta = timedelta(seconds=5)
    cooldown: timedelta = timedelta(hours=6)
    names: bool = True
    texts: tuple[str, ...] = ()
    returning: tuple[str, ...] = ()  # wording for viewers who were here before


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchingConfig:
    """Thresholds of matching, each a score in [0, 1]."""

    answer_at: float = 0.70
    suggest_at: float = 0.25
    margin: float = 0.05
    second_look: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class SendingConfig:
    """At most *lines* lines in any window of *per*, each at most *line_length* characters."""

    lines: int = 1
    per: timedelta = timedelta(seconds=2)
    line_length: int = 40

    @property
    def limits(self) -> SendLimits:
        """The same as the domain's value."""
        return SendLimits(lines=self.lines, per=self.per, line_length=self.line_length)


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoffConfig:
    """How many cards a minute the desk bears, and after how many unanswered repeats a human is asked."""

    per_minute: int = 6
    repeats: int = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomConfig:
    """One room; paths are absolute."""

    name: RoomName
    connector: str = "room_protocol"
    url: str = ""
    token: Secret | None = None
    mode: RoomMode = RoomMode.ANSWERING
    faq: tuple[Path, ...] = ()
    products: Path | None = None
    orders: OrdersConfig | None = None
    sinks: tuple[Sink, ...] = (Sink.ROOM_CHAT, Sink.PROMPTER)
    greeting: GreetingConfig = field(default_factory=GreetingConfig)
    matching: MatchingConfig = field(default_factory=MatchingConfig)
    sending: SendingConfig = field(default_factory=SendingConfig)
    handoff: HandoffConfig = field(default_factory=HandoffConfig)


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Everything a person sets; ``warnings`` are sentences to show at start."""

    version: int = 1
    data_dir: Path = Path("data")
    language: str = "zh"
    web: WebConfig = field(default_factory=WebConfig)
    store: str = "sqlite"
    store_synchronous: str = "full"
    rooms: tuple[RoomConfig, ...] = ()
    desk: DeskConfig = field(default_factory=DeskConfig)
    logging: LoggingConfig = field(default_factory=LoggingConfig)
    warnings: tuple[str, ...] = ()
