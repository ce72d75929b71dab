"""A merchant's keyword: what a short line with it asks, and what it doesn't."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streambot.authoring.pack import shipped_pack
from streambot.domain.faq.entry import FaqBook, FaqEntry, FaqId
from streambot.domain.faq.match import MatchSettings, Outcome
from streambot.domain.faq.matcher import BookMatcher
from tests.domain.shops import SHOP


def _entry(name: str, questions: tuple[str, ...], *keywords: str) -> FaqEntry:
    return FaqEntry(
        id=FaqId(name), questions=questions, answers=("答",), keywords=keywords
    )


_ENTRIES = (
    _entry("courier", ("发什么快递", "用哪家快递"), "快递"),
    _entry("size", ("怎么选码", "我穿什么码"), "尺码"),
    _entry("coupon", ("怎么领券", "券在哪里领"), "券"),
    _entry("return", ("怎么退货", "支持无理由退货吗")),
)
_SHOP = BookMatcher(FaqBook(entries=_ENTRIES, pack=shipped_pack()), MatchSettings())
#: A shop with more to say, so that it is plain what it doesn't answer.
_BIG = BookMatcher(
    FaqBook(
        entries=(
            *_ENTRIES,
            *(_entry(f"big_{name}", asked) for name, asked in SHOP.items()),
        ),
        pack=shipped_pack(),
    ),
    MatchSettings(),
)
#: The same shop, of which only the book is known.
_ALONE = BookMatcher(FaqBook(entries=_ENTRIES), MatchSettings())


@pytest.mark.parametrize("matcher", [_SHOP, _ALONE])
@pytest.mark.parametrize(
    ("line", "entry"),
    [
        ("快递呢", "courier"),
        ("快递呢主播", "courier"),
        ("尺码是多少", "size"),
        ("快递是哪家", "courier"),
    ],
)
def test_a_keyword_and_nothing_else_asks_for_its_entry(
    matcher: BookMatcher, line: str, entry: str
) -> None:
    """So it is where no phrasing holds the word, too."""
    match = matcher.match(line)
    assert (match.outcome, match.entry) == (Outcome.ANSWER, entry)


@pytest.mark.parametrize("line", ["快递车撞了怎么办", "尺码印歪了咋办", "尺码会褪吗"])
def test_who_says_more_than_the_keyword_is_asked_back(line: str) -> None:
    """The word is about the entry, what is asked about it may be anything."""
    match = _ALONE.match(line)
    assert match.outcome is Outcome.CLARIFY
    assert match.candidates[0].keyed


def test_a_keyword_goes_before_no_entry_that_is_surer() -> None:
    """Postage is the word, the far province the question: a free parcel is promised to nobody."""
    book = FaqBook(
        entries=(
            _entry("postage", ("包邮吗", "运费多少", "满多少包邮"), "包邮"),
            _entry("far", ("新疆发吗", "西藏包邮吗", "内蒙古能发吗", "青海包邮吗")),
        )
    )
    match = BookMatcher(book, MatchSettings()).match("新疆包邮吗")
    assert (match.outcome, match.entry) == (Outcome.ANSWER, "far")
    assert {each.entry: each.keyed for each in match.candidates}[FaqId("postage")]


@pytest.mark.parametrize(
    ("line", "entry"), [("用快递寄吗", "courier"), ("尺码穿什么", "size")]
)
def test_who_says_more_but_much_like_the_entry_is_answered(
    line: str, entry: str
) -> None:
    """By likeness alone it would have been asked back."""
    match = _ALONE.match(line)
    assert (match.outcome, match.entry) == (Outcome.ANSWER, entry)
    assert match.candidates[0].keyed


def test_a_keyword_yields_to_a_question_that_every_shop_knows() -> None:
    """However much the line is like the keyword's entry."""
    match = _SHOP.match("快递多久到")
    assert (match.outcome, match.intent) == (Outcome.HANDOFF, "ship_days")
    assert match.candidates[0].keyed and match.candidates[0].score >= 0.8


@pytest.mark.parametrize(
    ("line", "intent"),
    [
        ("尺码发错了", "wrong_item"),
        ("快递丢了怎么办", "track_lost"),
        ("优惠券怎么退回来", "coupon_back"),
        ("快递单号在哪看", "track_number"),
        ("缩水了怎么办", "worn_fault"),
    ],
)
def test_what_every_shop_is_asked_is_no_keywords(line: str, intent: str) -> None:
    """A person gets it, where no entry answers it; the keyword's entry would be wrong."""
    match = _BIG.match(line)
    assert (match.outcome, match.reason) == (Outcome.HANDOFF, "known_question")
    assert match.intent == intent


@pytest.mark.parametrize("line", ["尺码怎么退", "穿着不合身尺码怎么退"])
def test_how_a_size_is_returned_is_no_sizes_matter(line: str) -> None:
    """The word is the size's, the question a return's: asked back, that first."""
    match = _BIG.match(line)
    assert match.entry is None and match.outcome is Outcome.CLARIFY
    assert "return" in str(match.candidates[0].entry)


@given(
    st.sampled_from(["快递", "尺码", "券"]),
    st.text(st.sampled_from("甲乙丙丁车歪撞丢吗了怎么 "), max_size=8),
    st.text(st.sampled_from("甲乙丙丁车歪撞丢吗了怎么 "), max_size=8),
)
def test_a_keyword_raises_an_entry_and_never_lowers_one(
    word: str, before: str, behind: str
) -> None:
    """Whatever stands around it: what the book alone thinks of an entry is the least."""
    line = before + word + behind
    bare = tuple(_entry(str(each.id), each.questions) for each in _ENTRIES)
    plain = BookMatcher(FaqBook(entries=bare), MatchSettings()).match(line)
    keyed = {each.entry: each.score for each in _ALONE.match(line).candidates}
    for each in plain.candidates:
        assert keyed.get(each.entry, 0.0) >= each.score or each.veto is not None


def test_a_known_question_with_a_number_in_it_is_the_shops_matter() -> None:
    """七天 may be any number, so the entry isn't taken for it; nor is the line chatter."""
    match = _SHOP.match("七天无理由吗")
    assert match.outcome in (Outcome.CLARIFY, Outcome.HANDOFF)
    assert match.shop >= 0.88
