"""Site: a running console for tests."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web
from argon2 import PasswordHasher

from streambot.adapters.store import Store, open_store
from streambot.application import handoffs
from streambot.application.canned_books import CannedBooks
from streambot.application.canned_replies import CannedReplies
from streambot.application.desk import Desk
from streambot.application.explaining import Explainer
from streambot.application.faq_books import FaqBooks
from streambot.application.feed import Feed
from streambot.application.host_board import HostBoard
from streambot.application.learning import Learning
from streambot.application.orders import OrderDesk
from streambot.application.prompter_hook import PrompterHook
from streambot.application.room_view import RoomView, SeenLine
from streambot.application.second_looks import SecondLooks
from streambot.application.suggested_answers import SuggestedAnswers
from streambot.application.ticket_context import Reveal, TicketContexts
from streambot.application.understandings import BookOrder, Understandings
from streambot.authoring.guard_file import shipped_guard
from streambot.bootstrap.encoders import Encoders
from streambot.domain.agent import AgentName, Role
from streambot.domain.desk_policy import DeskPolicy
from streambot.domain.events import ViewerSpoke
from streambot.domain.evidence import Evidence
from streambot.domain.faq.match import MatchSettings
from streambot.domain.reply import EventId, LineId, LineOut, ReplyKind
from streambot.domain.role import LOGINS
from streambot.domain.room import BroadcastId, Platform, Scene
from streambot.domain.ticket import Handoff, Reason, Ticket
from streambot.domain.understanding import Understanding
from streambot.domain.viewer import Viewer, ViewerKey
from streambot.ports.clock import Clock
from streambot.ports.encoder import Encoder
from streambot.ports.store import Committed, DeskTransaction, RoomBatch
from streambot.testing import FakeClock
from streambot.web import WebSettings, make_app, serve
from streambot.web.passwords import Passwords, token_hash
from tests.web.person import Console as Console
from tests.web.person import Person as Person
from tests.web.simple_rooms import ROOM as ROOM
from tests.web.simple_rooms import SimpleRooms

PASSWORD = "一个很长的密码"
#: The room's book, as its merchant typed it.
BOOK = """\
# 我的问答本
faqs:
  - id: ship
    questions: [几号发货, 什么时候发货, 多久能发]   # 发货
    answer: 48小时内发出
  - id: fee
    questions:
      - 包邮吗
      - 邮费多少
      - 要不要运费
    answer: 满49元包邮
    tests: {match: [包邮不], not: [几号发货]}
  - id: return
    questions: [可以退货吗, 怎么退货, 不喜欢能退吗]
    answer: 支持七天无理由退货
