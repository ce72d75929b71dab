"""A changed copy is what ``dataclasses.replace`` makes."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streambot.domain.changed import changed
from streambot.domain.ticket import Ticket
from streambot.domain.ticket_steps import opened
from tests.domain.ticket_samples import POLICY, handoff

_TICKET = opened(handoff(), 7, POLICY, attended=True).ticket


@given(names=st.sets(st.sampled_from([field.name for field in fields(Ticket)])))
def test_it_equals_replace_for_every_field(names: set[str]) -> None:
    """Whatever is changed; the one before stays as it was."""
    before = replace(_TICKET)
    changes: dict[str, object] = {name: ("new", name) for name in names}
    assert changed(_TICKET, changes) == replace(_TICKET, **changes)  # type: ignore[arg-type]
    assert before == _TICKET


def test_a_name_that_is_no_field_is_refused() -> None:
    """A slip in a table is found at once."""
    with pytest.raises(AttributeError):
        changed(_TICKET, {"onwer": "amy"})
