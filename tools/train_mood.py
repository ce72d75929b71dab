"""Make the tables of tones the mood reader ships, from lines written for this project.

``python -m tools.train_mood`` writes ``streambot/domain/mood/tone.tsv`` of the templates in
``tools/data/mood``, and ``tone_english.tsv`` of the English ones among them, the English lines in
``tools/data/anger`` and the English questions, which are all calm; the same bytes each time.
``--check`` only tells whether they would change.
"""

from __future__ import annotations

import math
import random
import re
from collections.abc import Iterator
from pathlib import Path

from streambot.domain.faq.normalise import folded
from streambot.domain.grams import grams, is_latin, spelled, word_grams
from tools import gram_table
from tools.gram_table import Example, heading, settle, table, trained

_DATA = Path(__file__).parent / "data"
LINES, ENGLISH_LINES, QUESTIONS = _DATA / "mood", _DATA / "anger", _DATA / "questions"
_MOOD = Path(__file__).parents[1] / "streambot" / "domain" / "mood"
TABLE, ENGLISH = _MOOD / "tone.tsv", _MOOD / "tone_english.tsv"
#: What an English question counts beside a line.
QUESTION = 0.5
#: Lines drawn from a template at most; together they weigh its square root.
DRAWS = 40
_CHOICE = re.compile(r"\{([^{}]*)\}")


def read(file: Path) -> list[str]:
    """The lines of a file without its comments."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def templates(folder: Path = LINES) -> Iterator[tuple[str, int]]:
    """Every template and whether it is angry (1) or calm (0), in a fixed order."""
    for file in sorted(folder.glob("*.txt")):
        for line in read(file):
            if file.stem == "words_en":
                yield line[1:], int(line[0] == "+")
            else:
                yield line, int(file.stem.startswith("angry"))


def drawn(template: str) -> list[str]:
    """Some of the lines a template stands for; the same ones each time."""
    chance = random.Random(template)
    lines = set()
    for _ in range(DRAWS):
        line = template
        while found := _CHOICE.search(line):
            choices = found[1].split("|")
            pick = choices[int(chance.random() * len(choices))]
            line = line[: found.start()] + pick + line[found.end() :]
        lines.add(line)
    return sorted(lines)


def examples() -> list[Example]:
    """The grams of every line drawn, its label and its weight."""
    found = []
    for template, angry in templates():
        lines = drawn(template)
        weight = 1 / math.sqrt(len(lines))
        found += [
            (tuple(sorted(grams(spelled(folded(line))))), angry, weight)
            for line in lines
        ]
    return found


def english_examples() -> list[Example]:
    """The words and pairs of words of every English line, its label and its weight."""
    found = []
    for template, angry in templates():
        lines = [line for line in drawn(template) if is_latin(line)]
        found += [(line, angry, 1 / math.sqrt(len(lines))) for line in lines]
    for file in sorted(ENGLISH_LINES.glob("*english.txt")):
        found += [
            (line, int(file.stem.startswith("angry")), 1.0) for line in read(file)
        ]
    for file in sorted(QUESTIONS.glob("*english.txt")):
        found += [(line, 0, QUESTION) for line in read(file)]
    return [
        (tuple(sorted(word_grams(folded(line)))), angry, weight)
        for line, angry, weight in found
    ]


def fingerprint() -> str:
    """Of what the table of characters depends on."""
    return gram_table.fingerprint(__file__, LINES)


def english_fingerprint() -> str:
    """Of what the table of English words depends on."""
    return gram_table.fingerprint(__file__, LINES, ENGLISH_LINES, QUESTIONS)


def made() -> str:
    """The table as its lines make it."""
    origin = "tools/train_mood.py from tools/data/mood, lines written for this project"
    return table(trained(examples()), heading(origin, fingerprint()))


def made_of_english() -> str:
    """The English table as its lines make it."""
    origin = "tools/train_mood.py from tools/data, lines written for this project"
    weights = trained(english_examples())
    return table(weights, heading(origin, english_fingerprint()))


if __name__ == "__main__":
    settle({TABLE: made(), ENGLISH: made_of_english()})