"""
PEOPLE = dict(
    zip(
        ("小王", "小张", "李姐"), (Role.AGENT, Role.AGENT, Role.SUPERVISOR), strict=True
    )
) | dict(zip(("小检", "小商", "小运", "老板"), LOGINS[2:], strict=True))
#: As weak as the library allows, so that tests don't burn the machine.
WEAK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@dataclass(slots=True)
class Site:
    """A running console."""

    url: str
    clock: Any
    store: Store
    desk: Desk
    feed: Feed
    rooms: SimpleRooms
    app: web.Application
    http: aiohttp.ClientSession
    committed: Callable[[Committed], None]
    book: Path
    books: FaqBooks
    replaced: asyncio.Queue[Understanding]
    canned: CannedBooks
    people: list[aiohttp.ClientSession] = field(default_factory=list)
    sockets: list[aiohttp.ClientWebSocketResponse] = field(default_factory=list)
    reveals: list[Reveal] = field(default_factory=list)
    _ids: int = 0

    async def say(self, viewer: str, text: str) -> EventId:
        """A viewer's line as the journal keeps it, undecided."""
        self._ids += 1
        now = self.clock.now()
        line = ViewerSpoke(
            id=EventId(f"e{self._ids}"),
            at=now,
            received_at=now,
            viewer=Viewer(key=ViewerKey(f"k-{viewer}"), name=viewer),
            text=text,
            scene=Scene(
                platform=Platform("test"), room=ROOM, broadcast=BroadcastId("b")
            ),
        )
        done: asyncio.Future[Committed | BaseException] = asyncio.Future()
        self.store.append(RoomBatch(room=ROOM, events=[line]), done.set_result)
        assert isinstance(await done, Committed)
        return line.id

    async def reload(self) -> Understanding:
        """What a watch on the book's folder does; the book that is in force then."""
        await self.books.look()
        return await self.replaced.get()

    @property
    def view(self) -> RoomView:
        """The room's view."""
        return self.rooms.views[ROOM]

    async def log_in(self, name: str) -> Person:
        """Log *name* in by password, over HTTP, with a cookie jar of their own."""
        http = aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))
        self.people.append(http)
        person = Person(self, name, http)
        async with person.post(
            "/api/login", {"name": name, "password": PASSWORD}
        ) as answer:
            assert answer.status == 200, await answer.text()
            person.csrf = (await answer.json())["csrf"]
        return person

    async def once(self, role: Role = Role.SUPERVISOR) -> str:
        """The path of a fresh one-time link."""
        self._ids += 1
        token = f"once-{self._ids}"
        until = self.clock.now() + timedelta(hours=1)
        await self.store.accounts.add_once(token_hash(token), role, until)
        return f"/login?once={token}"

    async def hand_off(
        self,
        viewer: str,
        text: str,
        *,
        reason: Reason = Reason.UNMATCHED,
        priority: int = 3,
        key: str | None = None,
        evidence: Sequence[Evidence] = (),
        at: datetime | None = None,
        event: EventId | None = None,
    ) -> Ticket:
        """A viewer's line goes to a human, as the engine does it; *event* if it was journaled."""
        self._ids += 1
        handoff = Handoff(
            room=ROOM,
            viewer=Viewer(key=ViewerKey(f"k-{viewer}"), name=viewer),
            reason=reason,
            priority=priority,
            evidence=tuple(evidence),
            event_id=event or EventId(f"e{self._ids}"),
            text=text,
            at=at or self.clock.now(),
            key=key,
        )
        done: asyncio.Future[Committed | BaseException] = asyncio.Future()

        def work(tx: DeskTransaction) -> None:
            handoffs.open_ticket(tx, handoff, policy=self.desk.policy, attended=True)

        self.store.append(RoomBatch(room=ROOM, desk=[work]), done.set_result)
        committed = await done
        assert isinstance(committed, Committed)
        self.committed(committed)
        return committed.tickets[0]

    def viewer_line(self, viewer: str, text: str, decision: str = "ignore") -> SeenLine:
        """A line in the room's live list."""
        self._ids += 1
        line = SeenLine(
            id=f"e{self._ids}",
            at=self.clock.now(),
            kind="viewer",
            name=viewer,
            text=text,
            viewer=f"k-{viewer}",
            decision=decision,
        )
        self.view.add(line)
        return line

    def prompter_line(self, text: str, kind: ReplyKind = ReplyKind.ANSWER) -> LineOut:
        """A line that waits for a person to say it."""
        self._ids += 1
        line = LineOut(
            line_id=LineId(f"l{self._ids}"),
            kind=kind,
            text=text,
            covers=(),
            made_at=self.clock.now(),
        )
        self.view.show_on_prompter(line)
        return line


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@asynccontextmanager
async def open_site(
    data: Path,
    *,
    clock: Clock | None = None,
    settings: WebSettings | None = None,
    queue_limit: int = 1000,
    encoder: Encoder | None = None,
    orders: OrderDesk | None = None,
) -> AsyncIterator[Site]:
    """A running console over *data*, with the shipped wording rules; a second look if given one."""
    clock = clock or FakeClock()
    guard = await asyncio.to_thread(shipped_guard)
    async with open_store(data, synchronous="OFF") as store:
        site: Site

        def committed(result: Committed) -> None:
            site.desk.heard(result)
            site.feed.publish(result)
            for ticket in result.tickets:
                site.view.board.ticket_changed(ticket)

        desk = Desk(
            store,
            clock,
            DeskPolicy(),
            guard_of=lambda _: guard,
            committed=lambda result: site.feed.publish(result),
        )

        async def record(reveal: Reveal) -> None:
            site.reveals.append(reveal)

        rooms = SimpleRooms(store, clock, committed)
        book = data / "faq" / "book.yaml"
        await asyncio.to_thread(_write, book, BOOK)
        replaced: asyncio.Queue[Understanding] = asyncio.Queue()
        books = FaqBooks(now=clock.now)
        understandings = Understandings(
            books,
            deliver=lambda _room, understanding: replaced.put_nowait(understanding),
            report=lambda _room, _problems: None,
        )
        understanding = await understandings.open(
            BookOrder(
                room=ROOM,
                paths=(book.parent,),
                products=None,
                settings=MatchSettings(),
            )
        )
        learning = Learning(
            understandings,
            store.suggestions,
            store.heard,
            clock,
            counted=rooms.suggestions_wait,
        )
        looks = SecondLooks(
            lambda name: encoder or Encoders().load(name), clock, store.vectors
        )
        look = None if encoder is None else looks.open(ROOM, "given")
        looks.follow(ROOM, understanding)
        feed = Feed(
            store,
            lambda: rooms.views,
            clock,
            present=lambda: desk.present,
            floor=lambda: desk.floor(),
            queue_limit=queue_limit,
        )
        for name, role in PEOPLE.items():
            hashed = await Passwords(WEAK).hashed(PASSWORD)
            await store.accounts.add(AgentName(name), role, hashed, clock.now())
        canned = CannedBooks(lambda _: guard)
        await canned.open(ROOM, (data / "replies",))
        app = make_app(
            desk=desk,
            feed=feed,
            rooms=rooms,
            accounts=store.accounts,
            archive=store,
            contexts=TicketContexts(
                store,
                store.surroundings,
                understandings,
                lambda _: orders,
                record,
            ),
            explainer=Explainer(understandings, store.heard, clock, looks),
            learning=learning,
            clock=clock,
            settings=settings or WebSettings(),
            second_look=looks,
            passwords=Passwords(WEAK),
            canned=CannedReplies(canned, understandings),
            suggested=SuggestedAnswers(understandings, clock),
            audit=store,
            host_board=HostBoard(rooms, store, clock, DeskPolicy(), committed),
            prompter_hook=PrompterHook(rooms, store, store, clock),
            tokens=store.tokens,
        )
        runner = await serve(app, "127.0.0.1", 0)
        port = runner.addresses[0][1]
        running = [
            asyncio.create_task(feed.run()),
            asyncio.create_task(understandings.run()),
            asyncio.create_task(looks.run()),
        ]
        if look is not None:
            await look.completed()
        async with aiohttp.ClientSession() as http:
            site = Site(
                f"http://127.0.0.1:{port}",
                clock,
                store,
                desk,
                feed,
                rooms,
                app,
                http,
                committed,
                book,
                books,
                replaced,
                canned,
            )
            try:
                yield site
            finally:
                # Left to the collector, an open socket is told of in some other test.
                await asyncio.gather(*(each.close() for each in site.sockets))
                for person in site.people:
                    await person.close()
                for task in running:
                    task.cancel()
                await asyncio.gather(*running, return_exceptions=True)
                await runner.cleanup()
