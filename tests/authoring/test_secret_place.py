"""A secret written into config.yaml is told with its place and the cure, and never repeated."""

from __future__ import annotations

from pathlib import Path

import pytest

from streambot.authoring.problem import Problem
from streambot.authoring.settings_tree import read_settings

_SECRET = "k5q8n2v7x1geheim"


def _problems(folder: Path, *lines: str) -> list[Problem]:
    path = folder / "config.yaml"
    room = ("name: a", "connector: irc", 'channel: "#a"', "nick: b")
    url = () if any("url:" in line for line in lines) else ("url: ws://127.0.0.1:9",)
    text = "\n    ".join((*room, *url, *lines))
    path.write_text(f"version: 1\nrooms:\n  - {text}\n", encoding="utf-8")
    return read_settings(path, environ={}, overrides={}).reader.problems


@pytest.mark.parametrize(
    ("line", "key"),
    [
        (f"token: {_SECRET}", "token"),
        (f"password: {_SECRET}", "password"),
        (f"app_secret: {_SECRET}", "app_secret"),
        (f"口令: {_SECRET}", "口令"),
        (f"token_env: oauth:{_SECRET}", "token_env"),
        (f"token_env: {_SECRET}", "token_env"),
        (f"hook_token_env: {_SECRET}", "hook_token_env"),
        (f"url: wss://me:{_SECRET}@127.0.0.1/", "url"),
        (f"url: wss://127.0.0.1/?access_token={_SECRET}", "url"),
    ],
)
def test_a_secret_in_the_file_is_not_repeated(
    tmp_path: Path, line: str, key: str
) -> None:
    """One error at its place that says where secrets belong, in no form with the secret in it."""
    [problem] = _problems(tmp_path, line)
    assert problem.key == f"rooms[0].{key}"
    assert problem.is_error
    assert problem.line == 8 - ("url" in line)
    told = f"{problem.render()} {problem.render('en')} {problem.as_json()}"
    assert _SECRET not in told
    assert "请" in problem.zh
    if key != "url":
        assert "_env: " in str(problem.corrected)


@pytest.mark.parametrize(
    "line",
    [
        "token_env: STREAMBOT_DEMO_TOKEN",
        "token_env: TwitchToken2",
        "token_file: secrets/twitch",
        "url: wss://127.0.0.1/room?signature_of=",
        "url: wss://127.0.0.1:9/a?room=1&page=2",
    ],
)
def test_a_name_of_a_place_is_taken(tmp_path: Path, line: str) -> None:
    """Names of variables, files and ordinary addresses are what is wanted."""
    assert [each for each in _problems(tmp_path, line) if "file" not in each.key] == []


def test_a_slip_of_a_key_is_still_a_slip(tmp_path: Path) -> None:
    """A misspelt key that names a place is shown with the line as it was meant."""
    [problem] = _problems(tmp_path, "token_evn: TWITCH_TOKEN")
    assert problem.corrected is not None
    assert problem.corrected.strip() == "token_env: TWITCH_TOKEN"


def test_what_is_empty_is_told_once(tmp_path: Path) -> None:
    """A key without its value is one problem, not an empty one and a missing one."""
    [problem] = _problems(tmp_path, 'url: ""')
    assert problem.key == "rooms[0].url"
