"""``streambot faq check``: every mistake in FAQ and product files, and mending the plain ones."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from streambot.cli.books import Shelf, shelf_of, show

if TYPE_CHECKING:
    from streambot.authoring.book import BookReading
    from streambot.authoring.fix import Mended


@click.command()
@click.argument(
    "paths",
    nargs=-1,
    required=True,
    metavar="PATH...",
    type=click.Path(path_type=Path, exists=True),
)
@click.option(
    "--products",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="商品文件；不写就找旁边的 products.yaml · the products file; found by itself mostly",
)
@click.option(
    "--fix",
    is_flag=True,
    help="改好能确定的错误，原文件留作 .bak · mend what is certain, keep a .bak",
)
@click.option("--json", "as_json", is_flag=True, help="给程序看的结果 · for programs")
def check(
    paths: tuple[Path, ...], products: Path | None, *, fix: bool, as_json: bool
) -> None:
    """检查问答文件：哪一行错、怎么改 · check FAQ files: which line is wrong, and how it should be.

    Exits with 0 when there is no error (warnings may be), with 1 when there is one.
    """
    shelf = shelf_of(paths, products)
    mended = _mend(shelf) if fix else []
    reading = shelf.surveyed()
    if as_json:
        _print_json(reading, mended)
    else:
        _print(reading, mended)
    sys.exit(1 if reading.errors else 0)


def _mend(shelf: Shelf) -> list[Mended]:
    """Mend each file; one that can't be written is told and left."""
    from streambot.authoring.book import faq_files
    from streambot.authoring.fix import fix_file

    done = []
    files = faq_files(shelf.paths, shelf.products)
    for path in (*files, *([shelf.products] if shelf.products else [])):
        try:
            mended = fix_file(path, products=path == shelf.products)
        except OSError as error:
            click.echo(
                f"{path}：没有改，写不进去（{error}）。 Not mended, it can't be written.",
                err=True,
            )
            continue
        if mended.backup is not None:
            done.append(mended)
    return done


def _print(reading: BookReading, mended: list[Mended]) -> None:
    for each in mended:
        assert each.backup is not None
        click.echo(
            f"{each.path.as_posix()}：改好了 {len(each.fixed)} 处，原文件在 {each.backup.name} · "
            f"{len(each.fixed)} mended, the file as it was is {each.backup.name}"
        )
    show(reading.problems)
    click.echo(f"{reading.summary()} · {reading.summary('en')}")


def _print_json(reading: BookReading, mended: list[Mended]) -> None:
    result = {
        "usable": reading.usable,
        "errors": reading.errors,
        "warnings": reading.warnings,
        "problems": [problem.as_json() for problem in reading.problems],
        "fixed": [
            {
                "file": each.path.as_posix(),
                "backup": None if each.backup is None else each.backup.as_posix(),
                "problems": [problem.as_json() for problem in each.fixed],
            }
            for each in mended
        ],
    }
    click.echo(json.dumps(result, ensure_ascii=False, indent=2))
