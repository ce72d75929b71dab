"""``streambot faq learn``: one more phrasing for an entry, after seeing what it changes."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

import click

from streambot.cli.books import (
    Shelf,
    book_options,
    open_config,
    refuse_the_demo,
    room_of,
    shelf_from,
    show,
    usable,
)
from streambot.cli.match_words import printable
from streambot.domain.faq.entry import FaqBook, FaqEntry, FaqId
from streambot.domain.faq.phrasing import Unfit, as_phrasing, why_unfit
from streambot.domain.faq.rehearsal import Change, Kind, Rehearsal, rehearse

_LINES_TRIED = 5_000
_SHOWN = 10
_YES = frozenset(
    {"是", "是的", "好", "好的", "要", "写", "可以", "行", "对", "y", "yes"}
)


@click.command()
@click.argument("line")
@click.option(
    "--entry",
    required=True,
    help="加到哪一条（编号） · the id of the entry it belongs to",
)
@book_options
@click.option(
    "--dry-run", is_flag=True, help="只看会改变什么，不写文件 · show, write nothing"
)
@click.option("--yes", is_flag=True, help="不再询问，直接写 · write without asking")
def learn(
    line: str,
    entry: str,
    paths: tuple[Path, ...],
    config: Path | None,
    room: str | None,
    *,
    dry_run: bool,
    yes: bool,
) -> None:
    """这句属于那条：看会改变什么，再加进问法 · LINE belongs to an entry: see the effect, then add it.

    Exits with 1 when it can't be added.
    """
    refuse_the_demo(paths, config)
    shelf = shelf_from(paths, config, room)
    reading = shelf.read()
    show(reading.problems, errors_only=True, err=True)
    book, text = usable(reading), as_phrasing(line)
    found = next((each for each in book.entries if each.id == entry), None)
    if found is None:
        _refuse(_unknown(entry, book))
    unfit = why_unfit(text, found, book)
    if unfit is not None:
        _refuse(unfit)
    rehearsal = rehearse(
        book,
        found.id,
        text,
        settings=shelf.settings,
        lines=() if paths else _heard(config, room),
        at=datetime.now(UTC),
    )
    _tell(text, found.id, rehearsal)
    broken = rehearsal.why_not()
    if broken is not None:
        _refuse(broken)
    _write(shelf, found, text, dry_run=dry_run, yes=yes)


def _refuse(unfit: Unfit) -> NoReturn:
    click.echo(f"{unfit.zh} {unfit.en}", err=True)
    sys.exit(1)


def _unknown(entry: str, book: FaqBook) -> Unfit:
    from streambot.authoring.closest import closest

    likely = closest(entry, [str(each.id) for each in book.entries])
    hint = (f"是不是“{likely}”？", f' Did you mean "{likely}"?') if likely else ("", "")
    return Unfit(
        code="no_entry",
        zh=f"问答本里没有“{entry}”。{hint[0]}",
        en=f'The book has no entry "{entry}".{hint[1]}',
    )


def _heard(config: Path | None, name: str | None) -> Sequence[tuple[str, int]]:
    """The room's newest lines with how often each was said."""
    from streambot.adapters.store.peek import newest_lines

    settings = open_config(config)
    room = room_of(settings, name)
    said = newest_lines(settings.data_dir, room.name, _LINES_TRIED)
    return list(Counter(said).items())


def _tell(text: str, entry: FaqId, rehearsal: Rehearsal) -> None:
    unseen = [each for each in rehearsal.harms if each.kind is Kind.UNSEEN]
    broken = [each for each in rehearsal.harms if each.kind is not Kind.UNSEEN]
    click.echo(
        f"“{printable(text)}” → {entry}，试了 {rehearsal.tried} 句 · {rehearsal.tried} lines tried"
    )
    for changes, zh, en in (
        (broken, "问答本自己的例句会答错", "of the book's own examples would go wrong"),
        (rehearsal.lost, "不再回答", "would no longer be answered"),
        (rehearsal.switched, "会换成别的答案", "would get another answer"),
        (rehearsal.answered, "新答上", "more would be answered"),
        (unseen, "没写进书里就会答错", "would go wrong were they not written down"),
    ):
        _list(changes, zh, en)
    if not rehearsal.changes:
        click.echo("别的都不变 · nothing else changes")


def _list(changes: Sequence[Change], zh: str, en: str) -> None:
    if not changes:
        return
    click.echo(f"{zh} {len(changes)} 句 · {len(changes)} {en}")
    for each in changes[:_SHOWN]:
        before, after = each.before or "-", each.after or "-"
        click.echo(f"  {printable(each.text)} ×{each.times}：{before} → {after}")
    if len(changes) > _SHOWN:
        click.echo(f"  … {len(changes) - _SHOWN}")


def _agreed(place: str) -> bool:
    """Whether the person at the keyboard says yes; anything else is a no."""
    click.echo(f"写进 {place} 吗？是/否 Write it? y/n: ", nl=False)
    try:
        said = input()
    except EOFError:
        click.echo()
        _refuse(
            Unfit(
                code="unanswered",
                zh="没有写：没人回答。要不问就写，请加 --yes。",
                en="Not written: nobody answered. Add --yes to write without being asked.",
            )
        )
    return said.strip().lower() in _YES


def _write(
    shelf: Shelf, entry: FaqEntry, text: str, *, dry_run: bool, yes: bool
) -> None:
    from streambot.authoring.learned import home_of, spliced, write_phrasing
    from streambot.authoring.splice import CannotSplice

    home = home_of(shelf.paths, shelf.products, entry.id)
    assert home is not None  # it was just read from there
    place = f"{home.path.as_posix()}:{home.line}"
    try:
        spliced(home, entry.id, text)
        if dry_run:
            return
        if not yes and not _agreed(place):
            click.echo("没有写，文件没动。 Nothing was written.")
            return
        backup = write_phrasing(home, entry.id, text)
    except CannotSplice as error:
        _refuse(Unfit(code="file", zh=error.zh, en=error.en))
    except OSError as error:
        why = error.strerror or type(error).__name__
        _refuse(
            Unfit(code="file", zh=f"写不进去（{why}）。", en=f"Not written ({why}).")
        )
    else:
        click.echo(
            f"已加入 {place}，原文件在 {backup.name} · added; the old file is {backup.name}"
        )
