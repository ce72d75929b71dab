"""``run``: what the first line says, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.cli.conftest import Run

_CONFIG = """\
version: 1
web: {port: 0}
rooms:
  - {name: mini, url: 'ws://127.0.0.1:1/', matching: {second_look: false}}
"""


def _first_line(here: Path, *options: str) -> str:
    """Where the console is, as a bot that is started here says it."""
    command = [sys.executable, "-m", "streambot", "run", *options]
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    with subprocess.Popen(
        command,
        cwd=here,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
    ) as bot:
        assert bot.stdout is not None
        try:
            return bot.stdout.readline()
        finally:
            bot.terminate()


def test_a_one_time_login_until_an_admin_has_an_account(run: Run, here: Path) -> None:
    """An agent's account opens neither accounts nor shift: the login is printed until an admin
    can log in, and for who asks for it."""
    (here / "config.yaml").write_text(_CONFIG, encoding="utf-8")
    options = ("--password-file", "-")
    word = "糖葫芦配豆汁儿九块九"
    run("user", "add", "xiaowang", "--role", "agent", *options, input=word)
    assert "/login?once=" in _first_line(here)
    run("user", "add", "laoban", "--role", "admin", *options, input=word)
    assert "/login?once=" not in _first_line(here)
    assert "/login?once=" in _first_line(here, "--login")
    run("user", "disable", "laoban", "--anyway")
    assert "/login?once=" in _first_line(here)
