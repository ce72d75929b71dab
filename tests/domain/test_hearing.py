"""What becomes a person's matter, what is left alone, and the silence while a person has it."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from streambot.domain.actions import (
    Action,
    AppendToTicket,
    OpenTicket,
    OweReply,
    WithdrawTicket,
)
from streambot.domain.events import TicketChanged
from streambot.domain.faq.entry import FaqBook, FaqEntry, FaqId
from streambot.domain.faq.match import MatchSettings
from streambot.domain.policy import SessionPolicy
from streambot.domain.ticket import Reason, TicketState
from streambot.domain.understanding import Understanding
from tests.domain.chat_room import (
    ROOM,
    Chat,
    after,
    decisions,
    of,
    owed,
    queued,
    verdicts,
    viewer,
)


def settled(chat: Chat, text: str, at: float = 0, by: str = "小明") -> list[Action]:
    """What a line leads to once its two seconds are over."""
    return [*chat.say(text, at, viewer(by)), *chat.tick(at + 2)]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("转人工", "asked_human"),
        ("麻烦安排个客服", "asked_human"),
        ("can i speak to someone from the team pls", "asked_human"),
        ("骗子，退钱", "angry"),
        ("我要打12315投诉你们", "legal"),
        ("吃完拉肚子了", "safety_word"),
        ("帮我改地址", "order_change"),
        ("我要退货", "after_sale"),
    ],
)
def test_who_needs_a_person_gets_one_at_once(text: str, reason: str) -> None:
    """Calls for a person, anger, risk and order matters don't wait for a second line."""
    actions = Chat().say(text)
    assert verdicts(actions) == [("e1", "handoff", reason)]
    (opened,) = of(OpenTicket, actions)
    for evidence in opened.handoff.evidence:
        assert text[evidence.start : evidence.end] == evidence.text
    assert opened.handoff.evidence


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("物流不动了", "unmatched"),  # an order matter
        ("老板你们有实体店吗", "unmatched"),  # the shop is asked
        ("老板好", "chatter"),  # the shop is greeted
        ("今天吃什么", "chatter"),  # a question to nobody here
        ("哈哈哈", "chatter"),
        (
            "有没有运费",
            "unmatched",
        ),  # the shop's matter, and only a vetoed entry is alike
    ],
)
def test_the_rule_for_unmatched_lines(text: str, verdict: str) -> None:
    """Handed off: what concerns an order or asks the shop; all else is ignored."""
    (made,) = decisions(settled(Chat(), text))
    assert made.reason == verdict


def test_a_question_that_mentions_the_shop_by_the_platforms_word_counts() -> None:
    """``mentions_shop`` of the frame is as good as a word in the line."""
    chat = Chat()
    chat.say("今天吃什么", mentions_shop=True)
    assert verdicts(chat.tick(2)) == [("e1", "handoff", "unmatched")]


def test_three_askers_within_a_minute_make_a_question_matter() -> None:
    """The third is handed off, and the two before it share its card; a fourth joins anew."""
    chat = Chat()
    assert verdicts(chat.say("今天吃什么", 0, viewer("甲"))) == [
        ("e1", "ignore", "chatter")
    ]
    chat.say("今天吃什么？", 30, viewer("甲"))  # the same viewer counts once
    chat.say("今天吃什么", 40, viewer("乙"))
    third = chat.say("今天 吃什么", 59, viewer("丙"))
    assert verdicts(third) == [("e4", "handoff", "unmatched")]
    tickets = [action.handoff for action in of(OpenTicket, third)]
    assert sorted(each.viewer.name for each in tickets) == ["丙", "乙", "甲"]
    assert len({each.key for each in tickets}) == 1


def test_three_askers_over_a_minute_apart_are_chance() -> None:
    """Only a burst counts."""
    chat = Chat()
    for n, name in enumerate("甲乙丙"):
        (made,) = decisions(chat.say("今天吃什么", n * 31, viewer(name)))
        assert made.reason == "chatter"


def test_above_the_rate_only_what_cannot_wait_opens_a_ticket() -> None:
    """``handoff.per_minute`` keeps the desk from drowning; a card that stands takes askers."""
    chat = Chat(policy=SessionPolicy(room=ROOM, greeting=False, handoffs_per_minute=1))
    asked = "老板你们有实体店吗"
    assert verdicts(settled(chat, asked, 0, "甲"))[0][1] == "handoff"
    assert verdicts(settled(chat, "老板你们招人吗", 3, "乙")) == [
        ("e2", "ignore", "chatter")
    ]
    assert verdicts(settled(chat, asked, 6, "丙"))[0][1] == "handoff"
    for n, text in enumerate(("骗子", "转人工", "有异物", "帮我改地址", "我要退货")):
        assert verdicts(chat.say(text, 9 + n, viewer(f"急{n}")))[0][1] == "handoff"
    assert verdicts(settled(chat, "老板你们招人吗", 70, "乙"))[0][1] == "handoff"


def test_an_entry_can_ask_for_a_person() -> None:
    """At once instead of an answer, or after it."""
    at_once = Chat().say("收到的包装压扁了")
    assert verdicts(at_once) == [("e1", "handoff", "after_sale")]
    assert owed(at_once) == []
    after_answer = Chat().say("可以批发吗")
    assert verdicts(after_answer) == [("e1", "answer", "wholesale")]
    (opened,) = of(OpenTicket, after_answer)
    assert opened.handoff.reason is Reason.VIP


