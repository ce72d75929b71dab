"""What can be set, said, typed and named is in the documents."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import get_args

import pytest

from streambot.authoring.settings import every_key
from streambot.cli import cli
from streambot.cli.match_words import REASONS, VETOES
from streambot.domain.actions import Action
from streambot.domain.events import RoomEvent
from tools import intents_page
from tools.config_page import page

#: The words of the architecture; each is a row of the glossary.
_WORDS = (
    *(
        "Room",
        "Platform",
        "Broadcast",
        "Viewer",
        "RoomEvent",
        "Action",
        "Line",
        "Greeting",
    ),
    *(
        "FaqEntry",
        "FaqMatch",
        "Mood",
        "Order",
        "OrderSource",
        "Reply",
        "Guard",
        "Handoff",
    ),
    *("Ticket", "Agent", "Supervisor", "Assistant", "Connector", "Connection", "Desk"),
    *("FaqBook", "Journal", "Shift", "Pack", "Concept", "Intent"),
)


def _read(root: Path, name: str) -> str:
    return (root / name).read_text(encoding="utf-8")


def test_every_setting_is_documented(root: Path) -> None:
    """docs/config.md is what `make docs` writes, so no key is missing or out of date."""
    text = _read(root, "docs/config.md")
    assert [path for path, _ in every_key() if f"`{path}`" not in text] == []
    assert text == page(), "run `make docs`"


def test_every_intent_is_documented(root: Path) -> None:
    """docs/intents.md is what `make docs` writes, so merchants find every id."""
    assert _read(root, "docs/intents.md") == intents_page.page(), "run `make docs`"


@pytest.mark.parametrize("union", [RoomEvent, Action], ids=["events", "actions"])
def test_every_event_and_action_is_documented(root: Path, union: object) -> None:
    """docs/events.md has a row for every member of both unions."""
    rows = re.findall(r"^\| ([^|]+) \|", _read(root, "docs/events.md"), re.MULTILINE)
    named = {name.strip() for row in rows for name in row.split(",")}
    assert [
        kind.__name__ for kind in get_args(union) if kind.__name__ not in named
    ] == []


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_every_command_is_documented(root: Path, name: str) -> None:
    """Each command of the command line stands in both READMEs as one types it."""
    text = _read(root, name)
    commands = cli.list_commands(cli.make_context("streambot", ["faq"]))
    assert [each for each in commands if f"streambot {each}" not in text] == []


def test_every_reason_and_veto_is_documented(root: Path) -> None:
    """Whatever "Why" may give stands in the merchants' page, as a code in a table."""
    rows = re.findall(r"^\| ((?:`\w+` ?)+)\|", _read(root, "docs/faq-yaml.md"), re.M)
    told = set(re.findall(r"\w+", " ".join(rows)))
    assert {*REASONS, *VETOES} - told == set()


def test_every_word_is_in_the_glossary(root: Path) -> None:
    """Each word that means one thing everywhere has its row in docs/glossary.md."""
    rows = re.findall(r"^\| ([^|]+) \|", _read(root, "docs/glossary.md"), re.MULTILINE)
    words = {word for row in rows for word in re.findall(r"[A-Za-z]+", row)}
    assert [word for word in _WORDS if word not in words] == []


def test_every_link_between_documents_leads_somewhere(root: Path) -> None:
    """A relative link in a document names a file that is there."""
    pages = [
        *root.glob("*.md"),
        *root.glob("docs/**/*.md"),
        *root.glob("streambot/**/*.md"),
    ]
    broken = [
        f"{page.relative_to(root)}: {target}"
        for page in pages
        for target in re.findall(
            r"\]\((?!\w+:|#)([^)#\s]+)", page.read_text(encoding="utf-8")
        )
        if not (page.parent / target).exists()
    ]
    assert broken == []


def test_each_flaw_of_other_desks_has_its_test(root: Path) -> None:
    """Every row of docs/desk.md names a test that exists and whose docstring names the flaw."""
    page = _read(root, "docs/desk.md")
    rows = re.findall(r"^\| (.+) \| `(tests/.+)::(test_\w+)` \|$", page, re.MULTILINE)
    assert len(rows) > 20
    for flaw, path, name in rows:
        tree = ast.parse(_read(root, path))
        functions = (ast.FunctionDef, ast.AsyncFunctionDef)
        told = [
            ast.get_docstring(each) or ""
            for each in ast.walk(tree)
            if isinstance(each, functions) and each.name == name
        ]
        assert [" ".join(each.split()) for each in told if flaw in each], (flaw, name)
