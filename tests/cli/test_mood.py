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


def test_an_encoder_hears_what_no_word_says(run: Run) -> None:
    """What the words leave in doubt is angry by its meaning; without a second look it isn't."""
    line = json.dumps({"text": "退个货这么费劲"}, ensure_ascii=False) + "\n"
    told = {
        choice: json.loads(run("mood", "--second-look", choice, input=line).stdout)
        for choice in ("on", "off")
    }
    assert (told["on"]["mood"], told["on"]["level"]) == ("angry", "P2")
    assert (told["off"]["mood"], told["off"]["level"]) == ("uneasy", "P3")
    assert told["off"]["score"] < 0.5 <= told["on"]["score"]
    assert told["on"]["evidence"] == told["off"]["evidence"] != []
    assert judged(run, {"text": "退个货这么费劲"})[0]["mood"] == "angry"


def test_a_calm_line_needs_no_encoder(run: Run) -> None:
    """Most lines of a room are as they are read."""
    line = json.dumps({"text": "主播今天好美"}, ensure_ascii=False) + "\n"
    on, off = (
        run("mood", "--second-look", choice, input=line) for choice in ("on", "off")
    )
    assert on.stdout == off.stdout
