"""What holds for a session whatever is told to it, in whatever order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streambot.domain.actions import (
    Action,
    Decide,
    LookAgain,
    LookUpOrder,
    OpenTicket,
    OweReply,
    ShowReply,
)
from streambot.domain.decision import DecisionKind
from streambot.domain.events import (
    BookReplaced,
    LineWithdrawn,
    ModeChanged,
    OrderFound,
    OrderLookupFailed,
    OrderMissing,
    Origin,
    ReplySettled,
    SecondLookDone,
    TicketChanged,
    ViewerSpoke,
)
from streambot.domain.faq.likeness import Likeness
from streambot.domain.order import Order, OrderStatus
from streambot.domain.policy import SessionPolicy
from streambot.domain.reply import EventId, OutId, ReplyState
from streambot.domain.room import RoomMode
from streambot.domain.small_talk import SmallTalk
from streambot.domain.ticket import TicketState
from streambot.domain.viewer import ANCHOR, BOT, Viewer
from tests.domain.chat_room import ROOM, Chat, after, of, queued, scene, viewer, wakes

GUESTS = [viewer("甲"), viewer("乙"), viewer("丙")]
VIEWERS = [*GUESTS, *GUESTS, viewer("主播", ANCHOR), viewer("机器人", BOT)]
LINE_KINDS = set(DecisionKind) - {DecisionKind.GREET}
TEXTS = [
    "什么时候发货",
    "多久才",
    "发货",
    "有运费险吗",
    "今天吃什么",
    "老板你们有实体店吗",
    "我的快递到哪了",
    "订单 202601011234 到哪了",
    "可以批发吗",
    "收到的包装压扁了",
    "骗子退钱",
    "转人工",
    "帮我改地址",
    "物流不动了",
    "算了",
    "谢谢",
    "哈哈哈",
    "这个好看",
    "2333333",
    "？？？？",
    "",
]
ORDER = Order(order_id="202601011234", status=OrderStatus.SHIPPED)

#: What can happen, as often as it is named.
HAPPENINGS = (
    *("say", "say", "say", "say", "say", "say", "say", "storm", "stale", "history"),
    *("enter", "withdraw", "tick", "mode", "book", "settle", "ticket", "ticket"),
    *("found", "missing", "failed", "looked", "looked"),
)

Step = tuple[str, float, int, str]
steps = st.lists(
    st.tuples(
        st.sampled_from(HAPPENINGS),
        st.sampled_from([0.0, 0.1, 0.3, 0.5, 1.0, 2.0, 6.0, 45.0]),
        st.integers(0, 11),
        st.sampled_from(TEXTS) | st.text(max_size=20),
    ),
    min_size=2,
    max_size=40,
)


@dataclass(slots=True)
class Told:
    """A session that was told *story*, and all that came of it."""

    story: Sequence[Step]
    actions: list[Action] = field(default_factory=list)
    lines: list[ViewerSpoke] = field(default_factory=list)
    due: set[str] = field(default_factory=set)
    owed_in_silence: list[Action] = field(default_factory=list)
    mode: RoomMode = RoomMode.ANSWERING
    wakes: list[float] = field(default_factory=list)
    now: float = 0

    def __post_init__(self) -> None:
        looks = len(self.story) % 2 == 0
        policy = SessionPolicy(room=ROOM, has_orders=True, second_look=looks)
        chat = Chat(policy=policy)
        for n, step in enumerate(self.story):
            self.now += step[1]
            for action in self._happens(chat, n, step):
                self._note(action)
        while self.wakes:  # only when asked: nothing may wait for a tick by luck
            self.now = max(self.now, self.wakes.pop(0))
            for action in chat.tick(self.now):
                self._note(action)

    def _note(self, action: Action) -> None:
        self.actions.append(action)
        self.wakes = sorted([*self.wakes, *wakes([action])])
        if self.mode is RoomMode.SILENT and isinstance(action, OweReply):
            self.owed_in_silence.append(action)

    def _happens(self, chat: Chat, n: int, step: Step) -> Iterator[Action]:
        what, pick = step[0], step[2]
        who, at = VIEWERS[pick % len(VIEWERS)], after(self.now)
        match what:
            case "say" | "history" | "stale" | "storm":
                yield from self._says(chat, who, step)
            case "enter":
                self._arrives(who)
                yield from chat.enter(who, self.now)
            case "withdraw" if self.lines:
                line = self.lines[-1 - pick % min(3, len(self.lines))]
                gone = LineWithdrawn(
                    id=EventId(f"w{n}"),
                    at=at,
                    received_at=at,
                    scene=scene(),
                    event=line.id,
                )
                yield from chat.tell(gone)
            case "mode":
                self.mode = list(RoomMode)[pick % len(RoomMode)]
                yield from chat.tell(ModeChanged(at=at, mode=self.mode))
            case "book":
                yield from chat.tell(BookReplaced(at=at, understanding=chat.book))
            case "found" | "missing" | "failed":
                for look_up in of(LookUpOrder, self.actions)[-1 - pick % 2 :][:1]:
                    yield from self._source_says(chat, what, look_up.ref)
            case "looked":
                for look in of(LookAgain, self.actions)[-1 - pick % 2 :][:1]:
                    near = Likeness(cosines=dict.fromkeys(look.candidates, pick / 11))
                    scores = near if pick % 3 else None
                    event = SecondLookDone(at=at, ref=look.ref, scores=scores)
                    yield from chat.tell(event)
            case "ticket":
                for opened in of(OpenTicket, self.actions)[-1 - pick % 3 :][:1]:
                    state = list(TicketState)[pick % len(TicketState)]
                    ticket = queued(
                        opened.handoff,
                        n,
                        state=state,
                        resolved_at=at,
                        unattended=pick % 2 == 0,
                    )
                    yield from chat.tell(TicketChanged(at=at, ticket=ticket))
            case "settle":
                outs = tuple(each.reply.out_id for each in of(OweReply, self.actions))
                end = ReplySettled(at=at, outs=outs[-3:], state=ReplyState.SENT)
                yield from chat.tell(end)
            case _:
                yield from chat.tick(self.now)

    def _says(self, chat: Chat, who: Viewer, step: Step) -> Iterator[Action]:
        line = chat.line(step[3], self.now, who, storm=step[0] == "storm")
        if step[0] == "history":
            line = replace(line, origin=Origin.HISTORY)
        else:
            self._arrives(who)
        if step[0] == "stale":
            line = replace(line, at=after(self.now - 31))
        self.lines.append(line)
        yield from chat.tell(line)

    def _arrives(self, who: Viewer) -> None:
        if who in GUESTS and self.mode is not RoomMode.SILENT:
            self.due.add(who.key)

    def _source_says(self, chat: Chat, what: str, ref: str) -> Iterator[Action]:
        at = after(self.now)
        match what:
            case "found":
                yield from chat.tell(OrderFound(at=at, ref=ref, orders=(ORDER,)))
            case "missing":
                yield from chat.tell(OrderMissing(at=at, ref=ref))
            case _:
                yield from chat.tell(OrderLookupFailed(at=at, ref=ref))


@given(steps)
def test_every_line_is_decided_once_and_every_guest_welcomed_once(
    story: list[Step],
) -> None:
    """One verdict a line, of a kind that lines can have; one welcome for each who is due."""
    told = Told(story)
    made = [action.decision for action in of(Decide, told.actions)]
    about_lines = [each for each in made if each.kind is not DecisionKind.GREET]
    assert Counter(each.event_id for each in about_lines) == Counter(
        line.id for line in told.lines
    )
    assert {each.kind for each in about_lines} <= LINE_KINDS
    welcomed = [each.viewer for each in made if each.kind is DecisionKind.GREET]
    assert sorted(welcomed) == sorted(told.due)


@given(steps)
def test_nothing_is_owed_twice_and_nothing_in_silence(story: list[Step]) -> None:
    """Every trigger has one reply at most; a silent room owes none; evidence can be shown."""
    told = Told(story)
    replies = [
        action.reply
        for action in told.actions
        if isinstance(action, OweReply | ShowReply)
    ]
    assert max(Counter(each.out_id for each in replies).values(), default=1) == 1
    assert told.owed_in_silence == []
    owed = {action.reply.out_id for action in of(OweReply, told.actions)}
    texts = {line.id: line.text for line in told.lines}
    for action in of(Decide, told.actions):
        decision = action.decision
        assert decision.out_id is None or OutId(decision.out_id) in owed
        for seen in decision.evidence:
            assert texts[decision.event_id][seen.start : seen.end] == seen.text


@given(steps)
def test_the_same_story_ends_the_same(story: list[Step]) -> None:
    """A session depends on nothing but what it is told."""
    assert Told(story).actions == Told(story).actions


@given(steps)
def test_small_talk_is_decided_as_every_other_line_would_be(story: list[Step]) -> None:
    """Its short way, and what is remembered of it, save time and change nothing."""
    remembering = Told(story).actions
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SmallTalk, "knows", lambda *_: False)
        assert Told(story).actions == remembering
