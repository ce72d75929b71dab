"""Questions that sound like ones put to a shop are people's, whatever the shop's book knows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streambot.authoring.pack import shipped_pack
from streambot.domain.faq.asked_of_shop import sounds_asked, telling
from streambot.domain.faq.entry import FaqBook, FaqEntry, FaqId
from streambot.domain.faq.match import MatchSettings, Outcome
from streambot.domain.faq.matcher import BookMatcher
from streambot.domain.faq.normalise import folded

_BOOK = FaqBook(
    entries=(
        FaqEntry(
            id=FaqId("return"),
            questions=("怎么退货", "可以退货吗", "退货怎么弄"),
            answers=("订单页申请售后",),
        ),
        FaqEntry(
            id=FaqId("size"),
            questions=("主播穿什么码", "主播身上多大码", "主播试穿的什么尺码"),
            answers=("主播穿M码",),
        ),
        FaqEntry(
            id=FaqId("star"),
            questions=("主播多高", "主播身高多少", "主播有多高"),
            answers=("一米六五",),
        ),
    ),
    pack=shipped_pack(),
)


@pytest.fixture(scope="module")
def matcher() -> BookMatcher:
    """Three entries, and what all shops have in common."""
    return BookMatcher(_BOOK, MatchSettings())


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
def test_what_only_a_shop_is_asked_is_a_persons(
    line: str, matcher: BookMatcher
) -> None:
    """Though the book has no word of it; the pair that says most for it is told."""
    match = matcher.match(line)
    assert (match.outcome, match.reason) == (Outcome.HANDOFF, "shop_matter")
    (pair,) = match.evidence
    assert pair.text == line[pair.start : pair.end] and pair.end - pair.start == 2


@pytest.mark.parametrize("line", _TALK)
def test_talk_calls_nobody(line: str, matcher: BookMatcher) -> None:
    """However much it asks."""
    assert matcher.match(line).outcome is Outcome.IGNORE


def test_shops_are_asked_otherwise_than_people() -> None:
    """No line of the one kind sounds like the other."""
    assert min(map(sounds_asked, _ASKED)) > 4 > 0 > max(map(sounds_asked, _TALK))


def test_talk_is_not_asked_back_about(matcher: BookMatcher) -> None:
    """Unless the entry is talk as well: 主播多高 is asked of this host."""
    assert matcher.match("主播什么时候上王者").outcome is Outcome.IGNORE
    assert matcher.match("主播多高").entry == "star"


@pytest.mark.parametrize(
    ("line", "outcome"),
    [
        ("冰法好玩不", Outcome.IGNORE),
        ("队友怎么不回我消息", Outcome.IGNORE),
        ("积木好玩不", Outcome.HANDOFF),
        ("客服怎么不回我消息", Outcome.HANDOFF),
    ],
)
def test_talk_like_a_common_question_is_talk(
    line: str, outcome: Outcome, matcher: BookMatcher
) -> None:
    """Whether a toy is fun, or why nobody writes back, is the shop's matter only of its own."""
    assert matcher.match(line).outcome is outcome


def test_statements_are_no_questions(matcher: BookMatcher) -> None:
    """Whatever they speak of."""
    assert matcher.match("木梳齿太密了").outcome is Outcome.IGNORE


@given(st.text(max_size=300))
def test_any_line_has_a_sound_and_its_evidence_is_in_it(line: str) -> None:
    """Hostile text breaks nothing; Latin lines are not judged by it."""
    text = folded(line)
    sound = sounds_asked(text)
    assert -200 < sound < 200
    assert sound == 0 or not text.isascii()
    found = telling(text)
    assert found is None or found.text == text[found.start : found.end]
