"""The second look beside the loop: lines first, books as they come, nothing ever in the way."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from streambot.adapters.store import open_store
from streambot.application.look_report import LookState
from streambot.application.patient_look import PatientLook
from streambot.application.second_look import SecondLook
from streambot.application.second_looks import SecondLooks
from streambot.application.vector_table import NEAREST, VectorTable, packed
from streambot.domain.actions import LookAgain
from streambot.domain.faq.entry import FaqBook, FaqEntry, FaqId
from streambot.domain.faq.likeness import Likeness, ToCompare
from streambot.domain.faq.match import MatchSettings
from streambot.domain.room import RoomName
from streambot.domain.understanding import Understanding
from streambot.errors import EncoderMissing, StoreFull
from streambot.ports.encoder import VectorShelf
from streambot.testing import FakeClock, FakeEncoder

ROOM = RoomName("demo")
PHRASES = ("什么时候发货", "有运费险吗", "可以批发吗")
PARAPHRASE = "几天能寄出"
ALIKE = (PHRASES[0], PARAPHRASE)


def _book(*phrases: str, version: str = "1") -> Understanding:
    entries = tuple(
        FaqEntry(id=FaqId(f"e{n}"), questions=(phrase,), answers=("好",))
        for n, phrase in enumerate(phrases)
    )
    return Understanding.of(FaqBook(entries=entries, version=version), MatchSettings())


@dataclass(slots=True, kw_only=True)
class Bench:
    """A running second look on a clock that stands still, and its encoder."""

    look: SecondLook
    encoder: FakeEncoder
    clock: FakeClock

    def action(self, line: str, ref: str = "e1", version: str = "1") -> LookAgain:
        """What a session asks."""
        at = self.clock.now()
        return LookAgain(
            ref=ref,
            line=line,
            candidates=(),
            book_version=version,
            at=at,
            by=at + timedelta(milliseconds=250),
        )

    async def ask(self, line: str, version: str = "1") -> Likeness | None:
        """What is told of a line."""
        done = await self.look.look(self.action(line, version=version))
        return done.scores

    async def until(self, holds: Callable[[], bool]) -> None:
        """Give way until *holds* holds."""
        async with asyncio.timeout(20):
            while not holds():
                await asyncio.sleep(0)


@asynccontextmanager
async def _running(
    *books: Understanding, shelf: VectorShelf | None = None, broken: bool = False
) -> AsyncIterator[Bench]:
    encoder, clock = FakeEncoder(ALIKE), FakeClock()
    encoder.broken = broken
    look = SecondLook(lambda: encoder, clock, shelf)
    for number, book in enumerate(books):
        look.follow(RoomName(f"{ROOM}{number or ''}"), book)
    running = asyncio.create_task(look.run())
    try:
        yield Bench(look=look, encoder=encoder, clock=clock)
    finally:
        encoder.goes_on.set()
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def test_a_paraphrase_is_near_its_phrase() -> None:
    """The phrase that means the same comes with a cosine of 1, the others with less."""
    async with _running(_book(*PHRASES)) as bench:
        await bench.look.completed()
        likeness = await bench.ask(PARAPHRASE + "呀")
    assert likeness is not None
    assert set(likeness.cosines) == set(PHRASES)
    assert likeness.cosines[PHRASES[0]] == pytest.approx(1, abs=1e-3)
    assert max(likeness.cosines[each] for each in PHRASES[1:]) < 0.9
    assert bench.look.figures.as_figures()["done"] == 1


async def test_a_line_goes_before_phrases_and_a_partial_book_counts() -> None:
    """While a book is being learnt a line is next, compared with what is there already."""
    many = tuple(f"{number}号链接什么面料" for number in range(50))
    async with _running(_book(*PHRASES, *many)) as bench:
        await bench.until(lambda: bench.look.report.done >= 2)
        bench.encoder.goes_on.clear()
        asked = asyncio.create_task(bench.ask(PARAPHRASE))
        await bench.until(lambda: bench.look.figures.asked == 1)
        known = bench.look.report
        bench.encoder.goes_on.set()
        likeness = await asked
        place = bench.encoder.encoded.index(PARAPHRASE)
        await bench.look.completed()
    assert known.state is LookState.LEARNING
    assert f"{known.done} of {known.total} phrases" in known.en
    assert likeness is not None and 0 < len(likeness.cosines) < len(PHRASES) + len(many)
    assert place <= known.done + 4
    assert bench.look.report.state is LookState.LOADING  # it was stopped


async def test_too_many_lines_are_refused_at_once() -> None:
    """One line in hand and eight waiting: the next are told that nobody looks."""
    async with _running(_book(*PHRASES)) as bench:
        await bench.look.completed()
        bench.encoder.goes_on.clear()
        first = asyncio.create_task(bench.ask("第一句"))
        await bench.until(lambda: bench.look.figures.asked == 1)
        await bench.clock.settle()
        waiting = [asyncio.create_task(bench.ask(f"第{n}句话")) for n in range(8)]
        await bench.until(lambda: bench.look.figures.asked == 9)
        assert await bench.ask("再一句") is None
        assert bench.look.figures.refused == 1
        bench.encoder.goes_on.set()
        assert None not in [await first, *[await each for each in waiting]]


async def test_an_overdue_line_costs_nothing() -> None:
    """A line that was decided meanwhile isn't encoded any more."""
    async with _running(_book(*PHRASES)) as bench:
        await bench.look.completed()
        bench.encoder.goes_on.clear()
        tasks = [asyncio.create_task(bench.ask(text)) for text in ("慢的", "晚的")]
        await bench.until(lambda: bench.look.figures.asked == 2)
        await bench.clock.settle()
        bench.clock.jump(timedelta(seconds=1))
        bench.encoder.goes_on.set()
        await asyncio.gather(*tasks)
    assert "晚的" not in bench.encoder.encoded
    assert bench.look.figures.late == 2


