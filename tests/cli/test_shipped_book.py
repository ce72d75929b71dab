"""The book we ship is an example to follow: no mistake in it, and it keeps its own promises."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.mark.parametrize("command", [("check", "faq"), ("test", "--faq", "faq")])
def test_the_shipped_book_is_in_order(
    run: Run, root: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    """The checker finds nothing, not even a warning, and every example reaches its entry."""
    monkeypatch.chdir(root)
    result = run("faq", *command)
    assert result.exit_code == 0, result.output
    assert len(result.output.splitlines()) == 1
