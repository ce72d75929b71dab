"""Kills: a busy broadcast, a bot that is killed again and again in it, and the accounts compared."""

from __future__ import annotations

import asyncio
import json
import os
import random
import re
import sqlite3
import sys
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from streambot.authoring.book import read_book
from streambot.authoring.judges import domain_judges
from streambot.config import shipped
from streambot.domain.faq.match import MatchSettings, Outcome
from streambot.domain.greeting import GreetingStyle
from streambot.domain.understanding import Understanding
from streambot.simulator.facts import Fact, Said
from streambot.simulator.room import SimulatedRoom
from streambot.simulator.server import RoomServer, serve_rooms
from tests.acceptance.world import (
    PATIENCE,
    TOKEN,
    TOKEN_ENV,
    quick_room,
    room_settings,
    viewer,
    write_config,
)

_ANGRY = "骗子！退钱！"
_LAST = "终了"
#: What stands behind a name in a line that only welcomes.
_WELCOMES = frozenset({*GreetingStyle().texts, GreetingStyle().short})
_WELCOME = "|".join(map(re.escape, sorted(_WELCOMES)))
#: A name that is only welcomed: others, the wave or words of welcome follow it.
_WELCOMED = re.compile(rf"@([客问]\d{{3}})(?=[ ]@|～|等| 欢迎| (?:{_WELCOME})|$)")
#: A name whose answer follows.
_ADDRESSED = re.compile(rf"@([客问]\d{{3}}) (?=[^@ ])(?!欢迎|{_WELCOME})")
#: SIGTERM ends the bot within so many seconds.
_STOPS_WITHIN = 10.0
#: An answer is said as soon as the bot can, so one that came too late must have met no more of
#: its life with the bot in the room than this; the rest went on starting again.
IN_ROOM = timedelta(seconds=5)


def answerable() -> list[str]:
    """Lines that the shipped book answers at once, each by another entry."""
    now = datetime.now(UTC)
    reading = read_book(
        [shipped() / "faq"],
        products=shipped() / "demo" / "products.yaml",
        now=now,
        judges=domain_judges(),
    )
    matcher = Understanding.of(reading.book, MatchSettings()).matcher
    lines: dict[str, str] = {}
    for entry in reading.book.entries:
        match = matcher.match(entry.questions[0], at=now, product=None)
        if match.outcome is Outcome.ANSWER and match.entry is not None:
            plain = entry.visibility == "public" and entry.handoff == "never"
            if plain and not any("{" in answer for answer in entry.answers):
                lines.setdefault(match.entry, entry.questions[0])
    return list(lines.values())


def answers(text: str, name: str) -> bool:
    """Whether a line of the bot's tells *name* something, and doesn't only welcome them."""
    _, addressed, told = text.partition(f"@{name} ")
    return bool(addressed) and not told.startswith("@") and told not in _WELCOMES


def told_apart(text: str) -> tuple[list[str], list[str]]:
    """The names that a line of the bot's only welcomes, and those it answers."""
    return _WELCOMED.findall(text), _ADDRESSED.findall(text)


class Bot:
    """``streambot run`` in a process of its own."""

    def __init__(self, config: Path, log: Path | None = None) -> None:
        self._config = config
        self._log = log  # kept there, one JSON object a line
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Start it; whether it is connected the room knows."""
        log = self._log or Path(os.devnull)
        kept = await asyncio.to_thread(log.open, "ab")
        with kept:
            self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "streambot", "run"),
                *("--config", str(self._config)),
                env={**os.environ, TOKEN_ENV: TOKEN},
                stdout=asyncio.subprocess.DEVNULL,
                stderr=kept,
            )

    @property
    def pid(self) -> int:
        """The process, while there is one."""
        assert self._process is not None
        return self._process.pid

    def kill(self) -> None:
        """As when the power goes."""
        if self._process is not None and self._process.returncode is None:
            self._process.kill()

    async def gone(self) -> None:
        """Wait until it is."""
        if self._process is not None:
            await self._process.wait()

    async def stop(self) -> int | None:
        """SIGTERM; its exit code, or None when it didn't end in time and was killed."""
        assert self._process is not None
        self._process.terminate()
        try:
            return await asyncio.wait_for(self._process.wait(), _STOPS_WITHIN)
        except TimeoutError:
            self.kill()
            await self._process.wait()
            return None


