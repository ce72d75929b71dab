"""What the figures ought to be, with and without the second look; printed beside what they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Aim:
    """A figure and the least (or most) it ought to be."""

    path: tuple[str, ...]
    without: float
    with_look: float
    at_most: bool = False


AIMS: tuple[Aim, ...] = (
    Aim(("sets", "jd", "figures", "top1"), 0.76, 0.80),
    Aim(("sets", "jd", "figures", "among3"), 0.93, 0.95),
    Aim(("sets", "jd", "figures", "precision"), 0.90, 0.92),
    Aim(("sets", "jd", "figures", "recall"), 0.30, 0.42),
    Aim(("sets", "jd", "figures", "oos_answered"), 0.01, 0.01, at_most=True),
    *(
        aim
        for name in ("jd", "oppo50", "oppo500", "oppo2000", "ant")
        for aim in (
            Aim(("sets", name, "figures", "oos_passed_on"), 0.70, 0.70),
            Aim(("sets", name, "figures", "chat_passed_on"), 0.02, 0.02, at_most=True),
        )
    ),
    Aim(("sets", "oppo500", "figures", "top1"), 0.80, 0.87),
    Aim(("sets", "ant", "figures", "top1"), 0.90, 0.97),
    Aim(("sets", "banking77", "figures", "top1"), 0.64, 0.76),
    Aim(("sets", "banking77", "figures", "oos_passed_on"), 0.70, 0.70),
    *(
        aim
        for book in ("jd", "faq")
        for aim in (
            Aim(("chat", "books", book, "all", "false_answers_per_1000"), 2, 1, True),
            Aim(("chat", "books", book, "all", "handoffs_per_1000"), 5, 5, True),
            Aim(("chat", "books", book, "all", "second_looks_per_1000"), 50, 50, True),
        )
    ),
    Aim(("mood", "kinds", "cs_angry", "flagged"), 0.50, 0.55),
    Aim(("mood", "kinds", "complaint_review", "flagged"), 0.65, 0.70),
    Aim(("mood", "kinds", "danmaku_random", "flagged"), 0.01, 0.01, True),
    Aim(("mood", "kinds", "faq_question", "flagged"), 0.02, 0.02, True),
)

#: The most points of top-1 that each noise may cost.
NOISE_AIMS = {
    "homophone": 0.08,
    "traditional": 0.01,
    "full_width": 0.01,
    "filler": 0.01,
}


def judged(found: Mapping[str, Any], *, second_look: bool) -> Iterator[dict[str, Any]]:
    """Each aim that *found* has a figure for, and whether it is met."""
    for aim in AIMS:
        value = _at(found, aim.path)
        if value is None:
            continue
        wanted = aim.with_look if second_look else aim.without
        yield {
            "figure": ".".join(each for each in aim.path if each not in _DULL),
            "value": value,
            "aim": wanted,
            "at_most": aim.at_most,
            "met": value <= wanted if aim.at_most else value >= wanted,
        }
    for name, found_set in found.get("sets", {}).items():
        for noise, most in NOISE_AIMS.items():
            loss = found_set.get("noise", {}).get(noise, {}).get("loss")
            if loss is not None:
                yield {
                    "figure": f"{name}.noise.{noise}.loss",
                    "value": loss,
                    "aim": most,
                    "at_most": True,
                    "met": loss <= most,
                }


_DULL = {"sets", "figures", "books", "kinds", "all"}


def _at(found: Mapping[str, Any], path: tuple[str, ...]) -> float | None:
    value: Any = found
    for name in path:
        if not isinstance(value, Mapping) or name not in value:
            return None
        value = value[name]
    return value["value"] if isinstance(value, Mapping) else value
