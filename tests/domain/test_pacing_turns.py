"""Whose turn it is: holding lines, long texts and what was withdrawn on its way."""

from __future__ import annotations

from streambot.domain.pacing import Outbox
from streambot.domain.reply import LineOut, ReplyKind, SendOutcome, SendResult
from tests.domain.test_pacing import LIMITS, at, greeting, owed, write


def test_a_holding_line_lets_a_welcome_that_must_go_first() -> None:
    """In turn: a promise in seconds isn't broken by one in minutes, nor the other way round."""
    outbox = Outbox(LIMITS)
    for n in range(3):
        outbox.owe(owed(ReplyKind.HOLDING, f"请稍等{n}", name=f"急{n}"))
        outbox.owe(greeting(f"新{n}", within=3.5 + 3 * n))
    kinds = [write(outbox, 3 * n).kind for n in range(4)]
    assert kinds == ["greeting", "holding", "holding", "holding"]

    outbox = Outbox(LIMITS)
    for n in range(2):
        outbox.owe(owed(ReplyKind.HOLDING, f"请稍等{n}", name=f"急{n}"))
    outbox.owe(greeting("新0", within=3.5))
    write(outbox, 0)
    outbox.owe(greeting("新1", when=1, within=3.5))
    assert write(outbox, 3).kind is ReplyKind.HOLDING


def test_a_welcome_that_must_go_may_part_a_long_text() -> None:
    """Once; then the text goes on where it was."""
    outbox = Outbox(LIMITS)
    outbox.owe(owed(ReplyKind.ANSWER, "一二三四五六七八九十" * 9))
    first = write(outbox, 0)
    outbox.owe(greeting("新1", when=1, within=4))
    assert write(outbox, 3).kind is ReplyKind.GREETING
    outbox.owe(greeting("新2", when=4, within=4))
    second = write(outbox, 6)
    assert (first.part, second.part) == (1, 2)
    assert second.covers == first.covers


def test_what_was_withdrawn_on_its_way_is_not_put_back() -> None:
    """A line refused for speed comes again without it."""
    outbox = Outbox(LIMITS)
    both = [owed(ReplyKind.ANSWER, "有的", name=n, merge=True) for n in ("甲", "乙")]
    for reply in both:
        outbox.owe(reply)
    line = outbox.choose(at(0))
    assert isinstance(line, LineOut)
    outbox.sending(line, at(0))
    assert outbox.withdraw([both[0].out_id]) == ()
    refused = SendOutcome(result=SendResult.REFUSED, at=at(0), code="rate")
    outbox.settled(line, refused)
    assert write(outbox, 9).text == "@乙 有的"
