"""What goes into the store comes out as it was."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from streambot.adapters.store import encoding
from streambot.domain.events import PlatformEvent
from streambot.domain.evidence import Evidence
from streambot.domain.reply import LineOut, Reply
from streambot.domain.ticket import Ticket

INSTANTS = st.datetimes(
    min_value=datetime(1970, 1, 1),
    max_value=datetime(2200, 1, 1),
    timezones=st.just(UTC),
)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
WHOLE = st.integers(min_value=-(2**63), max_value=2**63 - 1)
# Before the classes are built from their annotations.
st.register_type_strategy(datetime, INSTANTS)
st.register_type_strategy(str, TEXTS)
st.register_type_strategy(int, WHOLE)
st.register_type_strategy(float, st.floats(0, 100))


@given(st.one_of([st.from_type(kind) for kind in get_args(PlatformEvent)]))
def test_every_event_comes_back(event: PlatformEvent) -> None:
    """A journaled event of any kind decodes to the same event."""
    kind = encoding.EVENT_KINDS[type(event)]
    assert encoding.decode_event(kind, encoding.encode(event)) == event


def test_every_kind_has_a_name() -> None:
    """No platform event is without its name in the journal."""
    assert set(encoding.EVENT_KINDS) == set(get_args(PlatformEvent))
    assert len(set(encoding.EVENT_KINDS.values())) == len(encoding.EVENT_KINDS)


@given(st.from_type(Reply), st.from_type(LineOut), st.from_type(Ticket))
def test_replies_lines_and_tickets_come_back(
    reply: Reply, line: LineOut, ticket: Ticket
) -> None:
    """Replies, lines out and tickets decode to what they were."""
    assert encoding.decode_reply(encoding.encode(reply)) == reply
    assert encoding.decode_line(encoding.encode(line)) == line
    assert encoding.decode_ticket(encoding.encode(ticket)) == ticket


@given(st.lists(st.from_type(Evidence), max_size=3).map(tuple))
def test_evidence_comes_back(evidence: tuple[Evidence, ...]) -> None:
    """Evidence decodes to what it was."""
    assert encoding.decode_evidence(encoding.encode(evidence)) == evidence


@given(INSTANTS)
def test_instants_come_back(at: datetime) -> None:
    """An instant is kept to the microsecond."""
    assert encoding.instant(encoding.micros(at)) == at
