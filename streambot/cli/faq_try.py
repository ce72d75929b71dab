"""``streambot faq try``: what a line would be answered, and why."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from streambot.cli.books import book_options, shelf_from, show, usable
from streambot.cli.match_words import (
    BESIDE,
    MOODS,
    OUTCOMES,
    SOUNDS,
    VETOES,
    grounds_in_words,
    in_words,
    printable,
    reason_in_words,
)
from streambot.cli.second_look import CommandLook, second_look_option
from streambot.domain.faq.entry import FaqBook
from streambot.domain.faq.likeness import Likeness
from streambot.domain.faq.match import Candidate
from streambot.domain.product import Product

if TYPE_CHECKING:
    from streambot.application.explaining import Explained

#: Below this an entry is told of in one line.
_UNLIKELY = 0.05


@click.command(name="try")
@click.argument("text")
@book_options
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
    from streambot.application.explaining import as_fields, asked_alone, explain
    from streambot.domain.understanding import Understanding

    shelf = shelf_from(paths, config, room)
    reading = shelf.read()
    book = usable(reading)
    show(reading.problems, errors_only=True, err=True)
    understanding = Understanding.of(book, shelf.settings)
    shown, now = _product(book, product), datetime.now(UTC)
    first = asked_alone(understanding, text, at=now, product=shown)
    look = CommandLook(second_look, shelf.encoder, shelf.data_dir)
    likeness = look.likeness(
        book.version, understanding.matcher, first.text, first.match
    )
    asked = asked_alone(
        understanding, text, at=now, product=shown, first=first, likeness=likeness
    )
    reader = understanding.mood
    mood = look.mood(reader, text, reader.read(text))
    found = explain(understanding, text, at=now, product=shown, asked=asked, mood=mood)
    if as_json:
        fields = as_fields(found)
        fields["second_look"] = None if likeness is None else dict(likeness.cosines)
        click.echo(json.dumps(fields, ensure_ascii=False))
    else:
        _print(found, _nearest(likeness))


def _product(book: FaqBook, name: str | None) -> Product | None:
    if name is None:
        return None
    for product in book.catalogue.products:
        if name in (product.id, str(product.link), product.name):
            return product
    raise click.BadParameter(
        f"没有商品“{name}” · there is no product {name}", param_hint="--product"
    )


def _nearest(likeness: Likeness | None) -> str:
    """What the encoder finds nearest in meaning."""
    if likeness is None or not likeness.cosines:
        return "没有用到 not needed"
    phrase = max(likeness.cosines, key=likeness.cosines.__getitem__)
    return f"意思最近的是“{phrase}” nearest in meaning，{likeness.cosines[phrase]:.2f}"


def _print(found: Explained, look: str) -> None:
    from rich.console import Console
    from rich.text import Text

    from streambot.application.beside_the_book import beside_the_book
    from streambot.domain.faq.normalise import folded

    console, match = Console(soft_wrap=True), found.match
    facts = [
        ("弹幕 line", printable(found.text)),
        ("读作 read as", found.plain),
        ("结果 outcome", f"{OUTCOMES[match.outcome]}，{match.score:.2f}"),
        ("原因 reason", reason_in_words(match.reason)),
        (
            "按问答本是店里的事 the shop's matter by its book",
            f"{100 * match.shop:.0f}%",
        ),
        ("听着 sounds", "-" if found.sound is None else SOUNDS[found.sound]),
        ("复核 second look", look),
        ("情绪 mood", _feeling(found)),
    ]
    beside = [BESIDE[each] for each in beside_the_book(folded(found.text))]
    if beside:
        told = f"{'、'.join(beside)}；这里只看问答本 · this is the book alone"
        facts.append(("直播间还要看 a room looks at as well", told))
    if found.intent is not None:
        facts.append(
            ("常见问题 common question", f"{found.intent.title}（{found.intent.id}）")
        )
    if match.entry is not None:
        said = (
            found.answer
            or "缺商品或店铺的值，会转人工 · a value is missing: a person is asked"
        )
        facts += [("条目 entry", match.entry), ("回答 answer", said)]
    facts += [
        ("依据 evidence", f"{printable(each.text)} [{each.start}, {each.end})")
        for each in found.evidence
    ]
    for name, value in facts:
        console.print(Text(f"{name}: {value}"))
    if match.candidates:
        console.print(Text("候选 candidates:"))
    for rank, each in enumerate(match.candidates, start=1):
        for line in _candidate(rank, each, found.plain):
            console.print(Text(line))


def _feeling(found: Explained) -> str:
    """The mood and the words that tell it."""
    words = "、".join(printable(each.text) for each in found.mood.evidence)
    return MOODS[found.mood.mood] + (f"（{words}）" if words else "")


def _candidate(rank: int, each: Candidate, plain: str) -> Iterator[str]:
    """An entry with its score and veto, and what decided; the least likely in brief."""
    from streambot.domain.faq.grounds import grounds
    from streambot.domain.faq.normalise import normalise
    from streambot.domain.faq.terms import plain_terms

    yield f"{rank:>2}. {each.entry}  {each.score:.2f}  最像 closest to“{each.phrasing}”"
    if each.veto is not None:
        yield f"    否决 veto：{in_words(VETOES, each.veto)}"
    if each.score < _UNLIKELY and rank > 1:
        return
    common = plain_terms(plain) & plain_terms(normalise(each.phrasing))
    words = sorted(word for word in common if len(word) > 1 or word.isascii())
    if words:
        yield f"    共同的词 in common：{' '.join(words)}"
    for line in grounds_in_words(grounds(each)):
        yield f"    {line}"
