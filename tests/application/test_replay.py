"""What a replayed log comes to: one verdict a line, welcomes settled, frames as they were."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from streambot.bootstrap import Replayed, ReplayOrder, run_replay
from streambot.errors import UsageError

START = datetime(2026, 1, 1, 12, tzinfo=UTC)
BOOK = {
    "version": 1,
    "faqs": [
        {"id": "ship", "questions": ["什么时候发货"], "answer": "48小时内发出"},
        {"id": "contact", "questions": ["怎么联系你们"], "answer": "{viewer.name}第一"},
        {"id": "long", "questions": ["怎么洗"], "answer": "轻柔手洗。" * 12},
    ],
}

Line = dict[str, Any] | str


def line(at: float, user: str, text: str, **more: Any) -> Line:
    """One line of a recorded chat."""
    return {"t": at, "user": user, "text": text, **more}


def frame(number: str, at: str, user: str, kind: str = "spoke", **more: Any) -> Line:
    """One event frame of the room protocol."""
    return {
        "type": "event",
        "id": number,
        "at": f"2026-05-01T20:00:{at}Z",
        "kind": kind,
        "origin": "live",
        "viewer": {"id": user, "name": user, "roles": [], "masked": False},
        **more,
    }


def replayed(folder: Path, lines: Sequence[Line], **more: Any) -> Replayed:
    """The log through the bot, with a small book and a private room."""
    folder.mkdir(exist_ok=True)
    log, config, book = (folder / n for n in ("log.jsonl", "config.yaml", "book.yaml"))
    texts = [each if isinstance(each, str) else json.dumps(each) for each in lines]
    log.write_text("".join(f"{text}\n" for text in texts), encoding="utf-8")
    book.write_text(yaml.safe_dump(BOOK, allow_unicode=True), encoding="utf-8")
    room: dict[str, Any] = {
        "name": "shop",
        "connector": "room_protocol",
        "url": "ws://127.0.0.1:1/",
        "token_env": "STREAMBOT_TEST_TOKEN",
        "faq": [str(book)],
        "sending": {"lines": 1, "per_seconds": 2, "line_length": 40},
    }
    room |= more.pop("room_settings", {})
    config.write_text(yaml.safe_dump({"version": 1, "rooms": [room]}), encoding="utf-8")
    settings: dict[str, Any] = {
        "log": log,
        "start": START,
        "agents_after": timedelta(seconds=120),
        "config": config,
    }
    return asyncio.run(run_replay(ReplayOrder(**{**settings, **more})))


def rows(result: Replayed) -> list[dict[str, Any]]:
    """The decisions file, read."""
    return [json.loads(row) for row in result.decisions.rows()]


def kinds(result: Replayed) -> dict[str, tuple[str, str | None]]:
    """(kind, entry or reason) of every line, by its id."""
    return {
        row["event_id"]: (row["kind"], row["entry"] or row["reason"])
        for row in rows(result)
        if row["kind"] != "greet"
    }


def test_a_first_line_is_an_arrival_and_is_answered_in_one_breath(
    tmp_path: Path,
) -> None:
    """The welcome rides on the answer: two decisions, one line out."""
    result = replayed(tmp_path, [line(0, "a", "来了"), line(0.5, "b", "什么时候发货")])
    made = {(row["event_id"], row["kind"]): row for row in rows(result)}
    assert set(made) == {
        ("L1", "greet"),
        ("L1", "ignore"),
        ("L2", "greet"),
        ("L2", "answer"),
    }
    answered, welcomed = made["L2", "answer"], made["L2", "greet"]
    assert answered["line_id"] == welcomed["line_id"] is not None
    assert answered["text"] == welcomed["text"]
    assert answered["text"].endswith("48小时内发出")
    assert answered["at"] == "2026-01-01T12:00:00.500Z"
    assert answered["sent_at"] == "2026-01-01T12:00:02.000Z"
    assert answered["viewer"] == "b"
    (seen,) = answered["evidence"]
    start, end = seen["span"]
    assert "什么时候发货"[start:end] == seen["text"]


def test_rows_come_in_order_of_settling(tmp_path: Path) -> None:
    """A line decided at once stands before one that waited for its slot."""
    lines = [line(n / 10, f"v{n}", "什么时候发货") for n in range(5)]
    settled = [row["sent_at"] or row["at"] for row in rows(replayed(tmp_path, lines))]
    assert settled == sorted(settled)


def test_storm_lines_arrive_and_never_ask(tmp_path: Path) -> None:
    """A platform's one-click repeat is somebody being there."""
    result = replayed(tmp_path, [line(0, "a", "什么时候发货", storm=True)])
    assert kinds(result) == {"L1": ("ignore", "chatter")}
    assert result.summary.arrivals == 1


def test_what_the_guard_holds_is_a_hold_with_its_rule(tmp_path: Path) -> None:
    """Nothing was said, and the row says why; the welcome goes out by itself."""
    result = replayed(tmp_path, [line(0, "全国", "怎么联系你们")])
    (held,) = (row for row in rows(result) if row["kind"] == "hold")
    assert (held["reason"], held["text"], held["sent_at"]) == (
        "absolute_term",
        None,
        None,
    )
    assert held["entry"] == "contact"
    assert result.summary.welcomed.missed == 0
    assert result.summary.held == {"absolute_term": 1}


