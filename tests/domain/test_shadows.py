"""Shadows: what every shop is asked is recognised, however little of a line is looked at for it."""

from __future__ import annotations

from dataclasses import replace
from math import inf

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from streambot.authoring.pack import shipped_pack
from streambot.domain.faq.entry import FaqBook, FaqEntry, FaqId
from streambot.domain.faq.heard import Heard
from streambot.domain.faq.judging import Judge
from streambot.domain.faq.match import MatchSettings, Outcome
from streambot.domain.faq.matcher import BookMatcher
from streambot.domain.faq.pack import Intent, IntentId, IntentKind, Pack
from streambot.domain.faq.prepared import PreparedBook
from streambot.domain.faq.shadows import Cast, Shadows

_PACK = shipped_pack()
_PHRASINGS = [each for intent in _PACK.intents for each in intent.phrasings]
_ENTRY = FaqEntry(id=FaqId("a"), questions=("怎么洗",), answers=("手洗",))


def _book(pack: Pack) -> PreparedBook:
    return PreparedBook(FaqBook(entries=(_ENTRY,), pack=pack))


_BOOK = _book(_PACK)
_SHADOWS = Shadows(_PACK, _BOOK, Judge(_BOOK))
_PATIENT = Shadows(_PACK, _BOOK, Judge(_BOOK), at_least=-inf)


def _cast(shadows: Shadows, line: str, *, asks: bool) -> Cast | None:
    plain = _BOOK.canon(line)
    return shadows.cast(Heard(text=line, plain=plain, asks=asks, book=_BOOK), None)


@given(
    st.sampled_from(_PHRASINGS),
    st.integers(0, 12),
    st.sampled_from(["", "主播", "请问一下", "我昨天就想问了那个", "哈哈哈"]),
    st.booleans(),
)
def test_a_line_too_far_off_to_be_compared_would_not_have_been_cast(
    asked: str, dropped: int, before: str, asks: bool
) -> None:
    """Typed with a letter too few and other words before it, it is what a close look finds."""
    line = before + asked[:dropped] + asked[dropped + 1 :]
    assert _cast(_SHADOWS, line, asks=asks) == _cast(_PATIENT, line, asks=asks)


def test_what_is_far_off_is_not_compared_closely() -> None:
    """Which costs more than all else together."""
    far = Heard(text="怎么唱歌", plain="怎么唱歌", asks=True, book=_BOOK)
    judge = Judge(_BOOK)
    assert judge.judge(far).candidates
    assert not judge.judge(far, at_least=1.5).candidates


@pytest.mark.parametrize("line", ["包邮吗", "满100减多少", "ship to US?", "", "😀"])
@pytest.mark.parametrize("pack", [_PACK, Pack(concepts={"邮": ("包邮", "免邮")})])
def test_a_line_is_read_alike_for_the_book_and_for_its_pack(
    line: str, pack: Pack
) -> None:
    """So it is read once, however many ask what it is made of."""
    for_book = _book(pack).forms(line)
    for_pack = PreparedBook(FaqBook(entries=(), pack=pack)).forms(line)
    assert for_book.terms == for_pack.terms
    assert for_book.signs == for_pack.signs


_SIZES = FaqEntry(
    id=FaqId("plus"),
    intent=IntentId("size_plus"),
    questions=("有大码吗", "胖的能穿吗"),
    answers=("到140斤",),
)
_HOURS = FaqEntry(
    id=FaqId("hours"),
    intent=IntentId("live_when"),
    questions=("几点开播", "什么时候直播"),
    answers=("八点",),
)


@pytest.mark.parametrize(
    ("line", "intent"), [("男生能穿吗", "unisex"), ("有男款吗", "unisex")]
)
def test_an_entry_that_names_its_question_answers_no_other(
    line: str, intent: str
) -> None:
    """Not even one much like it: 男生能穿吗 isn't told up to what weight a size is made."""
    book = FaqBook(entries=(_SIZES, _HOURS, _ENTRY), pack=_PACK)
    match = BookMatcher(book, MatchSettings()).match(line)
    assert (match.outcome, match.intent) == (Outcome.HANDOFF, intent)


def test_an_entry_that_names_none_answers_what_is_like_it() -> None:
    """The merchant hasn't said what it answers, so the nearest question is bridged to it."""
    plain = replace(_SIZES, intent=None)
    for entry, found in ((plain, plain.id), (_SIZES, None)):
        book = PreparedBook(FaqBook(entries=(entry, _HOURS, _ENTRY), pack=_PACK))
        shadows = Shadows(_PACK, book, Judge(book))
        heard = Heard(text="男生能穿吗", plain="男生能穿吗", asks=True, book=book)
        cast = shadows.cast(heard, None)
        assert cast is not None and cast.intent.id == "unisex"
        assert cast.entry == found


def test_a_keyword_doesnt_make_an_entry_answer_all_that_is_asked_about_its_word() -> (
    None
):
    """发票 is in every question about invoices; the entry tells only how to get one."""
    entry = FaqEntry(
        id=FaqId("invoice"),
        intent=IntentId("invoice"),
        questions=("可以开发票吗", "怎么开发票"),
        answers=("订单页申请",),
        keywords=("发票",),
    )
    match = BookMatcher(FaqBook(entries=(entry,), pack=_PACK), MatchSettings())
    assert match.match("能开发票不").entry == entry.id
    for line, intent in (
        ("发票抬头写错了", "invoice_title"),
        ("发票什么时候寄", "invoice_when"),
    ):
        found = match.match(line)
        assert (found.outcome, found.intent) == (Outcome.HANDOFF, intent)


