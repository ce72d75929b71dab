"""``streambot replay`` as people run it: real logs whole, the same bytes again, nothing else written."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

KEYS = [
    *("v", "at", "room", "event_id", "viewer", "kind", "entry", "score", "reason"),
    *("text", "evidence", "line_id", "sent_at"),
]
SPOKEN = {"answer", "clarify", "order", "handoff", "hold", "ignore"}
IGNORED = {
    *("chatter", "history", "stale", "duplicate", "self", "bot", "anchor"),
    *("cooldown", "merged", "human_owns", "quiet", "silent", "withdrawn"),
}
LOGS = ("evening-a", "evening-b", "overlay-12")
#: The start of one with every change, all of them whole with the proofs: name and lines.
EVERY = (
    (LOGS[0], 600),
    *(pytest.param(log, None, marks=pytest.mark.proof) for log in LOGS),
)


def replay(
    folder: Path, log: Path, *options: str, seed: str = "0", look: str = "off"
) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own, in an empty folder with an empty home.

    Without the second look, since thousands of lines would take minutes, unless *look* says so;
    when it is empty the configuration does.
    """
    folder.mkdir(parents=True, exist_ok=True)
    return subprocess.run(
        [
            *(sys.executable, "-m", "streambot", "replay", str(log)),
            *(("--second-look", look) if look else ()),
            *options,
        ],
        cwd=folder,
        env={
            **os.environ,
            "PYTHONHASHSEED": seed,
            "HOME": str(folder),
            "TMPDIR": str(folder),
            "PYTHONPATH": str(Path(__file__).parents[2]),
            "PYTHONDONTWRITEBYTECODE": "1",
        },
        capture_output=True,
        encoding="utf-8",
        timeout=100,
        check=False,
    )


def start_of(shared_data: Path, name: str, lines: int | None, to: Path) -> Path:
    """The first *lines* of a real log, or the whole of it."""
    log = shared_data / "chat" / f"{name}.jsonl"
    head = log.read_text(encoding="utf-8").splitlines(keepends=True)[:lines]
    to.write_text("".join(head), encoding="utf-8")
    return to


def _only_the_demo(told: str) -> bool:
    """Whether nothing is told but that it is the demo's settings, there being no others here."""
    (line,) = told.splitlines()
    return "演示店" in line


@pytest.mark.parametrize(("name", "lines"), EVERY)
def test_every_line_of_a_real_log_is_decided(
    tmp_path: Path, shared_data: Path, name: str, lines: int | None
) -> None:
    """One object a line and one a welcome, of the documented form, told in a summary."""
    log = start_of(shared_data, name, lines, tmp_path / "log.jsonl")
    done = replay(tmp_path / "run", log, "--out", "decisions.jsonl")
    assert done.returncode == 0, done.stderr
    assert _only_the_demo(done.stderr)
    said = log.read_bytes().split(b"\n")
    spoken = Counter(f"L{n}" for n, line in enumerate(said, start=1) if line.strip())
    text = (tmp_path / "run" / "decisions.jsonl").read_text(encoding="utf-8")
    rows = [json.loads(line) for line in text.splitlines()]
    assert all(list(row) == KEYS for row in rows)
    decided = [row for row in rows if row["kind"] != "greet"]
    assert Counter(row["event_id"] for row in decided) == spoken
    assert {row["kind"] for row in decided} <= SPOKEN
    assert {row["reason"] for row in decided if row["kind"] == "ignore"} <= IGNORED
    greeted = Counter(row["viewer"] for row in rows if row["kind"] == "greet")
    assert set(greeted.values()) == {1}
    assert set(greeted) == {row["viewer"] for row in decided}
    settled = [row["sent_at"] or row["at"] for row in rows if row["sent_at"]]
    assert settled == sorted(settled)
    for label in ("named", "counted", "missed", "p50", "p99", "commonest unanswered"):
        assert label in done.stdout


