"""The conformance suite catches what connectors get wrong, each fault by the case named for it."""

from __future__ import annotations

import pytest

from streambot.testing.conformance import conformance
from tests.adapters.rooms.broken_connector import breaking
from tests.adapters.rooms.room_protocol_peer import serving_room_protocol

#: A fault, the case that catches it, and what that case says of it.
_CAUGHT = (
    ("makes ids of its own", "duplicates", "under two ids"),
    ("sorts by time", "reordering", "not in order of arrival"),
    ("takes history for live", "history_replay", "told as live"),
    ("forgets where it was", "gap", "nor a gap"),
    ("takes a refusal for an outage", "auth_failure", "an outage, it seems"),
    ("shows the secret", "auth_failure", "shows the secret"),
    ("takes a refusal for an outage", "revocation", "an outage, it seems"),
    ("never knows a link is dead", "silence_past_keepalive", "known to be dead"),
    ("never knows a link is dead", "half_open_link", "known to be dead"),
    ("waits for a word for ever", "half_open_link", "there is a word on the line"),
    ("takes silence for assent", "half_open_link", "nobody took the line"),
    ("loses what comes in haste", "flood_of_300_enters", "of 300 are told"),
    ("counts nothing", "unknown_kinds", "0 counted"),
    ("names oddities anew", "unknown_kinds", "two names"),
    ("counts nothing", "oversized_frames", "uncounted"),
    ("counts nothing", "malformed_frames", "0 counted"),
    ("takes a refusal for haste", "send_refused", "is tried again"),
    ("takes silence for assent", "send_refused", "refused, and sent"),
    ("takes silence for assent", "send_uncertain", "no word, and sent"),
    ("writes again what is uncertain", "send_uncertain", "wrote again by itself"),
    ("takes haste for a refusal", "rate_penalty", "nobody waits"),
    ("leaves a task", "clean_end", "every task of the link ends"),
)


@pytest.mark.parametrize(("fault", "name", "says"), _CAUGHT)
async def test_a_broken_connector_fails_its_case(
    fault: str, name: str, says: str
) -> None:
    """One fault in a connector that is sound otherwise fails the case that is about it."""
    cases = conformance(breaking(serving_room_protocol, fault), patience=0.05)
    (case,) = (each for each in cases if str(each) == name)
    with pytest.raises(AssertionError, match=says):
        await case()


async def test_what_is_not_broken_passes() -> None:
    """It is the fault that fails a case, not what the fault is put into."""
    caught = {name for _, name, _ in _CAUGHT}
    for case in conformance(breaking(serving_room_protocol, "none")):
        assert str(case) in caught, "a case that catches nothing"
        await case()