async def test_the_same_line_is_encoded_once() -> None:
    """A room repeats itself; the encoder needn't."""
    async with _running(_book(*PHRASES)) as bench:
        await bench.look.completed()
        assert await bench.ask(PARAPHRASE) == await bench.ask(f"{PARAPHRASE}！")
    assert bench.encoder.encoded.count(PARAPHRASE) == 1


async def test_a_restart_encodes_nothing_that_is_kept(tmp_path: Path) -> None:
    """Vectors are kept by model and phrase: after a restart only new phrases are encoded."""
    async with (
        open_store(tmp_path) as store,
        _running(_book(*PHRASES), shelf=store.vectors) as bench,
    ):
        await bench.look.completed()
        before = await bench.ask(PARAPHRASE)
        assert sorted(bench.encoder.encoded[:3]) == sorted(PHRASES)
    async with open_store(tmp_path) as store:
        more = _book(*PHRASES, "能开发票吗", version="2")
        async with _running(_book(*PHRASES), more, shelf=store.vectors) as bench:
            await bench.look.completed()
            known = [text for text in bench.encoder.encoded if text]  # "" tells a size
            assert known == ["能开发票吗"]
            assert bench.look.figures.encoded == 1
            assert await bench.ask(PARAPHRASE) == before


@pytest.mark.parametrize("odd", [7, 12])
async def test_a_kept_vector_of_another_size_is_made_anew(
    odd: int, tmp_path: Path
) -> None:
    """One bad row in the store costs nothing but its encoding, and is good at the next start."""
    async with (
        open_store(tmp_path) as store,
        _running(_book(*PHRASES), shelf=store.vectors) as bench,
    ):
        await bench.look.completed()
        before = await bench.ask(PARAPHRASE)
    for encoded in ([PHRASES[0]], []):
        async with open_store(tmp_path) as store:
            if encoded:
                bad = {PHRASES[0]: b"\1" * odd}
                await store.vectors.keep_vectors(FakeEncoder.name, bad)
            async with _running(_book(*PHRASES), shelf=store.vectors) as bench:
                async with asyncio.timeout(20):
                    await bench.look.completed()
                assert bench.look.report.state is LookState.READY
                assert [text for text in bench.encoder.encoded if text] == encoded
                assert await bench.ask(PARAPHRASE) == before


def test_a_patient_look_takes_no_vector_of_another_size() -> None:
    """Commands and replays, too, encode anew what the store holds of another size."""
    encoder = FakeEncoder(ALIKE)
    look = PatientLook(encoder)
    odd = {PHRASES[0]: b"\1" * 7, PHRASES[1]: b"\1" * 12}
    look.learn("1", ToCompare(PHRASES), lambda _: odd)
    assert [text for text in encoder.encoded if text] == list(PHRASES)
    assert look.likeness("1", PARAPHRASE) is not None


async def test_a_new_book_takes_over(tmp_path: Path) -> None:
    """A replaced book is forgotten: lines of its version are no longer looked at."""
    async with _running(_book(*PHRASES)) as bench:
        await bench.look.completed()
        bench.look.follow(ROOM, _book("能开发票吗", version="2"))
        assert await bench.ask(PARAPHRASE, version="1") is None
        await bench.look.completed()
        likeness = await bench.ask("能开发票吗", version="2")
    assert likeness is not None and set(likeness.cosines) == {"能开发票吗"}
    assert bench.look.figures.unavailable == 1


async def test_who_waits_for_a_book_that_is_replaced_waits_for_the_next() -> None:
    """A book that goes away before it is learnt holds up nobody; the one behind it is waited for."""
    many = tuple(f"{number}号链接什么面料" for number in range(50))
    async with _running(_book(*PHRASES, *many)) as bench:
        await bench.until(lambda: bench.look.report.done >= 2)
        bench.encoder.goes_on.clear()
        waiting = asyncio.create_task(bench.look.completed())
        await asyncio.sleep(0)
        bench.look.follow(ROOM, _book("能开发票吗", version="2"))
        await asyncio.sleep(0)
        assert not waiting.done()
        bench.encoder.goes_on.set()
        async with asyncio.timeout(20):
            await waiting
        assert bench.look.report.state is LookState.READY
        assert await bench.ask("能开发票吗", version="2") is not None


