"""Wording: what the guard says of answers and product values, told when a file is read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from streambot.authoring.decode import Source
from streambot.authoring.faq_file import Draft
from streambot.authoring.kinds import Texts
from streambot.authoring.problem import Place, Problem
from streambot.authoring.reader import Reader
from streambot.authoring.tree import Scalar, Value
from streambot.domain.catalogue_lookup import fill
from streambot.domain.faq.entry import Visibility
from streambot.domain.guard import Guard, Remark
from streambot.domain.guard_rules import Severity
from streambot.domain.product import Catalogue, Product

_BRACES = re.compile(r"\{([^{}\n]*)\}")
_CODES = {
    Severity.ERROR: "E301",
    Severity.WARNING: "W321",
    Severity.SUGGESTION: "W322",
}
_SAID = ("name", "price", "stock", "coupon", "notes")
_FILLED = 30  # products one answer is tried with
_DEEP = 40  # lines a text may run on below its first


def wording_of(
    draft: Draft, catalogue: Catalogue | None, guard: Guard
) -> Iterator[Problem]:
    """What the guard says of an entry's answers, as they are and with every value filled in."""
    entry = draft.entry
    public = entry.visibility is not Visibility.PRIVATE
    for answer in entry.answers:
        bare = guard.remarks(_BRACES.sub("1", answer), public=public)
        for remark in bare:
            yield problem_of(draft.source, draft.at(answer), entry.id, answer, remark)
        said = {(remark.rule, remark.text) for remark in bare}
        for product, text in _filled(draft, answer, catalogue):
            for remark in guard.remarks(text, public=public):
                if (remark.rule, remark.text) in said:
                    continue
                said.add((remark.rule, remark.text))
                yield _filled_problem(draft, answer, product, remark)


def _filled(
    draft: Draft, answer: str, catalogue: Catalogue | None
) -> Iterator[tuple[Product | None, str]]:
    """*answer* with the values of each product it may be about."""
    if catalogue is None or "{" not in answer:
        return
    wanted = set(draft.entry.products)
    about: Iterable[Product | None] = [
        product
        for product in catalogue.products
        if not wanted or wanted & {product.id, str(product.link)}
    ][:_FILLED]
    if "{product." not in answer:
        about = [None]
    for product in about:
        text = fill(answer, product, catalogue.shop, "您")
        if text is not None:
            yield product, text


def problem_of(
    source: Source, start: Place, key: str, text: str, remark: Remark
) -> Problem:
    """The problem that *remark* is of *text*, which stands at *start* or below."""
    place, corrected = _put_right(source, start, text, remark)
    zh, en = _opening(remark.severity)
    return Problem(
        place=place,
        code=_CODES[remark.severity],
        zh=f"{zh}{remark.hint_zh}",
        en=f"{en}{remark.hint_en}",
        key=key,
        found=source.line(place.line),
        corrected=corrected,
    )


def _filled_problem(
    draft: Draft, answer: str, product: Product | None, remark: Remark
) -> Problem:
    whose = "" if product is None else f"“{product.name}”的值"
    place = draft.at(answer)
    zh, en = _opening(remark.severity)
    return Problem(
        place=place,
        code=_CODES[remark.severity],
        zh=f"填入{whose or '店铺的值'}以后，{zh}{remark.hint_zh}",
        en=f"With the values of {product.name if product else 'the shop'}: {en}{remark.hint_en}",
        key=draft.entry.id,
        found=draft.source.line(place.line),
    )


def _opening(severity: Severity) -> tuple[str, str]:
    match severity:
        case Severity.ERROR:
            return "这句发不出去，会被拦下。", "This would be held. "
        case Severity.WARNING:
            return "这句能发，请再确认。", "Please make sure of this. "
        case Severity.SUGGESTION:
            return "这句可以说得更好。", "This could be said better. "


def _put_right(
    source: Source, start: Place, text: str, remark: Remark
) -> tuple[Place, str | None]:
    """Where the words stand in the file, and their line as it should be."""
    for number in range(start.line, start.line + _DEEP):
        line = source.line(number)
        since = start.column - 1 if number == start.line else 0
        at = line.find(remark.text, since)
        if at < 0:
            continue
        place = Place(file=start.file, line=number, column=at + 1)
        better = _replacement(text, remark)
        if better is None:
            return place, None
        words, dropped = better
        return place, f"{line[:at]}{words}{line[at + len(remark.text) + dropped :]}"
    return start, None


