"""What only shows when all entries lie side by side: doubles, collisions, values, expiry, wording."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from streambot.authoring.faq_file import Draft
from streambot.authoring.problem import Place, Problem
from streambot.authoring.values import values_of
from streambot.authoring.wording import wording_of
from streambot.domain.faq.entry import FaqBook, FaqEntry
from streambot.domain.faq.overlaps import Overlap
from streambot.domain.guard import Guard
from streambot.domain.product import Catalogue

_CONDITIONS = {"must": "必须有", "any": "任一有", "none": "不能有"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Judges:
    """What the domain says about texts: ``normalise`` makes questions comparable; ``ruled_out``
    tells which of an entry's own conditions a question of it fails, or None; ``overlaps`` which
    questions of a whole book two entries would answer."""

    normalise: Callable[[str], str]
    ruled_out: Callable[[FaqEntry, str], str | None]
    overlaps: Callable[[FaqBook], Sequence[Overlap]]


def review(
    drafts: Sequence[Draft],
    catalogue: Catalogue | None,
    judges: Judges,
    now: datetime,
    guard: Guard,
) -> tuple[list[Draft], list[Problem]]:
    """The drafts that may be used, in order, and every problem between and in them.

    *catalogue* None: values in answers are not judged.
    """
    problems: list[Problem] = []
    kept: list[Draft] = []
    first: dict[str, Draft] = {}
    for draft in drafts:
        found = [
            *_doubled(draft, first),
            *(values_of(draft, catalogue) if catalogue is not None else ()),
            *wording_of(draft, catalogue, guard),
            *(_opposed(draft, judges) or _ruled_out(draft, judges)),
            *_wordless(draft, judges),
            *_expired(draft, now),
        ]
        problems += found
        first.setdefault(draft.entry.id, draft)
        if not any(problem.is_error for problem in found):
            kept.append(draft)
    problems += _collisions(kept, judges)
    return kept, problems


def _problem(
    draft: Draft,
    place: Place,
    code: str,
    words: tuple[str, str],
    fixed: str | None = None,
) -> Problem:
    return Problem(
        place=place,
        code=code,
        zh=words[0],
        en=words[1],
        key=draft.entry.id,
        found=draft.source.line(place.line),
        corrected=fixed,
    )


def _doubled(draft: Draft, first: dict[str, Draft]) -> Iterator[Problem]:
    name = draft.entry.id
    if name not in first:
        return
    other = first[name].place
    number = next(n for n in range(2, len(first) + 3) if f"{name}-{n}" not in first)
    place = draft.texts.get(name, draft.place)
    line = draft.source.line(place.line)
    where = f"第 {other.line} 行" if other.file == place.file else str(other)
    yield _problem(
        draft,
        place,
        "E202",
        (
            f"编号“{name}”重复了（{where}和第 {place.line} 行），可以改成“{name}-{number}”。",
            f'The id "{name}" is used at {other} and on line {place.line}: "{name}-{number}" is free.',
        ),
        line.replace(name, f"{name}-{number}", 1) if name in line else None,
    )


def _expired(draft: Draft, now: datetime) -> Iterator[Problem]:
    valid = draft.entry.valid
    if valid is not None and valid.until is not None and valid.until < now:
        yield _problem(
            draft,
            draft.place,
            "W306",
            (
                f"这条已于 {valid.until:%Y-%m-%d} 过期，不会再用；不要了就删掉，或改有效期。",
                f"This entry expired on {valid.until:%Y-%m-%d} (UTC) and is out of use.",
            ),
        )


def _opposed(draft: Draft, judges: Judges) -> list[Problem]:
    """Conditions that no line can meet: a word that must be there and may not."""
    entry, normalise = draft.entry, judges.normalise
    refused = {normalise(word): word for word in entry.none if normalise(word)}

    def refusing(word: str) -> str | None:
        plain = normalise(word)
        return next((none for key, none in refused.items() if key in plain), None)

    wanted = [(name, word) for name in ("must", "any") for word in getattr(entry, name)]
    opposed = {word: refusing(word) for _, word in wanted}
    if any(opposed[word] is None for word in entry.any):
        wanted = [(name, word) for name, word in wanted if name == "must"]
    return [
        _problem(
            draft,
            draft.at(word),
            "E208",
            (
                f"“{word}”在“{_CONDITIONS[name]}”里，“{opposed[word]}”又在“不能有”里，"
                "哪句弹幕都答不到这条；请删掉一个。",
                f'"{word}" stands under {name} and "{opposed[word]}" under none, '
                "so no line reaches this entry: delete one.",
            ),
        )
        for name, word in wanted
        if opposed[word] is not None
    ]


def _ruled_out(draft: Draft, judges: Judges) -> Iterator[Problem]:
    """A question that its own entry's conditions turn away is never answered."""
    for question in draft.entry.questions:
        rule = judges.ruled_out(draft.entry, question)
        if rule is None:
            continue
        yield _problem(
            draft,
            draft.at(question),
            "W308",
            (
                f"问法“{question}”被这条自己的“{_CONDITIONS.get(rule, rule)}”挡住，永远答不到；请改一个。",
                f'"{question}" is turned away by this entry\'s own "{rule}": change one of them.',
            ),
        )


def _wordless(draft: Draft, judges: Judges) -> Iterator[Problem]:
    """A question of pictures or signs alone is like no line: they are left out of lines as well."""
    for question in draft.entry.questions:
        if judges.normalise(question):
            continue
        yield _problem(
            draft,
            draft.at(question),
            "W313",
            (
                f"问法“{question}”里没有文字，只有标点或表情，永远答不到；请写成顾客会打的字。",
                f'"{question}" has no words, so no line is like it: write what viewers type.',
            ),
        )


def _collisions(drafts: Sequence[Draft], judges: Judges) -> Iterator[Problem]:
    """Two entries with the same question: which one answers is chance."""
    asked: dict[str, list[tuple[Draft, str]]] = {}
    for draft in drafts:
        for question in draft.entry.questions:
            key = judges.normalise(question)
            if not key:
                continue
            others = asked.setdefault(key, [])
            for other, text in others:
                if other is not draft and meet(other, draft):
                    yield _collision(draft, question, other, text)
                    break
            others.append((draft, question))


def meet(one: Draft, other: Draft) -> bool:
    """Whether both may answer the same line: not when their products or times are apart."""
    if one.entry.products and other.entry.products:
        return bool(set(one.entry.products) & set(other.entry.products))
    return bool(one.entry.products) == bool(other.entry.products)


def _collision(draft: Draft, question: str, other: Draft, text: str) -> Problem:
    there = other.at(text)
    place = draft.at(question)
    return _problem(
        draft,
        place,
        "W307",
        (
            f"问法“{question}”和“{other.entry.id}”（{there}）的“{text}”一样，只能答其中一条，请删掉一个。",
            f'"{question}" is also a question of "{other.entry.id}" ({there}): delete one.',
        ),
    )
