"""Which books a command means, the products that belong to them, and showing their problems."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from streambot.cli.config_here import HERE, config_option, config_or_demo
from streambot.domain.faq.entry import FaqBook
from streambot.domain.faq.match import MatchSettings
from streambot.errors import ConfigError, UsageError

if TYPE_CHECKING:
    from streambot.authoring.book import BookReading
    from streambot.authoring.problem import Problem
    from streambot.config import Config, RoomConfig

Command = Callable[..., Any]
_PRODUCT_FILES = frozenset({"products.yaml", "products.yml", "商品.yaml", "商品.yml"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """Books to read, with the products and thresholds of the room that uses them."""

    paths: tuple[Path, ...]
    products: Path | None
    settings: MatchSettings = field(default_factory=MatchSettings)
    guard: tuple[Path, ...] = ()  # the shop's own wording rules
    encoder: str = "auto"
    data_dir: Path | None = None  # of the bot that uses the same books

    def read(self, *, any_value: bool = False) -> BookReading:
        """Every usable entry and every problem, as of now."""
        from streambot.authoring.book import read_book
        from streambot.authoring.judges import domain_judges

        return read_book(
            self.paths,
            products=self.products,
            now=datetime.now(UTC),
            judges=domain_judges(),
            guard=self.guard,
            any_value=any_value,
        )

    def surveyed(self) -> BookReading:
        """The same with advice on the book as a whole."""
        from streambot.authoring.judges import domain_judges
        from streambot.authoring.survey import surveyed

        return surveyed(self.read(), domain_judges())


def book_options(command: Command) -> Command:
    """The options of a command that asks a room's books: ``--faq``, ``--config``, ``--room``."""
    options = (
        click.option(
            "--faq",
            "paths",
            multiple=True,
            type=click.Path(path_type=Path, exists=True),
            help="问答文件或文件夹；不写就用 config.yaml 的 · FAQ files; else those of config.yaml",
        ),
        config_option,
        click.option(
            "--room", help="哪个直播间，默认第一个 · the first one by default"
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


def shelf_from(paths: tuple[Path, ...], config: Path | None, room: str | None) -> Shelf:
    """The books that ``book_options`` name."""
    return shelf_of(paths) if paths else shelf_of_room(config, room)


def refuse_the_demo(paths: tuple[Path, ...], config: Path | None) -> None:
    """Keep a command that writes away from the demo's books, which ``shelf_from`` would give it.

    Raises:
        UsageError: no books are named, no configuration is, and there is none here.
    """
    if not paths and config is None and not HERE.is_file():
        raise UsageError(
            "没有写：当前目录没有 config.yaml，不知道是哪本问答；"
            "请用 --faq 指明问答本，或到店铺的文件夹里运行。 "
            "Nothing was written: there is no config.yaml here. Name the book with --faq, "
            "or go to the shop's folder."
        )


def shelf_of(paths: Sequence[Path], products: Path | None = None) -> Shelf:
    """The books at *paths*; products: given, among or beside them, or their room's."""
    from streambot.authoring.book import faq_files

    room = _room_using(paths)
    folders = [path if path.is_dir() else path.parent for path in paths]
    beside = (folder / name for folder in folders for name in sorted(_PRODUCT_FILES))
    among = (path for path in faq_files(paths) if path.name in _PRODUCT_FILES)
    found = products or next(among, None)
    if found is None and room is not None:
        found = room.products
    if found is None:
        found = next((path for path in beside if path.is_file()), None)
    return Shelf(
        paths=tuple(dict.fromkeys(paths)),
        products=found,
        settings=MatchSettings() if room is None else _thresholds(room),
        guard=() if room is None else room.guard,
        encoder="auto" if room is None else room.matching.encoder,
    )


def shelf_of_room(config: Path | None, name: str | None) -> Shelf:
    """The books of a room: of *config*, of config.yaml here, or of the shipped shop.

    Raises:
        ConfigError: the configuration can't be used.
        UsageError: it has no such room, or the room has no books.
    """
    whole = open_config(config)
    room = room_of(whole, name)
    if not room.faq:
        raise UsageError(
            f"直播间“{room.name}”没有问答文件：请在 config.yaml 里写 faq，或用 --faq 指明。 "
            f"Room {room.name} has no FAQ files: set faq in config.yaml, or name them with --faq."
        )
    return Shelf(
        paths=room.faq,
        products=room.products,
        settings=_thresholds(room),
        guard=room.guard,
        encoder=room.matching.encoder,
        data_dir=whole.data_dir,
    )


def open_config(path: Path | None) -> Config:
    """The configuration of *path*, of config.yaml here, or the shipped one; without tokens.

    Raises:
        ConfigError: it can't be used.
    """
    import os

    from streambot.config import load_config

    return load_config(config_or_demo(path), environ=os.environ, with_secrets=False)


def room_of(config: Config, name: str | None) -> RoomConfig:
    """The room called *name*, or the first.

    Raises:
        UsageError: there is no such room.
    """
    for room in config.rooms:
        if name is None or room.name == name:
            return room
    names = "、".join(room.name for room in config.rooms) or "-"
    raise UsageError(
        f"没有直播间“{name or ''}”，有的是：{names}。 "
        f"There is no room {name or ''}; there are: {names}."
    )


def _room_using(paths: Iterable[Path]) -> RoomConfig | None:
    """The room whose config.yaml, here or beside the books, names one of *paths*."""
    from streambot.config import check_config

    wanted = {path.resolve() for path in paths}
    folders = [Path(), *(path.parent for path in wanted)]
    for file in dict.fromkeys(folder.resolve() / "config.yaml" for folder in folders):
        config = check_config(file)[0] if file.is_file() else None
        for room in config.rooms if config is not None else ():
            if wanted & {path.resolve() for path in room.faq}:
                return room
    return None


def _thresholds(room: RoomConfig) -> MatchSettings:
    return MatchSettings(
        answer_at=room.matching.answer_at,
        suggest_at=room.matching.suggest_at,
        margin=room.matching.margin,
    )


def read_usable(paths: Sequence[Path]) -> FaqBook:
    """The usable entries of *paths*; errors are told on standard error.

    Without a products file values in answers are not judged: only questions matter here.

    Raises:
        ConfigError: nothing is usable.
    """
    shelf = shelf_of(paths)
    reading = shelf.read(any_value=shelf.products is None)
    show(reading.problems, errors_only=True, err=True)
    return usable(reading)


def usable(reading: BookReading) -> FaqBook:
    """The book of *reading*.

    Raises:
        ConfigError: it has no entry.
    """
    if not reading.book.entries:
        names = "、".join(path.as_posix() for path in reading.files) or "-"
        raise ConfigError(
            [
                f"没有一条可用的问答（{names}）：请先用 streambot faq check 检查。 "
                "Not one usable FAQ entry: run streambot faq check."
            ]
        )
    return reading.book


def show(
    problems: Iterable[Problem], *, errors_only: bool = False, err: bool = False
) -> None:
    """Each problem with its place, the line, a caret and the line put right."""
    for problem in problems:
        if problem.is_error or not errors_only:
            click.echo(problem.render(), err=err)
