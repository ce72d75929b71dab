"""The words of matching: each code it may give has them, the same on the page and in a terminal."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from streambot.application.beside_the_book import Beside
from streambot.authoring.pack import shipped_pack
from streambot.cli import match_words
from streambot.domain.complaint import grade
from streambot.domain.faq import matcher
from streambot.domain.faq.asked_of_shop import Sound, telling
from streambot.domain.faq.aspects import UNTOLD
from streambot.domain.faq.grounds import LED
from streambot.domain.faq.match import SAYS_NOTHING_KNOWN, Outcome
from streambot.domain.faq.measure_names import ENCODED, MEASURES
from streambot.domain.faq.shop_words import ShopWords
from streambot.domain.mood import MoodLevel
from streambot.domain.mood.lexicon import RULES
from streambot.web.texts import load_texts

_FAQ = Path(matcher.__file__).parent
_CODE = re.compile(r"[a-z]+(?:_[a-z]+)*")
#: Where reasons are made, and the functions that give a veto or None.
_DECIDING = ("deciding.py", "cues.py", "calls.py", "not_ours.py")
_VETOING = {
    _FAQ / "vetoes.py": {"between", "unmet"},
    _FAQ / "judging.py": {"_unmet", "_forbids", "_located", "_of_others"},
    _FAQ / "prices.py": {"against"},
    _FAQ.parent / "misfit.py": {"speaks_against"},
}


def _codes(node: ast.AST) -> set[str]:
    return {
        each.value
        for each in ast.walk(node)
        if isinstance(each, ast.Constant)
        and isinstance(each.value, str)
        and _CODE.fullmatch(each.value)
    }


def _reasons() -> set[str]:
    """Every code that the deciding modules hold, and what leaves before them."""
    found = {SAYS_NOTHING_KNOWN.reason, "empty", "picked"}
    for name in _DECIDING:
        found |= _codes(ast.parse((_FAQ / name).read_text("utf-8")))
    return found


def _vetoes() -> Iterator[str]:
    """Every code that a function which vetoes returns."""
    for path, names in _VETOING.items():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name in names:
                returned = [
                    each for each in ast.walk(node) if isinstance(each, ast.Return)
                ]
                assert returned, node.name
                for each in returned:
                    if isinstance(each.value, ast.Constant):
                        yield from _codes(each)


def test_every_code_has_words() -> None:
    """Reasons, vetoes, measures and outcomes: none is shown as a bare code, none is left over."""
    vetoes = {*_vetoes(), UNTOLD}
    assert {"numbers", "exclusive", "manner", "expired", "not_question"} <= vetoes
    assert {"form", "product", "language"} <= vetoes
    assert _reasons() == match_words.REASONS.keys()
    assert vetoes == match_words.VETOES.keys()
    assert {*MEASURES, *ENCODED, LED} == match_words.MEASURES.keys()
    assert set(Outcome) == match_words.OUTCOMES.keys()
    assert set(Sound) == match_words.SOUNDS.keys()
    assert set(Beside) == match_words.BESIDE.keys()


def test_page_and_terminal_say_the_same() -> None:
    """The console's catalogue and the command line's have the same words for a code."""
    words = load_texts().words
    for group, catalogue in (
        ("match_reason", match_words.REASONS),
        ("veto", match_words.VETOES),
        ("measure", match_words.MEASURES),
        ("sounds", match_words.SOUNDS),
        ("beside", match_words.BESIDE),
    ):
        shown = {
            key.partition(".")[2]: " · ".join(pair)
            for key, pair in words.items()
            if key.startswith(f"{group}.")
        }
        assert shown == catalogue


def test_every_rule_of_the_mood_reader_has_words() -> None:
    """What a ticket shows as evidence is told, also what a viewer's patience ran out of."""
    words = load_texts().words
    lost = {"unanswered", "uneasy_again", "repeated", "answered_in_vain"}
    for rule in {*RULES, "own", "tone", "cue", *lost}:
        chinese, english = words[f"rule.mood:{rule}"]
        assert chinese and english, rule


def test_what_tells_that_a_question_is_the_shops_has_words() -> None:
    """A ticket that it brought shows it as evidence, and says what it is."""
    word = ShopWords(shipped_pack().shop_words).seen_in("这灯能换电池吗")
    for found in (word, telling("拉链容易卡吗")):
        assert found is not None
        assert all(load_texts().words[f"rule.{found.rule}"])


@pytest.mark.parametrize(
    "line",
    [
        "充电的时候炸了，手烫伤了",
        "吃完拉肚子",
        "这是假货",
        "我去12315",
        "孩子偷偷下单的",
        "要赔我3000元",
    ],
)
def test_every_rule_that_makes_a_complaint_major_has_words(line: str) -> None:
    """No ticket shows the code of a rule as its evidence."""
    words = load_texts().words
    found = grade(line, repeated=True).evidence + grade("", level=MoodLevel.P0).evidence
    found += grade("", level=MoodLevel.P1).evidence
    assert len(found) >= 4
    for each in found:
        assert all(words[f"rule.{each.rule}"]), each.rule
