"""``replay``: whose settings and book it uses, and that it says when they are the demo's."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

_LOG = '{"t": 0, "user": "a", "text": "几号发货"}\n'
_CONFIG = """\
version: 1
rooms:
  - {name: mini, url: 'ws://127.0.0.1:1/', faq: [faq.yaml], matching: {second_look: 关}}
"""
_BOOK = "- {id: our-ship, questions: [几号发货], answer: 三天内发}\n"


@pytest.fixture
def log(here: Path) -> Path:
    """A recorded chat of one question, alone in the folder."""
    (here / "chat.jsonl").write_text(_LOG, encoding="utf-8")
    return here


def test_the_config_here_is_the_one_replayed_with(run: Run, log: Path) -> None:
    """A shop's own room and book are used where its config.yaml is, without a word of a demo."""
    (log / "config.yaml").write_text(_CONFIG, encoding="utf-8")
    (log / "faq.yaml").write_text(_BOOK, encoding="utf-8")
    result = run("replay", "chat.jsonl", "--out", "d.jsonl")
    assert result.exit_code == 0, result.output
    rows = (log / "d.jsonl").read_text(encoding="utf-8").splitlines()
    assert {json.loads(row)["entry"] for row in rows} >= {"our-ship"}
    assert {json.loads(row)["room"] for row in rows} == {"mini"}
    assert result.stderr == ""


def test_where_no_config_is_the_demo_is_told_of(run: Run, log: Path) -> None:
    """Without a config.yaml it says, once, that the built-in demo is what answers."""
    result = run("replay", "chat.jsonl", "--second-look", "off")
    assert result.exit_code == 0, result.output
    assert result.stderr.count("用的是自带的演示店") == 1
