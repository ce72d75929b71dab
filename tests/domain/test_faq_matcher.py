"""Which entry a line asks for: threshold, margin, "did you mean", vetoes, evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streambot.authoring.pack import shipped_pack
from streambot.domain.faq.deciding import decide
from streambot.domain.faq.entry import FaqBook, FaqEntry, FaqId, Validity
from streambot.domain.faq.heard import Found, Heard
from streambot.domain.faq.likeness import Likeness
from streambot.domain.faq.match import MatchSettings, Outcome
from streambot.domain.faq.matcher import BookMatcher
from streambot.domain.faq.normalise import folded
from streambot.domain.faq.prepared import PreparedBook
from tests.domain.chat_room import START


def entry(name: str, *questions: str, **more: object) -> FaqEntry:
    """An entry with these phrasings."""
    return FaqEntry(
        id=FaqId(name),
        questions=questions,
        answers=("答",),
        **more,  # type: ignore[arg-type]
    )


def matcher(*entries: FaqEntry, **settings: float) -> BookMatcher:
    """A matcher of a book of *entries*."""
    return BookMatcher(FaqBook(entries=entries), MatchSettings(**settings))


SHIP = entry("ship", "什么时候发货", "多久发货")
RETURN = entry("return", "怎么退货", "可以退货吗")
SIZE = entry("size", "160穿什么码")
BOOK: Sequence[FaqEntry] = (SHIP, RETURN, SIZE, entry("fee", "运费多少钱"))


@pytest.mark.parametrize(
    "typed",
    [
        "什么时候发货",
        "什麼時候發貨？",
        "什么时候 发货啊啊",
        "主播什么时候发货呀",
        "[疑问]什么时候发货😀",
        "多久才发货",
    ],
)
def test_a_question_is_known_however_it_is_typed(typed: str) -> None:
    """The entry, a score, the phrasing it is like, and where the line says so."""
    match = matcher(*BOOK).match(typed)
    assert (match.outcome, match.entry) == (Outcome.ANSWER, "ship")
    assert 0.7 <= match.score <= 1
    (seen,) = match.evidence
    assert folded(typed)[seen.start : seen.end] == seen.text != ""


def test_the_threshold_is_the_settings_or_the_entrys_own() -> None:
    """Below it a question is asked back, never answered."""
    line = "多久才会给我发货呀"
    score = matcher(*BOOK).match(line).score
    assert 0.25 < score < 1
    assert matcher(*BOOK, answer_at=score).match(line).outcome is Outcome.ANSWER
    strict = matcher(*BOOK, answer_at=score + 0.01).match(line)
    assert (strict.outcome, strict.reason) == (Outcome.CLARIFY, "below_answer")
    assert strict.entry is None
    own = matcher(replace(SHIP, threshold=score), *BOOK[1:], answer_at=0.99)
    assert own.match(line).outcome is Outcome.ANSWER


def test_did_you_mean_begins_at_suggest_at() -> None:
    """Below it a question is nobody's."""
    line = "多久能播完"
    score = matcher(*BOOK).match(line).score
    assert score > 0
    asked = matcher(*BOOK, suggest_at=score, answer_at=0.99).match(line)
    assert asked.outcome is Outcome.CLARIFY
    nobody = matcher(*BOOK, suggest_at=score + 0.01, answer_at=0.99).match(line)
    assert (nobody.outcome, nobody.reason) == (Outcome.IGNORE, "below_suggest")


def test_two_entries_too_close_to_tell_are_asked_about() -> None:
    """The margin, where even half a confidence may answer; a literal hit needs none."""
    twins = (entry("a", "这件衣服有什么颜色"), entry("b", "这件裤子有什么颜色"))
    unclear = matcher(*twins, answer_at=0.3, margin=0.3).match("这件有什么颜色")
    assert (unclear.outcome, unclear.reason) == (Outcome.CLARIFY, "margin")
    assert [each.entry for each in unclear.candidates] == ["a", "b"]
    literal = matcher(*twins, margin=0.9).match("这件裤子有什么颜色")
    assert literal.entry == "b"


