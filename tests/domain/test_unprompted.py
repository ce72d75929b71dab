"""What the assistant says unasked: scheduled lines, the notice and thanks, and when it doesn't."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from streambot.domain.actions import Action, OweReply, Remember, ShowReply
from streambot.domain.calendar import Calendar, Interval
from streambot.domain.events import (
    ClockTicked,
    GiftSent,
    ModeChanged,
    NoticePinned,
    Origin,
    ReplySettled,
    RoomClosed,
    RoomOpened,
    ViewerFollowed,
)
from streambot.domain.gratitude import Gratitude, ThanksPolicy
from streambot.domain.policy import SessionPolicy
from streambot.domain.reply import EventId, Reply, ReplyKind, ReplyState
from streambot.domain.room import RoomMode, RoomName
from streambot.domain.session import RoomSession
from streambot.domain.timers import TimerRule, Timers
from streambot.domain.viewer import ANCHOR
from tests.domain.chat_room import (
    ROOM,
    Chat,
    after,
    of,
    owed,
    scene,
    understanding,
    viewer,
)

MINUTE = timedelta(minutes=1)
EVERY_TEN = TimerRule(every=10 * MINUTE, after_lines=3, texts=("点点关注", "下单有礼"))
#: 20:05 to 20:15 in China: from five to fifteen minutes behind the start.
QUIET = Calendar(week=((Interval(start=1205, end=1215),),) * 7)


@dataclass(slots=True)
class Talk:
    """A session whose scheduled lines are taken by the room at once, or never."""

    chat: Chat
    says: bool = True
    said: list[tuple[float, str]] = field(default_factory=list)
    kept: list[Remember] = field(default_factory=list)

    def happen(self, actions: Sequence[Action], at: float) -> list[Reply]:
        """Note what is owed, and let the room take it."""
        self.kept += of(Remember, actions)
        replies = [
            each
            for each in owed(actions)
            if each.kind in (ReplyKind.TIMER, ReplyKind.GIFT)
        ]
        for reply in replies:
            self.said.append((at, reply.text))
            if self.says and reply.kind is ReplyKind.TIMER:
                settled = ReplySettled(
                    at=after(at), outs=(reply.out_id,), state=ReplyState.SENT
                )
                self.happen(self.chat.session.receive(settled), at)
        return replies

    def lines(self, at: float, count: int = 1) -> list[Reply]:
        """Viewers chat."""
        return [
            reply
            for _ in range(count)
            for reply in self.happen(self.chat.say("哈哈", at), at)
        ]

    def tick(self, at: float) -> list[Reply]:
        """Time passes."""
        return self.happen(self.chat.session.receive(ClockTicked(at=after(at))), at)

    def gift(self, at: float, by: str = "小明", **more: object) -> list[Reply]:
        """Somebody gives something."""
        values: dict[str, object] = {
            "id": EventId(f"g{at}{by}"),
            "at": after(at),
            "received_at": after(at),
            "scene": scene(),
            "viewer": viewer(by),
            "gift": "小心心",
        }
        event = GiftSent(**{**values, **more})  # type: ignore[arg-type]
        return self.happen(self.chat.session.receive(event), at)

    def follow(self, at: float, by: str = "小明", broadcast: str = "b1") -> list[Reply]:
        """Somebody follows."""
        event = ViewerFollowed(
            id=EventId(f"f{at}{by}"),
            at=after(at),
            received_at=after(at),
            scene=scene(broadcast),
            viewer=viewer(by),
        )
        return self.happen(self.chat.session.receive(event), at)


def talk(
    *rules: TimerRule,
    thanks: ThanksPolicy | None = None,
    quiet: Calendar | None = None,
    mode: RoomMode = RoomMode.ANSWERING,
    kept: Sequence[Remember] = (),
) -> Talk:
    """A room that greets nobody, with *rules*."""
    policy = SessionPolicy(
        room=ROOM,
        greeting=False,
        timers=rules,
        thanks=thanks or ThanksPolicy(),
        quiet_hours=quiet,
        notices=TimerRule(every=5 * MINUTE, after_lines=2),
    )
    chat = Chat(policy=policy, mode=mode)
    chat.session = RoomSession(policy, understanding(), mode=mode, remembered=kept)
    return Talk(chat)


def test_a_scheduled_line_waits_for_its_time_and_for_its_lines() -> None:
    """Ten minutes and three lines, whichever comes later; the texts take turns."""
    room = talk(EVERY_TEN)
    room.lines(0, 5)
    room.tick(599)
    assert room.said == []
    room.tick(600)
    assert room.said == [(600, "点点关注")]
    room.tick(1_200)
    room.lines(1_300, 2)
    assert len(room.said) == 1
    room.lines(1_400)
    assert room.said == [(600, "点点关注"), (1_400, "下单有礼")]


def test_the_period_counts_from_when_the_room_took_the_line() -> None:
    """A line that waited fifty seconds for a slot isn't followed early by the next."""
    room = talk(EVERY_TEN)
    room.says = False
    room.lines(0, 3)
    (reply,) = room.tick(600)
    sent = ReplySettled(at=after(650), outs=(reply.out_id,), state=ReplyState.SENT)
    room.chat.session.receive(sent)
    room.lines(1_249, 5)
    assert len(room.said) == 1
    room.tick(1_250)
    assert len(room.said) == 2


