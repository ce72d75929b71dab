"""What a session makes of one viewer's lines: answers, sentences, cooldowns, modes."""

from __future__ import annotations

import pytest

from streambot.domain.actions import OpenTicket, OweReply, ShowReply, WithdrawReply
from streambot.domain.events import BookReplaced, LineWithdrawn, ReplySettled
from streambot.domain.faq.entry import FaqEntry, FaqId, Visibility
from streambot.domain.policy import SessionPolicy
from streambot.domain.reply import EventId, OutId, ReplyState
from streambot.domain.room import RoomMode
from tests.domain.chat_room import (
    ROOM,
    VAGUE,
    Chat,
    after,
    book_of,
    decisions,
    of,
    owed,
    scene,
    verdicts,
    viewer,
    wakes,
)


def withdrawn(event: str, at: float = 1) -> LineWithdrawn:
    """The platform takes a line back."""
    return LineWithdrawn(
        id=EventId(f"w-{event}"),
        at=after(at),
        received_at=after(at),
        scene=scene(),
        event=EventId(event),
    )


def test_a_line_that_matches_is_answered_at_once() -> None:
    """One reply, one decision, with the words of the line as evidence."""
    actions = Chat().say("请问什么时候发货")
    (reply,) = owed(actions)
    assert (reply.out_id, reply.text) == ("answer:demo:e1", "48小时内发出")
    assert reply.expires_at == after(30)
    (made,) = decisions(actions)
    assert (made.kind, made.entry, made.out_id) == ("answer", "ship", "answer:demo:e1")
    (evidence,) = made.evidence
    assert "请问什么时候发货"[evidence.start : evidence.end] == evidence.text


def test_the_next_words_within_two_seconds_join_an_answer() -> None:
    """What follows an answered line and asks nothing else belongs to it; later it stands alone."""
    chat = Chat()
    chat.say("什么时候发货")
    assert verdicts(chat.say("我比较急", 1.9)) == [("e2", "ignore", "merged")]
    assert verdicts(chat.say("有运费险吗", 1.95)) == [("e3", "answer", "insurance")]
    assert verdicts(chat.say("我比较急", 9)) == [("e4", "ignore", "chatter")]


def test_an_unclear_line_waits_two_seconds_for_its_rest() -> None:
    """Nothing is decided before; then the viewer is asked what was meant."""
    chat = Chat()
    waiting = chat.say(VAGUE)
    assert decisions(waiting) == []
    assert wakes(waiting) == [2]
    assert chat.tick(1.9) == []
    asked = chat.tick(2)
    assert [each.kind for each in decisions(asked)] == ["clarify"]
    (reply,) = owed(asked)
    assert (reply.out_id, reply.text) == (
        "clarify:demo:e1",
        "您想问的是“杯底能激光刻字吗”？",
    )


def test_joined_lines_get_one_verdict_and_the_rest_is_merged() -> None:
    """A sentence in two lines is judged whole and answered once."""
    chat = Chat()
    assert verdicts(chat.say("老板要等多久")) == []
    actions = chat.say("才发货", 1)
    assert verdicts(actions) == [("e1", "answer", "ship"), ("e2", "ignore", "merged")]
    assert [reply.out_id for reply in owed(actions)] == ["answer:demo:e1"]
    assert chat.tick(2) == []


def test_a_clear_line_is_answered_whatever_waits_before_it() -> None:
    """A line that matches by itself isn't blurred by the unclear one it follows."""
    chat = Chat()
    assert verdicts(chat.say("主播你们家店在哪个城市的哪条路上呀")) == []
    assert verdicts(chat.say("有运费险吗", 1)) == [
        ("e2", "answer", "insurance"),
        ("e1", "ignore", "merged"),
    ]


def test_one_viewer_never_waits_for_another() -> None:
    """A parked line holds up its own viewer only."""
    chat = Chat()
    chat.say(VAGUE)
    assert verdicts(chat.say("什么时候发货", 0.5, by=viewer("阿杰"))) == [
        ("e2", "answer", "ship")
    ]
    assert [each.event_id for each in decisions(chat.tick(2))] == ["e1"]


def test_a_viewer_is_asked_back_once_a_minute_then_a_person_is() -> None:
    """Clarifying twice would go in circles."""
    chat = Chat()
    chat.say(VAGUE)
    chat.tick(2)
    chat.say("激光刻字可以吗", 10)
    assert verdicts(chat.tick(12)) == [("e2", "handoff", "unmatched")]


def test_an_answer_is_not_repeated_within_its_cooldown() -> None:
    """Once it is said, further askers wait out the cooldown; one still queued is joined."""
    chat = Chat()
    (first,) = owed(chat.say("什么时候发货"))
    (joins,) = owed(chat.say("多久发货", 1, by=viewer("阿杰")))
    assert first.merge_key == joins.merge_key
    said = ReplySettled(
        at=after(2), outs=(first.out_id, joins.out_id), state=ReplyState.SENT
    )
    chat.tell(said)
    cooling = chat.say("多久发货", 20, by=viewer("大壮"))
    assert verdicts(cooling) == [("e3", "ignore", "ship")]
    assert decisions(cooling)[0].reason == "cooldown"
    assert verdicts(chat.say("多久发货", 22, by=viewer("小雨"))) == [
        ("e4", "answer", "ship")
    ]


def test_the_third_unanswered_repeat_calls_a_person() -> None:
    """Somebody who keeps asking while an answer cools down isn't ignored for ever."""
    chat = Chat()
    chat.say("什么时候发货", by=viewer("别人"))
    chat.tell(
        ReplySettled(
            at=after(0), outs=(OutId("answer:demo:e1"),), state=ReplyState.SENT
        )
    )
    lines = [chat.say("什么时候发货", at) for at in (3, 6, 9)]
    assert [decisions(each)[0].reason for each in lines] == [
        "cooldown",
        "cooldown",
        "repeat_question",
    ]
    assert decisions(lines[-1])[0].kind == "handoff"


