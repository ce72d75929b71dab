"""The table of what each connector can do says what the connectors themselves declare."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from streambot.authoring.bridge_settings import UNOFFICIAL
from streambot.bootstrap.connectors import CONNECTORS

_ROOT = Path(__file__).parents[3]
_ROOMS = _ROOT / "streambot" / "adapters" / "rooms"
#: A column and the name that a connector's code has to use for it.
_COLUMNS = {
    "read": "ViewerSpoke",
    "enter": "ViewerEntered",
    "follow": "ViewerFollowed",
    "gift": "GiftSent",
    "order": "ViewerOrdered",
    "write": "SENT",
    "private": "PRIVATE",
    "ack": "SENT",  # SendResult.SENT is the platform's own word
}
#: Twitch names what is private only to refuse it.
_REFUSED = {("twitch", "private")}


def _table() -> dict[str, dict[str, bool]]:
    guide = (_ROOT / "docs" / "connectors.md").read_text(encoding="utf-8")
    part = guide.partition("### 谁能做什么")[2].partition("\n## ")[0]
    head, _, *rows = [line for line in part.splitlines() if line.startswith("|")]
    names = [cell.split()[0] for cell in head.strip("| ").split("|")][1:]
    told = {}
    for row in rows:
        connector, *cells = [cell.strip(" `") for cell in row.strip("|").split("|")]
        told[connector] = {
            name: cell == "✓" for name, cell in zip(names, cells, strict=True)
        }
    return told


def _names(connector: str) -> Iterator[str]:
    for path in (_ROOMS / connector).glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Name):
                yield node.id
            elif isinstance(node, ast.Attribute):
                yield node.attr


def test_every_connector_has_its_row() -> None:
    """None is left out, and none is told of that isn't there."""
    assert set(_table()) == set(CONNECTORS)


@pytest.mark.parametrize("connector", CONNECTORS)
def test_a_row_is_true(connector: str) -> None:
    """What the table promises the code can make, and what it can make the table tells."""
    told, names = _table()[connector], set(_names(connector))
    can = {
        column: name in names and (connector, column) not in _REFUSED
        for column, name in _COLUMNS.items()
    }
    assert told == can | {"official": connector not in UNOFFICIAL}
