"""Every command tells what it does, and says in one sentence what it was called wrongly with."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator

import click
import pytest

from streambot.cli import cli
from tests.cli.conftest import Run


def _commands(group: click.Group, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    yield path
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from _commands(command, (*path, name))
        else:
            yield (*path, name)


_ALL = list(_commands(cli, ()))


@pytest.mark.parametrize("command", _ALL, ids=" ".join)
@pytest.mark.parametrize("flag", ["--help", "-h"])
def test_every_command_has_help(run: Run, command: tuple[str, ...], flag: str) -> None:
    """``--help`` and ``-h`` of every command name it and end with 0."""
    result = run(*command, flag)
    assert result.exit_code == 0
    assert result.output.startswith(f"Usage: {' '.join(('cli', *command))}")


@pytest.mark.parametrize("command", _ALL, ids=" ".join)
def test_help_is_in_both_languages(command: tuple[str, ...]) -> None:
    """What a command and each of its options is for is told in Chinese, with English beside it."""
    found: click.Command = cli
    for name in command:
        assert isinstance(found, click.Group)
        found = found.get_command(click.Context(found), name) or found
    options = [each for each in found.params if isinstance(each, click.Option)]
    told = [each.help for each in options if each.name != "version"]
    for words in (found.help, *told):
        zh, _, en = (words or "").partition(" · ")
        assert re.search("[\u4e00-\u9fff]", zh), (command, words)
        assert re.search("[a-z]", en), (command, words)


def test_the_commands_of_the_interface_are_there() -> None:
    """Every command that other people's scripts may call has its name."""
    names = {" ".join(command) for command in _ALL}
    wanted = "demo,run,check,doctor,replay,mood,faq check,faq try,faq test,faq match,faq gaps"
    assert {*wanted.split(","), "user add"} <= names


@pytest.mark.parametrize(
    "command",
    [
        ("nonsense",),
        ("faq", "nonsense"),
        ("check", "--config", "missing.yaml"),
        ("check",),
        ("doctor",),
        ("run",),
        ("faq", "check"),
        ("faq", "check", "missing.yaml"),
        ("faq", "match"),
        ("faq", "gaps", "--log", "missing.jsonl"),
        ("replay", "missing.jsonl"),
    ],
    ids=" ".join,
)
def test_a_wrong_call_is_a_sentence_and_2(run: Run, command: tuple[str, ...]) -> None:
    """A call that can't work ends with 2 and says why on standard error, without a traceback."""
    result = run(*command)
    assert result.exit_code == 2
    assert result.stderr.strip()
    assert not result.stdout
    assert "Traceback" not in result.output


def test_help_needs_none_of_what_a_bot_needs() -> None:
    """``streambot --help`` imports neither the web server nor the store: it's there at once."""
    code = (
        "import sys\nfrom streambot.cli import cli\n"
        "cli(['--help'], standalone_mode=False)\n"
        "print([m for m in ('aiohttp', 'sqlalchemy', 'yaml', 'rich') if m in sys.modules])"
    )
    shown = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert shown.stdout.splitlines()[-1] == "[]"
