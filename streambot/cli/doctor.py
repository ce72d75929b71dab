"""``streambot doctor``: whether everything a broadcast needs is there, one line each."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from streambot.cli import CONFIG, PROBLEMS, UNREACHABLE
from streambot.cli.config_here import config_here, config_option
from streambot.cli.findings import Finding, Verdict

if TYPE_CHECKING:
    from streambot.authoring.settings_tree import SettingsTree
    from streambot.cli.books import Shelf
    from streambot.cli.order_files import OrderFile


@click.command()
@config_option
def doctor(config: Path | None) -> None:
    """开播前体检：一行一项，写明怎么办 · what a broadcast needs, one line each.

    Exits with 0 when all is well, 1 when something is wrong, 3 when config.yaml has errors,
    4 when the console's port is taken or a room can't be reached.
    """
    from streambot.authoring.settings_tree import read_settings
    from streambot.cli.logs import configure

    configure("error")
    path = config_here(config)
    tree = read_settings(path, environ=os.environ, overrides={})
    errors = sum(problem.is_error for problem in tree.reader.problems)
    if errors:
        _tell(
            Finding.bad(
                "config",
                f"{path.as_posix()} 有 {errors} 处错误：请运行 streambot check。",
                f"{errors} errors: run streambot check.",
            )
        )
        sys.exit(CONFIG)
    found = [Finding.good("config", path.as_posix(), path.as_posix())]
    found += _here(tree)
    for each in found:
        _tell(each)
    busy = any(each.name == "bot" for each in found)
    rooms = asyncio.run(_rooms(tree, busy=busy))
    for each in rooms:
        _tell(each)
    sys.exit(_exit_code([*found, *rooms]))


def _here(tree: SettingsTree) -> list[Finding]:
    """What can be told without leaving this machine."""
    from streambot.cli import machine

    data_dir: Path = tree.settings["data_dir"]
    web = tree.settings["web"]
    running = machine.bot(data_dir)
    found = [
        machine.clock(),
        machine.folder(data_dir),
        machine.disk(data_dir),
        *([running] if running else []),
        machine.account(data_dir),
        machine.audit(data_dir),
    ]
    if running is None:
        found.append(machine.port(web["host"], web["port"]))
    return [*found, *_books(tree), *_orders(tree), *_second_looks(tree)]


def _second_looks(tree: SettingsTree) -> list[Finding]:
    """Whether each encoder that a room names loads, and how fast it is."""
    from streambot.cli.machine import encoder

    matching = [values["matching"] for values in tree.settings["rooms"]]
    choices = dict.fromkeys(each["encoder"] for each in matching if each["second_look"])
    return [encoder(choice) for choice in choices]


def _books(tree: SettingsTree) -> list[Finding]:
    """Whether every room has something to answer from; rooms that share books, once."""
    from streambot.cli.books import Shelf

    rooms: Sequence[dict[str, Any]] = tree.settings["rooms"]
    shelves: dict[Shelf, list[str]] = {}
    for values in rooms:
        shelf = Shelf(
            paths=values["faq"], products=values["products"], guard=values["guard"]
        )
        shelves.setdefault(shelf, []).append(values["name"])
    return [_book("、".join(names), shelf) for shelf, names in shelves.items()]


def _book(names: str, shelf: Shelf) -> Finding:
    if not shelf.paths:
        return Finding.hint(
            "faq",
            f"直播间“{names}”没有问答文件，问什么都转人工：请在 config.yaml 里写 faq。",
            f"Room {names} has no FAQ files, so every question goes to a person: set faq.",
        )
    reading = shelf.read()
    if not reading.usable:
        return Finding.bad(
            "faq",
            f"直播间“{names}”没有一条可用的问答：请运行 streambot check。",
            f"Room {names} has not one usable entry: run streambot check.",
        )
    if reading.errors:
        return Finding.hint(
            "faq",
            f"直播间“{names}”：{reading.summary()}。请运行 streambot check。",
            f"{reading.summary('en')}: run streambot check.",
        )
    return Finding.good(
        "faq", f"“{names}”：{reading.summary()}。", f"{reading.summary('en')}."
    )


def _orders(tree: SettingsTree) -> list[Finding]:
    """Whether the orders that rooms tell buyers of can be read; each file once."""
    from streambot.cli.order_files import read_order_files

    return [
        _order_file(file)
        for file in asyncio.run(read_order_files(tree.settings["rooms"]))
    ]


def _order_file(file: OrderFile) -> Finding:
    shown = file.path.as_posix()
    if file.orders is None:
        return Finding.bad(
            "orders",
            f"订单表 {shown} 读不到，问订单的都转人工：请检查 orders.path，并把订单导出到这里。",
            f"{shown} can't be read, so all who ask of an order go to people: check "
            "orders.path and export orders to it.",
        )
    if file.problems:
        return Finding.hint(
            "orders",
            f"{shown}：{file.orders} 笔，{len(file.problems)} 处读不懂。请运行 streambot check。",
            f"{file.orders} orders, {len(file.problems)} problems: run streambot check.",
        )
    return Finding.good(
        "orders", f"{shown}：{file.orders} 笔。", f"{file.orders} orders."
    )


async def _rooms(tree: SettingsTree, *, busy: bool) -> list[Finding]:
    from streambot.authoring.secret_keys import find_secret, secrets_of
    from streambot.cli.room_visit import visit

    rooms: Sequence[dict[str, Any]] = tree.settings["rooms"]
    if not rooms:
        return [
            Finding.bad(
                "rooms",
                "config.yaml 里没有直播间：请在 rooms: 下写一个。",
                "config.yaml has no room: add one below rooms:.",
            )
        ]
    secrets = await asyncio.to_thread(
        lambda: [
            {
                key.name: find_secret(values, key.name, os.environ)
                for key in secrets_of(values["connector"])
            }
            for values in rooms
        ]
    )
    visits = (
        visit(values, found, busy=busy, data_dir=tree.settings["data_dir"])
        for values, found in zip(rooms, secrets, strict=True)
    )
    return [each for found in await asyncio.gather(*visits) for each in found]


def _tell(finding: Finding) -> None:
    click.echo(finding.render())


def _exit_code(found: Sequence[Finding]) -> int:
    wrong = [each for each in found if each.verdict is Verdict.BAD]
    if any(each.unreachable for each in wrong):
        return UNREACHABLE
    return PROBLEMS if wrong else 0
