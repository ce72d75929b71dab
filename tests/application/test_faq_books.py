"""FaqBooks: real files on disk, watched; the last good version stays in force."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from streambot.application.faq_books import FaqBooks
from streambot.authoring.judges import domain_judges
from streambot.authoring.problem import Problem
from streambot.domain.faq.entry import FaqBook
from streambot.domain.faq.normalise import normalise
from streambot.domain.guard import PASSED, Held

PATIENCE = 20.0
_BOOK = "faqs:\n  - id: {id}\n    questions: [包邮吗]\n    answer: {answer}\n"


class Watcher:
    """What a room hears of its book."""

    def __init__(self) -> None:
        self.heard: asyncio.Queue[tuple[FaqBook, tuple[Problem, ...]]] = asyncio.Queue()

    def changed(self, book: FaqBook, problems: tuple[Problem, ...]) -> None:
        """Note a change."""
        self.heard.put_nowait((book, problems))

    async def until(self, answer: str) -> tuple[FaqBook, tuple[Problem, ...]]:
        """The first change whose book gives *answer*."""
        async with asyncio.timeout(PATIENCE):
            while True:
                book, problems = await self.heard.get()
                if book.entries[0].answers == (answer,):
                    return book, problems


@asynccontextmanager
async def watching(books: FaqBooks) -> AsyncIterator[None]:
    """The watch runs meanwhile."""
    task = asyncio.create_task(books.run())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


_RULE = "rules:\n  - id: own\n    words: [{word}]\n"


async def _write(path: Path, text: str) -> None:
    """As most editors save: a new file in the old one's place."""
    fresh = path.with_name(f".{path.name}.tmp")
    await asyncio.to_thread(fresh.write_text, text, encoding="utf-8")
    await asyncio.to_thread(os.replace, fresh, path)


def _books() -> FaqBooks:
    return FaqBooks(now=lambda: datetime.now(UTC))


async def test_a_broken_file_leaves_the_last_good_book_in_force(tmp_path: Path) -> None:
    """Saved, read; broken, the old book stays and the error is told; mended, read again."""
    path, watcher, books = tmp_path / "faq.yaml", Watcher(), _books()
    await _write(path, _BOOK.format(id="a", answer="包邮"))
    await books.open([path], None, watcher.changed)
    async with watching(books):
        while watcher.heard.empty():  # until the watch has begun
            await _write(path, _BOOK.format(id="b", answer="满49包邮"))
            with suppress(TimeoutError):
                async with asyncio.timeout(1):
                    watcher.changed(*await watcher.heard.get())
                    break
        good, _ = await watcher.until("满49包邮")

        await _write(
            path, _BOOK.format(id="c", answer="都包邮").replace("answer:", "answer")
        )
        kept, problems = await watcher.until("满49包邮")
        assert kept.version == good.version
        assert problems[0].line == 4
        status = books.status([path], None)
        assert status is not None
        assert (status.in_force, status.failures, status.usable) == (False, 1, 1)

        await _write(path, _BOOK.format(id="c", answer="都包邮"))
        _, problems = await watcher.until("都包邮")
        assert problems == ()
        assert (books.statuses()[0].in_force, books.statuses()[0].errors) == (True, 0)


async def test_new_files_and_products_are_read_again(tmp_path: Path) -> None:
    """A file added to a folder, and a price changed in products.yaml, reach the book."""
    folder, products = tmp_path / "faq", tmp_path / "products.yaml"
    await asyncio.to_thread(folder.mkdir)
    await _write(folder / "a.yaml", _BOOK.format(id="a", answer='"{shop.fee}"'))
    await _write(products, "shop: {fee: 包邮}\n")
    watcher, books = Watcher(), _books()
    first = await books.open([folder], products, watcher.changed)
    assert first.catalogue.shop == {"fee": "包邮"}
    await _write(products, "shop: {fee: 6元}\n")
    await books.look()
    book, _ = await watcher.until("{shop.fee}")
    assert book.catalogue.shop == {"fee": "6元"}
    await _write(
        folder / "b.yaml", _BOOK.format(id="b", answer="别的").replace("包邮吗", "在吗")
    )
    await books.look()
    book, _ = await watcher.until("{shop.fee}")
    assert len(book.entries) == 2