def test_a_long_answer_is_settled_with_its_last_part(tmp_path: Path) -> None:
    """One row, whose line is the last part."""
    result = replayed(tmp_path, [line(0, "a", "怎么洗")])
    (answered,) = (row for row in rows(result) if row["kind"] == "answer")
    assert answered["sent_at"] == "2026-01-01T12:00:02.000Z"
    assert result.summary.answered == {"long": 1}


def test_agents_resolve_what_was_handed_off(tmp_path: Path) -> None:
    """Until then the viewer belongs to a human; without agents they do for good."""
    lines = [
        line(0, "a", "转人工"),
        line(60, "a", "什么时候发货"),
        line(200, "a", "什么时候发货"),
    ]
    assert kinds(replayed(tmp_path / "some", lines)) == {
        "L1": ("handoff", "asked_human"),
        "L2": ("ignore", "human_owns"),
        "L3": ("answer", "ship"),
    }
    alone = replayed(tmp_path / "none", lines, agents_after=None)
    assert kinds(alone)["L2"] == ("answer", "ship")  # they were told nobody is there


@pytest.mark.parametrize("mode", ["observing", "silent"])
def test_a_room_that_does_not_speak_says_nothing(tmp_path: Path, mode: str) -> None:
    """Observing decides all the same; silent leaves it."""
    result = replayed(
        tmp_path, [line(0, "a", "什么时候发货")], room_settings={"mode": mode}
    )
    expected = ("answer", "ship") if mode == "observing" else ("ignore", "silent")
    assert kinds(result) == {"L1": expected}
    assert all(row["sent_at"] is None for row in rows(result))


def test_orders_are_looked_up_at_their_lines_own_time(tmp_path: Path) -> None:
    """Found, not found, and what comes behind is heard after."""
    orders = tmp_path / "orders.csv"
    orders.write_text(
        "order_id,viewer_id,status\n202601011234,a,shipped\n", encoding="utf-8"
    )
    result = replayed(
        tmp_path,
        [
            line(0, "a", "我的快递到哪了"),
            line(0, "a", "什么时候发货"),
            line(9, "b", "我的快递到哪了"),
        ],
        orders=orders,
    )
    assert kinds(result) == {
        "L1": ("order", "found"),
        "L2": ("answer", "ship"),
        "L3": ("handoff", "order_problem"),
    }
    assert "202601011234" not in "".join(result.decisions.rows())


def test_frames_keep_their_times_and_get_their_lines_name(tmp_path: Path) -> None:
    """Enters, history, a repeated id and a moderated line are what they were."""
    result = replayed(
        tmp_path,
        [
            frame("x1", "00.000", "a", "entered"),
            frame("x2", "01.000", "a", text="什么时候发货", origin="history"),
            frame("x3", "02.000", "a", text="什么时候发货"),
            frame("x3", "03.000", "a", text="什么时候发货"),
            frame("x4", "09.000", "b", text="物流不动了"),
            frame("x5", "10.000", "b", "moderated", event="x4"),
            frame("x6", "11.000", "c", text="来了"),
        ],
    )
    assert result.problems == ()
    assert kinds(result) == {
        "L2": ("ignore", "history"),
        "L3": ("answer", "ship"),
        "L4": ("ignore", "duplicate"),
        "L5": ("ignore", "withdrawn"),
        "L7": ("ignore", "chatter"),
    }
    made = rows(result)
    assert made[0]["at"] == "2026-05-01T20:00:00.000Z"
    assert [row["event_id"] for row in made if row["kind"] == "greet"] == [
        "L1",
        "L5",
        "L7",
    ]
    assert result.summary.welcomed.missed == 0


def test_bad_lines_are_named_and_the_others_count(tmp_path: Path) -> None:
    """A byte order mark, empty lines and Windows ends are no mistakes."""
    good = '{"t":0,"user":"a","text":"什么时候发货"}'
    bad = [
        "nonsense",
        '{"t":"soon","user":"a","text":"x"}',
        '{"t":1,"user":"a"}',
        '{"t":1e999,"user":"a","text":"x"}',
        '{"t":1' + "[" * 5_000,
        '{"type":"event","id":"x","at":"9999-12-31T23:59:59Z","kind":"danced"}',
        '{"type":"welcome","v":1}',
        "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
    ]
    result = replayed(tmp_path, ["\ufeff" + good, "", *bad, good + "\r"])
    assert sorted(kinds(result)) == ["L1", f"L{len(bad) + 3}"]
    named = [problem.split(":")[1] for problem in result.problems]
    assert named == [str(n) for n in range(3, 3 + len(bad))]


@pytest.mark.parametrize("lines", [[], ["", ""]])
def test_an_empty_log_comes_to_nothing(tmp_path: Path, lines: list[Line]) -> None:
    """No rows, no problems."""
    result = replayed(tmp_path, lines)
    assert (rows(result), result.problems) == ([], ())


def test_times_that_go_back_stand_still(tmp_path: Path) -> None:
    """A log's clock may jump; the replay's never does."""
    lines = [line(10, "a", "来了"), line(3, "b", "来了"), line(-5, "c", "来了")]
    made = [row["at"] for row in rows(replayed(tmp_path, lines))]
    assert set(made) == {"2026-01-01T12:00:10.000Z"}


def test_a_room_that_is_not_there_is_named(tmp_path: Path) -> None:
    """With those that are."""
    with pytest.raises(UsageError, match=r"nowhere.*shop"):
        replayed(tmp_path, [], room="nowhere")
