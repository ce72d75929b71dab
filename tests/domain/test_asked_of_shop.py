"""Questions that sound like ones put to a shop are people's, whatever the shop's book knows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streambot.domain.faq.asked_of_shop import sounds_asked, telling
from streambot.domain.faq.deciding import decide
from streambot.domain.faq.entry import FaqBook, FaqEntry, FaqId
from streambot.domain.faq.heard import Found, Heard
from streambot.domain.faq.match import Candidate, FaqMatch, MatchSettings, Outcome
from streambot.domain.faq.normalise import folded
from streambot.domain.faq.pack import Intent, IntentId
from streambot.domain.faq.prepared import PreparedBook
from tests.domain.shops import asked_of

_QUESTIONS = {
    "return": ("怎么退货", "可以退货吗", "退货怎么弄"),
    "size": ("主播穿什么码", "主播身上多大码", "主播试穿的什么尺码"),
    "star": ("主播多高", "主播身高多少", "主播有多高"),
}


_RETURN, _STAR = (
    FaqEntry(id=FaqId(name), questions=_QUESTIONS[name], answers=("答",))
    for name in ("return", "star")
)


def _asked(line: str) -> FaqMatch:
    return asked_of(_QUESTIONS, line)


#: None of them is among the lines the table was made of.
_ASKED = [
    "木梳齿疏的密的两种都有么",
    "罗盘指针会卡住吗",
    "口琴簧片能单独换吗",
    "风筝线轴要另外买么",
    "睡袋垫子是不是另外配",
]
_TALK = [
    "你昨天那把怎么输的",
    "他为啥不开大",
    "有人看过那部电影吗",
    "这首歌前奏像不像那个动画",
    "你们那边下雨了吗",
    "谁知道刚才那首歌叫什么",
]


@pytest.mark.parametrize("line", _ASKED)
def test_what_only_a_shop_is_asked_is_a_persons(line: str) -> None:
    """Though the book has no word of it; the pair that says most for it is told."""
    match = _asked(line)
    assert (match.outcome, match.reason) == (Outcome.HANDOFF, "shop_matter")
    (pair,) = match.evidence
    assert pair.text == line[pair.start : pair.end] and pair.end - pair.start == 2


@pytest.mark.parametrize("line", _TALK)
def test_talk_calls_nobody(line: str) -> None:
    """However much it asks."""
    assert _asked(line).outcome is Outcome.IGNORE


def test_shops_are_asked_otherwise_than_people() -> None:
    """No line of the one kind sounds like the other."""
    assert min(map(sounds_asked, _ASKED)) > 4 > 0 > max(map(sounds_asked, _TALK))


def _decided(line: str, *, asks: bool = True, **found: object) -> Outcome:
    """What becomes of a line of which so much was *found*."""
    book = PreparedBook(FaqBook(entries=(_RETURN, _STAR)))
    heard = Heard(text=line, plain=line, asks=asks, book=book)
    return decide(heard, Found(**found), MatchSettings()).outcome  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("line", "phrasing", "outcome"),
    [
        ("你昨天那把怎么输的", "怎么退货", Outcome.IGNORE),
        ("你昨天那把怎么输的", "主播怎么不开心", Outcome.CLARIFY),
        ("这拉链怎么老是卡", "怎么退货", Outcome.CLARIFY),
    ],
)
def test_talk_is_not_asked_back_about(
    line: str, phrasing: str, outcome: Outcome
) -> None:
    """Unless the phrasing it is like is talk as well."""
    like = Candidate(entry=_RETURN.id, score=0.4, phrasing=phrasing, plain=phrasing)
    assert _decided(line, candidates=(like,)) is outcome


@pytest.mark.parametrize(
    ("line", "shop", "outcome"),
    [
        ("能上光荣榜吗", 0.9, Outcome.HANDOFF),
        ("你昨天那把怎么输的", 0.9, Outcome.IGNORE),
        ("主播多大了", 0.9, Outcome.IGNORE),
        ("主播多大了", 0.999, Outcome.HANDOFF),
        # in Latin lines a single word of the book makes the match sure
        ("is that a dog barking", 0.992, Outcome.IGNORE),
        ("whats that noise in the background", 0.95, Outcome.IGNORE),
        ("whats that noise in the background", 0.9999, Outcome.HANDOFF),
    ],
)
def test_what_shares_much_with_a_book_may_still_be_talk(
    line: str, shop: float, outcome: Outcome
) -> None:
    """The nearer to the book, the more of talk it may sound."""
    assert _decided(line, shop=shop) is outcome


@pytest.mark.parametrize(
    ("line", "closely"),
    [
        ("主播昨天为什么哭", False),
        ("退潮了能看到多少", True),  # less like an entry, and less like talk
        ("主播为什么不上分", True),  # talk, and more like an entry
    ],
)
def test_talk_is_compared_closely_only_where_it_is_like_an_entry(
    line: str, closely: bool
) -> None:
    """It costs a third of a millisecond; the nearest entries are told all the same."""
    candidates = _asked(line).candidates
    assert candidates
    assert bool(candidates[0].measures) is closely


@pytest.mark.parametrize(
    ("line", "outcome"),
    [
        ("冰法好玩不", Outcome.IGNORE),
        ("队友怎么不回我消息", Outcome.IGNORE),
        ("积木好玩不", Outcome.HANDOFF),
        ("客服怎么不回我消息", Outcome.HANDOFF),
    ],
)
def test_talk_like_a_common_question_is_talk(line: str, outcome: Outcome) -> None:
    """Whether a toy is fun, or why nobody writes back, is the shop's matter only of its own."""
    assert _asked(line).outcome is outcome


