"""Reading a platform's service rules: a shipped profile by its name, or a shop's own file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from streambot.authoring.decode import read_source
from streambot.authoring.fields import seconds
from streambot.authoring.file_kinds import FileOr
from streambot.authoring.group_kinds import Group, Groups
from streambot.authoring.hours import Dates, Hours
from streambot.authoring.kinds import Number, Text
from streambot.authoring.problem import Place, Problem
from streambot.authoring.reader import Field, Reader, Spec, Unreadable
from streambot.authoring.syntax import read_tree
from streambot.authoring.tree import Scalar, Value
from streambot.domain.calendar import ALWAYS
from streambot.domain.service_profile import Counts, ServiceProfile, ServiceRate

SHIPPED = ("douyin_2026", "jd_2026", "kuaishou_2026", "pdd_2026", "taobao_2026")
#: Clocks of ``desk`` that a profile may set where the desk's own key is absent.
CLOCKS = ("claim_seconds", "first_seconds", "turn_seconds")


def _clock(name: str) -> Field:
    found = seconds(name, 1, "这个时限的默认值", "That clock's default")
    return Field(name=name, kind=found.kind, zh=found.zh, en=found.en)


_RATE: Spec = (
    Field(name="name", kind=Text(most=40), required=True, zh="名称", en="Its name"),
    Field(
        name="of",
        kind=Text(words=tuple(Counts)),
        default=Counts.EVERY.value,
        zh="first 只算首次回复；every 每一轮都算",
        en="first: first replies alone; every: each turn",
    ),
    seconds("within_seconds", 180, "多久内算做到", "Kept within"),
    Field(
        name="at_least",
        kind=Number(least=0, most=1, fraction=True),
        zh="要求的比例，如 0.8；不知道就不写",
        en="The share that is asked for, such as 0.8; left out where unknown",
    ),
)
PROFILE: Spec = (
    Field(name="title", kind=Text(most=60), required=True, zh="叫什么", en="Its title"),
    Field(name="date", kind=Dates(), required=True, zh="记下的日期", en="When noted"),
    Field(
        name="source", kind=Text(most=400), required=True, zh="出处", en="Where from"
    ),
    Field(
        name="hours", kind=Hours(), default=ALWAYS, zh="考核时间", en="When measured"
    ),
    Field(
        name="clocks",
        kind=Group(spec=tuple(map(_clock, CLOCKS))),
        default={},
        zh="客服台时限的默认值",
        en="Defaults of the desk's clocks",
    ),
    Field(
        name="rates",
        kind=Groups(spec=_RATE, most=20),
        default=[],
        zh="考核的比例",
        en="The rates that are measured",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileReading:
    """A profile, what it sets of the desk's clocks in seconds, and what is wrong in its file."""

    profile: ServiceProfile | None = None
    clocks: tuple[tuple[str, float], ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileKind:
    """The name of a shipped profile, or a file of one's own."""

    def read(self, value: Value, reader: Reader, key: str) -> ServiceProfile:
        """The profile; problems of its file are told with its own places."""
        found = read_profile(value, reader, key)
        if found is None:
            raise reader.fail(
                value,
                key,
                f"没有这个平台规则，也没有这个文件。随带的有：{'、'.join(SHIPPED)}。",
                f"There is no such profile, nor file. Shipped are {', '.join(SHIPPED)}.",
                instead=SHIPPED[0],
            )
        reader.problems += found.problems
        if found.profile is None:
            raise Unreadable
        return found.profile

    def schema(self) -> dict[str, Any]:
        """One of the shipped names, or a path."""
        return {"anyOf": [{"enum": list(SHIPPED)}, {"type": "string"}]}


def read_profile(value: Value, reader: Reader, key: str) -> ProfileReading | None:
    """What stands in the profile that *value* names; None where there is none."""
    word = FileOr(words=SHIPPED).read(value, reader, key)
    if word in SHIPPED:
        with as_file(files("streambot.authoring") / "profiles") as folder:
            return _read(folder / f"{word}.yaml", word)
    path = Path(word)
    return _read(path, path.stem) if path.is_file() else None


def _read(path: Path, name: str) -> ProfileReading:
    source, problems = read_source(path)
    reader = Reader(source=source, problems=problems)
    known = frozenset(each.name for each in PROFILE)
    root, found = read_tree(source, known)
    reader.problems += found
    empty = Scalar(text="", place=Place(file=source.file, line=1, column=1))
    try:
        values = reader.table(root or empty, PROFILE, "")
    except Unreadable:
        return ProfileReading(problems=tuple(reader.problems))
    if any(each.is_error for each in reader.problems) or not values["date"]:
        return ProfileReading(problems=tuple(reader.problems))
    profile = ServiceProfile(
        name=name,
        title=values["title"],
        source=values["source"],
        noted=values["date"][0],
        hours=values["hours"],
        rates=tuple(map(_rate, values["rates"])),
    )
    clocks = tuple(
        (clock, span.total_seconds())
        for clock, span in values["clocks"].items()
        if span is not None
    )
    return ProfileReading(
        profile=profile, clocks=clocks, problems=tuple(reader.problems)
    )


def _rate(values: dict[str, Any]) -> ServiceRate:
    return ServiceRate(
        name=values["name"],
        of=Counts(values["of"]),
        within=values["within_seconds"],
        at_least=values["at_least"],
    )


def outdated(
    profile: ServiceProfile | None, today: date, place: Place
) -> Sequence[Problem]:
    """A warning where *profile* is too old to be believed unseen."""
    if profile is None or not profile.is_old(today):
        return ()
    return (
        Problem(
            place=place,
            code="W213",
            key="desk.profile",
            zh=f"平台规则“{profile.name}”是 {profile.noted} 记下的，超过一年了："
            "请到平台后台核对，改好后更新它的日期。",
            en=f'The profile "{profile.name}" was noted on {profile.noted}, over a year ago: '
            "compare it with the platform's own page, then put a new date on it.",
        ),
    )
