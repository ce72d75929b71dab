"""``streambot faq try`` and ``faq test``: what a line would be answered, and whether it should be."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from streambot.cli.books import Shelf, shelf_of, shelf_of_room, show, usable
from streambot.cli.faq_match import as_fields
from streambot.cli.second_look import CommandLook, second_look_option
from streambot.domain.faq.entry import FaqBook
from streambot.domain.faq.likeness import Likeness
from streambot.domain.faq.match import FaqMatch
from streambot.domain.faq.matcher import BookMatcher
from streambot.domain.mood import Mood, MoodReader, MoodReading
from streambot.domain.product import Product

if TYPE_CHECKING:
    from rich.table import Table

_OUTCOMES = {
    "answer": "直接回答 answered",
    "clarify": "反问顾客 asked back",
    "handoff": "转人工 handed to a person",
    "ignore": "不理会 ignored",
}
_REASONS = {
    "answered": "第一名够像，也领先够多 · the best is sure enough and leads",
    "margin": "前两名太接近 · the two best are too close",
    "below_answer": "像，但没到直接回答的门槛 · alike, but below answer_at",
    "below_suggest": "都不够像 · nothing is alike enough",
    "vetoed": "最像的都被否决了 · whatever is alike is vetoed",
    "no_candidate": "问答本里没有沾边的 · nothing in the book comes near",
    "empty": "没有文字，只有标点或表情 · no words in it",
    "asked_human": "顾客要找人工 · the viewer asks for a person",
    "after_sale": "是订单或售后的事 · an order or after-sale matter",
}
_VETOES = {
    "numbers": "数字不同 different numbers",
    "exclusive": "意思相反 words that exclude each other",
    "expired": "不在有效期 not in force now",
    "must": "缺“必须有”的词 lacks a must word",
    "any": "缺“任一有”的词 lacks every any word",
    "none": "有“不能有”的词 holds a none word",
    "product": "不是这个商品 another product",
    "not_question": "像“不是问”里的话 like a not_question",
}
_MOODS = {
    Mood.CALM: "平静 calm",
    Mood.UNEASY: "有点不满 uneasy",
    Mood.ANGRY: "生气，会转人工 angry: a person is asked",
}

_paths = click.option(
    "--faq",
    "paths",
    multiple=True,
    type=click.Path(path_type=Path, exists=True),
    help="问答文件或文件夹；不写就用 config.yaml 的 · FAQ files; else those of config.yaml",
)
_config = click.option(
    "--config",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="默认当前目录的 config.yaml · config.yaml here by default",
)
_room = click.option("--room", help="哪个直播间，默认第一个 · the first one by default")


def _shelf(paths: tuple[Path, ...], config: Path | None, room: str | None) -> Shelf:
    return shelf_of(paths) if paths else shelf_of_room(config, room)


@click.command(name="try")
@click.argument("text")
@_paths
@_config
@_room
@second_look_option
@click.option("--product", help="正在讲的商品（编号或链接号） · the product on screen")
@click.option("--json", "as_json", is_flag=True, help="给程序看的结果 · for programs")
def try_(
    text: str,
    paths: tuple[Path, ...],
    config: Path | None,
    room: str | None,
    second_look: str,
    product: str | None,
    *,
    as_json: bool,
) -> None:
    """试问一句：会怎么答、为什么 · what TEXT would be answered, and why."""
    shelf = _shelf(paths, config, room)
    reading = shelf.read()
    book = usable(reading)
    show(reading.problems, errors_only=True, err=True)
    shown = _product(book, product)
    found, likeness = CommandLook(second_look, shelf.encoder, shelf.data_dir).match(
        book.version,
        BookMatcher(book, shelf.settings),
        text,
        at=datetime.now(UTC),
        product=None if shown is None else shown.id,
    )
    answer = _answer(book, found, text, shown)
    mood = MoodReader(book.angry_words, book.benign_words).read(text)
    if as_json:
        cosines = None if likeness is None else dict(likeness.cosines)
        fields = {"text": text, **as_fields(found), "answer": answer}
        fields["second_look"] = cosines
        click.echo(json.dumps(fields | {"mood": mood.mood}, ensure_ascii=False))
    else:
        _print(text, found, answer, mood, _nearest(likeness))


def _product(book: FaqBook, name: str | None) -> Product | None:
    if name is None:
        return None
    for product in book.catalogue.products:
        if name in (product.id, str(product.link), product.name):
            return product
    raise click.BadParameter(
        f"没有商品“{name}” · there is no product {name}", param_hint="--product"
    )


def _answer(
    book: FaqBook, found: FaqMatch, text: str, shown: Product | None
) -> str | None:
    """The first of the entry's answers whose values are all known."""
    from streambot.domain.catalogue_lookup import fill, find_product

    entry = next((each for each in book.entries if each.id == found.entry), None)
    if entry is None:
        return None
    product = find_product(
        text, book.catalogue, None if shown is None else shown.id, entry.products
    )
    filled = (
        fill(answer, product, book.catalogue.shop, "小明") for answer in entry.answers
    )
    return next(filter(None, filled), None)