def _replacement(text: str, remark: Remark) -> tuple[str, int] | None:
    """What stands for the words where the rest is as it was, and how much behind them is gone."""
    plain = _BRACES.sub("1", text)
    corrected = remark.corrected
    if corrected is None:
        return None
    head, tail = plain[: remark.start], plain[remark.end :]
    for rest in (tail, tail.lstrip(" ，,。.、")):
        if corrected.startswith(head) and corrected.endswith(rest):
            words = corrected[len(head) : len(corrected) - len(rest)]
            return words, len(tail) - len(rest)
    return None


def sayable(
    catalogue: Catalogue, source: Source, guard: Guard
) -> tuple[Catalogue, list[Problem]]:
    """*catalogue* without the values that would be held, and what the guard says of each."""
    problems: list[Problem] = []
    products = []
    line = 1
    for product in catalogue.products:
        line = _line_of(source, product.name, line)
        for name in _SAID:
            value = getattr(product, name)
            if value and _is_held(
                source, line, f"products.{name}", value, guard, problems
            ):
                product = _without(product, name)
        products.append(product)
    shop = {
        name: value
        for name, value in catalogue.shop.items()
        if not _is_held(source, 1, f"shop.{name}", value, guard, problems)
    }
    return replace(catalogue, products=tuple(products), shop=shop), problems


def _without(product: Product, name: str) -> Product:
    """*product* without one value, so that whoever asks for it is handed to a person."""
    match name:
        case "price":
            return replace(product, price=None)
        case "stock":
            return replace(product, stock=None)
        case "coupon":
            return replace(product, coupon=None)
        case "notes":
            return replace(product, notes=None)
    return product  # one without a name is none; its answers are told


def _is_held(
    source: Source,
    line: int,
    key: str,
    value: str,
    guard: Guard,
    problems: list[Problem],
) -> bool:
    """Whether *value* may not be said at all; what the guard says of it goes to *problems*.

    What only the public may not read is told of the answers that would say it there.
    """
    remarks = [
        remark
        for remark in guard.remarks(value, public=False)
        if remark.severity is not Severity.SUGGESTION
    ]
    number = _line_of(source, value, line)
    column = max(source.line(number).find(value), 0) + 1
    place = Place(file=source.file, line=number, column=column)
    problems += [problem_of(source, place, key, value, remark) for remark in remarks]
    return any(remark.severity is Severity.ERROR for remark in remarks)


def _line_of(source: Source, text: str, since: int) -> int:
    """The first line from *since* that holds *text*, or *since*."""
    first = text.split("\n", 1)[0]
    for number in range(since, len(source.lines) + 1):
        if first in source.line(number):
            return number
    return since


def sayable_texts(
    value: Value, guard: Guard, reader: Reader, key: str
) -> tuple[str, ...]:
    """The texts of a list that may be said in public; what the guard says is reported.

    One that would be held is left out with a warning: the others, or the built-in ones, stay.
    """
    kept: dict[str, None] = {}
    for item in Texts().split(value):
        if not isinstance(item, Scalar) or not item.text.strip():
            continue
        text = item.text.strip()
        if may_be_said(item, guard, reader, key):
            kept[text] = None
    return tuple(kept)


def may_be_said(item: Scalar, guard: Guard, reader: Reader, key: str) -> bool:
    """Whether a text may be said in public; what the guard says of it is reported."""
    text = item.text.strip()
    remarks = guard.remarks(_BRACES.sub("1", text), public=True)
    for remark in remarks:
        held = remark.severity is Severity.ERROR
        problem = problem_of(reader.source, item.place, key, text, remark)
        left_out = ("W324", f"{problem.zh}这句先不用。", f"{problem.en} Left out.")
        code, zh, en = left_out if held else (problem.code, problem.zh, problem.en)
        reader.report(code, problem.place, key, zh, en, corrected=problem.corrected)
    return all(remark.severity is not Severity.ERROR for remark in remarks)
