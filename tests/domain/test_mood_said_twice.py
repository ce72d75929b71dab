"""A word counts once, however many rules know it."""

from __future__ import annotations

import pytest

from streambot.domain.mood import MoodReader

READER = MoodReader()


@pytest.mark.parametrize("line", ["这只蜘蛛也太恶心了", "真的烦死了"])
def test_a_mild_word_inside_a_louder_one_is_not_found_again(line: str) -> None:
    """太恶心了 is contempt: 恶心 inside it is no second complaint."""
    assert "mild" not in {
        shown.rule.partition(":")[2] for shown in READER.read(line).evidence
    }


def test_a_mild_word_beside_a_louder_one_counts() -> None:
    """Two complaints are two, wherever they stand."""
    rules = {shown.rule for shown in READER.read("味道太差了，送得也很慢").evidence}
    assert "mood:mild" in rules
    assert len(rules) > 1
