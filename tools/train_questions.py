"""Make the tables by which a question sounds like one put to a shop, from lines written for it.

``python -m tools.train_questions`` writes ``streambot/domain/faq/asked_of_shop.tsv`` and its like
for English, the same bytes each time; ``--check`` only tells whether they would change. Besides the
questions of ``tools/data/questions`` the lines of the written shops count, and what the pack knows as
common questions, both half as much: most of the latter have a rule of their own, and the former
are of few shops.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from streambot.authoring.pack import shipped_pack
from streambot.domain.faq.normalise import folded
from streambot.domain.faq.pack import IntentKind
from streambot.domain.grams import grams, spelled, word_grams
from tools import gram_table
from tools.gram_table import Example, heading, settle, table, trained
from tools.shops import SHOPS, read_shops

LINES = Path(__file__).parent / "data" / "questions"
_FAQ = Path(__file__).parents[1] / "streambot" / "domain" / "faq"
TABLE, ENGLISH = _FAQ / "asked_of_shop.tsv", _FAQ / "asked_of_shop_english.tsv"
_OF_PACK = 0.5
#: A line of a written shop: whether the shop is asked, and what it counts.
_OF_SHOPS = {"in": (1, 0.5), "oos_near": (1, 0.5), "oos_chat": (0, 1.0)}


def written(*, english: bool = False) -> Iterator[tuple[str, int]]:
    """Every line written for this and whether a shop is asked (1) or not (0), in a fixed order."""
    for file in sorted(LINES.glob("*.txt")):
        if file.stem.endswith("english") is not english:
            continue
        for line in file.read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                yield line, int(file.stem.startswith("shop"))


def examples(*, english: bool = False) -> list[Example]:
    """The grams of every line, its label and its weight."""
    lines = [(line, label, 1.0) for line, label in written(english=english)]
    for shop in read_shops():
        lines += [
            (query.text, *_OF_SHOPS[query.kind])
            for query in shop.queries
            if query.text.isascii() is english
        ]
    for intent in shipped_pack().intents:
        label = int(intent.kind is IntentKind.SHOP)
        lines += [
            (line, label, _OF_PACK)
            for line in intent.phrasings
            if line.isascii() is english
        ]
    return [
        (tuple(sorted(_grams(folded(line), english=english))), label, weight)
        for line, label, weight in lines
    ]


def _grams(plain: str, *, english: bool) -> set[str]:
    return word_grams(plain) if english else grams(spelled(plain))


def fingerprint() -> str:
    """Of what the tables depend on; the pack changes more often."""
    return gram_table.fingerprint(__file__, LINES, SHOPS)


def made(*, english: bool = False) -> str:
    """A table as its lines make it."""
    origin = "tools/train_questions.py from tools/data/questions, tools/data/shops and the pack"
    weights = trained(examples(english=english))
    return table(weights, heading(origin, fingerprint()))


if __name__ == "__main__":
    settle({TABLE: made(), ENGLISH: made(english=True)})
