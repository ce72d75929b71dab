"""Gaps: alike questions together, opposite ones apart, the commonest first."""

from __future__ import annotations

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
        (("主播几点下播", "几点下播"), 2, 2),
        (("什么牌子",), 1, 1),
    ]


def test_opposites_stay_apart() -> None:
    """However alike by their letters, sending back and exchanging are two questions; so are two numbers."""
    asked = ["能退货吗", "能换货吗", "3号包邮吗", "5号包邮吗"]
    assert len(find_gaps((text, "a") for text in asked)) == 4


@given(st.lists(st.tuples(_WORDS, st.sampled_from("abc")), max_size=30))
def test_every_line_counts_once(lines: list[tuple[str, str]]) -> None:
    """Counts add up to the lines that hold words, in any order of the lines."""
    gaps = find_gaps(lines)
    worded = sum(gap.count for gap in find_gaps((text, "") for text, _ in lines))
    assert sum(gap.count for gap in gaps) == worded <= len(lines)
    assert gaps == find_gaps(reversed(lines))
    assert all(gap.questions and gap.viewers <= gap.count for gap in gaps)
