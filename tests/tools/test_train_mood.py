"""The tables of tones are what their script makes of the lines written for them."""

from __future__ import annotations

import pytest

from streambot.domain.faq.normalise import folded
from streambot.domain.grams import grams, spelled
from streambot.domain.mood.tone import telling, tone
from tools.train_mood import (
    ENGLISH,
    TABLE,
    drawn,
    english_fingerprint,
    fingerprint,
    made,
    made_of_english,
    templates,
)


def test_the_tables_are_made_of_the_lines_as_they_are() -> None:
    """A fingerprint tells, with every change; that they come out to the byte is among the proofs."""
    for file, inputs in ((TABLE, fingerprint()), (ENGLISH, english_fingerprint())):
        shipped = file.read_text(encoding="utf-8")
        assert inputs in shipped, "run python -m tools.train_mood"


@pytest.mark.proof
def test_the_shipped_table_is_reproduced() -> None:
    """To the byte, so nothing else has a say in it."""
    assert made() == TABLE.read_text(encoding="utf-8")


@pytest.mark.proof
def test_the_english_table_is_reproduced() -> None:
    """As the other one."""
    assert made_of_english() == ENGLISH.read_text(encoding="utf-8")


def test_the_tables_stay_small() -> None:
    """They ship in every wheel."""
    assert max(each.stat().st_size for each in (TABLE, ENGLISH)) < 300_000


def test_a_template_stands_for_the_same_lines_each_time() -> None:
    """Alternatives may hold alternatives; nothing of the notation is left."""
    assert drawn("{甲|乙{一|二}}好") == ["乙一好", "乙二好", "甲好"]
    for template, _ in templates():
        assert not {"{", "}", "|"} & set("".join(drawn(template))), template


def test_angry_lines_sound_angrier_than_calm_ones() -> None:
    """Of lines the table was not made from."""
    angry = ("你们这样拖着不给退算怎么回事", "饭送来全凉透了，再也不点")
    calm = ("这件有大码吗", "刚下单，麻烦早点寄", "哈哈这波打得漂亮")
    assert min(map(tone, angry)) > 0 > max(map(tone, calm))


def test_angry_english_lines_sound_angrier_than_calm_ones() -> None:
    """Of lines the table was not made from, whatever signs and pictures stand in them."""
    angry = (
        "two months later and you still can’t tell me where my jacket is 🙃",
        "you kept my deposit and then stopped replying",
    )
    calm = ("is the jacket true to size", "gg that last round was unreal 🔥")
    assert min(map(tone, angry)) > 5 > 0 > max(map(tone, calm))


def test_english_words_that_tell_most_are_found_in_the_line() -> None:
    """Whole words, the heaviest first, each once."""
    line = "you kept my deposit and you stopped replying"
    words = [line[start:end] for start, end in telling(line, 8)]
    assert "you" in words and set(words) <= set(line.split())
    assert len(words) == len(set(words))


def test_what_tells_most_is_found_in_the_line() -> None:
    """Pairs of characters, the heaviest first."""
    line = "你们这样拖着不给退"
    places = telling(line)
    assert places
    assert all(end - start == 2 and line[start:end] for start, end in places)
    assert telling("") == []


def test_figures_signs_and_stickers_are_spelled_alike() -> None:
    """So that 三五 days or marks of any kind make no difference."""
    assert spelled(folded("等了12天！！")) == spelled("等了7天!!!")
    assert spelled("[大哭]太慢") == spelled("太慢")
    assert grams(spelled("好")) == {" ", "好", " 好", "好 "}