async def test_a_broken_encoder_tells_nothing() -> None:
    """What can't be encoded has no vector, a line no likeness, and nothing else happens."""
    async with _running(_book(*PHRASES)) as bench:
        await bench.look.completed()
        bench.encoder.broken = True
        assert await bench.ask(PARAPHRASE) is None
        bench.encoder.broken = False
        assert await bench.ask(PARAPHRASE) is not None
    async with _running(_book(*PHRASES), broken=True) as bench:
        await bench.look.completed()
        assert await bench.ask(PARAPHRASE) is None
        assert bench.look.report.done == 0
    assert bench.look.figures.unavailable == 1


class NoShelf:
    """Keeps nothing."""

    async def vectors(self, model: str, phrases: Sequence[str]) -> Mapping[str, bytes]:
        """Nothing."""
        return {}

    async def keep_vectors(self, model: str, vectors: Mapping[str, bytes]) -> None:
        """The disk is full."""
        raise StoreFull("磁盘满了。 The disk is full.")


async def test_vectors_that_cannot_be_kept_count_all_the_same() -> None:
    """A full disk costs the next start its time, not this evening its looks."""
    async with _running(_book(*PHRASES), shelf=NoShelf()) as bench:
        await bench.look.completed()
        assert await bench.ask(PARAPHRASE) is not None


async def test_a_missing_encoder_is_told_and_serves_nobody() -> None:
    """Without an encoder the report says why, and every line is told at once."""

    def load(choice: str) -> FakeEncoder:
        raise EncoderMissing(f"没有 {choice}。 No {choice}.")

    looks = SecondLooks(load, FakeClock(), NoShelf())
    assert looks.report.state.value == "off"
    look = looks.open(ROOM, "auto")
    look.follow(ROOM, _book(*PHRASES))
    running = asyncio.create_task(looks.run())
    async with asyncio.timeout(20):
        while looks.report.state is LookState.LOADING:
            await asyncio.sleep(0)
    asked = Bench(look=look, encoder=FakeEncoder(), clock=FakeClock())
    assert await asked.ask(PARAPHRASE) is None
    assert looks.report.state.value == "unavailable"
    assert "No auto." in looks.report.en and "没有 auto" in looks.report.zh
    assert looks.figures["unavailable"] == 1
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def test_rooms_that_name_the_same_encoder_share_it() -> None:
    """One encoder, one thread and one table for all rooms with the same book."""
    encoder, loaded = FakeEncoder(), []

    def load(choice: str) -> FakeEncoder:
        loaded.append(choice)
        return encoder

    looks = SecondLooks(load, FakeClock(), NoShelf())
    for room in (RoomName("早场"), RoomName("晚场")):
        look = looks.open(room, "auto")
        look.follow(room, _book(*PHRASES))
    running = asyncio.create_task(looks.run())
    await look.completed()
    assert (loaded, looks.report.done) == (["auto"], len(PHRASES))
    assert len(encoder.encoded) == len(PHRASES)
    assert looks.report.state is LookState.READY
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


def test_who_waits_is_told_the_same_as_who_does_not() -> None:
    """Commands and rooms get the same likeness of the same line and book."""
    look = PatientLook(FakeEncoder(ALIKE))
    look.learn("1", ToCompare(PHRASES))

    async def live() -> Likeness | None:
        async with _running(_book(*PHRASES)) as bench:
            await bench.look.completed()
            return await bench.ask(PARAPHRASE)

    assert look.likeness("1", PARAPHRASE) == asyncio.run(live())


@given(st.integers(1, 80), st.integers(0, 2**32 - 1))
def test_a_table_tells_the_nearest_and_the_asked(count: int, seed: int) -> None:
    """The nearest phrases are told, those asked for as well, mean and spread over all."""
    random = numpy.random.default_rng(seed)
    rows = random.normal(size=(count, 8)).astype(numpy.float32)
    rows /= numpy.linalg.norm(rows, axis=1, keepdims=True)
    phrases = [f"p{number}" for number in range(count)]
    table = VectorTable(ToCompare(tuple(phrases)))
    table.put(dict(zip(phrases, packed(rows), strict=True)))
    line = rows[:1]
    likeness = table.likeness(packed(line)[0], [phrases[-1], "never seen"])
    assert likeness is not None
    cosines = rows @ line[0]
    nearest = sorted(range(count), key=lambda row: -cosines[row])
    assert likeness.cosines[phrases[nearest[0]]] == pytest.approx(1, abs=5e-3)
    assert phrases[-1] in likeness.cosines and "never seen" not in likeness.cosines
    assert min(count, NEAREST) <= len(likeness.cosines) <= NEAREST + 1
    assert likeness.mean == pytest.approx(float(cosines.mean()), abs=5e-3)
    assert likeness.spread == pytest.approx(float(cosines.std()), abs=5e-3)


def test_a_table_without_vectors_tells_nothing() -> None:
    """Before the first vector there is nothing to compare with."""
    assert VectorTable(ToCompare(PHRASES)).likeness(b"", []) is None