@pytest.mark.parametrize(
    ("line", "entry_id", "veto"),
    [
        ("170穿什么码", "size", "numbers"),
        ("什么时候到货", "ship", "exclusive"),
        ("什么时候退货", "ship", "exclusive"),
    ],
)
def test_what_contradicts_is_never_answered(
    line: str, entry_id: str, veto: str
) -> None:
    """Another number or the opposite word speaks against the most alike phrasing."""
    book = FaqBook(entries=(SHIP, SIZE), pack=shipped_pack())
    match = BookMatcher(book).match(line)
    assert match.outcome is not Outcome.ANSWER
    (against,) = (each for each in match.candidates if each.entry == entry_id)
    assert against.veto == veto
    assert against == match.candidates[-1]
    assert matcher(SIZE).match("160穿什么码").outcome is Outcome.ANSWER


def test_who_names_a_link_does_not_ask_which_it_is() -> None:
    """3号链接多少钱 is no 几号链接; a link alone asks nothing."""
    which = entry("which", "几号链接", "在几号链接", "链接在哪")
    book = matcher(which, entry("price", "多少钱"), entry("buy", "怎么买"))
    assert book.match("几号链接呀").entry == "which"
    assert book.match("3号链接多少钱").entry == "price"
    assert book.match("3号链接怎么买").entry == "buy"
    alone = book.match("3号链接")
    assert alone.outcome is Outcome.IGNORE
    assert [(each.entry, each.veto) for each in alone.candidates] == [("which", "link")]


@pytest.mark.parametrize(
    ("limits", "line", "answered"),
    [
        ({"must": ("羽绒",)}, "什么时候发货", False),
        ({"must": ("羽绒",)}, "羽绒什么时候发货", True),
        ({"any": ("定制", "预售")}, "预售什么时候发货", True),
        ({"any": ("定制", "预售")}, "什么时候发货", False),
        ({"none": ("样品",)}, "样品什么时候发货", False),
        ({"not_questions": ("样品什么时候发货",)}, "样品什么时候发货", False),
        ({"keywords": ("包邮",)}, "包邮吗", True),
        ({"keywords": ("包邮",)}, "我昨天在别家买了一件不包邮的衣服", False),
    ],
)
def test_a_merchants_limits_are_kept(
    limits: dict[str, object], line: str, answered: bool
) -> None:
    """``must``, ``any``, ``none``, ``not_questions`` and ``keywords``."""
    found = matcher(replace(SHIP, **limits)).match(line)  # type: ignore[arg-type]
    assert (found.outcome is Outcome.ANSWER) is answered


def test_an_entry_is_asked_only_while_it_is_valid() -> None:
    """Both ends count, outside a person is asked; without a time it always is."""
    until = START + timedelta(days=1)
    sale = matcher(replace(SHIP, valid=Validity(since=START, until=until)))
    times = [START - timedelta(seconds=1), START, until, until + timedelta(seconds=1)]
    outcomes = [sale.match("什么时候发货", at=at).outcome for at in times]
    assert outcomes == [
        Outcome.HANDOFF,
        Outcome.ANSWER,
        Outcome.ANSWER,
        Outcome.HANDOFF,
    ]
    assert sale.match("什么时候发货").outcome is Outcome.ANSWER


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("转人工", "asked_human"),
        ("快递一直不更新", "after_sale"),
        ("退个货这么费劲", "after_sale"),
    ],
)
def test_what_no_entry_answers_may_be_a_persons_matter(line: str, reason: str) -> None:
    """A call for a person, or an order or after-sale matter."""
    match = matcher(*BOOK).match(line)
    assert (match.outcome, match.reason) == (Outcome.HANDOFF, reason)


@pytest.mark.parametrize(
    ("line", "theirs"),
    [
        ("到手屏幕有划痕", True),
        ("寄来的碎了两个", True),
        ("刚拿到就有污渍", True),
        ("收到的和直播间不一样", True),
        ("买回来少了一件", True),
        ("收到有点小", True),
        ("上次买的酱漏了一袋子", True),
        ("前几天买的毛巾洗完就松了", True),
        ("上次买的还想再买", False),
        ("收到了很喜欢", False),
        ("到手价太小气了", False),
        ("收到一个坏消息", False),
        ("屏幕上有划痕", False),  # whose, and what of it
    ],
)
def test_what_came_faulty_is_a_persons_matter(line: str, theirs: bool) -> None:
    """A buyer who tells of a fault asks nothing, and waits for somebody all the same."""
    match = matcher(*BOOK).match(line)
    told = (match.outcome, match.reason) == (Outcome.HANDOFF, "after_sale")
    assert told is theirs