def test_a_restart_makes_no_burst_and_forgets_no_turn() -> None:
    """What was said before is known; lines count anew; no two come within a minute."""
    other = TimerRule(every=10 * MINUTE, after_lines=1, texts=("主播八点下播",))
    room = talk(EVERY_TEN, other)
    room.lines(0, 5)
    room.tick(600)
    room.tick(660)
    assert [text for _, text in room.said] == ["点点关注", "主播八点下播"]

    again = talk(EVERY_TEN, other, kept=room.kept)
    again.lines(700, 9)
    again.tick(1_199)
    assert again.said == []
    again.lines(5_000, 9)
    assert len(again.said) == 1
    again.tick(5_059)
    assert len(again.said) == 1
    again.tick(5_060)
    assert [text for _, text in again.said] == ["下单有礼", "主播八点下播"]


def test_a_clock_set_back_over_a_restart_silences_nothing() -> None:
    """What was said at an instant yet to come counts from now."""
    room = talk(EVERY_TEN)
    room.lines(10_000, 5)
    room.tick(10_600)
    assert len(room.said) == 1
    again = talk(EVERY_TEN, kept=room.kept)
    again.lines(1_000, 5)
    again.tick(1_599)
    assert again.said == []
    again.tick(1_600)
    assert len(again.said) == 1


def test_another_broadcast_begins_its_own_periods() -> None:
    """Yesterday's last line makes nothing overdue this evening; nor does opening the room."""
    room = talk(EVERY_TEN)
    room.lines(0, 9)
    room.tick(600)
    for _ in range(5):
        room.happen(
            room.chat.say("哈哈", 90_000, scene=scene("b2")),
            90_000,
        )
    assert len(room.said) == 1
    opened = RoomOpened(
        id=EventId("o"), at=after(90_500), received_at=after(90_500), scene=scene("b2")
    )
    room.happen(room.chat.session.receive(opened), 90_500)
    room.happen(room.chat.say("哈哈", 91_000, scene=scene("b2")), 91_000)
    assert len(room.said) == 1


def test_nothing_is_said_once_the_room_is_closed() -> None:
    """Who stays to chat behind the end hears no more of the schedule."""
    room = talk(EVERY_TEN)
    room.lines(0, 9)
    closed = RoomClosed(
        id=EventId("c"), at=after(500), received_at=after(500), scene=scene()
    )
    room.chat.session.receive(closed)
    room.lines(700, 9)
    assert room.tick(800) == []


