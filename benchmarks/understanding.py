"""How well lines are understood, at the shipped settings, beside known methods on the same lines.

Sets of questions asked of books, recorded rooms in which every answer is a false one, and lines
whose mood people judged; how to read the figures: docs/operations.md. Needs ``--data``.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from _aims import judged
from _chat import DATA
from _figures import average_precision, by_kind, figures, share
from _rulings import SHIPPED, base_of, bases, chatter, moods, per_1000, rulings
from _sets import FAQ_SETS, SETS, MoodLine, chats, mood_lines, queries, there
from _understanding_table import show

from streambot.domain.faq.match import MatchSettings

#: Angry lines among a shop's, as far as is known; precision depends on it.
_PREVALENCE = 0.035
#: The recorded rooms are asked what a book of another trade makes of them, and the shipped one.
_BOOKS = ("jd", "faq")


@dataclass(frozen=True, slots=True)
class Task:
    """One set to measure, and how."""

    name: str
    data: Path
    faq: Path | None
    second_look: bool
    peers: bool
    noise: bool


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    add, switch = parser.add_argument, argparse.BooleanOptionalAction
    add("--json", action="store_true", help="one line of JSON")
    add("--data", type=Path, default=DATA, help="folder with faq/, chat/ and mood/")
    add("--sets", default=",".join(SETS), help="some of: " + ",".join(SETS))
    add("--second-look", choices=("on", "off"), default="off", help="encoder")
    add("--peers", action=switch, default=True, help="known methods too")
    add("--noise", action=switch, default=False, help="the same lines typed worse too")
    add("--faq", default="shipped", help="the book asked of chat: shipped, or a path")
    add("--processes", type=int, default=2, help="sets measured at a time")
    options = parser.parse_args(arguments)
    options.sets = [name for name in options.sets.split(",") if name]
    unknown = set(options.sets) - set(SETS)
    if unknown:
        parser.error(f"no such set: {', '.join(sorted(unknown))}")
    return options


def measured(task: Task) -> dict[str, Any]:
    """The figures of one set, with the seconds they took."""
    begun = time.perf_counter()
    match task.name:
        case "mood":
            found = _mood(task)
        case "chat":
            found = _chat(task)
        case _:
            found = _faq(task)
    return found | {"seconds": round(time.perf_counter() - begun, 1)}


def _faq(task: Task) -> dict[str, Any]:
    asked = queries(task.data, task.name)
    books = bases(base_of(task.data, task.name), second_look=task.second_look)
    ruled = rulings(books, asked)
    return {
        "queries": len(asked),
        "figures": figures(ruled),
        "kinds": by_kind(ruled),
    }


def _chat(task: Task) -> dict[str, Any]:
    rooms = chats(task.data)
    found: dict[str, Any] = {"books": {}}
    for name in _BOOKS:
        if name == "jd":
            if not there(task.data, name):
                continue
            path, room = base_of(task.data, name), queries(task.data, name)[0].room
        else:
            path, room = task.faq or SHIPPED, ""
        books = bases(path, second_look=task.second_look)
        counts = {chat: chatter(books, room, lines) for chat, lines in rooms.items()}
        found["books"][name] = {
            chat: per_1000(each) for chat, each in (counts | _all(counts)).items()
        }
    return found


def _all(counts: dict[str, Counter[str]]) -> dict[str, Counter[str]]:
    return {"all": sum(counts.values(), Counter())}


def _mood(task: Task) -> dict[str, Any]:
    judged_lines = mood_lines(task.data, "anger")
    insults = mood_lines(task.data, "offensive")
    found = _flagged(judged_lines)
    found["flagged_per_1000"] = {
        name: 1000 * sum(flagged for _, flagged in moods(lines)) / max(1, len(lines))
        for name, lines in chats(task.data).items()
    }
    if insults:
        found["offensive"] = _flagged(insults)
    return found


def _flagged(lines: list[MoodLine]) -> dict[str, Any]:
    read = moods(line.text for line in lines)
    totals = Counter((line.kind, line.positive) for line in lines)
    hits = Counter(
        (line.kind, line.positive)
        for line, (_, flagged) in zip(lines, read, strict=True)
        if flagged
    )
    right = sum(count for (_, positive), count in hits.items() if positive)
    scored = [
        (score, line.positive) for line, (score, _) in zip(lines, read, strict=True)
    ]
    return {
        "lines": len(lines),
        "precision": share(right, hits.total()),
        "recall": share(right, sum(line.positive for line in lines)),
        "average_precision": average_precision(scored),
        "average_precision_at_natural": average_precision(scored, _PREVALENCE),
        "kinds": {
            kind if not _both(totals, kind) else f"{kind}:{int(positive)}": {
                "positive": positive,
                "lines": total,
                "flagged": share(hits[kind, positive], total),
            }
            for (kind, positive), total in sorted(totals.items())
        },
    }


def _both(totals: Counter[tuple[str, bool]], kind: str) -> bool:
    return (kind, True) in totals and (kind, False) in totals


def _tasks(options: argparse.Namespace) -> list[Task]:
    return [
        Task(
            name=name,
            data=options.data,
            faq=None if options.faq == "shipped" else Path(options.faq),
            second_look=options.second_look == "on",
            peers=options.peers,
            noise=options.noise,
        )
        for name in options.sets
        if there(options.data, name)
    ]


def _run(tasks: Sequence[Task], processes: int) -> dict[str, dict[str, Any]]:
    """Measure every set; the long ones first, so that no process waits for the last one."""
    if processes < 2:
        return {task.name: measured(task) for task in tasks}
    first = sorted(tasks, key=lambda task: task.name not in ("chat", "oppo2000"))
    with ProcessPoolExecutor(processes) as pool:
        running = {task.name: pool.submit(measured, task) for task in first}
        return {task.name: running[task.name].result() for task in tasks}


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, and print what was found."""
    options = _options(arguments)
    tasks = _tasks(options)
    if not tasks:
        print(f"none of the sets is in {options.data}: name it with --data")
        return 0
    results = _run(tasks, options.processes)
    settings = MatchSettings()
    found: dict[str, Any] = {
        "settings": {
            "answer_at": settings.answer_at,
            "suggest_at": settings.suggest_at,
            "margin": settings.margin,
            "second_look": options.second_look == "on",
        },
        "missing": [
            name for name in options.sets if name not in {each.name for each in tasks}
        ],
        "sets": {name: results[name] for name in FAQ_SETS if name in results},
        **{name: results[name] for name in ("chat", "mood") if name in results},
    }
    found["aims"] = list(judged(found, second_look=options.second_look == "on"))
    if options.json:
        print(json.dumps(found, ensure_ascii=False))
    else:
        show(found)
    return 0


if __name__ == "__main__":
    sys.exit(main())
