"""The directions of anger are made of the lines that were written for them."""

from __future__ import annotations

from collections import Counter

from tools.train_anger import DATA, ENCODERS, HEADS, examples, is_current
from tools.train_anger import _lines as lines

from streambot.domain.faq.normalise import normalise
from streambot.domain.grams import is_latin


def test_the_heads_are_made_of_the_lines_as_they_are() -> None:
    """Encoding them takes minutes, so that they are the same is told by a fingerprint."""
    assert is_current(), "run python -m tools.train_anger"


def test_the_heads_stay_small() -> None:
    """They ship in every wheel."""
    assert HEADS.stat().st_size < 40_000


def test_each_line_is_written_once_and_is_of_one_kind() -> None:
    """None counts twice, and none is both; nothing of a notation is left in them."""
    seen = Counter(line for line, _ in lines())
    assert [line for line, count in seen.items() if count > 1] == []
    kinds: dict[str, set[int]] = {}
    for line, angry in lines():
        kinds.setdefault(normalise(line), set()).add(angry)
        longest = 160 if is_latin(line) else 60
        assert not set("{}|") & set(line) and len(line) <= longest
    assert [line for line, labels in kinds.items() if len(labels) > 1] == []


def test_both_kinds_are_plenty() -> None:
    """Calm lines are more: there are more ways to be calm."""
    angry = Counter(angry for _, angry in lines())
    assert angry[1] > 4_000 and angry[0] > 8_000


def test_examples_keep_their_order() -> None:
    """Whatever order a disk lists files in."""
    assert examples() == examples()
    assert sorted(file.stem for file in (DATA / "anger").glob("*.txt"))
    assert len(ENCODERS) == len(set(ENCODERS))
