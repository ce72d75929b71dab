"""CsvOrders: orders from a file or folder that a shop exports, watched and re-read."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from pathlib import Path

import structlog
import watchfiles

from streambot.adapters.orders.columns import KeyOf
from streambot.adapters.orders.sheet import Sheet, SheetReader
from streambot.authoring.problem import Place, Problem
from streambot.domain.order import Order
from streambot.domain.order_index import OrderIndex
from streambot.domain.viewer import ViewerKey
from streambot.errors import OrderSourceDown

_log = structlog.get_logger()

_DEBOUNCE_MS = 200
#: How often the files' sizes and times are compared anyway: network drives tell nobody.
_LOOK_MS = 1_000
_ENDINGS = (".csv", ".tsv", ".txt")

_Signature = tuple[int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """One file as last read; None: it could not be."""

    signature: _Signature | None
    sheet: Sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """All files as last read."""

    pages: Mapping[Path, _Page] = field(default_factory=dict)
    index: OrderIndex = field(default_factory=OrderIndex)
    problems: tuple[Problem, ...] = ()
    found: bool = False  # whether any file was ever read


class CsvOrders:
    """An OrderSource over CSV files; UTF-8 or GB18030, English or Chinese headers.

    A row that can't be read is named in ``problems`` and left out. A file that is missing,
    locked or half-written keeps the rows read before.
    """

    def __init__(
        self,
        path: Path,
        *,
        columns: Mapping[str, str],
        key_of: KeyOf,
        report: Callable[[Sequence[Problem]], None] = lambda _: None,
    ) -> None:
        """*report* hears of what is wrong in the files after every reading that differs."""
        self._path = path
        self._report = report
        self._reader = SheetReader(columns=columns, key_of=key_of)
        self._reading = _Reading()
        self._lock = asyncio.Lock()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong in the files, by file and line, as of the last reading."""
        return self._reading.problems

    async def by_number(self, number: str) -> Sequence[Order]:
        """Orders whose number is *number* or, for 4-6 digits, ends in it."""
        return (await self._known()).index.by_number(number)

    async def by_viewer(self, viewer: ViewerKey) -> Sequence[Order]:
        """A buyer's orders, newest first."""
        return (await self._known()).index.by_viewer(viewer)

    async def current(self) -> Sequence[Order]:
        """Every order of the files."""
        return (await self._known()).index.all()

    async def changes(self) -> AsyncGenerator[Order, None]:
        """Every order of the files, then each that is new in them or newer than before."""
        seen = await self._read_again()
        for order in seen.index.all():
            yield order
        while True:
            watched = await asyncio.to_thread(self._watched)
            async with aclosing(self._looks(watched)) as looks:
                async for _ in looks:
                    fresh = await self._read_again()
                    for order in fresh.index.newer_than(seen.index):
                        yield order
                    seen = fresh
                    if await asyncio.to_thread(self._watched) != watched:
                        break

    async def _looks(self, folder: Path) -> AsyncGenerator[None, None]:
        """A look is worth while: something changed in *folder*, or some time passed.

        Raises:
            OrderSourceDown: the folder can't be watched.
        """
        changes = watchfiles.awatch(
            folder,
            debounce=_DEBOUNCE_MS,
            rust_timeout=_LOOK_MS,
            yield_on_timeout=True,
            recursive=False,
        )
        try:
            async with aclosing(changes):
                async for _ in changes:
                    yield
        except OSError as error:
            raise OrderSourceDown(
                f"订单表所在的文件夹 {folder} 没法监视：{error}。 "
                f"The folder {folder} of the order file can't be watched: {error}."
            ) from error

    async def _known(self) -> _Reading:
        """What was read last; read now when nothing was yet.

        Raises:
            OrderSourceDown: there is no file to read.
        """
        reading = self._reading
        if not reading.found:
            reading = await self._read_again()
        if not reading.found:
            raise OrderSourceDown(
                f"订单表 {self._path} 读不到：请检查 orders.path，并把订单导出到这里。 "
                f"The order file {self._path} can't be read: check orders.path."
            )
        return reading

    async def _read_again(self) -> _Reading:
        async with self._lock:
            before = self._reading
            reading = await asyncio.to_thread(self._read, before)
            self._reading = reading
        if reading is not before:
            self._report(reading.problems)
            for problem in reading.problems:
                if problem not in before.problems:
                    _log.warning(
                        "order_row_bad",
                        where=str(problem.place),
                        what=problem.sentence(),
                    )
        return reading

    def _read(self, before: _Reading) -> _Reading:
        """Read the files that changed; *before* itself when none did."""
        files = self._files()
        pages = {file: self._page(file, before.pages.get(file)) for file in files}
        if not any(page.signature for page in pages.values()):
            pages = {**before.pages, **pages}  # all gone: being replaced, or taken away
        if pages == dict(before.pages):
            return before
        sheets = [page.sheet for page in pages.values()]
        return _Reading(
            pages=pages,
            index=OrderIndex(order for sheet in sheets for order in sheet.orders),
            problems=tuple(problem for sheet in sheets for problem in sheet.problems),
            found=before.found or any(page.signature for page in pages.values()),
        )

    def _page(self, file: Path, before: _Page | None) -> _Page:
        """*file* as it is now, over what it was."""
        old = Sheet(orders=(), problems=()) if before is None else before.sheet
        try:
            signature = _signature(file)
            same = before is not None and before.signature == signature
            if before is not None and same and not old.cut:
                return before
            data = file.read_bytes()
            settled = same or before is None
        except OSError:
            return _Page(signature=None, sheet=replace(old, problems=(_missing(file),)))
        sheet = self._reader.read(data, file.name, settled=settled)
        if sheet.cut or not data.strip():  # half-written: what was there still holds
            sheet = replace(sheet, orders=_over(old, sheet))
        return _Page(signature=signature, sheet=sheet)

    def _files(self) -> list[Path]:
        if not self._path.is_dir():
            return [self._path]
        return sorted(
            file
            for file in self._path.iterdir()
            if file.suffix.lower() in _ENDINGS and not file.name.startswith((".", "~"))
        )

    def _watched(self) -> Path:
        """The folder to watch: of the files, or the nearest one that exists."""
        if self._path.is_dir():
            return self._path
        return next(
            folder for folder in self._path.absolute().parents if folder.is_dir()
        )


def _over(old: Sheet, new: Sheet) -> tuple[Order, ...]:
    return OrderIndex((*old.orders, *new.orders)).all()


def _signature(file: Path) -> _Signature:
    stat = file.stat()
    return stat.st_mtime_ns, stat.st_size, stat.st_ino


def _missing(file: Path) -> Problem:
    return Problem(
        place=Place(file=file.name),
        code="W801",
        zh="订单表读不到，先用上次读到的订单：请检查文件是否存在、是否被别的程序占用。",
        en="The order file can't be read, the orders read last are used: "
        "check that it exists and isn't locked.",
    )