async def test_a_shop_s_wording_rules_are_read_again(tmp_path: Path) -> None:
    """A saved rule is in force with the next line; a broken file leaves the last good rules."""
    path, guard = tmp_path / "faq.yaml", tmp_path / "guard.yaml"
    await _write(path, _BOOK.format(id="a", answer="包邮"))
    await _write(guard, _RULE.format(word="清仓"))
    watcher, books = Watcher(), _books()
    first = await books.open([path], None, watcher.changed, guard=[guard])
    assert isinstance(first.guard.judge("清仓啦", public=True), Held)
    await _write(guard, _RULE.format(word="甩卖"))
    await books.look()
    book, problems = await watcher.until("包邮")
    assert problems == () and book.version != first.version
    assert book.guard.judge("清仓啦", public=True) == PASSED
    assert isinstance(book.guard.judge("甩卖啦", public=True), Held)
    await _write(guard, _RULE.format(word="'**'"))
    await books.look()
    kept, problems = await watcher.until("包邮")
    assert [each.line for each in problems] == [3]
    assert isinstance(kept.guard.judge("甩卖啦", public=True), Held)
    status = books.status([path], None, [guard])
    assert status is not None and not status.in_force


async def test_rooms_with_the_same_files_share_a_book(tmp_path: Path) -> None:
    """Fifty rooms on one book read it once, and each hears of its change."""
    path, books, watchers = (
        tmp_path / "faq.yaml",
        _books(),
        [Watcher() for _ in range(5)],
    )
    await _write(path, _BOOK.format(id="a", answer="包邮"))
    opened = [await books.open([path], None, each.changed) for each in watchers]
    assert all(book is opened[0] for book in opened)
    await _write(path, _BOOK.format(id="a", answer="不包"))
    await books.look()
    assert all([await each.until("不包") for each in watchers])


async def test_a_file_that_is_gone_keeps_its_entries(tmp_path: Path) -> None:
    """A deleted book is an error like any other: what it said is still answered."""
    path, watcher, books = tmp_path / "faq.yaml", Watcher(), _books()
    await _write(path, _BOOK.format(id="a", answer="包邮"))
    await books.open([path], None, watcher.changed)
    await asyncio.to_thread(path.unlink)
    await books.look()
    _, problems = await watcher.until("包邮")
    assert [problem.code for problem in problems] == ["E004"]


async def test_advice_follows_a_book_that_is_in_force(tmp_path: Path) -> None:
    """What the book could do better is found after it is in force, and again after a change."""
    path, books = tmp_path / "faq.yaml", _books()
    await _write(path, _BOOK.format(id="a", answer="包邮"))
    await books.open([path], None)
    assert books.statuses()[0].advice == ()
    await books.look()
    assert [each.code for each in books.statuses()[0].advice] == ["I333"]
    assert books.statuses()[0].problems == ()
    better = _BOOK.replace("[包邮吗]", "[包邮吗, 要运费吗, 邮费多少]")
    await _write(path, better.format(id="a", answer="包邮"))
    await books.look()
    assert books.statuses()[0].advice == ()


