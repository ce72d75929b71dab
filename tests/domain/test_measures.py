"""What a line is compared with: a phrasing, and all of its entry's together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streambot.domain.faq.concepts import ConceptTagger
from streambot.domain.faq.forms import Forms
from streambot.domain.faq.gist import Gists, gist
from streambot.domain.faq.index import PhraseIndex
from streambot.domain.faq.measure_names import MEASURES
from streambot.domain.faq.measures import Asked, Comparer, Near
from streambot.domain.faq.romanised import Romanised
from streambot.domain.faq.vetoes import Signs

PLAIN = ("怎么退货", "买错了能退吗", "怎么换货", "几天发货")
OWNERS = (0, 0, 1, 2)
INDEX = PhraseIndex(PLAIN, ConceptTagger({}))
COMPARER = Comparer(INDEX, PLAIN, OWNERS)
NEAR = Near(gist=0.5, lead=0.1, entry=0.4)


def _asked(plain: str) -> Asked:
    forms = Forms(plain, INDEX.terms_of(plain), Signs(frozenset()), gist(plain))
    return Asked(forms, INDEX)


def _told(plain: str, number: int, *, alone: bool = False) -> dict[str, float]:
    measures = COMPARER.measures(_asked(plain), number, NEAR, alone=alone)
    return dict(zip(MEASURES, measures, strict=True))


def test_spelling_is_that_of_the_nearest_wording() -> None:
    """Unless the line contradicts some wording of the entry: then it is the phrasing's own."""
    assert _told("怎么退货", 1)["spelling"] == 1.0
    assert _told("怎么退货", 1, alone=True)["spelling"] < 0.5


def test_latin_lines_have_gists_of_their_own() -> None:
    """A Chinese line's three stand apart from a Latin line's."""
    chinese, latin = _told("怎么退货", 0), _told("return", 0)
    names = ("gist", "gist_lead", "gist_entry")
    assert [chinese[name] for name in names] == [NEAR.gist, NEAR.lead, NEAR.entry]
    assert [chinese[f"latin_{name}"] for name in names] == [0.0] * 3
    assert [latin[f"latin_{name}"] for name in names] == [
        NEAR.gist,
        NEAR.lead,
        NEAR.entry,
    ]
    assert [latin[name] for name in names] == [0.0] * 3


def test_an_entry_is_near_by_all_its_wordings_together() -> None:
    """A group of one is its text; a group's nearness lies between those of its texts' spread."""
    asked = _asked("退货怎么弄")
    together = COMPARER.entry_nearness(asked, [0, 1, 2])
    alone = COMPARER.nearness(asked, range(len(PLAIN)))
    assert together[1:] == pytest.approx(alone[2:], abs=0.01)
    assert together[0] == max(together)


@given(st.lists(st.sampled_from([*PLAIN, "hello", "😀", ""]), min_size=1, max_size=5))
def test_a_groups_gist_is_the_mean_of_its_texts(texts: list[str]) -> None:
    """What the table knows nothing of adds nothing; of nothing at all nothing is near."""
    line = gist("怎么退货")
    gists = Gists.of(texts)
    (together,) = gists.of_groups([0] * len(texts)).cosines(line, [0])
    each = gists.cosines(line, range(len(texts)))
    mean = sum(each) / len(each)  # of unit vectors, so the vector itself is shorter
    assert abs(together) >= abs(mean) - 0.02
    assert any(each) or together == 0.0
    assert gists.cosines(None, [0]) == [0.0]


def test_pinyin_is_written_as_the_book_writes_it() -> None:
    """Before the pack; what neither writes stays as it was typed."""
    assert Romanised(("包邮吗",), ("保佑", "发货")).read("baoyou") == "包邮"
    assert Romanised((), ("发货",)).read("fahuo") == "发货"
    assert Romanised((), ()).read("fahuo") is None
