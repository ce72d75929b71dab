"""``streambot check``: config.yaml and every file it names, all problems at once."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from streambot.cli import CONFIG, PROBLEMS
from streambot.cli.books import Shelf, show
from streambot.cli.config_here import config_here, config_option
from streambot.cli.order_files import read_order_files

if TYPE_CHECKING:
    from streambot.authoring.book import BookReading
    from streambot.authoring.problem import Problem
    from streambot.authoring.settings_tree import SettingsTree


@click.command()
@config_option
def check(config: Path | None) -> None:
    """检查配置、口令和它用到的问答、商品、订单文件 · check config.yaml, its tokens and every file it names.

    Exits with 0 when nothing is wrong (warnings may be), 1 when a file has errors,
    3 when config.yaml itself has.
    """
    from streambot.authoring.ready_to_run import check_secrets
    from streambot.authoring.settings_tree import read_settings
    from streambot.cli.logs import configure

    configure("error")  # what is wrong is told below, not logged as well
    path = config_here(config)
    tree = read_settings(path, environ=os.environ, overrides={})
    check_secrets(tree, os.environ)
    rooms: Sequence[Mapping[str, Any]] = tree.settings["rooms"]
    own = [*tree.reader.problems, *_no_room(path, tree)]
    readings = [shelf.surveyed() for shelf in _shelves(rooms)]
    files = asyncio.run(read_order_files(rooms))
    orders = [each for file in files for each in file.problems]
    canned = _canned_problems(tree.settings["desk"]["canned"], rooms)
    in_books = (each for book in readings for each in book.problems)
    staff = _strangers(path, tree)
    rules = _old_rules(path, tree)
    found = [*own, *in_books, *canned, *orders, *staff, *rules]
    show(dict.fromkeys(found))  # a file of two rooms is told once
    _sum_up(path, found, readings)
    if any(problem.is_error for problem in own):
        sys.exit(CONFIG)
    sys.exit(PROBLEMS if any(problem.is_error for problem in found) else 0)


def _no_room(path: Path, tree: SettingsTree) -> list[Problem]:
    """That there is no room, unless something else is told of them or nothing could be read."""
    from streambot.authoring.ready_to_run import no_room

    told = (
        problem.is_error and (not problem.key or problem.key.startswith("room"))
        for problem in tree.reader.problems
    )
    if tree.settings["rooms"] or any(told):
        return []
    return [no_room(path.as_posix())]


def _shelves(rooms: Sequence[Mapping[str, Any]]) -> Iterator[Shelf]:
    """The books of all rooms, shared ones once."""
    used = ((values["faq"], values["products"], values["guard"]) for values in rooms)
    for paths, products, guard in dict.fromkeys(used):
        if paths or products or guard:
            yield Shelf(paths=paths, products=products, guard=guard)


def _canned_problems(
    shared: tuple[Path, ...], rooms: Sequence[Mapping[str, Any]]
) -> list[Problem]:
    """What is wrong with canned replies, judged by the rules of each room that uses them."""
    from streambot.authoring.guard_file import read_guard
    from streambot.authoring.replies_file import read_replies
    from streambot.domain.guard import Guard

    used = (((*shared, *values["canned"]), values["guard"]) for values in rooms)
    return [
        problem
        for paths, guard in dict.fromkeys(used)
        if paths
        for problem in read_replies(paths, Guard.of(read_guard(guard).rules)).problems
    ]


def _strangers(path: Path, tree: SettingsTree) -> list[Problem]:
    """Names of agents that no account has; not asked before there are accounts."""
    from streambot.adapters.store.peek import account_names
    from streambot.authoring.problem import Place
    from streambot.authoring.staffing import strangers
    from streambot.domain.ticket import LEGAL, SUPERVISORS
    from streambot.errors import StoreError

    try:
        accounts = account_names(tree.settings["data_dir"])
    except StoreError:
        return []  # doctor tells of a store that can't be read
    desk = tree.settings["desk"]
    groups = desk["groups"]
    own = {*desk["shifts"]} - {LEGAL, SUPERVISORS, *groups}
    named = {f"desk.groups.{name}": members for name, members in groups.items()}
    named |= {f"desk.shifts.{name}": (name,) for name in own}
    place = Place(file=path.as_posix())
    return strangers(named, accounts, place) if accounts else []


def _old_rules(path: Path, tree: SettingsTree) -> Sequence[Problem]:
    """A platform's service rules that somebody should look at again."""
    from datetime import UTC, datetime

    from streambot.authoring.problem import Place
    from streambot.authoring.profile_file import outdated

    today = datetime.now(UTC).date()
    place = Place(file=path.as_posix())
    return outdated(tree.settings["desk"]["profile"], today, place)


def _sum_up(
    path: Path, found: Sequence[Problem], readings: Sequence[BookReading]
) -> None:
    each = dict.fromkeys(found)
    errors = sum(problem.is_error for problem in each)
    usable = sum(reading.usable for reading in readings)
    warnings = sum(problem.severity == "warning" for problem in each)
    click.echo(
        f"{path.as_posix()}：问答 {usable} 条可用，{errors} 处错误，{warnings} 处提醒 · "
        f"{usable} FAQ entries usable, {errors} errors, {warnings} warnings"
    )
