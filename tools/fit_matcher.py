"""Writes streambot/domain/faq/weights.py: what each measure of the matcher counts.

    python -m tools.fit_matcher --data DIR --vectors FILE [--write FIRST] [--write SECOND]

Fewer than a hundred numbers are fitted on sets of other people's questions, on shops written for
this project, and on lines of real rooms, which ask nothing of those books nor of the one that comes
along; no word, vector or sentence of theirs gets into the product. Printed is what the weights reach
on a set none of them has seen (fitted on all others), then what they reach on all. FILE keeps the
encoder's vectors between runs; it stays out of the project.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import numpy as np

from streambot.application.encoder_maps import question_map
from streambot.authoring.book import read_book
from streambot.authoring.judges import domain_judges
from streambot.authoring.pack import shipped_pack
from streambot.bootstrap.encoders import Encoders
from streambot.domain.faq import weights
from streambot.domain.faq.confidence import Weights
from streambot.domain.faq.entry import FaqBook
from streambot.domain.faq.match import MatchSettings
from streambot.domain.faq.measure_names import MEASURES
from tools.matcher_lines import Encoding, books_of, measured
from tools.question_sets import read_chat, read_set
from tools.shops import as_set, read_shops
from tools.softmax import Fit, Lines, Numbers, fit_logistic, fit_softmax
from tools.vector_file import VectorFile

Fitting = Callable[[Mapping[str, Lines]], tuple[Fit, Numbers]]

TARGET = Path("streambot/domain/faq/weights.py")
SETS = ("jd", "ant", "oppo50", "oppo500", "banking77")
#: Lines that were written for this project, and the only set that customers of a real shop wrote.
WRITTEN, REAL = "shops", "jd"
CHAT = 1_500
#: Further lines of rooms, for the book that comes along; an encoder is slow.
_OWN_CHAT = {"FIRST": 4_000, "SECOND": 1_000}
#: Made likelier than fitted is that none of the entries is asked for. A fit takes a wrong answer
#: for as bad as a missing one; to a shop it is worse. Chosen so that of what is answered at the
#: shipped threshold nine in ten are right.
SHIFTS = {"FIRST": 1.0, "SECOND": 0.9}
#: What the nearest phrasing's gist counts at least: the sets' entries are one question worded in
#: many ways, a shop's may hold several, of which a line is like one and not like all together.
LEAST = {
    "FIRST": {"gist": 5.0, "latin_gist": 3.0},
    "SECOND": {"gist": 0.0, "latin_gist": 0.0},
}
#: How firmly weights are held small; too little to matter but where measures say the same.
_SMALL, _SMALL_SHOP = 1e-4, 1 / 60
#: Lines that are the shop's matter, whether or not its book answers them, and lines that aren't.
_SHOPS, _NOBODYS = (
    ("in", "oos_domain", "oos_near"),
    ("oos_chat", "chat", "oos_smalltalk"),
)
_EACH = 1_000.0
_HEAD = '''"""The shipped weights: written by ``python -m tools.fit_matcher``, which says how."""

from __future__ import annotations

from streambot.domain.faq.confidence import Weights

'''


def main() -> None:
    """Measure, fit, print, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--vectors", type=Path, required=True)
    parser.add_argument("--write", action="append", choices=tuple(SHIFTS), default=[])
    given = parser.parse_args()
    encoder = Encoders().load("auto")
    vectors = VectorFile(given.vectors, encoder)
    encoding = Encoding(vectors, question_map(encoder.name))
    written = _HEAD
    for name, shift in SHIFTS.items():
        again = encoding if name == "SECOND" else None
        lines = all_lines(given.data, _OWN_CHAT[name], again)
        least = {MEASURES.index(each): much for each, much in LEAST[name].items()}
        fit = partial(fitted, shift=shift, least=least)
        print_figures(name, lines, fit)
        found = fit(lines) if name in given.write else _shipped(name)
        written += rendered(name, *found)
    if given.write:
        TARGET.write_text(written, encoding="utf-8")


def _shipped(name: str) -> tuple[Fit, Numbers]:
    """The weights as they stand."""
    known: Weights = getattr(weights, name)
    return Fit(np.array(known.entry), np.array(known.none)), np.array(known.shop)


def all_lines(data: Path, own: int, encoding: Encoding | None) -> dict[str, Lines]:
    """The measured lines of every set, and *own* lines of rooms against the book that comes along."""
    pack, chat = shipped_pack(), read_chat(data, CHAT + own)
    lines = {}
    for name in SETS:
        asked = read_set(data, name)
        books = books_of(asked, pack)
        lines[name] = measured(books, asked.queries, chat[:CHAT], encoding)
    shops = as_set(read_shops())
    lines[WRITTEN] = measured(
        books_of(shops, pack), shops.queries, chat[:CHAT], encoding
    )
    lines["own book"] = measured({"": _own_book()}, (), chat[CHAT:], encoding)
    return lines


