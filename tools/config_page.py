"""Writes docs/config.md from the table of settings, so that page and program never differ."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from streambot.authoring.group_kinds import Group, Groups
from streambot.authoring.kinds import Span
from streambot.authoring.reader import Field
from streambot.authoring.settings import every_key

PAGE = Path(__file__).resolve().parent.parent / "docs" / "config.md"
_UNITS = {"seconds": 1, "minutes": 60, "hours": 3600}

_HEAD = """\
# config.yaml

<!-- Made by tools/config_page.py from streambot/authoring/settings.py; a test compares them. -->

每个键：默认值、能填什么、中文说明、英文说明。改完运行 `streambot check`，它会一次列出所有问题，
每个都带行号和改好的那一行。
Every key with its default, what it takes and what it means. After a change run `streambot check`:
it lists every problem at once, each with its line and the line as it should be.

- 缺的键用默认值；不认识的键是错误，不会被悄悄忽略。
  A key left out has its default; an unknown key is an error, never ignored.
- 文件和文件夹的位置从 config.yaml 所在的文件夹算起。
  Paths are relative to the folder of config.yaml.
- 命令行盖过环境变量，环境变量盖过文件：`STREAMBOT_WEB__PORT=9000`，某个直播间的键写
  `STREAMBOT_ROOMS__<直播间名字>__MODE=observing`。
  The command line wins over the environment, the environment over the file.
- 口令从不写进文件：用 `token_env` 或 `token_file`。
  Tokens never stand in the file: use `token_env` or `token_file`.
- `defaults:` 里写所有直播间共用的键，写法和直播间一样；直播间自己写的盖过它。
  Keys that all rooms share may stand under `defaults:`; a room's own key wins.
"""


def _default(item: Field) -> str:
    value = item.default
    if isinstance(value, timedelta) and isinstance(item.kind, Span):
        return f"{value.total_seconds() / _UNITS[item.kind.unit]:g}"
    if item.required:
        return "必填 · required"
    if value is None or value in ("", (), {}, []):
        return "-"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return ", ".join(value)
    return str(value)


def _takes(schema: dict[str, Any]) -> str:
    """What a JSON Schema lets through, in a few words."""
    if "enum" in schema:
        return ", ".join(str(word) for word in schema["enum"])
    if "anyOf" in schema:
        return _takes(schema["anyOf"][-1 if _is_list(schema["anyOf"][-1]) else 0])
    match schema.get("type"):
        case "number" | "integer":
            least, most = schema.get("minimum"), schema.get("maximum")
            return "数字 · number" if least is None else f"{least:g} … {most:g}"
        case "boolean":
            return "true, false"
        case "array":
            return f"列表 · list: {_takes(schema['items'])}"
        case "object":
            return "键: 值 · key: value"
        case _:
            return "文字 · text"


def _is_list(schema: dict[str, Any]) -> bool:
    return schema.get("type") == "array"


def _row(path: str, item: Field) -> str:
    cells = (f"`{path}`", _default(item), _takes(item.kind.schema()), item.zh, item.en)
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def page() -> str:
    """The page's text: a table for each group of keys, in the order of the settings."""
    titles = {"": "最外层 · Top level"}
    rows: dict[str, list[str]] = {"": []}
    for path, item in every_key():
        if isinstance(item.kind, Group | Groups):
            here = f"{path}[]" if isinstance(item.kind, Groups) else path
            titles[here] = f"`{path}` {item.zh} · {item.en}"
            rows[here] = []
        else:
            rows[path.rpartition(".")[0]].append(_row(path, item))
    parts = [_HEAD]
    for here, found in rows.items():
        parts.append(f"## {titles[here]}\n")
        if found:
            parts += [
                "| key | default | takes | 说明 | means |",
                "|---|---|---|---|---|",
            ]
            parts += [*found, ""]
    return "\n".join(parts).rstrip() + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