async def test_an_emptied_file_keeps_its_entries_until_it_is_deleted(
    tmp_path: Path,
) -> None:
    """A file of a folder that was emptied is told of and answers as before; once it is deleted
    its entries go, and that is told of for ten minutes, or until the file is back."""
    now, gone = [datetime(2026, 1, 1, tzinfo=UTC)], tmp_path / "ship.yaml"
    watcher, books = Watcher(), FaqBooks(now=lambda: now[0])
    kept = _BOOK.format(id="a", answer="包邮")
    lost = _BOOK.format(id="b", answer="两天").replace("包邮吗", "几号发货")
    await _write(tmp_path / "fee.yaml", kept)
    await _write(gone, lost)
    await books.open([tmp_path], None, watcher.changed)

    await _write(gone, "")
    await books.look()
    book, problems = await watcher.until("包邮")
    assert len(book.entries) == 2
    errors = [problem for problem in problems if problem.is_error]
    assert [(each.code, each.file) for each in errors] == [("E008", gone.as_posix())]
    assert "空了，少了 1 条" in errors[0].zh

    await asyncio.to_thread(gone.unlink)
    await books.look()
    book, problems = await watcher.until("包邮")
    assert len(book.entries) == 1
    assert [(each.code, each.file) for each in problems] == [("W008", gone.as_posix())]
    assert "不见了，少了 1 条" in problems[0].zh
    now[0] += timedelta(minutes=9)
    await books.look()
    assert watcher.heard.empty()
    now[0] += timedelta(minutes=2)
    await books.look()
    assert (await watcher.until("包邮"))[1] == ()

    await _write(gone, lost)
    await books.look()
    book, problems = await watcher.until("包邮")
    assert (len(book.entries), problems) == (2, ())


async def test_entries_that_move_are_not_lost(tmp_path: Path) -> None:
    """A file that is renamed, or whose entries are put into another, is no loss."""
    watcher, books = Watcher(), _books()
    old, new = tmp_path / "old.yaml", tmp_path / "new.yaml"
    await _write(old, _BOOK.format(id="a", answer="包邮"))
    await books.open([tmp_path], None, watcher.changed)
    await asyncio.to_thread(old.rename, new)
    await books.look()
    assert watcher.heard.empty()
    assert books.statuses()[0].files == (new.as_posix(),)
    await _write(new, "")
    await _write(tmp_path / "all.yaml", _BOOK.format(id="a", answer="包邮"))
    await books.look()
    _, problems = await watcher.until("包邮")
    assert [problem.code for problem in problems] == ["I334"]


def _stumbling(question: str) -> str:
    """The domain's normalisation with a fault in it."""
    if question == "出错":
        raise RuntimeError("out of luck")
    return normalise(question)


async def test_no_reading_ends_the_watch(tmp_path: Path) -> None:
    """A fault of ours keeps the old book, is told, and costs no other book its next change."""
    bad, good, watcher = tmp_path / "a.yaml", tmp_path / "b.yaml", Watcher()
    await _write(bad, _BOOK.format(id="a", answer="包邮"))
    await _write(good, _BOOK.format(id="b", answer="包邮"))
    judges = replace(domain_judges(), normalise=_stumbling)
    books = FaqBooks(now=lambda: datetime.now(UTC), judges=judges)
    await books.open([bad], None, watcher.changed)
    await books.open([good], None, watcher.changed)
    await _write(bad, _BOOK.format(id="a", answer="不包").replace("包邮吗", "出错"))
    await _write(good, _BOOK.format(id="b", answer="满49包邮"))
    await books.look()
    _, problems = await watcher.until("包邮")
    assert [(each.code, each.file) for each in problems] == [("E001", bad.as_posix())]
    assert "out of luck" in problems[0].zh
    await watcher.until("满49包邮")
    await books.look()
    assert watcher.heard.empty()  # a reading that failed isn't tried again
    await _write(bad, _BOOK.format(id="a", answer="不包"))
    await books.look()
    await watcher.until("不包")


async def test_a_character_that_does_not_exist_is_a_problem_like_any(
    tmp_path: Path,
) -> None:
    """ "\\U0011FFFF" saved while the bot runs: told with its line, the old book stays in force."""
    path, watcher, books = tmp_path / "faq.yaml", Watcher(), _books()
    await _write(path, _BOOK.format(id="a", answer="包邮"))
    await books.open([path], None, watcher.changed)
    await _write(path, _BOOK.format(id="a", answer='"\\U0011FFFF"'))
    await books.look()
    _, problems = await watcher.until("包邮")
    assert [(each.code, each.line, each.column) for each in problems] == [
        ("E109", 4, 14)
    ]
