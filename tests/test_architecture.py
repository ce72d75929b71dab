"""The rules of the house, executed: imports, sizes, docstrings, no sleeping, no mocks."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
_LIMIT = 300

#: Files looked at again past 300 lines and kept whole, with what each may grow to.
_LONG = {
    "streambot/adapters/rooms/room_protocol/codec.py": 420,
    "streambot/application/engine.py": 450,
    "streambot/application/room_core.py": 480,
    "streambot/adapters/store/tables.py": 540,
    "streambot/authoring/kinds.py": 320,
    "streambot/authoring/product_file.py": 420,
    "streambot/authoring/settings.py": 500,
    "streambot/domain/session.py": 330,
    "streambot/config.py": 420,
    "tests/application/test_desk_machine.py": 600,
    "streambot/authoring/settings_tree.py": 420,
    "streambot/domain/ticket_steps.py": 420,
}
_BAD_NAMES = {"utils", "util", "helpers", "helper", "common", "base", "manager", "misc"}


def _files(*folders: str) -> list[Path]:
    return sorted(
        path
        for folder in folders
        for path in (ROOT / folder).rglob("*.py")
        if "__pycache__" not in path.parts
    )


PACKAGE = _files("streambot")
TESTS = _files("tests")
EVERY = PACKAGE + TESTS + _files("tools", "benchmarks")


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def _tests(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            if node.name.startswith("test_"):
                yield node


def test_imports_point_one_way() -> None:
    """import-linter finds nothing against .importlinter."""
    script = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [script, "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_files_stay_small() -> None:
    """A file has at most 300 lines, a file of tests 500, a known few have their own limit."""
    limits = {_name(path): 500 if path in TESTS else _LIMIT for path in EVERY} | _LONG
    lines = {
        _name(path): path.read_text(encoding="utf-8").count("\n") for path in EVERY
    }
    assert {name: n for name, n in lines.items() if n > limits[name]} == {}


def test_every_module_says_why_it_exists() -> None:
    """Each module opens with a sentence; an empty one needs none."""
    silent = [
        _name(path)
        for path in EVERY
        if _tree(path).body and ast.get_docstring(_tree(path)) is None
    ]
    assert silent == []


def test_every_test_claims_something() -> None:
    """A test's docstring is its claim."""
    silent = [
        f"{_name(path)}:{test.lineno} {test.name}"
        for path in TESTS
        for test in _tests(_tree(path))
        if ast.get_docstring(test) is None
    ]
    assert silent == []


def test_no_test_sleeps_or_mocks() -> None:
    """Tests wait for what happens, never for time; fakes stand in for the world, not mocks.

    A soak is about time itself.
    """
    found = [
        f"{_name(path)}:{getattr(node, 'lineno', '')} {what}"
        for path in TESTS
        if "soak" not in path.parts
        for node in ast.walk(_tree(path))
        if (what := _sleep(node) or _mock(node))
    ]
    assert found == []


def _sleep(node: ast.AST) -> str | None:
    """``time.sleep`` or an ``asyncio.sleep`` of anything but 0, called in *node*."""
    if not isinstance(node, ast.Call):
        return None
    called = ast.unparse(node.func)
    yields = [ast.unparse(argument) for argument in node.args] == ["0"]
    if called == "time.sleep" or (called == "asyncio.sleep" and not yields):
        return ast.unparse(node)
    return None


def _mock(node: ast.AST) -> str | None:
    names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
    if isinstance(node, ast.ImportFrom) and node.module:
        names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return next((name for name in names if name.startswith("unittest.mock")), None)


def test_no_drawer_for_everything() -> None:
    """No module is called utils, helpers, common, base or manager."""
    assert [_name(path) for path in EVERY if path.stem in _BAD_NAMES] == []


def test_importing_the_package_is_quiet_and_light() -> None:
    """The command line and the encoders bring neither the web, the store nor the room's library."""
    heavy = ("aiohttp", "sqlalchemy", "websockets", "yaml", "jinja2")
    script = (
        "import sys, streambot.cli, streambot.bootstrap.encoders; "
        f"print(*[m for m in {heavy} if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout.strip() == ""
    assert done.stderr == ""


@pytest.mark.proof
def test_vendored_files_are_what_their_versions_make() -> None:
    """Made anew from the lock file, the front end and axe-core have the same bytes."""
    done = subprocess.run(
        [sys.executable, ROOT / "tools" / "vendor.py", "--check"],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
