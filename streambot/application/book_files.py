"""BookFiles: what a book is made of, and whether its files are still as they were when it was read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from streambot.application.watched_files import Stamp, stamp_of
from streambot.authoring.book import faq_files


@dataclass(frozen=True, slots=True)
class BookFiles:
    """A book's files and folders, its products and wording rules."""

    paths: tuple[Path, ...]
    products: Path | None
    guard: tuple[Path, ...]

    @classmethod
    def of(
        cls, paths: Sequence[Path], products: Path | None, guard: Sequence[Path]
    ) -> BookFiles:
        """The same files are the same book, from whichever folder they are named."""
        return cls(tuple(path.absolute() for path in paths), products, tuple(guard))

    def each(self) -> Iterator[Path]:
        """Everything that was named, folders too."""
        yield from self.paths
        if self.products:
            yield self.products
        yield from self.guard

    def stamp(self) -> Stamp:
        """The files as they are on disk now; one that is missing has no stamp."""
        try:
            files = faq_files(self.paths, self.products)
        except OSError as error:  # a folder that goes away while it is searched
            return ((str(error), 0, 0),)
        beside = [self.products] if self.products else []
        return stamp_of((*files, *beside, *self.guard))