@pytest.mark.parametrize("mode", [each for each in RoomMode if each != "answering"])
def test_people_at_work_and_silence_stop_the_schedule(mode: RoomMode) -> None:
    """Observing, silent, or all to people: no scheduled line; back again, one and not many."""
    room = talk(EVERY_TEN, mode=mode)
    room.lines(0, 9)
    for at in (600, 1_800, 3_600):
        assert room.tick(at) == []
    room.chat.session.receive(ModeChanged(at=after(3_700), mode=RoomMode.ANSWERING))
    room.lines(3_700, 3)
    assert len(room.said) == 1


def test_quiet_hours_silence_all_that_nobody_asked_for() -> None:
    """No welcome, no schedule, no thanks; a question is answered as ever."""
    policy = SessionPolicy(
        room=ROOM,
        timers=(TimerRule(every=MINUTE, after_lines=1, texts=("点点关注",)),),
        thanks=ThanksPolicy(gifts=True, follows=True),
        quiet_hours=QUIET,
    )
    room = Talk(Chat(policy=policy))
    assert of(OweReply, room.chat.enter(viewer("早"), at=0))
    assert room.chat.enter(viewer("晚"), at=301) == []
    answer = owed(room.chat.say("什么时候发货", 400, viewer("问")))
    assert [each.kind for each in answer] == [ReplyKind.ANSWER]
    room.gift(400)
    room.follow(400)
    room.tick(410)
    assert room.said == []
    room.lines(901)
    assert room.said == [(901, "点点关注")]


def test_what_is_owed_just_before_quiet_hours_is_not_said_in_them() -> None:
    """Its life ends where they begin."""
    room = talk(
        TimerRule(every=MINUTE, after_lines=1, texts=("点点关注",)), quiet=QUIET
    )
    room.lines(0)
    (reply,) = room.tick(290)
    assert reply.expires_at == after(300)


def test_values_that_are_missing_leave_a_text_out() -> None:
    """Of two texts the one that can be filled in is said."""
    rule = TimerRule(
        every=MINUTE, after_lines=1, texts=("{product.name}只要{product.price}", "欢迎")
    )
    room = talk(rule)
    room.lines(0)
    room.tick(60)
    room.lines(100)
    room.tick(200)
    assert [text for _, text in room.said] == ["欢迎", "欢迎"]


def test_a_pinned_notice_is_said_at_once_and_again() -> None:
    """Then every five minutes behind two lines, over a restart, until it is taken down."""
    room = talk()
    room.lines(0)
    pinned = NoticePinned(at=after(10), text="今晚八点抽奖")
    (first,) = room.happen(room.chat.session.receive(pinned), 10)
    assert (first.text, first.kind) == ("今晚八点抽奖", ReplyKind.TIMER)
    room.lines(200, 2)
    room.tick(310)
    assert [at for at, _ in room.said] == [10, 310]
    room.chat.session.receive(NoticePinned(at=after(400), text=""))
    room.lines(1_000, 9)
    room.tick(1_100)
    assert len(room.said) == 2


class Said:
    """What a random evening led to."""

    def __init__(self) -> None:
        self.at: list[float] = []
        self.lines: list[int] = []


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["line", "line", "line", "tick", "restart", "mode"]),
            st.floats(0, 90),
        ),
        max_size=80,
    )
)
def test_never_more_than_one_a_period_nor_without_its_lines(
    steps: list[tuple[str, float]],
) -> None:
    """Whatever happens: a full period and three lines lie between two of a timer's lines."""
    rule = TimerRule(every=2 * MINUTE, after_lines=3, texts=("点点关注",))
    room, at, heard = talk(rule), 0.0, 0
    last_at, last_heard = 0.0, 0
    for what, wait in steps:
        at += wait
        before = len(room.said)
        match what:
            case "line":
                heard += 1
                room.lines(at)
            case "tick":
                room.tick(at)
            case "mode":
                silent = ModeChanged(at=after(at), mode=RoomMode.SILENT)
                room.chat.session.receive(silent)
                room.lines(at)
                heard += 1
                answering = ModeChanged(at=after(at), mode=RoomMode.ANSWERING)
                room.chat.session.receive(answering)
            case _:
                room.chat.session = talk(rule, kept=room.kept).chat.session
        if len(room.said) > before:
            assert len(room.said) == before + 1
            assert at - last_at >= 120 - 1e-6
            assert heard - last_heard >= 3
            last_at, last_heard = at, heard


