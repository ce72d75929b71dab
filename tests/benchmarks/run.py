"""Runs a benchmark as people do, and reads the JSON it prints."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
BENCHMARKS = ROOT / "benchmarks"


def printed(script: str, *options: str) -> str:
    """What the benchmark prints with these options."""
    done = subprocess.run(
        [sys.executable, str(BENCHMARKS / script), *options],
        capture_output=True,
        encoding="utf-8",
        check=False,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def figures(script: str, *options: str) -> dict[str, Any]:
    """The figures it prints as JSON, which has no NaN."""

    def refuse(name: str) -> None:
        raise AssertionError(f"{name} is no JSON")

    found: dict[str, Any] = json.loads(
        printed(script, "--json", *options), parse_constant=refuse
    )
    return found
