"""A folder of its own for each test, and the command line called from there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from streambot.cli import cli, logs

Run = Callable[..., Result]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder of this test, empty."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run(here: Path) -> Run:
    """Calls streambot in *here*; an error nobody meant fails the test with its traceback."""

    def call(*args: str, **settings: object) -> Result:
        result = CliRunner().invoke(cli, args, **settings)  # type: ignore[arg-type]
        logs.configure(style="json")  # some commands set their own
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return call
