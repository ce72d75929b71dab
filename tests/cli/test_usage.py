"""Whoever mistypes a command is told what is wrong in Chinese, with the English beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.mark.parametrize(
    ("command", "zh", "en"),
    [
        (("nonsense",), "没有 nonsense 这个命令。", "No such command 'nonsense'"),
        (
            ("faq", "tri"),
            "没有 tri 这个命令。是不是想写 try？",
            "No such command 'tri'",
        ),
        (("--nope",), "没有 --nope 这个选项。", "No such option '--nope'"),
        (
            ("mood", "--secondlook", "on"),
            "没有 --secondlook 这个选项。是不是想写 --second-look？",
            "No such option '--secondlook'",
        ),
        (("faq", "check"), "缺少 PATH...，请补上。", "Missing argument 'PATH...'"),
        (
            ("mood", "--second-look", "maybe"),
            "--second-look 的值不对。只能是：on、off。",
            "'maybe' is not one of 'on', 'off'",
        ),
        (
            ("demo", "--port", "70000"),
            "--port 的值不对。要填一个数字，0 到 65535。",
            "Invalid value for '--port'",
        ),
        (
            ("summary", "--number", "0"),
            "--number 的值不对。要填一个数字，不小于 1。",
            "Invalid value for '--number'",
        ),
        (
            ("demo", "--seed", "first"),
            "--seed 的值不对。要填一个数字。",
            "'first' is not a valid integer",
        ),
        (
            ("run", "--config", "missing.yaml"),
            "--config 的值不对。请检查路径写得对不对、文件在不在。",
            "File 'missing.yaml' does not exist",
        ),
        (
            ("faq", "try", "在吗", "--faq"),
            "选项 --faq 用法不对：要么缺了值，要么多给了值。",
            "Option '--faq' requires an argument",
        ),
        (
            ("doctor", "one", "two"),
            "命令或参数写得不对：可能多写了参数，或漏写了子命令。",
            "unexpected extra arguments (one two)",
        ),
    ],
)
def test_a_wrong_call_is_told_in_both_languages(
    run: Run, command: tuple[str, ...], zh: str, en: str
) -> None:
    """Chinese first, then the English, and the exit code of wrong usage."""
    result = run(*command)
    assert result.exit_code == 2
    lines = result.output.splitlines()
    (told,) = (line for line in lines if line.startswith("错误："))
    assert told == f"错误：{zh}"
    assert lines[lines.index(told) + 1].startswith("Error: ")
    assert en in lines[lines.index(told) + 1]


def test_what_a_command_itself_refuses_is_told_in_its_own_words(
    run: Run, tmp_path: Path
) -> None:
    """A value that only the command knows to be wrong has the command's own sentence."""
    log = tmp_path / "evening.jsonl"
    log.touch()
    result = run("replay", str(log), "--speed", "0")
    assert result.exit_code == 2
    assert "错误：--speed 的值不对。要大于 0。" in result.output
    assert "must be above 0" in result.output


def test_a_wrong_call_tells_where_its_help_is(run: Run) -> None:
    """The help that it names is the command's own."""
    result = run("mood", "--second-look", "maybe")
    assert result.output.startswith("Usage: cli mood ")
    assert result.output.endswith("用法 · how to call it: cli mood --help\n")


def test_a_group_without_a_command_shows_its_help(run: Run) -> None:
    """Which is no fault of anybody's, so nothing is called an error."""
    result = run("faq")
    assert "Commands:" in result.output
    assert "错误" not in result.output
