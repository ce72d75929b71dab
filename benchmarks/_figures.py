"""Figures from rulings: shares, the recall at a precision, and how far chance moves them."""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

from _sets import ANSWERABLE

_RESAMPLES = 300
_SEED = 20260101
#: The 90 % interval.
_LOW, _HIGH = 0.05, 0.95
#: Questions of the shop's own matters that the book doesn't answer: a person's.
NEEDS_PERSON = ("oos_domain", "oos_near")
CHATTER = "oos_chat"

Figure = dict[str, float | None]


class Cell(NamedTuple):
    """What counts of one ruling; queries that came out alike share a cell."""

    kind: str
    first: bool  # the right entry stands first
    among3: bool
    outcome: str
    right: bool  # it was answered, with the right entry


class Ruling(NamedTuple):
    """What a method said to one query."""

    cell: Cell
    score: float


def figures(rulings: Sequence[Ruling]) -> dict[str, Figure]:
    """Every share at the shipped settings with its interval."""
    cells = Counter(ruling.cell for ruling in rulings)
    found = _with_interval(shares(cells), _resampled(cells))
    found["rec_at_p90"] = recall_at(rulings)
    return found


def ranking(rulings: Sequence[Ruling]) -> dict[str, Figure]:
    """What can be said of a method that has no settings of its own."""
    found = figures(rulings)
    return {name: found[name] for name in ("top1", "rec_at_p90")}


def by_kind(rulings: Sequence[Ruling]) -> dict[str, dict[str, float]]:
    """How the queries of each kind came out."""
    totals = Counter(ruling.cell.kind for ruling in rulings)
    outcomes = Counter((each.cell.kind, each.cell.outcome) for each in rulings)
    return {
        kind: {"queries": total}
        | {
            outcome: outcomes[kind, outcome] / total
            for outcome in ("answer", "clarify", "handoff", "ignore")
        }
        for kind, total in sorted(totals.items())
    }


def shares(cells: Mapping[Cell, int]) -> dict[str, float]:
    """The shares of a set; nan where nothing can be divided by."""
    asked = right = first = among3 = answers = out = out_answered = 0
    needy = helped = chatter = bothered = 0
    for cell, count in cells.items():
        answered = cell.outcome == "answer"
        answers += count * answered
        right += count * cell.right
        if cell.kind == ANSWERABLE:
            asked += count
            first += count * cell.first
            among3 += count * cell.among3
            continue
        out += count
        out_answered += count * answered
        passed_on = cell.outcome in ("clarify", "handoff")
        if cell.kind in NEEDS_PERSON:
            needy += count
            helped += count * passed_on
        elif cell.kind == CHATTER:
            chatter += count
            bothered += count * passed_on
    return {
        "top1": _part(first, asked),
        "among3": _part(among3, asked),
        "precision": _part(right, answers),
        "recall": _part(right, asked),
        "oos_answered": _part(out_answered, out),
        "oos_passed_on": _part(helped, needy),
        "chat_passed_on": _part(bothered, chatter),
    }


def recall_at(rulings: Sequence[Ruling], precision: float = 0.90) -> Figure:
    """The share answered rightly while so much of all answers is right, threshold at its best."""
    ranked = sorted(rulings, key=lambda ruling: -ruling.score)
    chance = random.Random(_SEED)  # noqa: S311 - the same draws every time
    total, draws = len(ranked), []
    for _ in range(_RESAMPLES // 2):
        counts = [0] * total
        for number in chance.choices(range(total), k=total):
            counts[number] += 1
        draws.append(_recall_at(ranked, counts, precision))
    return _figure(_recall_at(ranked, [1] * total, precision), draws)


def _recall_at(
    ranked: Sequence[Ruling], counts: Sequence[int], precision: float
) -> float:
    right = given = asked = best = 0
    before = math.inf
    for (cell, score), count in zip(ranked, counts, strict=True):
        # A threshold can't part what has the same score.
        if score < before:
            if given and right >= precision * given:
                best = max(best, right)
            before = score
        answerable = cell.kind == ANSWERABLE
        asked += count * answerable
        if score > 0:
            given += count
            right += count * (cell.first and answerable)
    if given and right >= precision * given:
        best = max(best, right)
    return _part(best, asked)


def average_precision(
    scored: Iterable[tuple[float, bool]], prevalence: float | None = None
) -> float | None:
    """Mean precision at each positive; with *prevalence*, as if so many were positive."""
    lines = sorted(scored, key=lambda each: -each[0])
    positives = sum(positive for _, positive in lines)
    if not positives:
        return None
    negatives = len(lines) - positives
    weight = 1.0
    if prevalence is not None and negatives:
        weight = positives * (1 - prevalence) / prevalence / negatives
    hits = false = 0.0
    total, number = 0.0, 0
    while number < len(lines):
        score, new_hits, new_false = lines[number][0], 0, 0
        while number < len(lines) and lines[number][0] == score:
            new_hits += lines[number][1]
            new_false += not lines[number][1]
            number += 1
        hits, false = hits + new_hits, false + weight * new_false
        total += new_hits * hits / (hits + false)
    return total / positives


def share(hits: int, total: int) -> Figure:
    """A plain share with its interval."""
    cells = Counter({True: hits, False: total - hits})
    draws = _draws(cells, lambda drawn: _part(drawn[True], total))
    return _figure(_part(hits, total), draws)


def _resampled(cells: Counter[Cell]) -> list[dict[str, float]]:
    return _draws(cells, shares)


def _draws(cells: Counter, measure: Callable[[Counter], object]) -> list:
    chance = random.Random(_SEED)  # noqa: S311 - the same draws every time
    names, total = list(cells), cells.total()
    if not total:
        return []
    weights = list(accumulate(cells.values()))
    return [
        measure(Counter(chance.choices(names, cum_weights=weights, k=total)))
        for _ in range(_RESAMPLES)
    ]


def _with_interval(
    values: Mapping[str, float], draws: Sequence[Mapping[str, float]]
) -> dict[str, Figure]:
    return {
        name: _figure(value, [draw[name] for draw in draws])
        for name, value in values.items()
    }


def _figure(value: float, draws: Iterable[float]) -> Figure:
    ranked = sorted(draw for draw in draws if not math.isnan(draw))
    if math.isnan(value) or not ranked:
        return {"value": None, "low": None, "high": None}
    last = len(ranked) - 1
    return {
        "value": value,
        "low": ranked[round(_LOW * last)],
        "high": ranked[round(_HIGH * last)],
    }


def _part(some: float, all_of: float) -> float:
    return some / all_of if all_of else math.nan
