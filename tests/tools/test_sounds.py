"""The sounds that ship are what their tool makes."""

from __future__ import annotations

from pathlib import Path

from tools import sounds


def test_sounds_are_up_to_date(root: Path) -> None:
    """sounds.txt is what `python -m tools.sounds` writes."""
    shipped = (root / sounds.TARGET).read_text(encoding="utf-8")
    assert shipped == sounds.page(), "run `python -m tools.sounds`"
