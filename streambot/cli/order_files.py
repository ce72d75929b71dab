"""The order files of the rooms, read once each: how many orders they hold, and what is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from streambot.authoring.problem import Place, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderFile:
    """One file or folder of orders; ``orders`` None: it can't be read at all."""

    path: Path
    orders: int | None
    problems: tuple[Problem, ...]


async def read_order_files(rooms: Sequence[Mapping[str, Any]]) -> list[OrderFile]:
    """What stands in the files that *rooms* name under ``orders``."""
    given = (values["orders"] for values in rooms if values["orders"])
    columns = {each["path"]: each["columns"] for each in given if each["path"]}
    return [await _read(path, mapping) for path, mapping in columns.items()]


async def _read(path: Path, columns: Mapping[str, str]) -> OrderFile:
    from streambot.adapters.orders.csv_source import CsvOrders
    from streambot.domain.viewer import ViewerKey
    from streambot.errors import OrderSourceDown

    source = CsvOrders(
        path, columns=columns, key_of=lambda _, raw_id: ViewerKey(raw_id)
    )
    try:
        orders = len(await source.current())
    except OrderSourceDown:
        return OrderFile(path=path, orders=None, problems=(_unread(path),))
    return OrderFile(path=path, orders=orders, problems=source.problems)


def _unread(path: Path) -> Problem:
    return Problem(
        place=Place(file=path.as_posix()),
        code="E802",
        zh="订单表读不到：请检查 orders.path，并把订单导出到这里。",
        en="The order file can't be read: check orders.path and export orders to it.",
    )
