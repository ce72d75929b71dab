"""The shops written for this project are whole: what teaches the maps is what its writers meant."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from streambot.domain.faq.normalise import normalise
from tools.shops import SHOPS, WrittenShop, as_set, read_shops


@pytest.fixture(scope="module")
def shops() -> list[WrittenShop]:
    """All of them."""
    return read_shops()


def test_there_are_many_shops_of_many_entries(shops: list[WrittenShop]) -> None:
    """In both languages, and each with lines of every kind."""
    languages = Counter(shop.name.split("_")[0] for shop in shops)
    assert set(languages) == {"zh", "en"} and min(languages.values()) > 25
    for shop in shops:
        kinds = Counter(query.kind for query in shop.queries)
        assert len(shop.entries) >= 14, shop.name
        assert kinds["in"] >= 50 and kinds["oos_near"] >= 25, shop.name
        assert kinds["oos_chat"] >= 15, shop.name


def test_no_line_teaches_two_things(shops: list[WrittenShop]) -> None:
    """Within a shop a text stands for one entry or for none."""
    for shop in shops:
        meant: dict[str, set[str | None]] = {}
        for entry in shop.entries:
            for phrasing in entry.questions:
                meant.setdefault(normalise(phrasing), set()).add(entry.id)
        for query in shop.queries:
            meant.setdefault(normalise(query.text), set()).add(query.gold)
        assert {text: ids for text, ids in meant.items() if len(ids) > 1} == {}, (
            shop.name
        )


def test_lines_are_as_long_as_in_a_room(shops: list[WrittenShop]) -> None:
    """And hold nothing of a notation."""
    for shop in shops:
        for query in shop.queries:
            assert normalise(query.text), (shop.name, query.text)
            assert len(query.text) <= 90 and not set("{}|") & set(query.text)


def test_what_a_line_might_be_taken_for_is_an_entry(shops: list[WrittenShop]) -> None:
    """The id behind the @ is one of the shop's."""
    for shop in shops:
        ids = {entry.id for entry in shop.entries}
        text = (SHOPS / f"{shop.name}.txt").read_text(encoding="utf-8")
        named = {row.split()[0][1:] for row in text.splitlines() if row[:1] == "@"}
        assert named <= ids, shop.name


def test_a_line_that_belongs_to_nothing_is_told(tmp_path: Path) -> None:
    """With the file and the line."""
    (tmp_path / "odd.txt").write_text("# goods\n[a]\n? one\n= two\nthree\n", "utf-8")
    with pytest.raises(ValueError, match=r"odd\.txt, line 5: three"):
        read_shops(tmp_path)
    (tmp_path / "odd.txt").write_text("[a]\n- a line without a phrasing\n", "utf-8")
    with pytest.raises(ValueError, match=r"odd\.txt: \[a\] has no phrasing"):
        read_shops(tmp_path)


def test_shops_are_the_rooms_of_a_set(shops: list[WrittenShop]) -> None:
    """As the measured sets are read."""
    asked = as_set(shops)
    assert set(asked.rooms) == {shop.name for shop in shops}
    assert len(asked.queries) == sum(len(shop.queries) for shop in shops)
