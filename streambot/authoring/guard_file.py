"""Reading guard rules: the shipped ones, and a shop's own laid over them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Any

from streambot.authoring.decode import Source, read_source
from streambot.authoring.guard_spec import KNOWN, RULES
from streambot.authoring.problem import Place, Problem
from streambot.authoring.reader import Reader, Unreadable
from streambot.authoring.soft_slips import warn_soft_slips
from streambot.authoring.syntax import read_tree
from streambot.authoring.tree import Listing, Scalar, Table
from streambot.domain.guard import Guard
from streambot.domain.guard_rules import Finds, GuardRule, GuardRules, Severity, Where

#: In this order: on a tie of places the first rule speaks.
_SHIPPED = (
    *("personal.yaml", "conduct.yaml"),
    *("absolute.yaml", "medical.yaml", "advertising.yaml"),
)
_ID = re.compile(r"[a-z][a-z0-9_]{1,39}")
_OFF = "off"
_EMPTY = "E204"
#: Keys that a shop adds to a shipped rule of the same id; its other keys replace.
_ADDED = ("words", "unless", "replacements")
_WORDS = MappingProxyType({"severity": Severity, "where": Where, "finds": Finds})


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardReading:
    """Rules without errors over the shipped ones, the sources read, and every problem."""

    rules: GuardRules
    sources: tuple[Source, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class _Laid:
    """A rule as a file has it: where, and what it would have said instead of its words."""

    rule: str
    place: Place
    better: tuple[str, ...]
    reader: Reader


def read_guard(paths: Sequence[Path]) -> GuardReading:
    """The shipped rules with those of *paths* (files) over them, the later the stronger."""
    read = [read_source(path) for path in paths]
    rules = {rule.id: rule for rule in shipped_rules().rules}
    laid: list[_Laid] = []
    told = [(found, _lay_over(rules, source, laid)) for source, found in read]
    everything = GuardRules(rules=tuple(rules.values()))
    _check_better(everything, laid)
    return GuardReading(
        rules=everything,
        sources=tuple(source for source, _ in read),
        problems=tuple(each for pair in told for part in pair for each in part),
    )


@cache
def shipped_rules() -> GuardRules:
    """The rules that come with streambot; reads files, so not on a loop."""
    rules: dict[str, GuardRule] = {}
    for name in _SHIPPED:
        file = files("streambot.authoring").joinpath("rules", name)
        source = Source.from_text(name, file.read_text(encoding="utf-8"))
        problems = _lay_over(rules, source, [])
        assert not problems, problems[0].render()
    return GuardRules(rules=tuple(rules.values()))


@cache
def shipped_guard() -> Guard:
    """The guard of the shipped rules alone."""
    return Guard.of(shipped_rules())


def _lay_over(
    rules: dict[str, GuardRule], source: Source, laid: list[_Laid]
) -> list[Problem]:
    """Put the good rules of *source* into *rules* and *laid*; every problem."""
    root, problems = read_tree(source, KNOWN)
    reader = Reader(source=source, problems=problems)
    if root is None:
        return problems
    if isinstance(root, Listing):
        head = Scalar(text="rules", place=root.place)
        root = Table(place=root.place, pairs=[(head, root)])
    try:
        read = reader.table(root, RULES, "")
    except Unreadable:
        return problems
    warn_soft_slips(root, reader)
    seen: dict[str, int] = {}
    told = {problem.key for problem in problems if problem.is_error}
    for number, group in enumerate(read["rules"]):
        bad = any(key.startswith(f"rules[{number}].") for key in told)
        place = _one(group, rules, seen, reader, may_be_empty=bad)
        if place is not None:
            better = (*(group["replacements"] or {}).values(), group["replacement"])
            laid.append(_Laid(group["id"], place, tuple(filter(None, better)), reader))
    return problems


def _one(
    group: dict[str, Any],
    rules: dict[str, GuardRule],
    seen: dict[str, int],
    reader: Reader,
    *,
    may_be_empty: bool,
) -> Place | None:
    """Lay one rule over *rules*, and where it stands; ``may_be_empty``: its lack was told."""
    place: Place = group.pop("_place")
    name = group["id"]
    if name is None:
        return None
    wrong = _wrong(group, rules.get(name), seen)
    if wrong is not None and wrong[0] == _EMPTY and may_be_empty:
        return None
    if wrong is not None:
        reader.report(wrong[0], place, f"rules.{name}", wrong[1], wrong[2])
        return None
    seen[name] = place.line
    if group["severity"] == _OFF:
        del rules[name]
        reader.report(
            "W323",
            place,
            f"rules.{name}",
            f"随带的规则“{name}”被关掉了，相关的话不再拦；确认这是您要的。",
            f'The shipped rule "{name}" is off; make sure that is meant.',
        )
        return None
    rules[name] = _rule(group, rules.get(name))
    return place


def _check_better(rules: GuardRules, laid: Sequence[_Laid]) -> None:
    """Report what a file would have said and any of the *rules* in force holds or asks about."""
    if not any(each.better for each in laid):
        return
    guard = Guard.of(rules)
    for each in laid:
        for better in dict.fromkeys(each.better):
            held = next(
                (
                    remark
                    for remark in guard.remarks(better, public=True)
                    if remark.severity is not Severity.SUGGESTION
                    or remark.rule == each.rule
                ),
                None,
            )
            if held is not None:
                each.reader.report(
                    "W325",
                    each.place,
                    f"rules.{each.rule}",
                    f"“{better[:40]}”是用来换的说法，可规则“{held.rule}”不让说其中的"
                    f"“{held.text[:20]}”，照着改还是不行；请换一个。",
                    f'"{better[:40]}" stands in for a word, but rule "{held.rule}" '
                    f'is against "{held.text[:20]}": say another.',
                )


def _wrong(
    group: dict[str, Any], known: GuardRule | None, seen: dict[str, int]
) -> tuple[str, str, str] | None:
    """Why a rule can't be used: code, Chinese, English."""
    name = group["id"]
    if not _ID.fullmatch(name):
        return (
            "E205",
            f"规则编号“{name[:40]}”只能用小写英文、数字和下划线，如 my_words。",
            f'A rule\'s id is made of small letters, digits and _, not "{name[:40]}".',
        )
    if name in seen:
        return (
            "E202",
            f"规则“{name}”写了两次（第 {seen[name]} 行也有），请合成一条。",
            f'Rule "{name}" stands on line {seen[name]} too: make one of them.',
        )
    if group["severity"] == _OFF:
        if known is None:
            return (
                "E205",
                f"没有叫“{name}”的随带规则，关不了；编号见 docs/guard.md。",
                f'There is no shipped rule "{name}" to switch off; see docs/guard.md.',
            )
        return None
    kinds = ("words", "replacements", "finds", "longest")
    if known is None and not any(group[kind] for kind in kinds):
        return (
            _EMPTY,
            f"规则“{name}”没有内容：请写 words（词）或 longest（最多几个字）。",
            f'Rule "{name}" says nothing: give words or longest.',
        )
    return None


def _rule(group: dict[str, Any], known: GuardRule | None) -> GuardRule:
    """The rule of *group*, laid over *known*."""
    given = {
        name: value for name, value in group.items() if value not in (None, (), {}, [])
    }
    given["replacements"] = tuple((group["replacements"] or {}).items())
    if group["replacement"] is not None:
        given["replacement"] = group["replacement"]
    for name, kind in _WORDS.items():
        if name in given:
            given[name] = kind(given[name])
    if known is None:
        name = given["id"]
        words = {
            "zh": f"本店规则“{name}”不让这样说。",
            "en": f'The shop\'s rule "{name}" says no.',
        }
        return GuardRule(**{**words, **given})
    for name in _ADDED:
        given[name] = (*getattr(known, name), *given.get(name, ()))
    return replace(known, **given)