def _own_book() -> FaqBook:
    """The book that comes along, with the demo's products."""
    return read_book(
        (Path("faq"),),
        products=Path("demo/products.yaml"),
        now=datetime.now(UTC),
        judges=domain_judges(),
    ).book


def fitted(
    sets: Mapping[str, Lines], shift: float, least: Mapping[int, float]
) -> tuple[Fit, Numbers]:
    """The weights for entries and none, and those for the shop's matter.

    A real shop's customers count twice for the former. Shops that were written hold hardly any
    chatter, and no more than a hint of what is the shop's matter; they count for it not at all.
    """
    every = [*sets.values(), *(each for name, each in sets.items() if name == REAL)]
    others = [each for name, each in sets.items() if name != WRITTEN]
    return fit_softmax(every, _SMALL, least).shifted(shift), _shop(others)


def _shop(sets: Iterable[Lines]) -> Numbers:
    """Every set counts the same, the shop's lines as much as nobody's."""
    parts = [
        (each.line[chosen], np.full(chosen.sum(), so), chosen.sum())
        for each in sets
        for kinds, so in ((_SHOPS, True), (_NOBODYS, False))
        for chosen in (np.isin(each.kind, kinds),)
    ]
    return fit_logistic(
        np.concatenate([measures for measures, _, _ in parts]),
        np.concatenate([is_so for _, is_so, _ in parts]),
        np.concatenate([np.full(count, _EACH / max(1, count)) for *_, count in parts]),
        _SMALL_SHOP,
    )


def print_figures(name: str, lines: Mapping[str, Lines], fit: Fitting) -> None:
    """What weights reach on each set that didn't make them, and what they reach in all."""
    everything = fit(lines)
    for each, held in lines.items():
        family = each.rstrip("0123456789")
        others = {
            name: other for name, other in lines.items() if not name.startswith(family)
        }
        print(f"{name} {each}, unseen: {figures(*fit(others), held)}")
        print(f"{name} {each}, fitted: {figures(*everything, held)}", flush=True)


def figures(fit: Fit, shop: Numbers, lines: Lines) -> str:
    """One row of figures at the shipped thresholds, before vetoes and shadows."""
    settings = MatchSettings()
    shares = fit.shares(lines)[:, :-1]
    best, sure = shares.argmax(axis=1), shares.max(axis=1)
    answerable, chat = lines.answerable, lines.kind == "chat"
    right = (best == lines.gold) & answerable
    first = np.argsort(-shares, axis=1)[:, :3]
    among = (first == lines.gold[:, None]).any(axis=1)
    answered = (sure >= settings.answer_at) & ~chat
    outside = ~answerable & ~chat
    matter = 1 / (1 + np.exp(-(lines.line @ shop[:-1] + shop[-1])))
    matter[~lines.present.any(axis=1)] = 0.0
    kinds = {
        str(kind): round(float((matter[lines.kind == kind] >= 0.9).mean()), 3)
        for kind in np.unique(lines.kind)
    }
    return (
        f"top-1 {_share(right, answerable):.3f}, "
        f"first three {_share(among & answerable, answerable):.3f}; answered: "
        f"precision {_share(right & answered, answered):.3f}, "
        f"recall {_share(right & answered, answerable):.3f}, "
        f"out of scope {_share(answered & outside, outside):.4f}, "
        f"chat {1000 * (sure[chat] >= settings.answer_at).mean():.1f} in 1000; "
        f"surely the shop's {kinds}"
    )


def _share(part: np.ndarray, whole: np.ndarray) -> float:
    return float(part.sum() / max(1, whole.sum()))


def rendered(name: str, fit: Fit, shop: Numbers) -> str:
    """The weights as source, laid out as the formatter would."""
    rows = [
        _row(key, values)
        for key, values in (("entry", fit.entry), ("none", fit.none), ("shop", shop))
    ]
    return f"{name} = Weights(\n{''.join(rows)})\n"


def _row(key: str, values: Numbers) -> str:
    numbers = [f"{value:.3f}" for value in values]
    row = f"    {key}=({', '.join(numbers)}),\n"
    if len(row) <= 89:
        return row
    inner = "".join(f"        {number},\n" for number in numbers)
    return f"    {key}=(\n{inner}    ),\n"


if __name__ == "__main__":
    main()
