"""Our own connectors pass the conformance suite that is shipped for everybody's."""

from __future__ import annotations

import pytest

from streambot.testing.conformance import Case, Feature, conformance
from tests.adapters.rooms.bilibili_peer import LACKS, serving_bilibili_peer
from tests.adapters.rooms.irc_peer import serving_irc_peer
from tests.adapters.rooms.room_protocol_peer import serving_room_protocol
from tests.adapters.rooms.youtube_peer import LACKS as YOUTUBE_LACKS
from tests.adapters.rooms.youtube_peer import SILENT_AFTER as YOUTUBE_SILENT_AFTER
from tests.adapters.rooms.youtube_peer import serving_youtube_peer


@pytest.mark.parametrize("case", conformance(serving_room_protocol), ids=str)
async def test_room_protocol_conforms(case: Case) -> None:
    """The room protocol lacks nothing: every case applies."""
    await case()


@pytest.mark.parametrize(
    "case", conformance(serving_irc_peer, lacks={Feature.RESUME}), ids=str
)
async def test_irc_conforms(case: Case) -> None:
    """IRC never tells what was missed; all else holds, with a server that has IRCv3."""
    await case()


@pytest.mark.parametrize(
    "case", conformance(serving_bilibili_peer, lacks=LACKS), ids=str
)
async def test_bilibili_open_conforms(case: Case) -> None:
    """Bilibili repeats nothing and lets no program write; all else holds."""
    await case()


@pytest.mark.parametrize(
    "case",
    conformance(
        serving_youtube_peer, lacks=YOUTUBE_LACKS, silent_after=YOUTUBE_SILENT_AFTER
    ),
    ids=str,
)
async def test_youtube_conforms(case: Case) -> None:
    """YouTube tells no arrivals; all else holds, with what was missed told on the next link."""
    await case()
