"""What matching one line costs at several sizes of the book, beside comparing with everything.

The peer is rapidfuzz's ``extractOne`` with ``ratio`` over the same normalised phrasings: C code
that looks at every one of them, where ours looks at the few that share rare character pairs.
``p50_us`` and the ratio are over all lines, a mix as in a shop's room; the questions among them,
which cost most, and the chatter are told apart beside them. All times are CPU time.
"""

from __future__ import annotations

import argparse
import gc
import json
import sys
import time
import tracemalloc
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from _book import asks, queries, synthetic_book
from _chat import DATA, chat
from _latency import percentile
from rapidfuzz.fuzz import ratio
from rapidfuzz.process import extractOne

from streambot.domain.faq.entry import FaqBook
from streambot.domain.faq.match import MatchSettings
from streambot.domain.faq.normalise import normalise
from streambot.domain.understanding import Understanding

_SIZES = (50, 500, 5_000, 50_000)
_USUAL = 500
_CUTOFF = 60
_MEGABYTE = 1e6


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    add = parser.add_argument
    add("--json", action="store_true", help="one line of JSON")
    add("--data", type=Path, default=DATA, help="folder with chat/evening-b.jsonl")
    add("--queries", type=int, default=2_000, help="lines matched at each size")
    add("--sizes", type=int, nargs="+", default=list(_SIZES), help="entries of a book")
    usual = "of these: growth is told from here, and what a rebuilt book costs"
    add("--usual", type=int, default=_USUAL, help=usual)
    return parser.parse_args(arguments)


def _size(entries: int, lines: list[str], count: int) -> dict[str, float]:
    """The costs of a book of so many entries; alone in its process, for its memory."""
    book = synthetic_book(entries)
    understanding, seconds = _built(book)
    phrasings = [normalise(text) for entry in book.entries for text in entry.questions]
    said = queries(book, lines, count)

    def compare_all(text: str) -> object:
        return extractOne(
            normalise(text), phrasings, scorer=ratio, score_cutoff=_CUTOFF
        )

    ours, theirs = _times(understanding.matcher.match, said), _times(compare_all, said)
    questions = [us for place, us in enumerate(ours) if asks(place)]
    chatter = [us for place, us in enumerate(ours) if not asks(place)]
    compared = [us for place, us in enumerate(theirs) if asks(place)]
    p50, peer = percentile(ours, 0.5), percentile(theirs, 0.5)
    asked = percentile(questions, 0.5)
    return {
        "entries": entries,
        "phrasings": len(phrasings),
        "p50_us": round(p50, 1),
        "p99_us": round(percentile(ours, 0.99), 1),
        "questions_p50_us": round(asked, 1),
        "questions_p99_us": round(percentile(questions, 0.99), 1),
        "chat_p50_us": round(percentile(chatter, 0.5), 1),
        "chat_p99_us": round(percentile(chatter, 0.99), 1),
        "extract_one_p50_us": round(peer, 1),
        "ratio_to_extract_one": round(p50 / peer, 3),
        "questions_ratio": round(asked / percentile(compared, 0.5), 3),
        "build_s": round(seconds, 3),
        "memory_mb": round(_megabytes(book), 1),
    }


def _built(book: FaqBook) -> tuple[Understanding, float]:
    """The book made ready, and the CPU seconds that took."""
    _made(synthetic_book(1))  # tables are read only once
    gc.collect()
    begun = time.process_time()
    understanding = _made(book)
    return understanding, time.process_time() - begun


def _megabytes(book: FaqBook) -> float:
    """What the book holds once it is ready; traced, so built another time."""
    tracemalloc.start()
    understanding = _made(book)
    gc.collect()
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    del understanding
    return held / _MEGABYTE


def _made(book: FaqBook) -> Understanding:
    return Understanding.of(book, MatchSettings())


def _times(work: Callable[[str], object], lines: list[str]) -> list[float]:
    """CPU microseconds of *work* on this thread, line by line."""
    work("热身")
    times = []
    for line in lines:
        begun = time.thread_time_ns()
        work(line)
        times.append((time.thread_time_ns() - begun) / 1000)
    return times


def _with_growth(rows: Sequence[dict[str, float]], entries: int) -> None:
    """Add how many times as much as at the usual size, so many *entries*, each size costs."""
    usual = next((row for row in rows if row["entries"] == entries), None)
    for row in rows if usual is not None else ():
        row["growth"] = round(row["p50_us"] / usual["p50_us"], 2)
        row["questions_growth"] = round(
            row["questions_p50_us"] / usual["questions_p50_us"], 2
        )


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, and print what was found."""
    options = _options(arguments)
    lines = [said.text for said in chat(options.data)]
    with ProcessPoolExecutor(1, max_tasks_per_child=1) as pool:
        rows = [
            pool.submit(_size, entries, lines, options.queries).result()
            for entries in options.sizes
        ]
        rebuilt = pool.submit(_rebuilt, options.usual).result()
    _with_growth(rows, options.usual)
    whole = {f"rebuild_{options.usual}_s": round(rebuilt, 3)}
    print(json.dumps({"sizes": rows} | whole) if options.json else _table(rows, whole))
    return 0


def _rebuilt(entries: int) -> float:
    """CPU seconds in which a book of so many *entries* is made ready, the tables being read."""
    return min(_built(synthetic_book(entries))[1] for _ in range(3))


def _table(rows: Sequence[dict[str, float]], whole: dict[str, float]) -> str:
    table = [
        f"{name:<22}" + "".join(f"{row[name]:>12,}" for row in rows) for name in rows[0]
    ]
    table += [f"{name:<22}{figure:>12,}" for name, figure in whole.items()]
    return "\n".join(table)


if __name__ == "__main__":
    sys.exit(main())
