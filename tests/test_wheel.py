"""The wheel carries all that the checkout runs on, so `pip install .` is enough anywhere."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.test_example_connector import prove_example

pytestmark = pytest.mark.proof

_STORE = """
import asyncio
from pathlib import Path
from streambot.adapters.store import open_store

async def main():
    async with open_store(Path("data")):
        print("opened")

asyncio.run(main())
"""


@pytest.fixture(scope="module")
def unpacked(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what the wheel installs, dependencies aside."""
    built = tmp_path_factory.mktemp("built")
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps"]
    subprocess.run([*pip, "--wheel-dir", built, root], check=True)
    (wheel,) = built.glob("*.whl")
    site = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    return site


def _tracked(root: Path, *folders: str) -> set[str]:
    done = subprocess.run(
        ["git", "ls-files", "--", *folders],
        cwd=root,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return {name for name in done.stdout.splitlines() if (root / name).exists()}


def test_every_file_is_carried(root: Path, unpacked: Path) -> None:
    """Nothing of the package is left behind; config.yaml, faq/, replies/ and demo/ come along."""
    carried = {
        path.relative_to(unpacked).as_posix()
        for path in unpacked.rglob("*")
        if path.is_file()
    }
    assert _tracked(root, "streambot") - carried == set()
    shipped = _tracked(root, "config.yaml", "faq", "replies", "demo")
    assert any(name.startswith("replies/") for name in shipped)
    assert {f"streambot/shipped/{name}" for name in shipped} - carried == set()


def test_a_connector_is_proven_with_the_installed_package(
    root: Path, unpacked: Path
) -> None:
    """The example of docs/connectors.md passes with a plain pytest, far from the checkout."""
    prove_example(root, unpacked)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["-m", "streambot", "--help"], "demo"),
        (["-c", "from streambot.config import shipped; print(shipped())"], "shipped"),
        (["-c", _STORE], "opened"),
    ],
    ids=["help", "shipped", "store"],
)
def test_it_runs_anywhere(
    unpacked: Path, tmp_path: Path, arguments: list[str], says: str
) -> None:
    """From any folder the installed package finds its commands and what it ships."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(unpacked)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert says in done.stdout
