"""Measures a set of questions: streambot, the known methods, and the same lines typed worse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import _peers
from _figures import Ruling, by_kind, figures, ranking
from _noise import noises, noisy
from _rulings import Looks, base_of, bases, rulings
from _sets import ANSWERABLE, Query, phrasings, queries

from streambot.cli.faq_match import Bases

#: The sets that are also typed worse; noise is Chinese.
_NOISED = ("jd", "oppo500", "ant")


def questions(
    data: Path, name: str, looks: Looks, *, peers: bool, noise: bool
) -> dict[str, Any]:
    """The figures of the set called *name*."""
    asked = queries(data, name)
    books = bases(looks, base_of(data, name))
    ruled = rulings(books, asked)
    found: dict[str, Any] = {
        "queries": len(asked),
        "figures": figures(ruled),
        "kinds": by_kind(ruled),
    }
    if noise and name in _NOISED:
        found["noise"] = _losses(books, asked, ruled)
    if peers:
        sold = phrasings(data, name)
        found["peers"] = {
            title: ranking(_peers.rulings(method, sold, asked))
            for title, method in _peers.methods().items()
        }
    return found


def _losses(
    books: Bases, asked: Sequence[Query], ruled: Sequence[Ruling]
) -> dict[str, dict[str, float]]:
    """The points of top-1 that each noise costs on the answerable queries."""
    clean = sum(ruling.cell.first for ruling in ruled)
    answerable = [query for query in asked if query.kind == ANSWERABLE]
    texts = [query.text for query in answerable]
    found = {}
    for name, noise in noises().items():
        typed = zip(answerable, noisy(noise, texts), strict=True)
        cells = [
            ruling.cell
            for ruling in rulings(
                books, [replace(query, text=text) for query, text in typed]
            )
        ]
        first = sum(cell.first for cell in cells)
        answered = sum(cell.outcome == "answer" for cell in cells)
        found[name] = {
            "top1": first / len(cells),
            "loss": (clean - first) / len(cells),
            "answered": answered / len(cells),
            "wrong": (answered - sum(cell.right for cell in cells)) / len(cells),
        }
    return found
