"""The benchmarks' JSON, on runs too small to say anything about speed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
_FIGURES = {
    "ratio",
    "full_lines_per_s",
    "raw_lines_per_s",
    "cpu_us_by_stage",
    "p99_ms_at_200",
    "p99_ms_at_2000",
    "commit_p99_ms",
    "rss_mb",
}
_TINY = (
    *("--lines", "200", "--rounds", "1", "--entries", "20"),
    *("--seconds", "0.2", "--rooms", "2", "--viewers", "40"),
)


def _figures(script: str, *options: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, str(ROOT / "benchmarks" / script), "--json", *options],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures


def test_the_pipeline_prints_its_figures(tmp_path: Path) -> None:
    """pipeline.py gives every figure, also without a recorded evening."""
    figures = _figures("pipeline.py", "--data", str(tmp_path), *_TINY)
    assert figures.keys() == _FIGURES
    stages = figures.pop("cpu_us_by_stage")
    assert stages.keys() == {"decode", "decide", "journal", "reply", "log"}
    assert all(figure > 0 for figure in (*figures.values(), stages["decide"]))


def test_matching_speed_prints_a_row_for_each_size(tmp_path: Path) -> None:
    """matching_speed.py gives a row for each size, with the peer's time beside ours."""
    options = ("--data", str(tmp_path), "--sizes", "20", "--queries", "20")
    (row,) = _figures("matching_speed.py", *options)["sizes"]
    assert (row["entries"], row["phrasings"]) == (20, 60)
    assert row.keys() >= {
        "p50_us",
        "p99_us",
        "extract_one_p50_us",
        "ratio_to_extract_one",
    }
