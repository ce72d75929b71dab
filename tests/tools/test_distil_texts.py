"""The texts of which the table of gists is learnt: the same each time, and our own grow slowly."""

from __future__ import annotations

import pytest

from streambot.authoring.pack import shipped_pack
from streambot.domain.faq.normalise import normalise
from streambot.domain.faq.pack import Pack
from tools.distil_texts import more_english, shop_lines, texts
from tools.word_lists import DATA, word_lists


@pytest.mark.proof
def test_the_same_pack_gives_the_same_texts() -> None:
    """Nothing depends on the order of a set or on chance; every text comes once."""
    pack = shipped_pack()
    made = texts(pack)
    assert made == texts(pack)
    assert len(made) == len(set(made)) > 70_000
    assert not any("\n" in text for text in made)


def test_a_new_word_adds_a_few_lines_and_changes_none() -> None:
    """A synonym more must not cost an hour of encoding."""
    pack = shipped_pack()
    more = pack.extended(Pack(concepts={"虚构词语": ("虚构词语", "另一个词")}))
    before, after = set(shop_lines(pack)), set(shop_lines(more))
    assert before < after
    added = after - before
    assert 2 < len(added) <= 12
    assert all(normalise(line) == line for line in added)


def test_english_lines_are_whole() -> None:
    """Every place of every pattern is filled."""
    lines = more_english()
    assert len(lines) > 2_000
    assert not any("{" in line or "}" in line for line in lines)


def test_our_lists_say_what_they_are() -> None:
    """Each opens with a line that names its licence, and repeats nothing within a list."""
    for path in DATA.glob("*.txt"):
        assert "MIT" in path.read_text(encoding="utf-8").split("\n")[0]
    for name in ("shop.txt", "english.txt", "english_more.txt"):
        for items in word_lists(name).values():
            assert all(items) and all(item == item.strip() for item in items)
