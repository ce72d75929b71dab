"""How well lines are understood, at the shipped settings, beside known methods on the same lines.

Sets of questions asked of books, recorded rooms in which every answer is a false one, and lines
whose mood people judged; how to read the figures: docs/operations.md. Needs ``--data``.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from pathlib import Path
from typing import Any

from _aims import judged
from _chat import DATA
from _measure_mood import mood
from _measure_questions import questions
from _measure_rooms import rooms
from _rulings import Looks
from _sets import FAQ_SETS, SETS, there
from _understanding_table import show

from streambot.domain.faq.match import MatchSettings

#: The longest first, so that no process waits long for the last one.
_LONG = ("chat", "oppo2000", "mood")


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    add, switch = parser.add_argument, argparse.BooleanOptionalAction
    add("--json", action="store_true", help="one line of JSON")
    add("--data", type=Path, default=DATA, help="folder with faq/, chat/ and mood/")
    add("--sets", default=",".join(SETS), help="some of: " + ",".join(SETS))
    add("--second-look", choices=("on", "off"), default="off", help="encoder")
    add("--vectors", type=Path, help="file that keeps the encoder's vectors")
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


def _measured(name: str, options: argparse.Namespace) -> dict[str, Any]:
    """The figures of one set, with the seconds they took."""
    begun = time.perf_counter()
    looks = Looks(options.second_look == "on", options.vectors)
    match name:
        case "mood":
            found = mood(options.data, looks, peers=options.peers)
        case "chat":
            faq = None if options.faq == "shipped" else Path(options.faq)
            found = rooms(options.data, faq, looks)
        case _:
            found = questions(
                options.data, name, looks, peers=options.peers, noise=options.noise
            )
    return found | {"seconds": round(time.perf_counter() - begun, 1)}


def _results(names: Sequence[str], options: argparse.Namespace) -> dict[str, Any]:
    if options.processes < 2 or len(names) < 2:
        return {name: _measured(name, options) for name in names}
    with ProcessPoolExecutor(options.processes) as pool:
        running = {
            name: pool.submit(_measured, name, options)
            for name in sorted(names, key=lambda name: name not in _LONG)
        }
        return {name: running[name].result() for name in names}


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, and print what was found."""
    options = _options(arguments)
    names = [name for name in options.sets if there(options.data, name)]
    results = _results(names, options)
    second_look = options.second_look == "on"
    found: dict[str, Any] = {
        "settings": asdict(MatchSettings()) | {"second_look": second_look},
        "missing": [name for name in options.sets if name not in names],
        "sets": {name: results[name] for name in FAQ_SETS if name in results},
        **{name: results[name] for name in ("chat", "mood") if name in results},
    }
    found["aims"] = list(judged(found, second_look=second_look))
    if options.json:
        print(json.dumps(found, ensure_ascii=False))
    else:
        show(found)
    return 0


if __name__ == "__main__":
    sys.exit(main())
