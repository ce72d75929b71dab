"""A two-hour broadcast with thirty link faults, on a clock that is moved, over each platform."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from streambot.testing.conformance import Feature, Serving
from tests.acceptance.broadcast import play
from tests.adapters.rooms.broken_connector import breaking
from tests.adapters.rooms.irc_peer import serving_irc_peer
from tests.adapters.rooms.room_protocol_peer import serving_room_protocol

pytestmark = pytest.mark.proof


@pytest.mark.parametrize(
    ("serving", "lacks"),
    [
        pytest.param(serving_room_protocol, frozenset(), id="room_protocol"),
        pytest.param(serving_irc_peer, frozenset({Feature.RESUME}), id="irc"),
    ],
)
async def test_two_hours_with_thirty_faults(
    tmp_path: Path,
    serving: Serving,
    lacks: frozenset[Feature],
    capsys: pytest.CaptureFixture[str],
) -> None:
    """No viewer is greeted twice, no question answered twice, and every gap is journaled."""
    broadcast, accounts = await play(tmp_path, serving, lacks, seed=5)
    with capsys.disabled():
        print(f"\ntold {len(broadcast.told)}, faults {dict(broadcast.faults)}")
        print(f"heard {len(accounts.heard)}, gaps {accounts.gaps}")
        print(dict(accounts.replies))
    assert broadcast.faults.total() == 30


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        ("makes ids of its own", "heard twice"),
        ("forgets where it was", "nothing says so"),
        ("writes again what is uncertain", "said twice"),
    ],
)
async def test_a_connector_that_errs_is_caught(
    tmp_path: Path, fault: str, says: str
) -> None:
    """What the broadcast is there to find, it finds within half an hour."""
    broken = breaking(serving_irc_peer, fault)
    lacks = frozenset({Feature.RESUME})
    with pytest.raises(AssertionError, match=says):
        await play(tmp_path, broken, lacks, seed=5, length=timedelta(minutes=30))
