"""Fit the numbers of ``streambot/domain/mood/weights.py`` on labelled lines.

``python -m tools.fit_mood --data DIR`` reads ``DIR/mood/anger.jsonl`` (text, label, kind) and
``DIR/chat/*.jsonl`` (text) and rewrites the module: one number a cue, two a rule, signs fixed here.
No word of the lines is kept.
"""

from __future__ import annotations

import argparse
import json
import math
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from streambot.domain.faq.normalise import folded
from streambot.domain.mood import weights
from streambot.domain.mood.cues import PATTERNS
from streambot.domain.mood.lexicon import RULES
from streambot.domain.mood.reader import explicit, look
from streambot.domain.mood.tone import quiet_tone

MODULE = Path(weights.__file__)
#: How much a line of a kind counts; feelings about other things than a shop count little.
KINDS = {
    "weibo_angry": 0.15,
    "danmaku_anger_words": 0.4,
    "weibo_happy": 0.4,
    "weibo_sad": 0.4,
    "cs_angry": 3.0,
    "complaint_review": 0.7,
    "cs_neutral": 1.6,
    "danmaku_random": 4.0,
}
CHAT_LINES, CHAT_WEIGHT = 4_000, 0.5
RIDGE = 1 / 0.7
ROUNDS, RATE = 1_500, 0.5
#: Added to the bias: the shipped threshold lies where a missed complaint weighs more.
LENIENCE = 0.7
#: Cues that may only calm, at least by so much; and those whose sign the lines decide.
CALMING = {"polite": -0.6, "asks_how": -0.6, "asks_may": -0.6, "praises": -0.8}
CALMING |= dict.fromkeys(("laughs", "plays", "feels", "if_ever", "SHORT", "PLAYS"), 0.0)
EITHER = {
    "LONG",
    "BIAS",
    "but",
    "very",
    "the_shop",
    "money_back",
    "trade",
    "sorry",
    "why",
}
EITHER |= {"soft_end", "what_of_me", "waits", "differs"}
#: No labelled line is English: a guess stands in.
GUESSED = {"rule:outrage": 1.0}

Row = tuple[dict[str, float], int, float]


def features(text: str) -> dict[str, float] | None:
    """What the reader finds in *text*, by the name of its number; None: it leaves early."""
    plain = folded(text)
    if not explicit(plain) and quiet_tone(plain) is None:
        return None
    found = look(plain)
    if found is None:
        return None
    row = {cue.rule: 1.0 for cue in found.cues}
    for rule in RULES:
        count = sum(hit.rule == rule for hit in found.hits)
        if count:
            row[f"rule:{rule}"] = 1.0
        if count > 1:
            row[f"more:{rule}"] = 1.0
    row |= {"BIAS": 1.0, "TONE": found.tone, "LONG": min(len(plain), 60) / 20}
    row |= {"SHORT": float(len(plain) <= 5), "PLAYS": float(found.plays)}
    return row


def rows(data: Path) -> Iterator[Row]:
    """Every labelled line and a sample of chat that gets past the first look."""
    lines = (data / "mood" / "anger.jsonl").read_text(encoding="utf-8").splitlines()
    for line in map(json.loads, lines):
        if (row := features(line["text"])) is not None:
            yield row, line["label"], KINDS.get(line["kind"], 1.0)
    chat = [
        json.loads(line)["text"]
        for file in sorted((data / "chat").glob("evening-*.jsonl"))
        for line in file.read_text(encoding="utf-8").splitlines()
    ]
    random.Random(3).shuffle(chat)
    for text in chat[:CHAT_LINES]:
        if (row := features(text)) is not None:
            yield row, 0, CHAT_WEIGHT


def fitted(data: Sequence[Row]) -> dict[str, float]:
    """Ridge logistic regression within the bounds, by projected AdaGrad over all rows."""
    names = sorted({name for row, _, _ in data for name in row})
    found = dict.fromkeys(names, 0.0)
    pushed = dict.fromkeys(names, 1e-6)
    for _ in range(ROUNDS):
        slope = {name: 0.0 if name == "BIAS" else RIDGE * found[name] for name in names}
        for row, angry, weight in data:
            logit = sum(found[name] * much for name, much in row.items())
            error = weight * (1 / (1 + math.exp(-logit)) - angry)
            for name, much in row.items():
                slope[name] += error * much
        for name in names:
            pushed[name] += slope[name] ** 2
            moved = found[name] - RATE * slope[name] / math.sqrt(pushed[name])
            found[name] = _within(name, moved)
    return found


def _within(name: str, number: float) -> float:
    if name in CALMING:
        return min(CALMING[name], number)
    return number if name in EITHER else max(0.0, number)


def module(found: dict[str, float]) -> str:
    """The text of the module of numbers."""

    def number(name: str, digits: int = 2) -> str:
        return (
            f"{found.get(name, GUESSED.get(name, CALMING.get(name, 0.0))):.{digits}f}"
        )

    rules = (
        f'    "{rule}": ({number(f"rule:{rule}")}, {number(f"more:{rule}")}),'
        for rule in RULES
    )
    cues = (f'    "{cue}": {number(cue)},' for cue in PATTERNS)
    return "\n".join(
        (
            '"""The numbers of the mood reader: what each finding adds to a line\'s logit.',
            "",
            "Made by ``tools/fit_mood.py`` from labelled lines, with the signs fixed beforehand; no words.",
            '"""',
            "",
            "from __future__ import annotations",
            "",
            "#: By rule: once, and more when found again.",
            "RULES: dict[str, tuple[float, float]] = {",
            *rules,
            "}",
            "",
            "CUES: dict[str, float] = {",
            *cues,
            "}",
            "",
            "#: A logit of the learned tone.",
            f"TONE = {number('TONE', 3)}",
            "#: Every twenty characters, up to sixty.",
            f"LONG = {number('LONG')}",
            "#: Five characters or fewer.",
            f"SHORT = {number('SHORT')}",
            "#: Talk of games and shows.",
            f"PLAYS = {number('PLAYS')}",
            "#: Puts the shipped threshold at a logit of zero.",
            f"BIAS = {found['BIAS'] + LENIENCE:.2f}",
            "#: A line whose tone is below this and that holds no explicit word leaves at once.",
            f"GATE = {weights.GATE}",
            "",
        )
    )


def main() -> None:
    """Rewrite the module."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    data = list(rows(parser.parse_args().data))
    MODULE.write_text(module(fitted(data)), encoding="utf-8")
    print(f"{len(data)} lines, {len(RULES) * 2 + len(PATTERNS) + 6} numbers")


if __name__ == "__main__":
    main()
