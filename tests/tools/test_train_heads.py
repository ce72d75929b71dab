"""The directions in which lines are heard are made of the lines that were written for them."""

from __future__ import annotations

from collections import Counter

from streambot.domain.faq.normalise import normalise
from streambot.domain.grams import is_latin
from tools.train_heads import (
    DATA,
    ENCODERS,
    TASKS,
    anger_lines,
    are_current,
    asked_or_talk,
)


def test_the_heads_are_made_of_the_lines_as_they_are() -> None:
    """Encoding them takes minutes, so that they are the same is told by a fingerprint."""
    assert are_current(), "run python -m tools.train_heads"


def test_the_heads_stay_small() -> None:
    """They ship in every wheel."""
    assert all(task.file.stat().st_size < 40_000 for task in TASKS)


def test_each_line_is_written_once_and_is_of_one_kind() -> None:
    """None counts twice, and none is both; nothing of a notation is left in them."""
    seen = Counter(line for line, _ in anger_lines())
    assert [line for line, count in seen.items() if count > 1] == []
    kinds: dict[str, set[int]] = {}
    for line, angry in anger_lines():
        kinds.setdefault(normalise(line), set()).add(angry)
        longest = 160 if is_latin(line) else 60
        assert not set("{}|") & set(line) and len(line) <= longest
    assert [line for line, labels in kinds.items() if len(labels) > 1] == []


def test_both_kinds_are_plenty() -> None:
    """Calm lines are more: there are more ways to be calm."""
    angry = Counter(angry for _, angry in anger_lines())
    assert angry[1] > 4_000 and angry[0] > 8_000


def test_what_is_asked_counts_as_much_as_talk() -> None:
    """However many lines there are of each."""
    lines = asked_or_talk()
    talk, asked = (
        sum(worth for _, label, worth in lines if label is kind) for kind in (0, 1)
    )
    assert abs(asked - talk) < 0.01


def test_examples_keep_their_order() -> None:
    """Whatever order a disk lists files in."""
    for task in TASKS:
        assert task.examples() == task.examples()
    assert sorted(file.stem for file in (DATA / "anger").glob("*.txt"))
    assert len(ENCODERS) == len(set(ENCODERS))
