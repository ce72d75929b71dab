"""The table of questions put to shops is what its script makes of the lines written for it."""

from __future__ import annotations

from collections import Counter

import pytest

from streambot.domain.faq.normalise import normalise
from tools.train_questions import ENGLISH, TABLE, fingerprint, made, written

_LANGUAGES = pytest.mark.parametrize("english", [False, True])


def test_the_tables_are_made_of_the_lines_as_they_are() -> None:
    """A fingerprint tells, with every change; that they come out to the byte is among the proofs."""
    for file in (TABLE, ENGLISH):
        shipped = file.read_text(encoding="utf-8")
        assert fingerprint() in shipped, "run python -m tools.train_questions"


@pytest.mark.proof
@_LANGUAGES
def test_the_shipped_table_is_reproduced(english: bool) -> None:
    """To the byte, so nothing else has a say in it."""
    shipped = (ENGLISH if english else TABLE).read_text(encoding="utf-8")
    assert made(english=english) == shipped, "run python -m tools.train_questions"


def test_the_tables_stay_small() -> None:
    """They ship in every wheel."""
    assert TABLE.stat().st_size + ENGLISH.stat().st_size < 400_000


@_LANGUAGES
def test_each_line_is_written_once_and_is_of_one_kind(english: bool) -> None:
    """Neither a shop's question nor talk counts twice, and none is both."""
    seen = Counter(line for line, _ in written(english=english))
    assert [line for line, count in seen.items() if count > 1] == []
    kinds: dict[str, set[int]] = {}
    for line, label in written(english=english):
        kinds.setdefault(normalise(line), set()).add(label)
    assert [line for line, labels in kinds.items() if len(labels) > 1] == []


@pytest.mark.parametrize(("english", "least"), [(False, 5_000), (True, 1_000)])
def test_both_kinds_are_plenty(english: bool, least: int) -> None:
    """Nothing of a notation is left in them, and each line is in its language."""
    labels = Counter(label for _, label in written(english=english))
    assert min(labels.values()) > least
    for line, _ in written(english=english):
        assert not set('{}|"“”') & set(line)
        assert line.isascii() or not english