def test_a_combo_is_thanked_once_when_it_is_over() -> None:
    """Ten events of one gift are one thank-you; how many stays unsaid."""
    room = talk(thanks=ThanksPolicy(gifts=True))
    for at in range(10):
        assert room.gift(at) == []
    assert room.tick(13) == []
    (reply,) = room.tick(14)
    assert (reply.kind, reply.text) == (ReplyKind.GIFT, "送的小心心")
    assert room.tick(20) == []
    room.gift(30)
    assert len(room.tick(35)) == 1


def test_a_combo_without_end_is_thanked_once_in_its_course() -> None:
    """Twenty seconds in, and not again however long it goes on."""
    room = talk(thanks=ThanksPolicy(gifts=True, amounts=True))
    for at in range(60):
        room.gift(at, count=3)
        room.tick(at)
    assert room.said == [(20, "送的小心心×63")]


def test_thanks_are_off_unless_they_are_set() -> None:
    """A shop that wants none hears none; nor are history, the host or a late event thanked."""
    off = talk()
    off.gift(0)
    off.follow(0)
    off.tick(60)
    room = talk(thanks=ThanksPolicy(gifts=True, follows=True))
    room.gift(0, origin=Origin.HISTORY)
    room.gift(1, viewer=viewer("掌柜", ANCHOR))
    room.gift(2, received_at=after(40))
    room.tick(60)
    assert off.said == room.said == []


def test_who_follows_again_and_again_is_thanked_once_a_broadcast() -> None:
    """The second broadcast is another occasion."""
    room = talk(thanks=ThanksPolicy(follows=True))
    assert [each.text for each in room.follow(0)] == ["的关注"]
    assert room.follow(5) == []
    assert len(room.follow(9, broadcast="b2")) == 1


def test_observing_shows_the_thanks_and_silence_does_not() -> None:
    """People see what would be said; where only people speak there is nothing to show."""
    room = talk(thanks=ThanksPolicy(follows=True), mode=RoomMode.OBSERVING)
    event = ViewerFollowed(
        id=EventId("f"),
        at=after(0),
        received_at=after(0),
        scene=scene(),
        viewer=viewer(),
    )
    assert len(of(ShowReply, room.chat.session.receive(event))) == 1
    silent = talk(thanks=ThanksPolicy(follows=True), mode=RoomMode.SILENT)
    assert silent.chat.session.receive(event) == []


def test_two_rooms_owe_their_own_lines_though_everything_else_is_the_same() -> None:
    """What is owed twice under one id is said once: an id without its room silences the other."""
    outs = []
    for room in ("one", "two"):
        gratitude = Gratitude(ThanksPolicy(gifts=True, follows=True))
        timers = Timers(room=room, rules=(EVERY_TEN,))
        timers.began("b", after(0))
        for _ in range(3):
            timers.heard(after(1))
        said = [each.reply for each in of(OweReply, [*timers.due(after(900))])]
        there = replace(scene(), room=RoomName(room))
        who, at = viewer("v"), after(1)
        follow = ViewerFollowed(
            scene=there, id=EventId("e1"), at=at, received_at=at, viewer=who
        )
        gift = GiftSent(
            scene=there, id=EventId("e2"), at=at, received_at=at, viewer=who, gift="花"
        )
        [*gratitude.gift(gift)]
        thanks = [gratitude.follow(follow), *gratitude.due(after(900))]
        outs += [each.out_id for each in (*said, *thanks) if each is not None]
    assert len(outs) == 6
    assert len(set(outs)) == 6
