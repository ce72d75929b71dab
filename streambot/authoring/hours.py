"""Hours: how opening hours are written in a file, and the calendar they make."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, tzinfo
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from streambot.authoring.kinds import Flag, Text
from streambot.authoring.reader import Field, Reader, Spec, Unreadable, items
from streambot.authoring.schema import of_spec
from streambot.authoring.tree import Listing, Scalar, Table, Value
from streambot.domain.calendar import CHINA, DAY, DAYS, Calendar, Interval, Intervals

_SPAN = re.compile(r"(\d{1,2})[:：](\d{2})\s*[-–—~～至到]\s*(\d{1,2})[:：](\d{2})")
_LIVE = frozenset({"live", "直播", "直播时"})
_ALWAYS = frozenset({"always", "24h", "全天"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """Intervals such as 09:00-12:00, one or a list; an end before its start is the next day's."""

    def read(self, value: Value, reader: Reader, key: str) -> Intervals:
        """The intervals; bad ones are reported and left out."""
        found = []
        for item in items(value):
            try:
                found.append(_interval(item, reader, key))
            except Unreadable:
                continue
        return tuple(sorted(set(found)))

    def schema(self) -> dict[str, Any]:
        """A text or an array of texts."""
        each = {"type": "string"}
        return {"anyOf": [each, {"type": "array", "items": each}]}


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """Dates, one or a list."""

    def read(self, value: Value, reader: Reader, key: str) -> tuple[date, ...]:
        """The dates; bad ones are reported and left out."""
        found = []
        for item in items(value):
            try:
                text = Text().read(item, reader, key)
            except Unreadable:
                continue
            try:
                found.append(date.fromisoformat(text.replace("/", "-")))
            except ValueError:
                reader.fail(
                    item,
                    key,
                    f"“{text[:40]}”不是日期，请写成 2026-10-01。",
                    f'"{text[:40]}" is not a date: write 2026-10-01.',
                    instead="2026-10-01",
                )
        return tuple(found)

    def schema(self) -> dict[str, Any]:
        """A text or an array of texts."""
        return Times().schema()


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """A time zone by its name."""

    def read(self, value: Value, reader: Reader, key: str) -> tzinfo:
        """The zone; China's needs no table of zones."""
        name = Text(most=64).read(value, reader, key)
        if name == "Asia/Shanghai":
            return CHINA
        try:
            return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise reader.fail(
                value,
                key,
                f"不认识时区“{name[:40]}”，例如 Asia/Shanghai。",
                f'There is no time zone "{name[:40]}": write one such as Asia/Shanghai.',
                instead="Asia/Shanghai",
            ) from None

    def schema(self) -> dict[str, Any]:
        """A string."""
        return {"type": "string"}


def _day(name: str, *also: str, zh: str, en: str) -> Field:
    return Field(name=name, kind=Times(), also=also, zh=zh, en=en)


_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_CHINESE = "一二三四五六日"

HOURS: Spec = (
    _day("daily", "每天", zh="每天的时间", en="Hours of every day"),
    *(
        _day(name, f"周{zh}", zh=f"周{zh}的时间，空列表就是休息", en=f"Hours of {name}")
        for name, zh in zip(_WEEKDAYS, _CHINESE, strict=True)
    ),
    _day("breaks", "休息", zh="每天的休息时间", en="Breaks of every day"),
    Field(
        name="holidays",
        kind=Dates(),
        also=("节假日",),
        default=(),
        zh="放假的日期",
        en="Dates without hours",
    ),
    Field(
        name="live",
        kind=Flag(),
        also=("直播时",),
        default=False,
        zh="直播时也算上班",
        en="Also open while the room is live",
    ),
    Field(
        name="timezone",
        kind=Zone(),
        also=("时区",),
        default=CHINA,
        zh="时区",
        en="Whose clock",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """Opening hours: times for every day, the words live or always, or keys by weekday."""

    def read(self, value: Value, reader: Reader, key: str) -> Calendar:
        """The calendar."""
        if isinstance(value, Table):
            return _calendar(reader.table(value, HOURS, key))
        if isinstance(value, Scalar):
            word = value.text.strip().lower()
            if word in _ALWAYS:
                return Calendar()
            if word in _LIVE:
                return Calendar(week=((),) * DAYS, live=True)
        found = Times().read(value, reader, key)
        if not found and not isinstance(value, Listing):
            raise Unreadable
        return Calendar(week=(found,) * DAYS)

    def schema(self) -> dict[str, Any]:
        """A text, texts, or an object."""
        return {"anyOf": [*Times().schema()["anyOf"], of_spec(HOURS)]}


def _calendar(values: dict[str, Any]) -> Calendar:
    days: Sequence[Intervals | None] = [values[name] for name in _WEEKDAYS]
    daily: Intervals | None = values["daily"]
    week = None
    if daily is not None or any(each is not None for each in days) or values["live"]:
        week = tuple((daily or ()) if each is None else each for each in days)
    return Calendar(
        week=week,
        breaks=(values["breaks"] or (),) * DAYS,
        days=dict.fromkeys(values["holidays"], ()),
        zone=values["timezone"],
        live=values["live"],
    )


def _interval(value: Value, reader: Reader, key: str) -> Interval:
    text = Text(most=40).read(value, reader, key)
    found = _SPAN.fullmatch(text)
    if found is not None:
        hour, minute, until, past = (int(part) for part in found.groups())
        start, end = hour * 60 + minute, until * 60 + past
        end += DAY if end <= start else 0
        if start < DAY and end <= start + DAY and minute < 60 and past < 60:
            return Interval(start=start, end=end)
    raise reader.fail(
        value,
        key,
        f"“{text[:40]}”不是时间段，请写成 09:00-23:00；过夜写成 20:00-02:00。",
        f'"{text[:40]}" is no span of time: write 09:00-23:00, or 20:00-02:00 over midnight.',
        instead='"09:00-23:00"',
    )
