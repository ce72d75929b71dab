"""PreparedBook: a book's phrasings, read once, in every form that matching needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from streambot.domain.faq.answers import Answers
from streambot.domain.faq.asked_of_shop import make_ready
from streambot.domain.faq.aspects import Aspects
from streambot.domain.faq.canonical import Canon
from streambot.domain.faq.concepts import ConceptTagger
from streambot.domain.faq.entry import FaqBook, FaqEntry, FaqId
from streambot.domain.faq.forms import Forms
from streambot.domain.faq.frames import Frames
from streambot.domain.faq.gist import gist
from streambot.domain.faq.index import PhraseIndex
from streambot.domain.faq.likeness import ToCompare
from streambot.domain.faq.measures import Comparer
from streambot.domain.faq.pack import forms
from streambot.domain.faq.prices import Prices
from streambot.domain.faq.shop_words import ShopWords
from streambot.domain.faq.subjects import goods_apart, said_by
from streambot.domain.faq.vetoes import (
    Contradictions,
    Demands,
    Signs,
    is_other_side,
    of_one_entry,
    sides_of,
)
from streambot.domain.faq.which_link import asks_which_link


@dataclass(frozen=True, slots=True)
class Phrasing:
    """One way to ask an entry: as it was written, and in its canonical form."""

    entry: FaqId
    question: str
    plain: str


class PreparedBook:
    """Everything about a book that doesn't depend on a line; immutable once built."""

    def __init__(self, book: FaqBook) -> None:
        make_ready()
        self.canon = Canon(book.pack)
        self.entries = {entry.id: entry for entry in book.entries}
        self.phrasings = tuple(self._phrasings(book))
        self.exact: dict[str, FaqId] = {}
        for phrasing in self.phrasings:
            self.exact.setdefault(phrasing.plain, phrasing.entry)
        self.number_of: dict[str, list[int]] = {}
        for number, phrasing in enumerate(self.phrasings):
            self.number_of.setdefault(phrasing.plain, []).append(number)
        plain = [phrasing.plain for phrasing in self.phrasings]
        positions = {entry: at for at, entry in enumerate(self.entries)}
        self.owners = [positions[phrasing.entry] for phrasing in self.phrasings]
        self.keywords = self._keywords(book)
        apart = tuple(goods_apart(book))
        self.goods = frozenset().union(*apart)
        self.frames = self._frames(book, apart)
        self.contradictions = Contradictions((*book.pack.exclusive, *apart))
        self.index = PhraseIndex(
            plain,
            ConceptTagger(book.pack.concepts),
            further_words=(
                *book.pack.slang,
                *self.keywords,
                *self.contradictions.words,
            ),
        )
        self.comparer = Comparer(self.index, plain, self.owners)
        signs_of: dict[int, list[Signs]] = {}
        for owner, each in zip(self.owners, plain, strict=True):
            signs_of.setdefault(owner, []).append(self.contradictions.signs(each))
        self.answers = Answers(book.entries, self.canon)
        told = [
            self.contradictions.signs(self.answers.of(each)) for each in self.entries
        ]
        signs_of = {
            owner: of_one_entry(each, told[owner]) for owner, each in signs_of.items()
        }
        self.signs = [signs for each in signs_of.values() for signs in each]
        self.sides = {owner: sides_of(each) for owner, each in signs_of.items()}
        self.locators = frozenset(
            phrasing.entry
            for phrasing in self.phrasings
            if asks_which_link(phrasing.plain)
        )
        self.positions = positions
        self.aspects = Aspects(book.entries, self.canon)
        self.prices = Prices(book.entries, book.catalogue.products)
        self.shop_words = ShopWords(book.pack.shop_words)
        self.demands = self._demands(book)
        self.forbidden = self._forbidden(book)
        self.products = {
            product.id: frozenset({str(product.id), str(product.link)})
            for product in book.catalogue.products
        }
        self.ages = any(entry.valid for entry in book.entries)

    def _phrasings(self, book: FaqBook) -> Iterator[Phrasing]:
        """Each entry's questions, each once.

        What its intent brings is among them already, but for what another entry asks.
        """
        for entry in book.entries:
            seen: set[str] = set()
            for question in entry.questions:
                plain = self.canon(question)
                if plain and plain not in seen:
                    seen.add(plain)
                    yield Phrasing(entry.id, question, plain)

    def _frames(self, book: FaqBook, apart: Iterable[frozenset[str]]) -> Frames:
        """What is asked of the book's own goods; of none where it names too few."""
        goods = {form for every in apart for side in every for form in forms(side)}
        if not goods:
            return Frames((), (), "")
        asked = [(phrasing.entry, phrasing.plain) for phrasing in self.phrasings]
        said = "\n".join((said_by(book.pack), *(plain for _, plain in asked)))
        return Frames(goods, asked, said)

    def _demands(self, book: FaqBook) -> dict[FaqId, Demands]:
        every = ((entry.id, Demands.of(entry)) for entry in book.entries)
        return {entry: each for entry, each in every if each.any_at_all}

    def _forbidden(self, book: FaqBook) -> dict[FaqId, tuple[str, ...]]:
        every = ((entry.id, self._plain(entry.not_questions)) for entry in book.entries)
        return {entry: each for entry, each in every if each}

    @property
    def compared(self) -> ToCompare:
        """What an encoder compares lines with; a phrase that entries share has the answers of all."""
        answers = {
            phrase: tuple(
                dict.fromkeys(
                    answer
                    for number in numbers
                    for answer in self.answers.telling(self.phrasings[number].entry)
                )
            )
            for phrase, numbers in self.number_of.items()
        }
        return ToCompare(
            tuple(self.exact),
            {phrase: every for phrase, every in answers.items() if every},
        )

    def _keywords(self, book: FaqBook) -> dict[str, set[FaqId]]:
        owners: dict[str, set[FaqId]] = {}
        for entry in book.entries:
            for keyword in self._plain(entry.keywords):
                owners.setdefault(keyword, set()).add(entry.id)
        return owners

    def _plain(self, texts: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(filter(None, map(self.canon, texts)))

    def forms(self, plain: str) -> Forms:
        """What canonical *plain* is made of, by the words of the book's pack."""
        return Forms(
            plain=plain,
            terms=self.index.terms_of(plain),
            signs=self.contradictions.signs(plain),
            gist=gist(plain),
        )

    def is_other_side(self, entry: FaqId, signs: Signs) -> bool:
        """Whether a line with *signs* takes a side of opposites that *entry* never does."""
        return is_other_side(signs, self.sides[self.positions[entry]])

    def is_word(self, plain: str) -> bool:
        """Whether *plain* is a word that the pack knows, or one side of opposites."""
        return self.index.tagger.knows(plain) or self.contradictions.knows(plain)

    def about(self, word: str) -> frozenset[FaqId]:
        """The entries of which a phrasing holds *word*."""
        return frozenset(
            phrasing.entry for phrasing in self.phrasings if word in phrasing.plain
        )

    def entry(self, phrasing: int) -> FaqEntry:
        """The entry of a phrasing."""
        return self.entries[self.phrasings[phrasing].entry]
