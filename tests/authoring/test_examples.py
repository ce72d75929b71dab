"""What docs/connectors.md tells a shop to write into config.yaml is right to the letter."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from streambot.authoring.settings_tree import read_settings
from streambot.bootstrap.connectors import CONNECTORS

_ROOT = Path(__file__).parents[2]
_GUIDE = (_ROOT / "docs" / "connectors.md").read_text(encoding="utf-8")
_EXAMPLES: Sequence[str] = re.findall(r"```yaml\n(.*?)```", _GUIDE, re.DOTALL)


def _connector(example: str) -> str:
    return example.partition("connector: ")[2].split()[0]


@pytest.mark.parametrize("example", _EXAMPLES, ids=_connector)
def test_an_example_is_a_config_without_a_problem(tmp_path: Path, example: str) -> None:
    """In a folder with what is shipped beside config.yaml nothing is wrong with it but the absent token."""
    for shipped in ("faq", "demo"):
        (tmp_path / shipped).symlink_to(_ROOT / shipped)
    (tmp_path / "config.yaml").write_text(f"version: 1\n{example}", encoding="utf-8")
    tree = read_settings(tmp_path / "config.yaml", environ={}, overrides={})
    assert [each.render() for each in tree.reader.problems] == []
    [room] = tree.settings["rooms"]
    paths = [*room["faq"], room["products"]]
    assert all(path.exists() for path in paths), paths


def test_every_connector_but_the_shipped_one_has_an_example() -> None:
    """The room protocol's example is config.yaml itself."""
    told = {_connector(example) for example in _EXAMPLES}
    assert told == set(CONNECTORS) - {"room_protocol"}
