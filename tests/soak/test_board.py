"""The host's board over a flood of lines: its memory stays flat and its share of a core small."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.async_api import Browser

from tests.browser.fixtures import IN_BROWSER, OpenPage
from tests.soak.board_load import LINES_A_SECOND, measure

#: Ten minutes in `make soak`, one in `make proof`.
_SOAK = float(os.environ.get("STREAMBOT_SOAK_MINUTES", "10")) * 60
pytestmark = IN_BROWSER

#: Share of a core that a page may take, and what its heap may differ by beyond noise.
_MOST_CPU, _NOISE = 0.25, 512 * 1024


async def _holds(
    folder: Path, browser: Browser, open_page: OpenPage, seconds: float, view: str
) -> None:
    figures, lines = await measure(folder, browser, open_page, seconds, view)
    print(f"\n{figures}, lines heard {lines}")
    assert lines >= seconds * LINES_A_SECOND * 0.9
    assert figures.cpu < _MOST_CPU
    assert figures.heap_after <= figures.heap_before * 1.1 + _NOISE
    assert figures.nodes_after <= figures.nodes_before * 1.3 + 500


@pytest.mark.proof
@pytest.mark.parametrize(("view", "seconds"), [("screen", 60.0), ("obs", 20.0)])
async def test_a_minute_of_200_lines_a_second(
    tmp_path: Path, browser: Browser, open_page: OpenPage, view: str, seconds: float
) -> None:
    """A whole bot's room at 200 lines/s: under a quarter of a core, and no growth."""
    await _holds(tmp_path, browser, open_page, seconds, view)


@pytest.mark.soak
@pytest.mark.timeout(0)
async def test_ten_minutes_of_200_lines_a_second(
    tmp_path: Path, browser: Browser, open_page: OpenPage
) -> None:
    """The same for ten minutes: what is kept is bounded, whatever comes."""
    await _holds(tmp_path, browser, open_page, _SOAK, "screen")
