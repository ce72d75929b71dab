"""The example of docs/connectors.md, "write your own connector and prove it", is true."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def prove_example(root: Path, package: Path) -> None:
    """Run the example's own test with a plain pytest and streambot from *package*."""
    plain = ("-p", "no:randomly", "-p", "no:asyncio", "-p", "no:cacheprovider")
    test = root / "docs" / "test_example_connector.py"
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-c", os.devnull, *plain, test],
        cwd=package,
        env={**os.environ, "PYTHONPATH": str(package)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "13 passed" in done.stdout, done.stdout


def test_the_example_connector_conforms(root: Path) -> None:
    """Its thirteen cases pass under plain pytest, without a plugin of ours."""
    prove_example(root, root)
