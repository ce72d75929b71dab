"""The benchmarks' JSON, on runs too small to say anything about speed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.benchmarks.run import figures

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
_SPEED = {
    *("p50_us", "p99_us", "questions_p50_us", "questions_p99_us"),
    *("chat_p50_us", "chat_p99_us", "extract_one_p50_us", "ratio_to_extract_one"),
    *("questions_ratio", "build_s", "memory_mb"),
}
_TINY = (
    *("--lines", "200", "--rounds", "1", "--entries", "20"),
    *("--seconds", "0.2", "--rooms", "2", "--viewers", "40"),
)


def test_the_pipeline_prints_its_figures(tmp_path: Path) -> None:
    """pipeline.py gives every figure, also without a recorded evening."""
    found = figures("pipeline.py", "--data", str(tmp_path), *_TINY)
    assert found.keys() == _FIGURES
    stages = found.pop("cpu_us_by_stage")
    assert stages.keys() == {"decode", "decide", "journal", "reply", "log"}
    assert all(figure > 0 for figure in (*found.values(), stages["decide"]))


@pytest.fixture(scope="module")
def speed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What matching_speed.py tells of two small books."""
    data = str(tmp_path_factory.mktemp("nothing"))
    options = ("--sizes", "20", "60", "--usual", "60", "--queries", "20")
    return figures("matching_speed.py", "--data", data, *options)


def test_matching_speed_prints_a_row_for_each_size(speed: dict[str, Any]) -> None:
    """matching_speed.py gives a row for each size, with the peer's time beside ours."""
    assert speed["rebuild_60_s"] > 0
    sizes = [(row["entries"], row["phrasings"]) for row in speed["sizes"]]
    assert sizes == [(20, 60), (60, 180)]
    for row in speed["sizes"]:
        assert row.keys() >= _SPEED
        assert row["p50_us"] <= row["p99_us"]
        assert row["chat_p50_us"] <= row["p99_us"]


def test_matching_speed_tells_growth_from_the_usual_size(speed: dict[str, Any]) -> None:
    """Where that is measured, each row says how many times its cost it has."""
    small, usual = speed["sizes"]
    assert usual["growth"] == usual["questions_growth"] == 1
    assert small["growth"] == pytest.approx(small["p50_us"] / usual["p50_us"], abs=0.01)
