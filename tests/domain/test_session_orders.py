"""Order questions: the line waits for the order source, its viewer's later lines behind it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from streambot.domain.actions import (
    Action,
    AppendToTicket,
    LookUpOrder,
    OpenTicket,
    OweReply,
    Remember,
    ShowReply,
)
from streambot.domain.events import (
    LineWithdrawn,
    OrderChanged,
    OrderFound,
    OrderLookupFailed,
    OrderMissing,
    ViewerLeft,
)
from streambot.domain.order import Order, OrderStatus
from streambot.domain.policy import SessionPolicy
from streambot.domain.reply import EventId
from streambot.domain.room import RoomMode
from streambot.domain.session import RoomSession
from tests.domain.chat_room import (
    ROOM,
    Chat,
    after,
    decisions,
    of,
    owed,
    scene,
    understanding,
    verdicts,
    viewer,
    wakes,
)

ASK = "我的快递到哪了"
POLICY = SessionPolicy(room=ROOM, greeting=False, has_orders=True)
ORDER = Order(
    order_id="202601011234",
    platform="p",
    status=OrderStatus.SHIPPED,
    viewer=viewer().key,
    carrier="顺丰",
    tracking_no="SF1234567890",
    revision=1,
)


def chat(mode: RoomMode = RoomMode.ANSWERING) -> Chat:
    """A room with an order source."""
    return Chat(policy=POLICY, mode=mode)


def asked(room: Chat, at: float = 0, text: str = ASK) -> LookUpOrder:
    """The look-up that a question leads to."""
    actions = room.say(text, at)
    assert decisions(actions) == []
    (look_up,) = of(LookUpOrder, actions)
    return look_up


def found(look_up: LookUpOrder, at: float = 1) -> OrderFound:
    """The source knows an order."""
    return OrderFound(at=after(at), ref=look_up.ref, orders=(ORDER,))


def test_a_question_about_ones_own_order_is_looked_up() -> None:
    """By the viewer's identity, or by the numbers in the line; the wait has an end."""
    look_up = asked(chat())
    assert (look_up.ref, look_up.numbers, look_up.by) == ("e1", (), after(3))
    by_number = asked(chat(), text="帮我查下订单202601011234")
    assert by_number.numbers == ("202601011234",)
    assert of(LookUpOrder, Chat().say(ASK)) == []  # no source, no look-up


def test_a_found_order_is_told_without_giving_it_away() -> None:
    """Its status, and nothing that others could use."""
    room = chat()
    actions = room.tell(found(asked(room)))
    assert verdicts(actions) == [("e1", "order", "found")]
    (reply,) = owed(actions)
    assert reply.out_id == "order:demo:e1"
    assert reply.expires_at == after(61)
    assert "SF1234567890" not in reply.text and "202601011234" not in reply.text


@pytest.mark.parametrize("kind", [OrderMissing, OrderLookupFailed])
def test_what_the_source_cannot_tell_goes_to_a_person(
    kind: type[OrderMissing | OrderLookupFailed],
) -> None:
    """Not found and no answer are told apart, both with a number to come back to."""
    room = chat()
    actions = room.tell(kind(at=after(1), ref=asked(room).ref))
    assert verdicts(actions) == [("e1", "handoff", "order_problem")]
    (opened,) = of(OpenTicket, actions)
    assert opened.handoff.holding is not None and "{no}" in opened.handoff.holding
    down = "没有回应" in opened.handoff.holding
    assert down is (kind is OrderLookupFailed)


def test_a_source_that_does_not_answer_in_time_counts_as_down() -> None:
    """Its late answer changes nothing any more."""
    room = chat()
    actions = room.say(ASK)
    assert wakes(actions) == [3]
    (look_up,) = of(LookUpOrder, actions)
    assert verdicts(room.tick(2.9)) == []
    assert verdicts(room.tick(3)) == [("e1", "handoff", "order_problem")]
    assert room.tell(found(look_up, 4)) == []


def test_the_viewers_next_lines_wait_behind_and_others_do_not() -> None:
    """They are heard in order, once the first has its answer."""
    room = chat()
    look_up = asked(room)
    assert room.say("什么时候发货", 0.1) == []
    assert room.say("可以批发吗", 0.2) == []
    assert verdicts(room.say("有运费险吗", 0.3, viewer("阿杰"))) == [
        ("e4", "answer", "insurance")
    ]
    told = room.tell(found(look_up))
    assert verdicts(told) == [
        ("e1", "order", "found"),
        ("e2", "answer", "ship"),
        ("e3", "answer", "wholesale"),
    ]


