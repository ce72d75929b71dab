"""A look at the next character finds what the patterns alone find, only sooner."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streambot.domain.mood import grievances, outrage, threats
from streambot.domain.mood.first_letters import ByLetter, first_letters, guarded
from tools.train_mood import drawn, templates

LISTS = {
    name: words
    for module in (threats, grievances, outrage)
    for name, words in vars(module).items()
    if name.isupper() and not name.startswith("_")
}


@pytest.mark.parametrize(
    ("pattern", "letters"),
    [
        ("骗子", "骗"),
        ("骗子|假货", "骗假"),
        ("(?:不|没)好", "不没"),
        ("(?:真|太)?差", "真太差"),
        ("[几1-3]天", "几123"),
        (r"\d天", "0123456789"),
        (r"\.好", "."),
        ("(?<!a)(?=b)(?:b|c)", "bc"),
        ("好{0,2}的", "好的"),
        ("好{1,2}的", "好"),
        ("(?:a|(?:b|c)?d)e", "abcd"),
        (r"[\]x]y", "]x"),
    ],
)
def test_the_characters_a_pattern_may_begin_with(pattern: str, letters: str) -> None:
    """Groups, classes, what may be absent, and what takes no place."""
    assert first_letters(pattern) == frozenset(letters)


@pytest.mark.parametrize("pattern", ["a?", "(?:a|b?)c?", ""])
def test_a_pattern_that_may_match_nothing_is_refused(pattern: str) -> None:
    """It would be found everywhere."""
    with pytest.raises(ValueError, match="nothing"):
        first_letters(pattern)


def test_every_list_finds_the_same_with_and_without_the_look() -> None:
    """In all the lines written for the tone."""
    lines = [line for template, _ in templates() for line in drawn(template)[:3]]
    for name, words in LISTS.items():
        plain, quick = re.compile("|".join(words), re.IGNORECASE), guarded(words)
        for line in lines:
            found = [seen.span() for seen in plain.finditer(line)]
            assert found == [seen.span() for seen in quick.finditer(line)], (name, line)


@given(st.text(max_size=30), st.sampled_from(sorted(LISTS)))
def test_any_text_is_searched_alike(line: str, name: str) -> None:
    """Whatever it holds."""
    plain = re.compile("|".join(LISTS[name]), re.IGNORECASE)
    found = [seen.span() for seen in plain.finditer(line)]
    assert found == [seen.span() for seen in guarded(LISTS[name]).finditer(line)]


@pytest.mark.parametrize(
    "pattern",
    [
        "(?:今|明)天来",
        "(?:今天|(?:明|后)天)?来",
        "(?<!不)(?:[今明]天|天天)堵",
        r"[\d一两]+次",
        r"(?<![a-z])s\W?cam",
        "你们?(?:好|坏)",
    ],
)
@given(st.text(alphabet="今明后天来不堵1一两次Scam你们好坏", max_size=8))
def test_at_each_character_only_what_may_begin_with_it_is_tried(
    pattern: str, line: str
) -> None:
    """And nothing is missed by that."""
    expected = re.search(pattern, line, re.IGNORECASE) is not None
    assert ByLetter([pattern]).anywhere(line) == expected


def test_a_pattern_with_a_capital_is_refused() -> None:
    """Lines are read in lower case; what only stands behind a backslash is no capital."""
    with pytest.raises(ValueError, match="lower case"):
        ByLetter(["骗子", "(?:真|太)Cha"])
    assert ByLetter([r"s\Wb"]).anywhere("S*B")
