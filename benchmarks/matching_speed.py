"""What matching one line costs at several sizes of the book, beside comparing with everything.

The peer is rapidfuzz's ``extractOne`` with ``ratio`` over the same normalised phrasings: C code
that looks at every one of them, where ours looks at the few that share rare character pairs.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from _book import queries, synthetic_book
from _chat import DATA, chat
from _latency import percentile
from rapidfuzz.fuzz import ratio
from rapidfuzz.process import extractOne

from streambot.domain.faq.matcher import BookMatcher
from streambot.domain.faq.normalise import normalise

_SIZES = (50, 500, 5_000)
_LARGE = 50_000
_CUTOFF = 60


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    add = parser.add_argument
    add("--json", action="store_true", help="one line of JSON")
    add("--data", type=Path, default=DATA, help="folder with chat/evening-b.jsonl")
    add("--queries", type=int, default=2_000, help="lines matched at each size")
    add("--sizes", type=int, nargs="+", default=list(_SIZES), help="entries of a book")
    add("--large", action="store_true", help=f"also {_LARGE} entries")
    return parser.parse_args(arguments)


def _size(entries: int, lines: list[str], count: int) -> dict[str, float]:
    book = synthetic_book(entries)
    matcher = BookMatcher(book)
    phrasings = [normalise(text) for entry in book.entries for text in entry.questions]
    asked = queries(book, lines, count)

    def compare_all(text: str) -> object:
        return extractOne(
            normalise(text), phrasings, scorer=ratio, score_cutoff=_CUTOFF
        )

    ours, theirs = _times(matcher.match, asked), _times(compare_all, asked)
    p50, peer = percentile(ours, 0.5), percentile(theirs, 0.5)
    return {
        "entries": entries,
        "phrasings": len(phrasings),
        "p50_us": round(p50, 1),
        "p99_us": round(percentile(ours, 0.99), 1),
        "extract_one_p50_us": round(peer, 1),
        "ratio_to_extract_one": round(p50 / peer, 3),
    }


def _times(work: Callable[[str], object], lines: list[str]) -> list[float]:
    """CPU microseconds of *work* on this thread, line by line."""
    times = []
    for line in lines:
        begun = time.thread_time_ns()
        work(line)
        times.append((time.thread_time_ns() - begun) / 1000)
    return times


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, and print what was found."""
    options = _options(arguments)
    sizes = [*options.sizes, *([_LARGE] if options.large else [])]
    lines = [said.text for said in chat(options.data)]
    found = [_size(entries, lines, options.queries) for entries in sizes]
    if options.json:
        print(json.dumps({"sizes": found}))
        return 0
    print("".join(f"{name:>22}" for name in found[0]))
    for row in found:
        print("".join(f"{value:>22,}" for value in row.values()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
