"""The table of questions put to shops is what its script makes of the lines written for it."""

from __future__ import annotations

from collections import Counter

from streambot.domain.faq.normalise import normalise
from tools.train_questions import TABLE, fingerprint, made, written


def test_the_shipped_table_is_reproduced() -> None:
    """To the byte, so nothing else has a say in it."""
    shipped = TABLE.read_text(encoding="utf-8")
    assert fingerprint() in shipped, "run python -m tools.train_questions"
    assert made() == shipped, "run python -m tools.train_questions"


def test_the_table_stays_small() -> None:
    """It ships in every wheel."""
    assert TABLE.stat().st_size < 300_000


def test_each_line_is_written_once_and_is_of_one_kind() -> None:
    """Neither a shop's question nor talk counts twice, and none is both."""
    seen = Counter(line for line, _ in written())
    assert [line for line, count in seen.items() if count > 1] == []
    kinds: dict[str, set[int]] = {}
    for line, label in written():
        kinds.setdefault(normalise(line), set()).add(label)
    assert [line for line, labels in kinds.items() if len(labels) > 1] == []


def test_both_kinds_are_plenty() -> None:
    """Some thousands of each; nothing of a notation is left in them."""
    labels = Counter(label for _, label in written())
    assert min(labels.values()) > 5_000
    assert not any(set('{}|"“”') & set(line) for line, _ in written())
