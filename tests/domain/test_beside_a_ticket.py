"""Beside a ticket that waits for an empty desk: answers go on, the rest is kept, or given up."""

from __future__ import annotations

import pytest

from streambot.domain.actions import (
    AppendToTicket,
    OpenTicket,
    WithdrawReply,
    WithdrawTicket,
)
from streambot.domain.events import TicketChanged
from streambot.domain.left_to_people import GIVEN_UP, never_mind
from streambot.domain.room import RoomMode
from streambot.domain.ticket_steps import opened
from tests.domain.chat_room import START, Chat, of, owed, verdicts
from tests.domain.ticket_samples import POLICY


def _told_nobody_is_there(mode: RoomMode = RoomMode.ANSWERING) -> Chat:
    """A viewer who asked for a person while nobody was at the desk."""
    chat = Chat(mode=mode)
    (call,) = of(OpenTicket, chat.say("转人工"))
    ticket = opened(call.handoff, 7, POLICY, attended=False).ticket
    chat.tell(TicketChanged(at=START, ticket=ticket))
    return chat


def test_the_book_answers_on_and_what_it_cannot_is_kept_for_people() -> None:
    """Others drop what is said to an empty desk: here it stands on the ticket."""
    chat = _told_nobody_is_there()
    answered = chat.say("什么时候发货", 5)
    assert [reply.text for reply in owed(answered)] == ["48小时内发出"]
    assert not of(AppendToTicket, answered)
    kept = chat.say("屏幕右上角那里", 30)
    assert [line.text for line in of(AppendToTicket, kept)] == ["屏幕右上角那里"]
    assert verdicts(kept) == [("e3", "ignore", "human_owns")]
    again = chat.say("屏幕右上角那里", 60)
    assert of(AppendToTicket, again), "a line said twice was taken for small talk"


def test_a_burst_behind_the_call_is_two_lines_of_it_though_the_desk_was_told_of_none() -> (
    None
):
    """Lines come faster than the store answers: they are counted where they are decided."""
    chat = _told_nobody_is_there()
    said = [chat.say(f"屏幕右上角那里{n}", 5) for n in "甲乙丙丁"]
    assert [len(of(AppendToTicket, actions)) for actions in said] == [1, 1, 0, 0]


def test_chatting_on_is_no_more_of_the_matter() -> None:
    """Minutes later only what asks something reaches the ticket: nobody reads an evening's chat."""
    chat = _told_nobody_is_there()
    chatted = chat.say("屏幕右上角那里", 180)
    assert not of(AppendToTicket, chatted)
    assert verdicts(chatted) == [("e2", "ignore", "chatter")]
    asked = chat.say("那要怎么弄才行呢", 200)
    assert [line.text for line in of(AppendToTicket, asked)] == ["那要怎么弄才行呢"]


def test_who_gives_up_is_told_so_once_and_nothing_waits_any_more() -> None:
    """Said twice in one breath it is acknowledged once; the honest line is taken back."""
    chat = _told_nobody_is_there()
    first, second = chat.say("不用了谢谢", 5), chat.say("不用了", 6)
    assert [each.reason for each in of(WithdrawTicket, first)] == ["viewer"]
    (gone,) = of(WithdrawTicket, first)
    assert of(WithdrawReply, first)[0].outs == (f"unattended:{gone.ticket}:0",)
    assert [reply.merge_key for reply in owed(first)] == [GIVEN_UP]
    assert not owed(second)
    assert not of(WithdrawTicket, second)


def test_a_silent_room_takes_it_back_without_a_word() -> None:
    """The mode says that nothing is said; the matter ends all the same."""
    chat = _told_nobody_is_there(RoomMode.SILENT)
    actions = chat.say("算了", 5)
    assert of(WithdrawTicket, actions)
    assert not owed(actions)


@pytest.mark.parametrize(
    "text",
    [
        "不用了",
        "不需要了",
        "算了已解决",
        "没事了，谢谢",
        "已经解决了",
        "好的不用人工了",
        "那算了吧",
    ],
)
def test_a_clear_never_mind_is_one(text: str) -> None:
    """Nothing else stands in the line."""
    assert never_mind(text)


@pytest.mark.parametrize(
    "text",
    [
        "算了，我要退货",
        "还没解决",
        "不用了吗",
        "没解决",
        "不需要运费险了",
        "解决不了",
        "谢谢",
    ],
)
def test_what_says_more_is_no_never_mind(text: str) -> None:
    """Whoever still wants something is not sent away."""
    assert not never_mind(text)


def test_a_desk_with_people_gets_every_line() -> None:
    """Once somebody may come the assistant is silent, as ever."""
    chat = Chat()
    (call,) = of(OpenTicket, chat.say("转人工"))
    ticket = opened(call.handoff, 7, POLICY, attended=True).ticket
    chat.tell(TicketChanged(at=START, ticket=ticket))
    actions = chat.say("什么时候发货", 5)
    assert of(AppendToTicket, actions)
    assert not owed(actions)