@pytest.mark.parametrize(
    ("line", "score", "outcome"),
    [
        ("退货运费", 0.3, Outcome.CLARIFY),
        ("明天就轮到他了", 0.3, Outcome.IGNORE),
        ("明天就轮到他了", 0.65, Outcome.CLARIFY),  # so much is it like the entry
    ],
)
def test_a_statement_is_asked_back_about_unless_it_sounds_like_talk(
    line: str, score: float, outcome: Outcome
) -> None:
    """Though it is the shop's matter by what it shares with the book."""
    like = Candidate(
        entry=_RETURN.id, score=score, phrasing="怎么退货", plain="怎么退货"
    )
    found = {"candidates": (like,), "shop": 0.95}
    assert _decided(line, asks=False, **found) is outcome


def test_a_statement_that_sounds_like_talk_is_nobodys() -> None:
    """However much it shares with the book."""
    assert _decided("明天就轮到他了", asks=False, shop=0.9999) is Outcome.IGNORE
    assert _decided("退货运费我出了", asks=False, shop=0.9999) is Outcome.HANDOFF


@pytest.mark.parametrize(
    ("line", "asks", "outcome"),
    [
        ("加粉丝团了", False, Outcome.IGNORE),
        ("加粉丝团了", True, Outcome.HANDOFF),
        ("粉丝团失效了", False, Outcome.HANDOFF),
    ],
)
def test_who_tells_that_something_is_done_asks_no_common_question(
    line: str, asks: bool, outcome: Outcome
) -> None:
    """Unless it went wrong."""
    club = Intent(id=IntentId("club"), title="粉丝团", phrasings=("怎么加粉丝团",))
    assert _decided(line, asks=asks, intent=club) is outcome


@pytest.mark.parametrize("line", ["木梳齿太密了", "加粉丝团了", "我点灯牌了"])
def test_statements_are_no_questions(line: str) -> None:
    """Whatever they speak of, and though a common question is much like it: 怎么加粉丝团."""
    assert _asked(line).outcome is Outcome.IGNORE


@given(st.text(max_size=300))
def test_any_line_has_a_sound_and_its_evidence_is_in_it(line: str) -> None:
    """Hostile text breaks nothing."""
    text = folded(line)
    assert -200 < sounds_asked(text) < 200
    found = telling(text)
    assert found is None or found.text == text[found.start : found.end]