@dataclass(slots=True)
class Story:
    """A broadcast of several rounds; in each the bot is killed at a random instant."""

    room: SimulatedRoom
    server: RoomServer
    bot: Bot
    chance: random.Random
    questions: list[str]
    spoken: list[str] = field(default_factory=list)  # event ids
    angry: list[str] = field(default_factory=list)
    #: Every stay of the bot in the room: linked, gone.
    stays: list[tuple[datetime, datetime]] = field(default_factory=list)
    kill_at_line: int | None = None  # so many more lines said
    number: int = 0

    def heard(self, fact: Fact) -> None:
        """Kill between the room's showing of a line and its word on it."""
        if isinstance(fact, Said) and self.kill_at_line is not None:
            self.kill_at_line -= 1
            if self.kill_at_line <= 0:
                self.kill_at_line = None
                self.bot.kill()

    async def round(self) -> None:
        """A burst of arrivals, questions and an angry viewer, with a kill somewhere in it."""
        acts = [*["enter"] * 14, *["ask"] * 4, "rage"]
        self.chance.shuffle(acts)
        kill_after: int | None = self.chance.randrange(len(acts))
        if self.chance.random() < 0.5:
            self.kill_at_line, kill_after = self.chance.randint(1, 5), None
        for position, act in enumerate(acts):
            self._happen(act)
            await self.server.drained(self.room.name)
            if self.chance.random() < 0.3:  # let the bot get on with some of it
                await self._something_said()
            if position == kill_after:
                self.bot.kill()
        self.bot.kill()
        await self.bot.gone()
        self.kill_at_line = None

    def _happen(self, act: str) -> None:
        self.number += 1
        match act:
            case "enter":
                self.room.emit("entered", viewer(f"客{self.number:03}"))
            case "rage":
                name = f"怒{self.number:03}"
                self.angry.append(name)
                self._speak(name, _ANGRY)
            case _ if self.questions:
                self._speak(f"问{self.number:03}", self.questions.pop())
            case _:
                pass

    def _speak(self, name: str, text: str) -> None:
        event = self.room.emit("spoke", viewer(name), text=text)
        if self.chance.random() < 0.2:
            self.room.repeat(event)
        self.spoken.append(event.id)

    async def _first_event(self) -> None:
        """A bot that knows no event yet has nothing to resume behind."""
        self.room.emit("entered", viewer("客000"))
        await self.room.until(lambda room: len(room.said) > 0)

    async def _something_said(self) -> None:
        said = len(self.room.said)
        gone = asyncio.ensure_future(self.bot.gone())
        more = asyncio.ensure_future(
            self.room.until(lambda room: len(room.said) > said)
        )
        await asyncio.wait({gone, more}, timeout=0.2, return_when="FIRST_COMPLETED")
        for task in (gone, more):
            task.cancel()
        await asyncio.gather(gone, more, return_exceptions=True)

    async def play(self, kills: int) -> int | None:
        """Every round, then a last question answered and SIGTERM; the exit code."""
        for number in range(kills):
            linked = await self._linked()
            if number == 0:
                async with asyncio.timeout(PATIENCE):
                    await self._first_event()
            await self.round()
            self.stays.append((linked, datetime.now(UTC)))
        self._speak(_LAST, self.questions.pop())
        linked = await self._linked()
        async with asyncio.timeout(PATIENCE):
            await self.room.until(
                lambda room: any(answers(said.text, _LAST) for said in room.said)
            )
        self.stays.append((linked, datetime.now(UTC)))
        return await self.bot.stop()

    async def _linked(self) -> datetime:
        """Start the bot; when it was in the room."""
        links = self.server.links_opened[self.room.name]
        await self.bot.start()
        async with asyncio.timeout(PATIENCE):
            await self.server.linked(self.room.name, links + 1)
        return datetime.now(UTC)

    def in_room(self, since: datetime, until: datetime) -> timedelta:
        """How much of that time the bot spent in the room."""
        shared = (min(until, gone) - max(since, linked) for linked, gone in self.stays)
        return sum((max(each, timedelta()) for each in shared), timedelta())


