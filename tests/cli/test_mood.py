"""``mood`` with users and times: a line is read in the light of its user's lines before."""

from __future__ import annotations

import json
from typing import Any

from tests.cli.conftest import Run


def judged(run: Run, *lines: dict[str, Any]) -> list[dict[str, Any]]:
    """What the command adds to *lines*."""
    given = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    result = run("mood", input=given)
    assert result.exit_code == 0
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_a_users_repeated_question_is_angry(run: Run) -> None:
    """Three times in two minutes; another user's line between changes nothing."""
    asked = [{"text": "有运费险吗", "user": "a", "t": t} for t in (0, 50, 100)]
    found = judged(run, asked[0], asked[1], asked[0] | {"user": "b"}, asked[2])
    assert [row["mood"] for row in found] == ["calm", "calm", "calm", "angry"]
    assert found[-1]["level"] == "P2"
    assert found[-1]["evidence"][0]["span"] == [0, 5]


def test_time_decides_and_may_be_missing(run: Run) -> None:
    """Far apart nothing repeats; without ``t`` a line follows the one before at once."""
    far = judged(
        run, *({"text": "有运费险吗", "user": "a", "t": t * 1e300} for t in (0, 1))
    )
    assert [row["mood"] for row in far] == ["calm", "calm"]
    apart = judged(
        run, *({"text": "有运费险吗", "user": "a", "t": t} for t in (0, 99, 198))
    )
    assert [row["mood"] for row in apart] == ["calm"] * 3
    untimed = judged(run, *({"text": "有运费险吗", "user": "a"} for _ in range(3)))
    assert [row["mood"] for row in untimed] == ["calm", "calm", "angry"]


def test_without_a_user_each_line_stands_alone(run: Run) -> None:
    """However often it is said."""
    found = judged(run, *({"text": "有运费险吗", "t": 1} for _ in range(5)))
    assert {row["mood"] for row in found} == {"calm"}
