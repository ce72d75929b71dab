"""ScratchOrders: a copy of an order file that a script may change under the bot's eyes."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path


class ScratchOrders:
    """The order file at *path*, made as a copy of *source* when it isn't there yet."""

    def __init__(self, path: Path, source: Path | None = None) -> None:
        self._path = path
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes((source or shipped_orders()).read_bytes())

    def change(self, order_id: str, values: Mapping[str, str]) -> None:
        """Give one order new values, a newer revision and time; the file is replaced whole."""
        with self._path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            columns, rows = list(reader.fieldnames or ()), list(reader)
        for row in rows:
            if row["order_id"] == order_id:
                row.update(values)
                row["revision"] = str(int(row.get("revision") or 0) + 1)
                row["updated_at"] = datetime.now(UTC).isoformat(timespec="seconds")
        text = io.StringIO()
        writer = csv.DictWriter(text, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        self._replace(text.getvalue())

    def _replace(self, text: str) -> None:
        """A reader sees the old file or the new one, never half of it."""
        new = self._path.with_name(f".{self._path.name}.new")
        new.write_text(text, encoding="utf-8", newline="")
        new.replace(self._path)


def shipped_orders() -> Path:
    """The demo shop's orders, in the wheel or the checkout."""
    package = Path(__file__).parents[1]
    inside = package / "shipped"
    return (inside if inside.is_dir() else package.parent) / "demo" / "orders.csv"
