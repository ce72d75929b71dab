"""Gaps: alike questions together, opposite ones apart, the commonest first."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from streambot.reports.gaps import find_gaps

_WORDS = st.text("发退换货款吗呢能可以开票发票ab1? 😀[]", max_size=12)


def test_alike_questions_are_one() -> None:
    """Wordings of one question are one gap, led by the commonest; the others are their own."""
    asked = [
        "能送人吗",
        "可以送人吗",
        "可以送人吗",
        "主播几点下播",
        "几点下播",
        "什么牌子",
    ]
    gaps = find_gaps((text, f"u{number % 4}") for number, text in enumerate(asked))
    assert [(gap.questions, gap.count, gap.viewers) for gap in gaps] == [
        (("可以送人吗", "能送人吗"), 3, 3),
        (("几点下播", "主播几点下播"), 2, 2),
        (("什么牌子",), 1, 1),
    ]


def test_opposites_stay_apart() -> None:
    """However alike by their letters, sending back and exchanging are two questions; so are two numbers."""
    asked = ["能退货吗", "能换货吗", "3号包邮吗", "5号包邮吗"]
    assert len(find_gaps((text, "a") for text in asked)) == 4


def test_politeness_and_form_don_t_part_a_question() -> None:
    """Who is addressed, how politely and in which form of a question: it is one question."""
    asked = ["能开发票吗", "主播这款可以开发票不", "请问有发票吗", "开不开发票啊"]
    assert len(find_gaps((text, "a") for text in asked)) == 1


def test_words_of_one_concept_are_one_question() -> None:
    """What a pack calls the same is the same here; without it the words stay apart."""
    asked = [("孕妇能用吗", "a"), ("怀孕了可以用吗", "b"), ("孕期能用不", "c")]
    assert len(find_gaps(asked)) == 3
    same = {"孕妇": ("孕妇", "怀孕", "孕期")}
    assert [gap.count for gap in find_gaps(asked, concepts=same)] == [3]


def test_an_encoder_joins_what_shares_no_word() -> None:
    """Vectors near each other are one gap; opposites stay apart whatever their vectors say."""
    vectors = {"啥时候寄": (1.0, 0.1), "多久能出库": (1.0, 0.0), "什么牌子": (0.0, 1.0)}

    def encode(texts: Sequence[str]) -> Sequence[Sequence[float]]:
        return [vectors.get(text, (1.0, 0.0)) for text in texts]

    asked = [(text, "a") for text in vectors]
    assert len(find_gaps(asked)) == 3
    assert [gap.count for gap in find_gaps(asked, encode=encode)] == [2, 1]
    apart = [("能退货吗", "a"), ("能换货吗", "a")]
    opposites = (frozenset({"退/退货", "换/换货"}),)
    assert len(find_gaps(apart, encode=encode, exclusive=opposites)) == 2
    assert len(find_gaps(apart, encode=encode)) == 1


@given(st.lists(st.tuples(_WORDS, st.sampled_from("abc")), max_size=30))
def test_every_line_counts_once(lines: list[tuple[str, str]]) -> None:
    """Counts add up to the lines that hold words, in any order of the lines."""
    gaps = find_gaps(lines)
    worded = sum(gap.count for gap in find_gaps((text, "") for text, _ in lines))
    assert sum(gap.count for gap in gaps) == worded <= len(lines)
    assert gaps == find_gaps(reversed(lines))
    assert all(gap.questions and gap.viewers <= gap.count for gap in gaps)
