"""A word counts once, however many rules know it."""

from __future__ import annotations

import pytest

from streambot.domain.mood import Mood, MoodReader

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


@pytest.mark.parametrize("words", ["骗子", "太坑了", "退钱", "骗人，结果"])
def test_who_says_it_a_thousand_times_is_heard_and_costs_no_more(words: str) -> None:
    """Each word found is weighed against the whole line, so a line of nothing else must end."""
    often = READER.read(words * 1_000)
    assert often.mood is Mood.ANGRY
    assert often.level == READER.read(words * 20).level
    assert 1 <= len(often.evidence) < 100
