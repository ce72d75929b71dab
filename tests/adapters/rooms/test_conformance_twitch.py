"""Both ways into Twitch pass the conformance suite, against emulators that strangers have passed.

That they have is tried in tests/peers, which runs these tests once more.
"""

from __future__ import annotations

import pytest

from streambot.testing.conformance import Case, Feature, conformance
from tests.adapters.rooms.twitch_chat_peer import serving_twitch_chat_peer
from tests.adapters.rooms.twitch_peer import serving_twitch_peer

_NOTHING_AGAIN = {Feature.HISTORY, Feature.RESUME}


@pytest.mark.parametrize(
    "case",
    conformance(serving_twitch_peer, lacks={Feature.ENTERS, *_NOTHING_AGAIN}),
    ids=str,
)
async def test_twitch_conforms(case: Case) -> None:
    """EventSub tells no arrivals and nothing again; all else holds."""
    await case()


@pytest.mark.parametrize(
    "case",
    conformance(serving_twitch_chat_peer, lacks={Feature.REVOKE, *_NOTHING_AGAIN}),
    ids=str,
)
async def test_the_twitch_dialect_conforms(case: Case) -> None:
    """The chat tells nothing again, and an open one isn't told of a token taken back."""
    await case()