def test_lines_behind_a_handoff_go_to_its_ticket() -> None:
    """A viewer who is being handed over isn't answered by the assistant in between."""
    room = chat()
    look_up = asked(room)
    room.say("什么时候发货", 0.1)
    handed = room.tell(OrderMissing(at=after(1), ref=look_up.ref))
    assert verdicts(handed) == [("e1", "handoff", "order_problem")]
    told = room.desk_opens(handed, 1.1)
    assert verdicts(told) == [("e2", "ignore", "human_owns")]
    assert [each.text for each in of(AppendToTicket, told)] == ["什么时候发货"]


def test_a_moderated_order_question_is_dropped_and_those_behind_are_heard() -> None:
    """Its answer, when it comes, is told to nobody."""
    room = chat()
    look_up = asked(room)
    room.say("什么时候发货", 0.1)
    gone = LineWithdrawn(
        id=EventId("w1"),
        at=after(1),
        received_at=after(1),
        scene=scene(),
        event=EventId("e1"),
    )
    assert verdicts(room.tell(gone)) == [
        ("e1", "ignore", "withdrawn"),
        ("e2", "answer", "ship"),
    ]
    assert room.tell(found(look_up)) == []


def test_silence_falls_over_an_order_that_was_asked_for() -> None:
    """A room switched to silent meanwhile says nothing; an observed one shows it."""
    room = chat()
    look_up = asked(room)
    room.switch(RoomMode.SILENT)
    actions = room.tell(found(look_up))
    assert verdicts(actions) == [("e1", "ignore", "silent")]
    assert of(OweReply, actions) == []

    observed = chat(RoomMode.OBSERVING)
    actions = observed.tell(found(asked(observed)))
    assert of(OweReply, actions) == []
    assert len(of(ShowReply, actions)) == 1


def changed(status: OrderStatus, at: float = 10, revision: int = 2) -> OrderChanged:
    """The order moves on."""
    order = replace(ORDER, status=status, revision=revision)
    return OrderChanged(at=after(at), order=order, before="paid")


def test_a_buyer_in_the_room_is_told_at_once_others_when_they_come() -> None:
    """A notice is kept for two hours, over a restart, and told once."""
    room = chat()
    room.say("来了")
    assert len(owed(room.tell(changed(OrderStatus.SHIPPED)))) == 1
    left = ViewerLeft(
        id=EventId("l1"),
        at=after(11),
        received_at=after(11),
        scene=scene(),
        viewer=viewer(),
    )
    room.tell(left)
    kept = room.tell(changed(OrderStatus.DELIVERED, 12, 3))
    assert owed(kept) == []
    again = chat()
    again.session = RoomSession(POLICY, understanding(), remembered=of(Remember, kept))
    for back in (room, again):
        assert len(owed(back.enter(at=3_600))) == 1
        assert owed(back.enter(at=3_700)) == []


def test_a_kept_notice_ages_and_waits_out_silence() -> None:
    """After two hours it is no news; in a silent room it is kept for later."""
    room = chat()
    room.tell(changed(OrderStatus.SHIPPED))
    two_hours = timedelta(hours=2).total_seconds()
    assert owed(room.enter(at=10 + two_hours)) == []

    silent = chat()
    silent.tell(changed(OrderStatus.SHIPPED))
    silent.switch(RoomMode.SILENT)
    assert of(OweReply, silent.enter(at=20)) == []
    silent.switch(RoomMode.ANSWERING)
    assert len(owed(silent.say("哈哈", 30))) == 1


def test_an_order_that_goes_wrong_opens_a_ticket() -> None:
    """Also for a buyer who isn't there; an order of nobody here is nobody's matter."""
    actions: list[Action] = chat().tell(changed(OrderStatus.LOST))
    (opened,) = of(OpenTicket, actions)
    assert opened.handoff.viewer.key == viewer().key
    nobodys = replace(ORDER, viewer=None, status=OrderStatus.LOST)
    assert chat().tell(OrderChanged(at=after(0), order=nobodys)) == []