@pytest.mark.parametrize("looked_again", [False, True])
@pytest.mark.parametrize("shop", [0.5, 0.79, 0.81, 0.87, 0.89, 1.0])
def test_a_second_look_needs_to_be_less_sure_that_a_line_is_the_shops(
    shop: float, looked_again: bool
) -> None:
    """It takes fewer of a room's lines for the shop's matter, so it may name more of them."""
    book = PreparedBook(FaqBook(entries=tuple(BOOK)))
    heard = Heard(text="能上光荣榜吗", plain="能上光荣榜吗", asks=True, book=book)
    found = Found(shop=shop, looked_again=looked_again)
    match = decide(heard, found, MatchSettings())
    theirs = shop >= (0.80 if looked_again else 0.88)
    assert (match.outcome is Outcome.HANDOFF) is theirs
    assert match.looked_again is looked_again


def test_an_empty_book_answers_nothing() -> None:
    """What only a shop is asked goes to people; it breaks on nothing."""
    assert matcher().match("什么时候发货").outcome is Outcome.HANDOFF
    assert matcher().match("今天唱哪首歌").outcome is Outcome.IGNORE
    assert matcher(entry("empty", "？？")).match("？？").outcome is Outcome.IGNORE


WORDS = st.sampled_from(
    [*"发货退多久什么时候运费钱吗？170İ 騙", "size ", "什么时候发货"]
)


@given(st.lists(WORDS, max_size=12).map("".join) | st.text(max_size=30))
def test_any_line_gets_a_verdict_that_can_be_explained(line: str) -> None:
    """Scores in [0, 1], best first, vetoed last, evidence inside the line."""
    match = matcher(*BOOK).match(line)
    assert 0 <= match.score <= 1
    order = [(each.veto is not None, -each.score) for each in match.candidates]
    assert order == sorted(order)
    if match.outcome is Outcome.ANSWER:
        assert match.entry == match.candidates[0].entry
        assert match.candidates[0].veto is None
    else:
        assert match.entry is None
    for seen in match.evidence:
        assert 0 <= seen.start <= seen.end <= len(line)
        assert folded(line)[seen.start : seen.end] == seen.text


@pytest.mark.parametrize("word", ["什么时候", "多久", "可以吗", "怎么弄", "why"])
def test_a_question_word_alone_is_never_answered(word: str) -> None:
    """However small the book and however alike its phrasings are: it may be asked back."""
    assert matcher(*BOOK).match(word).outcome is not Outcome.ANSWER


def test_what_a_merchant_ruled_out_is_answered_in_no_reading() -> None:
    """A line under not_questions stays unanswered also without whom it calls."""
    hanger = entry("buy", "在哪里买", not_questions=("主播在哪里买呀",))
    assert matcher(hanger).match("主播在哪里买呀").outcome is not Outcome.ANSWER
    assert matcher(hanger).match("老板在哪里买").outcome is Outcome.ANSWER


@pytest.mark.parametrize(
    "line",
    ["zenme tuihuo", "老板怎么退货", "niaobushi duoshaoqian"],
)
def test_a_second_look_takes_no_other_reading_away(line: str) -> None:
    """What was answered as pinyin, or without whom it calls, still is."""
    book = matcher(entry("diapers", "尿不湿多少钱", "纸尿裤什么价格"), *BOOK)
    answer = book.match(line).entry
    assert answer in ("return", "diapers")
    # The encoder sees nothing in it.
    cosines = dict.fromkeys(book.compared.phrases, 0.8)
    far = Likeness(cosines=cosines, mean=0.8, spread=0.02)
    again = book.reconsider(line, far)
    assert (again.outcome, again.entry) == (Outcome.ANSWER, answer)
    assert again.looked_again


def test_a_second_look_is_asked_of_what_is_left_of_a_line() -> None:
    """Whom it calls is no part of its question: the encoder sees what the two have in common."""
    book = matcher(entry("store", "橙子怎么保存", "橙子要放冰箱吗"), *BOOK)
    near = {each: 0.893 if "橙子" in each else 0.6 for each in book.compared.phrases}
    likeness = Likeness(cosines=near, mean=0.62, spread=0.05)
    alone = book.reconsider("橙子吃不完咋弄", likeness)
    assert alone.outcome is Outcome.ANSWER
    assert book.reconsider("主播 橙子吃不完咋弄", likeness).score == alone.score
