"""The replay's summary table shows viewers' words as they are."""

from __future__ import annotations

from collections import Counter

import pytest

from streambot.cli.summary import show_summary
from streambot.domain.summary import Summary


def test_brackets_are_no_markup(capsys: pytest.CaptureFixture[str]) -> None:
    """A line that looks like the table library's markup neither vanishes nor breaks it."""
    show_summary(Summary(lines=2, unanswered=Counter({"[/x]?": 2, "[red]吗": 1})))
    shown = capsys.readouterr().out
    assert "[/x]?" in shown
    assert "[red]吗" in shown
