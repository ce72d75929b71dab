"""Writes docs/schemas/*.schema.json from the checker's own tables, for completion in editors."""

from __future__ import annotations

import json
from pathlib import Path

from streambot.authoring.schemas import (
    config_schema,
    faq_schema,
    guard_schema,
    products_schema,
    replies_schema,
)

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "schemas"


def schema_files() -> dict[str, str]:
    """The text of each schema by its file's name."""
    schemas = {
        "faq": faq_schema(),
        "products": products_schema(),
        "config": config_schema(),
        "guard": guard_schema(),
        "replies": replies_schema(),
    }
    return {
        f"{name}.schema.json": json.dumps(schema, ensure_ascii=False, indent=1) + "\n"
        for name, schema in schemas.items()
    }


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, text in schema_files().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
