"""Shadows: what every shop is asked is recognised, however little of a line is looked at for it."""

from __future__ import annotations

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streambot.authoring.pack import shipped_pack
from streambot.domain.faq.deciding import Heard
from streambot.domain.faq.entry import FaqBook, FaqEntry, FaqId
from streambot.domain.faq.judging import Judge
from streambot.domain.faq.pack import Pack
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
    return shadows.cast(Heard(text=line, plain=plain, asks=asks, book=_BOOK), 0.0)


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