def _nearest(likeness: Likeness | None) -> str:
    """What the encoder finds nearest in meaning."""
    if likeness is None or not likeness.cosines:
        return "没有用到 not needed"
    phrase = max(likeness.cosines, key=likeness.cosines.__getitem__)
    return f"意思最近的是“{phrase}” nearest in meaning，{likeness.cosines[phrase]:.2f}"


def _print(
    text: str, found: FaqMatch, answer: str | None, mood: MoodReading, look: str
) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from streambot.domain.faq.normalise import normalise

    console = Console(soft_wrap=True)
    facts = [
        ("弹幕 line", _plain(text)),
        ("读作 read as", normalise(text)),
        ("结果 outcome", f"{_OUTCOMES[found.outcome]}，{found.score:.2f}"),
        ("原因 reason", _REASONS.get(found.reason, found.reason)),
        ("复核 second look", look),
        ("情绪 mood", _feeling(mood)),
    ]
    if found.entry is not None:
        said = (
            answer
            or "缺商品或店铺的值，会转人工 · a value is missing: a person is asked"
        )
        facts += [("条目 entry", found.entry), ("回答 answer", said)]
    for name, value in facts:
        console.print(Text(f"{name}: {value}"))
    if found.candidates:
        table = Table(box=SIMPLE_HEAD, pad_edge=False)
        _fill(table, normalise(text), found)
        console.print(table)


def _feeling(mood: MoodReading) -> str:
    """The mood and the words that tell it."""
    words = "、".join(_plain(each.text) for each in mood.evidence)
    return _MOODS[mood.mood] + (f"（{words}）" if words else "")


def _fill(table: Table, plain: str, found: FaqMatch) -> None:
    from rapidfuzz.fuzz import ratio
    from rich.text import Text

    from streambot.domain.faq.index import terms_of
    from streambot.domain.faq.normalise import normalise

    table.add_column("候选\nentry", overflow="fold", min_width=15)
    table.add_column("分数\nscore")
    table.add_column("最像的问法\nclosest question", overflow="fold")
    table.add_column("字面\nletters")
    table.add_column("共同的词\nin common", overflow="fold")
    table.add_column("否决\nveto", overflow="fold")
    for each in found.candidates:
        phrasing = normalise(each.phrasing)
        common = terms_of(plain) & terms_of(phrasing)
        words = sorted(word for word in common if len(word) > 1 or word.isascii())
        veto = "" if each.veto is None else _VETOES.get(each.veto, each.veto)
        cells = (
            each.entry,
            f"{each.score:.2f}",
            each.phrasing,
            f"{ratio(plain, phrasing):.0f}%",
            " ".join(words),
            veto,
        )
        table.add_row(*map(Text, cells))


def _plain(text: str) -> str:
    """*text* without what a terminal would act on."""
    return "".join(char for char in text if char.isprintable())


@click.command()
@_paths
@_config
@_room
def test(paths: tuple[Path, ...], config: Path | None, room: str | None) -> None:
    """用每条的 tests 例句检查问答本 · try every entry's own tests; exits with 1 when one fails."""
    shelf = _shelf(paths, config, room)
    reading = shelf.read()
    show(reading.problems, errors_only=True, err=True)
    book = usable(reading)
    matcher, now = BookMatcher(book, shelf.settings), datetime.now(UTC)
    tried = failed = 0
    for entry in book.entries:
        for wanted, lines in ((True, entry.tests_match), (False, entry.tests_not)):
            for line in lines:
                found = matcher.match(line, at=now)
                tried += 1
                if (found.entry == entry.id) is not wanted:
                    failed += 1
                    click.echo(_failure(entry.id, line, found, wanted=wanted))
    click.echo(
        f"试了 {tried} 句，{failed} 句不对 · {tried} lines tried, {failed} failed"
    )
    sys.exit(1 if failed or reading.errors else 0)


def _failure(entry: str, line: str, found: FaqMatch, *, wanted: bool) -> str:
    if not wanted:
        return f"{entry}：“{line}”不该答这条，却答了 · should not be answered by this entry"
    got = found.entry or _OUTCOMES[found.outcome]
    return (
        f"{entry}：“{line}”应该答这条，结果是 {got}（{found.score:.2f}） · "
        f"should be answered by this entry, got {got}"
    )
