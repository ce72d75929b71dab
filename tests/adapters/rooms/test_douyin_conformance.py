"""Douyin's connector passes the cases of the conformance suite that a pushed room has."""

from __future__ import annotations

import pytest

from streambot.testing.conformance import Case, conformance
from tests.adapters.rooms.douyin_peer import LACKS, OF_LINKS, serving_douyin_peer

_CASES = [
    case
    for case in conformance(serving_douyin_peer, lacks=LACKS)
    if str(case) not in OF_LINKS
]


@pytest.mark.parametrize("case", _CASES, ids=str)
async def test_douyin_open_conforms(case: Case) -> None:
    """No link, no arrivals, no way to write; what is pushed is held to the rest."""
    await case()


def test_nothing_else_was_left_out() -> None:
    """Eight cases hold."""
    assert len(_CASES) == 8
