"""Kinds of values in files people write: how each is read and offered by an editor."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, timezone
from typing import Any

from streambot.authoring.meant import (
    is_no_day,
    meant_date,
    meant_flag,
    meant_number,
    meant_word,
    offered,
    unit_name,
)
from streambot.authoring.reader import Reader, Unreadable, items
from streambot.authoring.tree import Scalar, Value

_YES = frozenset({"true", "yes", "on", "y", "1", "是", "开", "打开", "启用"})
_NO = frozenset({"false", "no", "off", "n", "0", "否", "关", "关闭", "停用"})
#: Merchants' days and hours without a zone are China's.
CHINA = timezone(timedelta(hours=8))


def _scalar(value: Value, reader: Reader, key: str) -> Scalar:
    if isinstance(value, Scalar):
        return value
    raise reader.fail(
        value,
        key,
        "这里应该是一个值，不是列表或更多的“键: 值”。",
        "One value is expected here, not a list or a mapping.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A text, exactly as typed; ``words`` are the only ones allowed, any when empty."""

    least: int = 1
    most: int = 2000
    words: tuple[str, ...] = ()
    also: Mapping[str, str] | None = None  # other words for the same

    def read(self, value: Value, reader: Reader, key: str) -> str:
        """The text without surrounding space."""
        scalar = _scalar(value, reader, key)
        text = scalar.text.strip()
        if not text:
            raise reader.empty(scalar, key)
        if len(text) < self.least:
            raise reader.fail(
                value,
                key,
                f"“{text}”太短了，至少 {self.least} 个字。",
                f'"{text}" is too short: at least {self.least} characters.',
            )
        if len(text) > self.most:
            raise reader.fail(
                value,
                key,
                f"太长了：{len(text)} 个字，最多 {self.most} 个。",
                f"Too long: {len(text)} characters, at most {self.most}.",
            )
        return self._word(text, scalar, reader, key) if self.words else text

    def _word(self, text: str, scalar: Scalar, reader: Reader, key: str) -> str:
        also = self.also or {}
        word = also.get(text, text)
        if word in self.words:
            return word
        likely = meant_word(text, (*self.words, *also))
        raise reader.fail(
            scalar,
            key,
            f"“{text[:40]}”不能用，只能是：{offered(self.words, also)}。",
            f'"{text[:40]}" is not one of: {", ".join(self.words)}.',
            instead=likely,
        )

    def schema(self) -> dict[str, Any]:
        """String, or one of the words."""
        if self.words:
            return {"type": "string", "enum": [*self.words, *(self.also or {})]}
        schema: dict[str, Any] = {
            "type": ["string", "number", "boolean"],
            "maxLength": self.most,
        }
        return schema | {"minLength": self.least} if self.least > 1 else schema


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """A list of texts; one text alone is a list of one. Doubles are dropped."""

    each: Text = Text()
    most: int = 500

    def read(self, value: Value, reader: Reader, key: str) -> tuple[str, ...]:
        """The texts; bad ones are reported and left out."""
        found: dict[str, None] = {}
        for item in self.split(value)[: self.most]:
            try:
                found[self.each.read(item, reader, key)] = None
            except Unreadable:
                continue
        if len(items(value)) > self.most:
            raise reader.fail(
                value,
                key,
                f"超过 {self.most} 条，请拆开。",
                f"More than {self.most} items: split it.",
            )
        return tuple(found)

    def split(self, value: Value) -> list[Value]:
        """Items; a value from the environment is split at commas."""
        if isinstance(value, Scalar) and not value.place.line:
            return [
                Scalar(text=part, place=value.place)
                for part in value.text.split(",")
                if part.strip()
            ]
        return items(value)

    def schema(self) -> dict[str, Any]:
        """One or an array of the text's schema."""
        each = self.each.schema()
        return {"anyOf": [each, {"type": "array", "items": each}]}


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number in [least, most]; whole unless ``fraction``.

    ``unit``: seconds, minutes or hours, where it is a span of time; ``sample`` stands in what is told.
    """

    least: float
    most: float
    fraction: bool = False
    sample: str = "1"
    unit: str = ""

    def read(self, value: Value, reader: Reader, key: str) -> float | int:
        """An int, or a float where fractions are allowed."""
        text = _scalar(value, reader, key).text.strip()
        number = self._parse(text)
        if number is None:
            word = ("数字", "a number") if self.fraction else ("整数", "a whole number")
            of = f"（单位是{unit_name(self.unit)}）" if self.unit else ""
            raise reader.fail(
                value,
                key,
                f"这里应该是{word[0]}{of}，例如 {self.sample}；写的是“{text[:40]}”。",
                f'{word[1].capitalize()} is expected, such as {self.sample}, not "{text[:40]}".',
                instead=self._meant(text),
            )
        if not self.least <= number <= self.most:
            raise reader.fail(
                value,
                key,
                f"应在 {self.least:g} 到 {self.most:g} 之间，写的是 {text[:40]}。",
                f"It must be from {self.least:g} to {self.most:g}, not {text[:40]}.",
            )
        return number

    def _meant(self, text: str) -> str | None:
        return meant_number(
            text, self.least, self.most, fraction=self.fraction, unit=self.unit
        )

    def _parse(self, text: str) -> float | int | None:
        try:
            number = float(text) if self.fraction else int(text)
        except ValueError:
            return None
        return number if math.isfinite(number) else None

    def schema(self) -> dict[str, Any]:
        """Number or integer with bounds."""
        kind = "number" if self.fraction else "integer"
        return {"type": kind, "minimum": self.least, "maximum": self.most}


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A span of time, written as a number of ``unit`` (seconds, minutes or hours)."""

    unit: str
    least: float
    most: float

    def read(self, value: Value, reader: Reader, key: str) -> timedelta:
        """The span."""
        number = Number(
            least=self.least,
            most=self.most,
            fraction=True,
            sample=f"{max(self.least, min(20, self.most)):g}",
            unit=self.unit,
        )
        return timedelta(**{self.unit: number.read(value, reader, key)})

    def schema(self) -> dict[str, Any]:
        """A number with bounds."""
        return {"type": "number", "minimum": self.least, "maximum": self.most}


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """Yes or no, in English or Chinese."""

    def read(self, value: Value, reader: Reader, key: str) -> bool:
        """Whether it says yes."""
        text = _scalar(value, reader, key).text.strip().lower()
        if text in _YES or text in _NO:
            return text in _YES
        raise reader.fail(
            value,
            key,
            f"这里只能是 是/否、开/关 或 true/false，写的是“{text[:40]}”。",
            f'true or false is expected, not "{text[:40]}".',
            instead=meant_flag(text),
        )

    def schema(self) -> dict[str, Any]:
        """Boolean, or the Chinese words."""
        return {"anyOf": [{"type": "boolean"}, {"enum": ["是", "否", "开", "关"]}]}


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A date or a date and time; without a zone it is China's; ``closing`` takes a date's end."""

    closing: bool = False

    def read(self, value: Value, reader: Reader, key: str) -> datetime:
        """The instant, aware, UTC."""
        text = _scalar(value, reader, key).text.strip()
        tidy = text.replace("/", "-").replace("年", "-").replace("月", "-")
        tidy = "-".join(
            part.zfill(2) if part.isdigit() else part
            for part in tidy.replace("日", "").strip().split("-")
        )
        try:
            moment = datetime.fromisoformat(tidy)
        except ValueError:
            why = f"没有 {text} 这一天" if is_no_day(tidy) else f"“{text[:40]}”不是日期"
            raise reader.fail(
                value,
                key,
                f"{why}，请写成 2026-11-11 或 2026-11-11 20:00。",
                f'"{text[:40]}" is not a date: write 2026-11-11 or 2026-11-11 20:00.',
                instead=meant_date(text),
            ) from None
        if self.closing and len(tidy) <= 10:
            moment = datetime.combine(moment.date(), time.max)
        zoned = moment if moment.tzinfo else moment.replace(tzinfo=CHINA)
        try:
            return zoned.astimezone(UTC)
        except OverflowError:
            raise reader.fail(
                value, key, "这个日期太远了。", "This date is out of range."
            ) from None

    def schema(self) -> dict[str, Any]:
        """A string."""
        return {"type": "string"}
