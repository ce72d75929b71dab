"""A merchant's own words for the desk's lines: blanks that exist, and nothing the guard would hold."""

from __future__ import annotations

from pathlib import Path

from streambot.bootstrap.policies import desk_policy
from streambot.config import Config, read_config
from streambot.domain.ticket import Reason


def _read(folder: Path, words: str) -> tuple[Config | None, list[str]]:
    path = folder / "config.yaml"
    path.write_text(
        f"version: 1\ndesk:\n  languages: {{小王: [zh, en]}}\n  words:\n{words}",
        encoding="utf-8",
    )
    config, problems = read_config(path, environ={})
    return config, [f"{each.code} {each.key}" for each in problems]


def test_lines_by_reason_and_language_reach_the_desk(tmp_path: Path) -> None:
    """Together with who answers in which language."""
    config, problems = _read(
        tmp_path,
        "    zh: {order_problem: '订单这就查（编号{no}）'}\n"
        "    en: {holding: One moment please}\n",
    )
    assert config is not None and problems == []
    policy = desk_policy(config.desk)
    assert policy.holding(Reason.ORDER_PROBLEM, "zh") == "订单这就查（编号{no}）"
    assert policy.holding(Reason.ORDER_PROBLEM, "en") == "One moment please"
    assert policy.languages == {"小王": frozenset({"zh", "en"})}


def test_a_line_that_would_be_held_is_left_out(tmp_path: Path) -> None:
    """With a warning at its place; viewers hear the built-in line, never nothing."""
    config, problems = _read(tmp_path, "    zh: {holding: 加微信 abc12345 详聊}\n")
    assert config is not None
    assert "W324 desk.words.zh.holding" in problems
    assert desk_policy(config.desk).holding(Reason.UNMATCHED).startswith("请稍等")


def test_a_blank_nobody_fills_is_an_error(tmp_path: Path) -> None:
    """It would be said as it stands."""
    config, problems = _read(tmp_path, "    zh: {late: '编号{number}还在查'}\n")
    assert config is None
    assert problems[0] == "E205 desk.words.zh.late"
