"""A flood of newcomers: everybody is welcomed in time or counted as missed, and nobody late."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from streambot.bootstrap import Replayed, ReplayOrder, run_replay

START = datetime(2026, 3, 1, 20, tzinfo=UTC)
Happening = tuple[float, str, str | None]  # seconds, viewer, what they say if anything


def flood() -> Iterator[Happening]:
    """300 enters within a second, then two a second for three minutes."""
    for n in range(300):
        yield n / 300, f"人{n}", None
    for n in range(360):
        yield 1 + n / 2, f"后{n}", None


ASKED = [
    f"{first}{second}怎么保养"
    for first in ("羊毛", "真丝", "牛仔", "亚麻", "雪纺", "皮革", "针织", "灯芯绒")
    for second in ("围巾", "衬衫", "帽子", "手套", "背包")
]
SHORT = "手洗阴干，不要暴晒"
LONG = "请用三十度以下的清水手洗，平铺着慢慢地阴干，不要暴晒和用力拧干"


def book(folder: Path, answer: str) -> Path:
    """A book in which every question of ``ASKED`` has an entry of its own."""
    entries = [
        {"id": f"care-{n}", "questions": [text], "answer": text[:-4] + answer}
        for n, text in enumerate(ASKED)
    ]
    path = folder / "book.yaml"
    path.write_text(
        yaml.safe_dump({"version": 1, "faqs": entries}, allow_unicode=True),
        encoding="utf-8",
    )
    return path


def questions() -> Iterator[Happening]:
    """20 a minute, by people who came before."""
    for n in range(60):
        yield 0.5 + 3 * n, f"人{n}", ASKED[n % len(ASKED)]


def log(folder: Path, happenings: Iterable[Happening]) -> Path:
    """A log of event frames."""
    path = folder / "room.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for n, (at, name, text) in enumerate(
            sorted(happenings, key=lambda each: each[0])
        ):
            instant = START + timedelta(seconds=at)
            frame: dict[str, Any] = {
                "type": "event",
                "id": f"e{n}",
                "at": instant.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
                "kind": "entered" if text is None else "spoke",
                "origin": "live",
                "viewer": {
                    "id": f"id-{name}",
                    "name": name,
                    "roles": [],
                    "masked": False,
                },
            }
            file.write(
                json.dumps(frame | ({} if text is None else {"text": text})) + "\n"
            )
    return path


def replayed(
    folder: Path, within: int, *happenings: Happening, answer: str = SHORT
) -> Replayed:
    """The log through the bot: one line in three seconds, of 40 characters."""
    recorded, config = log(folder, happenings), folder / "config.yaml"
    room = {
        "name": "demo",
        "connector": "room_protocol",
        "url": "ws://127.0.0.1:1/",
        "token_env": "STREAMBOT_TEST_TOKEN",
        "faq": [str(book(folder, answer))],
        "sending": {"lines": 1, "per_seconds": 3, "line_length": 40},
        "greeting": {"within_seconds": within},
    }
    config.write_text(
        yaml.safe_dump({"version": 1, "data_dir": "data", "rooms": [room]}),
        encoding="utf-8",
    )
    order = ReplayOrder(log=recorded, start=START, agents_after=None, config=config)
    return asyncio.run(run_replay(order))


def rows(result: Replayed, kind: str) -> list[dict[str, Any]]:
    """The decisions of one kind."""
    made = [json.loads(row) for row in result.decisions.rows()]
    return [row for row in made if row["kind"] == kind]


def waits(found: Iterable[dict[str, Any]]) -> list[float]:
    """Seconds from the decision to the line, of those that were said."""
    return [
        (
            datetime.fromisoformat(row["sent_at"]) - datetime.fromisoformat(row["at"])
        ).total_seconds()
        for row in found
        if row["sent_at"] is not None
    ]


def test_eight_seconds_and_a_line_every_three_miss_nobody(tmp_path: Path) -> None:
    """300 at once and then a steady stream: everybody is named or counted in time."""
    result = replayed(tmp_path, 8, *flood())
    assert result.problems == ()
    welcomed = result.summary.welcomed
    assert welcomed.named + welcomed.counted == 660
    assert welcomed.missed == 0
    late = waits(rows(result, "greet"))
    assert len(late) == 660
    assert max(late) <= 8
    assert welcomed.p50 is not None and welcomed.p99 is not None
    assert welcomed.p50 <= welcomed.p99 <= 8


@pytest.mark.parametrize("within", [8, 5, 3])
def test_twenty_questions_a_minute_wait_ten_seconds_at_most(
    tmp_path: Path, within: int
) -> None:
    """Answers carry the welcomes: none of the first waits, none of the second is missed."""
    result = replayed(tmp_path, within, *questions(), *flood())
    answers = rows(result, "answer")
    assert len(answers) == len(waits(answers)) == 60
    assert max(waits(answers)) <= 10
    assert result.summary.welcomed.missed == 0
    assert max(waits(rows(result, "greet"))) <= within


@pytest.mark.parametrize("within", [8, 5])
def test_what_cannot_be_kept_is_counted_and_never_late(
    tmp_path: Path, within: int
) -> None:
    """Answers that fill their lines leave half of them: who is missed is counted, one by one."""
    result = replayed(tmp_path, within, *questions(), *flood(), answer=LONG)
    greets = rows(result, "greet")
    welcomed = result.summary.welcomed
    assert len(greets) == 660
    assert welcomed.missed == sum(row["sent_at"] is None for row in greets)
    assert welcomed.named + welcomed.counted + welcomed.missed == 660
    assert (welcomed.missed > 0) is (within == 5)
    assert max(waits(greets)) <= within
    assert welcomed.p99 is not None and welcomed.p99 <= within