def test_a_moderated_line_takes_back_its_reply() -> None:
    """Whatever the line earned is withdrawn, by the ids it can have."""
    chat = Chat()
    chat.say("什么时候发货")
    (action,) = chat.tell(withdrawn("e1"))
    assert isinstance(action, WithdrawReply)
    assert "answer:demo:e1" in action.outs
    assert verdicts(chat.say("多久发货", 3, by=viewer("阿杰"))) == [
        ("e2", "ignore", "ship")  # no queued answer is left to join
    ]


def test_a_moderated_line_that_waits_is_never_decided_on() -> None:
    """It ends as withdrawn; its sentence goes on without it."""
    chat = Chat()
    chat.say(VAGUE)
    assert verdicts(chat.tell(withdrawn("e1"))) == [("e1", "ignore", "withdrawn")]
    assert chat.tick(5) == []

    chat.say(VAGUE, 10)
    assert verdicts(chat.say("我比较急", 11)) == []
    assert verdicts(chat.tell(withdrawn("e2", 11.5))) == [
        ("e2", "ignore", "withdrawn"),
        ("e3", "ignore", "chatter"),
    ]


def test_lines_that_say_less_together_are_judged_apart() -> None:
    """Joining may complete a question, never lose one."""
    chat = Chat()
    assert verdicts(chat.say(VAGUE)) == []
    story = "昨天去公园散步遇见好多小朋友放风筝"
    (asked, joined) = decisions(chat.say(story, 1))
    assert (asked.event_id, asked.kind) == ("e1", "clarify")
    assert (joined.event_id, joined.reason) == ("e2", "merged")


def test_a_book_is_replaced_between_two_lines() -> None:
    """From then on the new book answers, also a line that was waiting."""
    chat = Chat()
    chat.say(VAGUE)
    fresh = book_of(FaqEntry(id=FaqId("new"), questions=(VAGUE,), answers=("当天发",)))
    assert chat.tell(BookReplaced(at=after(1), understanding=fresh)) == []
    assert verdicts(chat.tick(2)) == [("e1", "answer", "new")]


def test_observing_decides_and_says_nothing() -> None:
    """The same verdicts, shown instead of said."""
    chat = Chat(mode=RoomMode.OBSERVING)
    actions = chat.say("什么时候发货")
    assert of(OweReply, actions) == []
    (shown,) = of(ShowReply, actions)
    assert shown.reply.text == "48小时内发出"
    (made,) = decisions(actions)
    assert (made.kind, made.out_id) == ("answer", None)


def test_silence_leaves_everything_to_people_but_the_call_for_them() -> None:
    """A silent room ignores questions and still hears who needs a human."""
    chat = Chat(mode=RoomMode.SILENT)
    assert verdicts(chat.say("什么时候发货")) == [("e1", "ignore", "silent")]
    assert of(OpenTicket, chat.say("转人工", 1, by=viewer("阿杰")))
    chat.switch(RoomMode.ANSWERING)
    chat.say(VAGUE, 3, by=viewer("小雨"))
    chat.switch(RoomMode.SILENT)
    assert verdicts(chat.tick(5)) == [("e3", "ignore", "silent")]


def test_all_to_people_hands_over_what_the_book_could_answer() -> None:
    """In this mode a question becomes a ticket, chatter doesn't, and viewers are welcomed."""
    chat = Chat(mode=RoomMode.PEOPLE)
    asked = chat.say("什么时候发货")
    assert verdicts(asked) == [("e1", "handoff", "unmatched")]
    assert of(OpenTicket, asked)
    assert verdicts(chat.say("哈哈哈", 1, by=viewer("阿杰"))) == [
        ("e2", "ignore", "chatter")
    ]


@pytest.mark.parametrize(
    "text", ["", "   ", "[笑]", "？？？", "\u202e\u0000", "哈" * 999]
)
def test_a_line_that_says_nothing_is_chatter(text: str) -> None:
    """It is decided like any other."""
    assert verdicts(Chat().say(text)) == [("e1", "ignore", "chatter")]


def test_an_answer_for_one_viewer_only_needs_a_private_way() -> None:
    """Where there is none a person reads it out from the prompter."""
    private = book_of(
        FaqEntry(
            id=FaqId("coupon"),
            questions=("内部优惠码是什么",),
            answers=("A1",),
            visibility=Visibility.PRIVATE,
        )
    )
    (reply,) = owed(Chat(book=private).say("内部优惠码是什么"))
    assert reply.visibility is Visibility.PROMPTER


def test_how_many_repeats_call_a_person_is_a_setting() -> None:
    """With ``handoff.repeats: 2`` the second unanswered asking is enough."""
    chat = Chat(policy=SessionPolicy(room=ROOM, greeting=False, repeats=2))
    chat.say("什么时候发货", by=viewer("别人"))
    chat.tell(
        ReplySettled(
            at=after(0), outs=(OutId("answer:demo:e1"),), state=ReplyState.SENT
        )
    )
    lines = [chat.say("什么时候发货", at) for at in (3, 6)]
    assert [decisions(each)[0].reason for each in lines] == [
        "cooldown",
        "repeat_question",
    ]


def test_what_is_only_shown_cools_down_too() -> None:
    """An observed room decides as an answering one would."""
    chat = Chat(mode=RoomMode.OBSERVING)
    chat.say("什么时候发货", by=viewer("甲"))
    again = chat.say("什么时候发货", 3, viewer("乙"))
    assert decisions(again)[0].reason == "cooldown"
