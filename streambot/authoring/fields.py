"""Fields: the kinds of settings that many keys share, each named by its unit."""

from __future__ import annotations

from datetime import timedelta

from streambot.authoring.file_kinds import Files
from streambot.authoring.group_kinds import Group
from streambot.authoring.kinds import Number, Span
from streambot.authoring.reader import Field, Spec

_DAY = 24 * 3600


def seconds(name: str, default: float, zh: str, en: str, least: float = 1) -> Field:
    """A span in seconds."""
    kind = Span(unit="seconds", least=least, most=_DAY)
    return Field(name=name, kind=kind, default=timedelta(seconds=default), zh=zh, en=en)


def minutes(name: str, default: float, zh: str, en: str) -> Field:
    """A span in minutes."""
    kind = Span(unit="minutes", least=1, most=7 * _DAY / 60)
    return Field(name=name, kind=kind, default=timedelta(minutes=default), zh=zh, en=en)


def hours(name: str, default: float, zh: str, en: str) -> Field:
    """A span in hours."""
    kind = Span(unit="hours", least=0.1, most=24 * 30)
    return Field(name=name, kind=kind, default=timedelta(hours=default), zh=zh, en=en)


def score(name: str, default: float, zh: str, en: str) -> Field:
    """A score of matching."""
    kind = Number(least=0, most=1, fraction=True, sample=f"{default:g}")
    return Field(name=name, kind=kind, default=default, zh=zh, en=en)


def files(name: str, zh: str, en: str) -> Field:
    """Files or folders, none by default."""
    return Field(name=name, kind=Files(), default=(), zh=zh, en=en)


def group(name: str, spec: Spec, zh: str, en: str) -> Field:
    """Keys of their own; left out, each has its default."""
    defaults = {item.name: item.default for item in spec}
    return Field(name=name, kind=Group(spec=spec), default=defaults, zh=zh, en=en)
