"""The figures of understanding.py as tables that people read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from rich.console import Console
from rich.table import Table

_WIDE = 150
#: Each share of a set, and how it is headed.
_SHARES = {
    "top1": "top-1",
    "among3": "among 3",
    "precision": "precision",
    "recall": "recall",
    "oos_answered": "oos\nanswered",
    "oos_passed_on": "oos near, domain\npassed on",
    "chat_passed_on": "oos chat\npassed on",
    "rec_at_p90": "rec@P90",
}


def show(found: Mapping[str, Any]) -> None:
    """Print every table there is something for, the aims last."""
    console = Console()
    if not console.is_terminal:
        console = Console(width=_WIDE)
    for table in _tables(found):
        if table.row_count:
            console.print(table)
    if found["missing"]:
        console.print("not measured, no data: " + ", ".join(found["missing"]))


def _tables(found: Mapping[str, Any]) -> Iterable[Table]:
    sets = found["sets"]
    yield _sets(sets)
    yield _kinds(sets)
    yield _peers(sets)
    yield _noise(sets)
    yield from _chat(found.get("chat", {}))
    yield from _mood(found.get("mood", {}))
    yield _aims(found["aims"])


def _sets(sets: Mapping[str, Any]) -> Table:
    table = _table("questions", "set", "n", *_SHARES.values(), "s")
    for name, found in sets.items():
        cells = (_interval(found["figures"][share]) for share in _SHARES)
        table.add_row(name, f"{found['queries']:,}", *cells, str(found["seconds"]))
    return table


def _kinds(sets: Mapping[str, Any]) -> Table:
    outcomes = ("answer", "clarify", "handoff", "ignore")
    table = _table("outcomes by kind of query", "set", "kind", "queries", *outcomes)
    for name, found in sets.items():
        for kind, counts in found["kinds"].items():
            cells = (f"{counts[each]:.1%}" for each in outcomes)
            table.add_row(name, kind, f"{counts['queries']:,}", *cells)
    return table


def _peers(sets: Mapping[str, Any]) -> Table:
    methods = list(dict.fromkeys(m for each in sets.values() for m in _methods(each)))
    table = _table("top-1 / rec@P90 of each method", "set", *methods)
    if len(methods) < 2:
        return Table()
    for name, found in sets.items():
        known = _methods(found)
        table.add_row(name, *(_pair(known.get(method)) for method in methods))
    return table


def _methods(found: Mapping[str, Any]) -> dict[str, Any]:
    return {"streambot": found["figures"]} | found.get("peers", {})


def _pair(figures: Mapping[str, Any] | None) -> str:
    if figures is None:
        return "-"
    return f"{_plain(figures['top1'])} / {_plain(figures['rec_at_p90'])}"


def _noise(sets: Mapping[str, Any]) -> Table:
    kinds = list(dict.fromkeys(k for each in sets.values() for k in _of(each, "noise")))
    table = _table("top-1 lost when typed worse", "set", *kinds)
    for name, found in sets.items():
        noise = _of(found, "noise")
        if noise:
            losses = (f"{noise[kind]['loss']:+.3f}" for kind in kinds)
            table.add_row(name, *losses)
    return table


def _chat(chat: Mapping[str, Any]) -> Iterable[Table]:
    table = _table(
        f"recorded rooms, per 1,000 lines ({chat.get('seconds')} s)",
        *("book", "room", "lines", "false answers"),
        *("handoffs", "clarifies", "second looks"),
    )
    for book, rooms in _of(chat, "books").items():
        for room, counts in rooms.items():
            lines, *rest = counts.values()
            table.add_row(book, room, f"{lines:,}", *(f"{value:.2f}" for value in rest))
    yield table


def _mood(mood: Mapping[str, Any]) -> Iterable[Table]:
    if not mood:
        return
    table = _table(
        f"mood ({mood['seconds']} s)", "what", "positive", "lines", "flagged"
    )
    parts = {"": mood, "insults: ": _of(mood, "offensive")}
    parts |= {f"{peer}: ": each for peer, each in _of(mood, "peers").items()}
    for title, found in parts.items():
        for kind, counts in _of(found, "kinds").items():
            yes = "yes" if counts["positive"] else ""
            flagged = _interval(counts["flagged"])
            table.add_row(title + kind, yes, f"{counts['lines']:,}", flagged)
        for name in ("precision", "recall"):
            if name in found:
                table.add_row(f"{title}{name}", "", "", _interval(found[name]))
        for name in ("average_precision", "average_precision_at_natural"):
            if name in found:
                table.add_row(f"{title}{name}", "", "", _plain(found[name]))
    for name, share in _of(mood, "at_1_percent_of_chat").items():
        peers = ", ".join(
            f"{peer} {figures['at_1_percent_of_chat'][name]:.3f}"
            for peer, figures in _of(mood, "peers").items()
        )
        table.add_row(f"{name}, at 1 % of chat", "", peers, f"{share:.3f}")
    for room, per_1000 in mood["flagged_per_1000"].items():
        table.add_row(f"{room}, per 1,000", "", "", f"{per_1000:.2f}")
    yield table


def _aims(aims: Iterable[Mapping[str, Any]]) -> Table:
    table = _table("aims", "figure", "found", "aim", "")
    for each in aims:
        sign = "<=" if each["at_most"] else ">="
        mark = "" if each["met"] else "missed"
        aim = f"{sign} {each['aim']:.3g}"
        table.add_row(each["figure"], f"{each['value']:.3f}", aim, mark)
    return table


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left")
    for number, column in enumerate(columns):
        table.add_column(column, justify="right" if number else "left")
    return table


def _of(found: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part: Mapping[str, Any] = found.get(name, {})
    return part


def _interval(figure: Mapping[str, float | None]) -> str:
    if figure["value"] is None:
        return "-"
    low, high = (f"{figure[end]:.3f}".removeprefix("0") for end in ("low", "high"))
    return f"{figure['value']:.3f} {low}-{high}"


def _plain(figure: Any) -> str:
    value = figure["value"] if isinstance(figure, Mapping) else figure
    return "-" if value is None else f"{value:.3f}"
