"""Runs every benchmark and prints each one's figures as a line of JSON."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Run benchmarks/*.py with --json and what was given; the first failure ends it."""
    for script in sorted((ROOT / "benchmarks").glob("[!_]*.py")):
        print(f"# {script.name}", file=sys.stderr)
        done = subprocess.run(
            [sys.executable, str(script), "--json", *sys.argv[1:]],
            cwd=ROOT,
            check=False,
        )
        if done.returncode != 0:
            return done.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main())