def test_while_a_human_has_the_matter_the_assistant_is_silent() -> None:
    """Every line goes to the ticket, nothing is answered; other viewers are, as ever."""
    chat = Chat()
    chat.desk_opens(chat.say("转人工"))
    for n, text in enumerate(("什么时候发货", "可以批发吗", "哈哈"), start=2):
        actions = chat.say(text, n)
        assert verdicts(actions) == [(f"e{n}", "ignore", "human_owns")]
        (appended,) = of(AppendToTicket, actions)
        assert (appended.ticket, appended.text) == ("t1", text)
        assert len(actions) == 2
    assert verdicts(chat.say("什么时候发货", 9, viewer("阿杰")))[0][1] == "answer"


def test_a_complaint_raises_the_matter_a_human_has() -> None:
    """An angry line reaches the ticket as a graver handoff; the assistant still says nothing."""
    chat = Chat()
    chat.desk_opens(chat.say("转人工"))
    actions = chat.say("骗子", 2)
    assert verdicts(actions) == [("e2", "ignore", "human_owns")]
    (raised,) = of(OpenTicket, actions)
    assert raised.handoff.text == "骗子"
    assert of(OweReply, actions) == []


def test_lines_wait_for_the_ticket_just_asked_for() -> None:
    """What follows a handoff within a moment reaches the ticket, too, in order."""
    chat = Chat()
    asked = chat.say("转人工")
    assert chat.say("什么时候发货", 0.1) == []
    assert chat.say("快点", 0.2) == []
    told = chat.desk_opens(asked, 0.3)
    assert [each.text for each in of(AppendToTicket, told)] == ["什么时候发货", "快点"]
    assert [verdict[0] for verdict in verdicts(told)] == ["e2", "e3"]


def test_a_ticket_that_never_comes_holds_nobody_up() -> None:
    """After five seconds the viewer is heard again, by the clock or by their next line."""
    chat = Chat()
    chat.say("转人工")
    chat.say("什么时候发货", 1)
    assert verdicts(chat.tick(5)) == [("e2", "answer", "ship")]
    chat.say("转人工", 10)
    chat.say("哈哈", 11)
    assert [each[0] for each in verdicts(chat.say("可以批发吗", 16))] == ["e4", "e5"]


def test_never_mind_withdraws_a_matter_nobody_took() -> None:
    """Once somebody has it, the words are only passed on."""
    chat = Chat()
    asked = chat.say("转人工")
    chat.desk_opens(asked)
    assert of(WithdrawTicket, chat.say("算了", 1))
    (opened,) = of(OpenTicket, asked)
    taken = queued(opened.handoff, state=TicketState.ACTIVE, version=2)
    chat.tell(TicketChanged(at=after(2), ticket=taken))
    assert of(WithdrawTicket, chat.say("算了", 3)) == []


def test_with_nobody_at_the_desk_the_assistant_goes_on_answering() -> None:
    """A viewer who was told so isn't met with silence."""
    chat = Chat()
    (opened,) = of(OpenTicket, chat.say("转人工"))
    alone = queued(opened.handoff, unattended=True)
    chat.tell(TicketChanged(at=after(1), ticket=alone))
    assert verdicts(chat.say("什么时候发货", 2)) == [("e2", "answer", "ship")]
    taken = replace(alone, state=TicketState.ACTIVE, version=2)
    chat.tell(TicketChanged(at=after(3), ticket=taken))
    assert verdicts(chat.say("有运费险吗", 4)) == [("e3", "ignore", "human_owns")]


def test_after_a_matter_is_resolved_unanswered_words_reopen_it() -> None:
    """Within the reopen window, thanks excepted; a question the book knows is answered."""
    chat = Chat()
    (opened,) = of(OpenTicket, chat.say("转人工"))
    done = queued(
        opened.handoff, state=TicketState.RESOLVED, resolved_at=after(60), version=2
    )
    chat.tell(TicketChanged(at=after(60), ticket=done))
    assert verdicts(chat.say("谢谢", 61)) == [("e2", "ignore", "chatter")]
    assert verdicts(chat.say("什么时候发货", 70)) == [("e3", "answer", "ship")]
    assert verdicts(chat.say("还是不行呀", 80))[0][1] == "handoff"


def test_evidence_always_lies_in_the_line_it_is_about() -> None:
    """What was found in a joined sentence is only kept where it can be shown."""
    chat = Chat()
    chat.say("主播你们家店在哪")
    actions = chat.say("帮我改地址", 1)
    (made,) = (each for each in decisions(actions) if each.kind == "handoff")
    for evidence in made.evidence:
        assert "帮我改地址"[evidence.start : evidence.end] == evidence.text


def test_a_wording_without_its_value_gives_way_to_one_that_has_them() -> None:
    """Whichever wording's turn it is, a question with one usable answer is answered."""
    entry = FaqEntry(
        id=FaqId("gift"),
        questions=("有没有赠品",),
        answers=("送{shop.gift}", "送一双袜子"),
    )
    book = Understanding.of(FaqBook(entries=(entry,)), MatchSettings())
    for lines_before in range(6):
        chat = Chat(book=book)
        for _ in range(lines_before):
            chat.say("哈哈")
        said = of(OweReply, chat.say("有没有赠品", 1))
        assert [action.reply.text for action in said] == ["送一双袜子"]
