"""Lesson: shops written for this project as an encoder's vectors, and how their lines compare."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from streambot.application.encoder_maps import AnswersCount, QuestionMap
from streambot.authoring.pack import shipped_pack
from streambot.domain.faq.normalise import normalise
from tools.map_fit import Asked, Floats, Places
from tools.shops import WrittenShop

#: What a line counts: of the book, near it, of talk, and the pack's own.
WORTH = {"in": 1.0, "oos_near": 1.0, "oos_chat": 0.5}
_OF_PACK = 0.3
#: Texts encoded at once, as memory doesn't mind.
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


def _rows(row: Mapping[str, int], texts: Sequence[str]) -> Places:
    return np.array([row[plain(each)] for each in texts], np.int64)


def encoded(encode: Encode, texts: Sequence[str]) -> Floats:
    """One row a text, as many at once as memory doesn't mind."""
    return np.concatenate(
        [encode(texts[at : at + AT_ONCE]) for at in range(0, len(texts), AT_ONCE)]
    )


@dataclass(frozen=True, slots=True)
class Compared:
    """How a shop's lines compare with its entries by turned vectors.

    ``near`` has a row a line and a column an entry: the cosine with its nearest phrasing; ``lines``
    and ``answers`` are vectors, ``own`` is each answer's mean cosine with the phrasings it answers.
    """

    asked: Asked
    near: Floats
    lines: Floats
    answers: Floats
    own: Floats

    def with_answers(self, count: AnswersCount) -> Floats:
        """``near`` as the product has it where answers count so."""
        beyond = self.lines @ self.answers.T - count.own * self.own - count.level
        added = np.maximum(count.share * beyond, -count.most)
        near: Floats = self.near + added * (self.own >= count.least)
        return near.astype(np.float32)


@dataclass(frozen=True)
class Lesson:
    """Shops as one encoder's vectors: of their texts, and of every entry's answer in order."""

    shops: Sequence[WrittenShop]
    texts: Sequence[str]
    vectors: Floats
    answers: Floats

    def compared(self, turn: QuestionMap) -> list[Compared]:
        """Every shop by vectors that are turned so."""
        row = {text: at for at, text in enumerate(self.texts)}
        turned, told, begun = turn.turned(self.vectors), turn.told(self.answers), 0
        found = []
        for shop in self.shops:
            asked = asked_of(shop, row)
            answers = told[begun : begun + asked.entries]
            begun += asked.entries
            phrasings, lines = turned[asked.phrasings], turned[asked.lines]
            of = [asked.owners == entry for entry in range(asked.entries)]
            cosines = lines @ phrasings.T
            near = np.stack([cosines[:, own].max(axis=1) for own in of], axis=1)
            own = [
                float((phrasings[each] @ answer).mean())
                for each, answer in zip(of, answers, strict=True)
            ]
            found.append(
                Compared(asked, near, lines, answers, np.array(own, np.float32))
            )
        return found


def lesson_of(encode: Encode, shops: Sequence[WrittenShop]) -> Lesson:
    """*shops* as an encoder has them."""
    texts = texts_of(shops)
    answers = [plain(entry.answers[0]) for shop in shops for entry in shop.entries]
    return Lesson(shops, texts, encoded(encode, texts), encoded(encode, answers))


def side_by_side(lessons: Sequence[Lesson]) -> Lesson:
    """As two encoders together have the same shops."""
    vectors = np.hstack([each.vectors for each in lessons])
    answers = np.hstack([each.answers for each in lessons])
    return Lesson(lessons[0].shops, lessons[0].texts, vectors, answers)