def test_an_intents_own_words_go_before_an_entry_much_like_them() -> None:
    """One letter lies between 胖的能穿吗 and 男的能穿吗, and the entry is all but sure."""
    found = BookMatcher(
        FaqBook(entries=(_SIZES, _HOURS, _ENTRY), pack=_PACK), MatchSettings()
    ).match("男的能穿吗")
    assert (found.outcome, found.intent) == (Outcome.HANDOFF, "unisex")
    assert found.candidates[0].score > 0.90


def test_an_entry_that_says_it_in_other_words_is_answered_all_the_same() -> None:
    """可以便宜点吗 and 能便宜点吗 are one question, whatever the pack calls it."""
    coupon = FaqEntry(
        id=FaqId("coupon"),
        intent=IntentId("coupon_get"),
        questions=("有优惠券吗", "怎么领券", "可以便宜点吗", "能优惠吗"),
        answers=("领券减10元",),
    )
    book = FaqBook(entries=(coupon, _HOURS, _ENTRY), pack=_PACK)
    match = BookMatcher(book, MatchSettings()).match("能便宜点吗")
    assert (match.outcome, match.entry) == (Outcome.ANSWER, coupon.id)


_SMALL = BookMatcher(FaqBook(entries=(_ENTRY,), pack=_PACK), MatchSettings())
_SHOPS = [
    phrasing
    for intent in _PACK.intents
    if intent.kind is IntentKind.SHOP
    for phrasing in intent.phrasings
]


@given(st.sampled_from(_SHOPS), st.sampled_from(["", "了", "啊", "！", "呀~"]))
@example("支付失败", "了")
@example("扣了我两次钱", "")
@example("为什么比别家贵", "")
@example("家人们，支付失败了", "，在线等")
@example("@主播 钱还没退给我", "啊主播")
@example("老板，少了一件", "")
def test_what_every_shop_is_told_is_heard_whatever_the_book_is_about(
    phrasing: str, behind: str
) -> None:
    """Though it asks nothing and shares no word with the book, it is no chatter."""
    line = phrasing + behind
    assert not _SMALL.says_nothing(line)
    assert _SMALL.match(line).outcome is not Outcome.IGNORE


@pytest.mark.parametrize(
    "line", ["有人吗", "我先走了", "唱首歌吧", "支付宝到账一百万元"]
)
def test_what_a_room_tells_is_left_alone(line: str) -> None:
    """The pack's chatter stays chatter, and so does what only begins like its words."""
    assert _SMALL.match(line).outcome is Outcome.IGNORE


@given(
    st.sampled_from([each for each in _PACK.intents if each.kind is IntentKind.SHOP])
)
def test_an_entry_that_asks_as_the_pack_does_is_told_its_other_wordings(
    intent: Intent,
) -> None:
    """Question or statement: of a pack's other wordings none is passed over."""
    entry = FaqEntry(
        id=FaqId("it"), questions=intent.phrasings[:3], answers=("这样做",)
    )
    matcher = BookMatcher(FaqBook(entries=(entry, _ENTRY), pack=_PACK), MatchSettings())
    found = [matcher.match(each) for each in intent.phrasings]
    assert all(each.outcome is not Outcome.IGNORE for each in found)
    assert sum(each.entry == entry.id for each in found) > len(found) // 2


def test_a_question_that_an_entry_all_but_answers_goes_to_people() -> None:
    """Machines are all the entry knows of; who asks for hands is told nothing wrong, nor left."""
    washing = FaqEntry(
        id=FaqId("wash"), questions=("可以机洗吗", "能用洗衣机吗"), answers=("能",)
    )
    book = FaqBook(entries=(washing, _HOURS), pack=_PACK)
    match = BookMatcher(book, MatchSettings()).match("可以手洗吗")
    assert match.entry is None
    assert match.outcome is Outcome.HANDOFF


_SHOP = tuple(
    FaqEntry(id=FaqId(questions[0]), questions=questions, answers=("答",))
    for questions in (
        ("什么时候发货", "几天能发出来"),
        ("有优惠吗", "能便宜点吗"),
        ("坏了怎么办", "保修多久"),
        ("可以退货吗", "不喜欢能退吗"),
        ("有赠品吗", "送什么"),
    )
)


@pytest.mark.parametrize(
    "line",
    [
        "红包什么时候发",
        "什么时候发福袋",
        "什么时候下播",
        "奖品什么时候发",
        "换的什么时候发",
        "群里有优惠吗",
        "为什么没有优惠",
        "账号被盗了怎么办",
        "充值送什么",
    ],
)
def test_a_common_question_gets_no_answer_of_another(line: str) -> None:
    """Though the entry names no question of the pack, and most of the words are in it."""
    book = BookMatcher(FaqBook(entries=_SHOP, pack=_PACK), MatchSettings())
    assert book.match(line).outcome is Outcome.HANDOFF
    own = FaqEntry(id=FaqId("own"), questions=(line,), answers=("答",))
    told = BookMatcher(FaqBook(entries=(*_SHOP, own), pack=_PACK), MatchSettings())
    assert told.match(line).entry == "own"
    for entry in _SHOP:
        assert book.match(entry.questions[0]).entry == entry.id


def test_when_the_host_is_paid_is_no_question_of_parcels() -> None:
    """What is about the host is left to the host."""
    book = BookMatcher(FaqBook(entries=_SHOP, pack=_PACK), MatchSettings())
    assert book.match("什么时候发工资").outcome is Outcome.IGNORE
