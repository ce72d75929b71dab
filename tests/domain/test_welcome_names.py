"""Names in welcomes: what the guard would hold is not said, whenever it came into force."""

from __future__ import annotations

import pytest

from streambot.authoring.guard_file import shipped_guard
from streambot.domain.guard import Passed
from streambot.domain.pacing import Outbox
from streambot.domain.reply import LineOut, ReplyKind
from tests.domain.test_pacing import LIMITS, at, greeting, owed

#: Only the guard holds it: an absolute term.
HELD = "全网最低小店"


@pytest.mark.parametrize("others", [(), ("小红",), ("小红", "小刚")])
@pytest.mark.parametrize("answer", [False, True])
def test_a_welcome_leaves_out_a_name_that_the_guard_would_hold(
    others: tuple[str, ...], answer: bool
) -> None:
    """Alone, among others and in an answer's line: that viewer is only counted."""
    outbox = Outbox(LIMITS)
    outbox.guard = shipped_guard()
    for name in (HELD, *others):
        outbox.owe(greeting(name))
    if answer:
        outbox.owe(owed(ReplyKind.ANSWER, "48小时内发货", name="小红"))
    line = outbox.choose(at(6))
    assert isinstance(line, LineOut)
    assert line.named + line.counted == len(others) + 1
    assert HELD not in line.text and line.named <= len(others)
    assert isinstance(outbox.guard.judge(line.text, public=True), Passed)


def test_a_name_is_judged_by_the_guard_in_force_when_it_is_said() -> None:
    """A book that is read while somebody waits to be welcomed holds for them, too."""
    outbox = Outbox(LIMITS)
    outbox.owe(greeting(HELD))
    outbox.guard = shipped_guard()
    line = outbox.choose(at(6))
    assert isinstance(line, LineOut) and HELD not in line.text