async def play(folder: Path, seed: int, kills: int) -> None:
    """Play a story and compare the store with the room's own record of it."""
    room = quick_room()
    questions = await asyncio.to_thread(answerable)
    async with serve_rooms([room]) as server:
        config = await asyncio.to_thread(
            lambda: write_config(folder, room_settings(room.name, server.url))
        )
        chance = random.Random(seed)
        chance.shuffle(questions)
        story = Story(room, server, Bot(config), chance, questions)
        room.observers.append(story.heard)
        try:
            code = await story.play(kills)
        finally:
            story.bot.kill()
            await story.bot.gone()
    assert code == 0
    await asyncio.to_thread(compare, folder / "data" / "streambot.db", story)


def compare(database: Path, story: Story) -> None:
    """Nothing lost, nothing twice, by both accounts."""
    said = {line.out_id: line.text for line in story.room.said}
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as store:
        rows = store.execute
        journal = Counter(row[0] for row in rows("select event_id from journal"))
        decided = Counter(
            row[0]
            for row in rows("select event_id from decisions where kind != 'greet'")
        )
        greeted = Counter(
            row[0] for row in rows("select viewer from decisions where kind = 'greet'")
        )
        replies = list(rows("select out_id, state, line_id, data from replies"))
        lines = {
            line_id: (state, json.loads(data)["kind"])
            for line_id, state, data in rows("select line_id, state, data from lines")
        }
        tickets = Counter(row[0] for row in rows("select viewer from tickets"))
    assert all(journal[event] == 1 for event in story.spoken), (
        "a line heard twice or never"
    )
    assert all(decided[event] == 1 for event in story.spoken), (
        "a line decided twice or never"
    )
    assert max(greeted.values()) == 1, "a viewer greeted twice"
    assert len(tickets) == len(story.angry), "a handoff lost"
    assert max(tickets.values(), default=1) == 1, "a handoff twice"
    for out_id, state, line_id, data in replies:
        if out_id.startswith("answer:") and not (
            state == "expired" and _too_late_by_kills(data, story)
        ):
            assert state == "sent", f"{out_id} is {state}: an answer lost"
        if state == "sent":
            assert line_id in said, f"{out_id} was never shown in the room"
    for line_id in said:
        state, kind = lines[line_id]
        # A mere welcome isn't repeated to learn its fate: it could only be late.
        fine = state == "sent" or (state, kind) == ("uncertain", "greeting")
        assert fine, f"{line_id} is in the room, but {state}"
    # A welcome may ride on somebody else's line just before its viewer's own answer.
    welcomed: Counter[str] = Counter()
    answered: Counter[str] = Counter()
    for text in said.values():
        greeted_in_it, answered_in_it = told_apart(text)
        welcomed.update(greeted_in_it)
        answered.update(answered_in_it)
    assert max(welcomed.values(), default=1) == 1, f"welcomed twice: {welcomed}"
    assert max(answered.values(), default=1) == 1, f"answered twice: {answered}"


def _too_late_by_kills(data: bytes, story: Story) -> bool:
    """Whether an answer's life went on starts of a slow machine, not on the bot's own waiting."""
    reply = json.loads(data)
    owed, ended = (
        datetime.fromisoformat(reply[at]) for at in ("owed_at", "expires_at")
    )
    return ended < datetime.now(UTC) and story.in_room(owed, ended) < IN_ROOM
