"""Staffing: how a file says which groups a desk has, who is in each, and who works when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from streambot.authoring.free_keys import free_keys
from streambot.authoring.hours import Hours
from streambot.authoring.kinds import Text, Texts
from streambot.authoring.problem import Place, Problem
from streambot.authoring.reader import Reader
from streambot.authoring.tree import Scalar, Value
from streambot.domain.calendar import Calendar
from streambot.domain.language import LANGUAGES
from streambot.domain.ticket import SUPERVISORS

_LONGEST = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Members:
    """Names of groups, each with the agents in it."""

    def read(
        self, value: Value, reader: Reader, key: str
    ) -> dict[str, tuple[str, ...]]:
        """Members by group; bad groups are reported and left out."""
        return free_keys(
            value,
            reader,
            key,
            lambda word, item, whole: _members(word, item, reader, whole),
            ("组名: [客服, 客服]", "group: [agent, agent]"),
        )

    def schema(self) -> dict[str, Any]:
        """An object of texts or arrays."""
        return {
            "type": "object",
            "propertyNames": {"not": {"const": SUPERVISORS}, "maxLength": _LONGEST},
            "additionalProperties": Texts().schema(),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Tongues:
    """Agents, each with the languages they answer in."""

    def read(
        self, value: Value, reader: Reader, key: str
    ) -> dict[str, tuple[str, ...]]:
        """Languages by agent; bad ones are reported and left out."""
        kind = Texts(each=Text(words=LANGUAGES))
        return free_keys(
            value,
            reader,
            key,
            lambda _, item, whole: kind.read(item, reader, whole),
            ("客服: [zh, en]", "agent: [zh, en]"),
        )

    def schema(self) -> dict[str, Any]:
        """An object of texts or arrays."""
        kind = Texts(each=Text(words=LANGUAGES))
        return {"type": "object", "additionalProperties": kind.schema()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shifts:
    """Agents or groups, each with hours of their own."""

    def read(self, value: Value, reader: Reader, key: str) -> dict[str, Calendar]:
        """Hours by name; bad ones are reported and left out."""
        return free_keys(
            value,
            reader,
            key,
            lambda _, item, whole: Hours().read(item, reader, whole),
            ("客服或组名: 09:00-18:00", "agent or group: 09:00-18:00"),
        )

    def schema(self) -> dict[str, Any]:
        """An object of hours."""
        return {"type": "object", "additionalProperties": Hours().schema()}


def _members(word: Scalar, value: Value, reader: Reader, key: str) -> tuple[str, ...]:
    name = word.text.strip()
    if name == SUPERVISORS:
        raise reader.fail(
            word,
            key,
            "主管组就是所有主管账号，不用写成员；请删掉这一行，用 streambot user 设主管。",
            "The supervisors' group is everybody with that role: remove the line, "
            "and make supervisors with streambot user.",
        )
    if not name or len(name) > _LONGEST:
        raise reader.fail(
            word,
            key,
            f"组名要有 1 到 {_LONGEST} 个字。",
            f"A group's name has 1 to {_LONGEST} characters.",
        )
    found = Texts(each=Text(most=64)).read(value, reader, key)
    if not found:
        raise reader.fail(
            value,
            key,
            f"“{name}”组里没有人，转给它的工单没人能接；请写上客服账号，或删掉这个组。",
            f'Nobody is in "{name}", so nobody could take its tickets: '
            "name its agents, or remove the group.",
        )
    return found


def strangers(
    named: Mapping[str, tuple[str, ...]], accounts: frozenset[str], place: Place
) -> list[Problem]:
    """Warnings of names under *named* that no account has.

    Args:
        named: names by the key they stand under, such as ``desk.groups.care``.
        accounts: who can log in.
        place: where the settings are.
    """
    return [
        Problem(
            place=place,
            code="W212",
            key=key,
            zh=f"{key} 里的“{name}”没有账号；请改名字，或用 streambot user add 添加。",
            en=f'"{name}" in {key} has no account: correct the name, '
            "or add one with streambot user add.",
        )
        for key, names in named.items()
        for name in names
        if name not in accounts
    ]