@pytest.mark.parametrize("lines", [800, pytest.param(3_000, marks=pytest.mark.proof)])
def test_the_same_log_gives_the_same_bytes_and_nothing_else_is_written(
    tmp_path: Path, shared_data: Path, lines: int
) -> None:
    """Twice, under other hash seeds, from other folders; the scratch store is gone after."""
    log = start_of(shared_data, "overlay-12", lines, tmp_path / "log.jsonl")
    before = log.read_bytes()
    results = []
    for n, seed in enumerate(("0", "4711")):
        folder = tmp_path / f"run{n}"
        done = replay(folder, log, "--out", "decisions.jsonl", seed=seed)
        assert done.returncode == 0, done.stderr
        assert [path.name for path in folder.rglob("*")] == ["decisions.jsonl"]
        results.append(((folder / "decisions.jsonl").read_bytes(), done.stdout))
    assert results[0] == results[1]
    assert log.read_bytes() == before


def test_with_the_second_look_the_bytes_are_the_same_too(
    tmp_path: Path, shared_data: Path
) -> None:
    """Look-ups are awaited in the log's own time: twice the same, as configured by default."""
    log = start_of(shared_data, "overlay-12", 300, tmp_path / "log.jsonl")
    config = tmp_path / "config.yaml"
    (tmp_path / "book.yaml").write_text(
        "faqs:\n  - {id: link, questions: [链接在哪, 几号链接], answer: 在小黄车}\n",
        encoding="utf-8",
    )
    config.write_text(
        "version: 1\nrooms:\n  - {name: r, connector: room_protocol, "
        "url: 'ws://127.0.0.1:1/', token_env: T, faq: [book.yaml]}\n",
        encoding="utf-8",
    )
    results = []
    for seed, look in (("0", "on"), ("1", "")):
        done = replay(
            tmp_path / seed,
            log,
            *("--config", str(config), "--out", "out.jsonl"),
            seed=seed,
            look=look,
        )
        assert (done.returncode, done.stderr) == (0, "")
        results.append((tmp_path / seed / "out.jsonl").read_bytes())
    assert results[0] == results[1]


def test_without_an_output_it_writes_nothing_at_all(
    tmp_path: Path, shared_data: Path
) -> None:
    """The summary is on the screen."""
    log = start_of(shared_data, "evening-a", 200, tmp_path / "log.jsonl")
    done = replay(tmp_path / "run", log)
    assert done.returncode == 0
    assert "200" in done.stdout
    assert list((tmp_path / "run").rglob("*")) == []


def test_lines_that_cannot_be_read_are_named_and_it_says_so(tmp_path: Path) -> None:
    """Exit 1, a sentence with file and line, and the rest decided."""
    log = tmp_path / "log.jsonl"
    log.write_text(
        '{"t":0,"user":"a","text":"什么时候发货"}\nnonsense\n{"t":9,"user":"b","text":"哈哈"}\n',
        encoding="utf-8",
    )
    done = replay(tmp_path / "run", log, "--out", "out.jsonl")
    assert done.returncode == 1
    assert "log.jsonl:2:" in done.stderr
    rows = (tmp_path / "run" / "out.jsonl").read_text(encoding="utf-8").splitlines()
    ids = {json.loads(row)["event_id"] for row in rows}
    assert ids == {"L1", "L3"}


@pytest.mark.parametrize(
    "options",
    [
        ("--agents", "often"),
        ("--start", "soon"),
        ("--speed", "0"),
        ("--room", "nowhere"),
        ("--out", "../log.jsonl"),
    ],
)
def test_what_cannot_work_is_a_usage_error(
    tmp_path: Path, options: tuple[str, ...]
) -> None:
    """Exit 2, one clear sentence, no traceback, and the log as it was."""
    log = tmp_path / "log.jsonl"
    log.write_text('{"t":0,"user":"a","text":"x"}\n', encoding="utf-8")
    done = replay(tmp_path / "run", log, *options)
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr and done.stderr.strip()
    assert log.read_text(encoding="utf-8") == '{"t":0,"user":"a","text":"x"}\n'
