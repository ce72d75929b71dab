"""Rehearsal: what one more phrasing would change, for better and worse."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from streambot.domain.faq.entry import FaqBook, FaqEntry, FaqId
from streambot.domain.faq.match import MatchSettings
from streambot.domain.faq.pack import Intent, IntentId, Pack
from streambot.domain.faq.rehearsal import Kind, Rehearsal, rehearse

_NOW = datetime(2026, 1, 1, tzinfo=UTC)
SHIP = FaqEntry(
    id=FaqId("ship"), questions=("几号发货", "多久能发货"), answers=("两天",)
)
BACK = FaqEntry(
    id=FaqId("back"),
    questions=("怎么退货", "可以退货吗", "不想要了能退吗"),
    answers=("可以",),
    tests_match=("可以退货吗亲",),
    tests_not=("衣服掉色怎么弄",),
)
BOOK = FaqBook(entries=(SHIP, BACK))


def _try(text: str, *lines: str, entry: str = "ship") -> Rehearsal:
    return rehearse(
        BOOK,
        FaqId(entry),
        text,
        settings=MatchSettings(),
        lines=[(line, 2) for line in lines],
        at=_NOW,
    )


def test_lines_that_get_an_answer_are_counted() -> None:
    """What viewers said and nobody answered is answered now; chatter stays chatter."""
    tried = _try("啥时候给寄出来", "啥时候给寄出来呀", "哈哈哈哈", "几号发货")
    assert [(each.text, each.times, each.after) for each in tried.answered] == [
        ("啥时候给寄出来呀", 2, "ship")
    ]
    assert tried.changes == tried.answered
    assert tried.why_not() is None


def test_a_broken_test_forbids_it() -> None:
    """A line that an entry's test keeps from it must not become its phrasing."""
    tried = _try("衣服掉色怎么弄", entry="back")
    unfit = tried.why_not()
    assert unfit is not None
    assert (unfit.code, unfit.other) == ("breaks", "back")
    assert "衣服掉色怎么弄" in unfit.zh
    assert [each.kind for each in tried.harms] == [Kind.TEST]


def test_a_line_that_would_switch_is_told() -> None:
    """A line another entry answers today is told with both entries."""
    tried = _try("可以退货吗在线等", "可以退货吗在线等呢")
    assert [(each.text, each.before, each.after) for each in tried.switched] == [
        ("可以退货吗在线等呢", "back", "ship")
    ]
    assert [(each.kind, each.text) for each in tried.harms] == [
        (Kind.UNSEEN, "可以退货吗")
    ]


def test_nothing_changes_nothing_is_told() -> None:
    """Words that nobody said and nothing is like change nothing."""
    tried = _try("zzzz qqqq")
    assert tried.changes == ()
    assert tried.tried >= 2


def test_a_phrasing_that_a_pack_brought_is_given_up() -> None:
    """What came with another entry's intent goes to the entry that now asks it, and is no harm."""
    when = Intent(id=IntentId("ship_when"), phrasings=("啥时候给寄出来",))
    bound = replace(
        SHIP,
        questions=(*SHIP.questions, *when.phrasings),
        intent=when.id,
        brought=when.phrasings,
    )
    book = FaqBook(entries=(bound, BACK), pack=Pack(intents=(when,)))
    tried = rehearse(
        book,
        FaqId("back"),
        "啥时候给寄出来",
        settings=MatchSettings(),
        lines=[("啥时候给寄出来", 1)],
        at=_NOW,
    )
    assert [(each.before, each.after) for each in tried.switched] == [("ship", "back")]
    assert tried.why_not() is None
