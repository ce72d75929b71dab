"""Praise is recognised, thanked once a broadcast, and kept for whom it is about."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from streambot.domain.actions import (
    MemoryKind,
    OpenTicket,
    PraiseAgent,
    Remember,
    ShowReply,
)
from streambot.domain.events import TicketChanged
from streambot.domain.praise import praise_in
from streambot.domain.reply import ReplyKind
from streambot.domain.room import BroadcastId, RoomMode
from streambot.domain.session import RoomSession
from streambot.domain.ticket import TicketState
from tests.domain.chat_room import (
    Chat,
    after,
    decisions,
    of,
    owed,
    queued,
    scene,
    verdicts,
    viewer,
)

PRAISE = "质量很好，会回购"


@pytest.mark.parametrize(
    "line",
    [
        *(
            "客服态度真好",
            "物流超快",
            "质量很好",
            "面料特别舒服",
            "必须好评",
            "非常满意",
            "值得推荐",
        ),
        *(
            "收到了，很喜欢",
            "用了一个月，真的好用",
            "谢谢客服耐心解答",
            "老板人很实在",
            "品質很好",
        ),
        *(
            "真是物美价廉",
            "挑不出一点儿毛病",
            "味道绝了",
            "良心卖家",
            "我要吹爆这款",
            "真的好用",
            "太好喝了，停不下来",
            "推荐姐妹们入手",
        ),
        *("味道不错", "回购好几次了", "服务没话说", "great quality", "love this dress"),
    ],
)
def test_praise_is_recognised(line: str) -> None:
    """Of goods, parcels and people, with the words that say so."""
    seen = praise_in(line)
    assert seen is not None
    assert line[seen.start : seen.end] == seen.text != ""


@pytest.mark.parametrize(
    "line",
    [
        *(
            "老板好",
            "主播好美",
            "666",
            "好看",
            "质量好吗",
            "质量怎么样",
            "质量不好",
            "质量好差",
        ),
        *(
            "要是物流快点就好了",
            "味道很好但是太慢",
            "客服好慢",
            "质量没有想的好",
            "什么时候发货",
            "",
        ),
        *("快递好久没动", "满意再拍", "客服好像不在"),
        *(
            "这质量也好意思卖",
            "做工也好意思要钱",
            "没有物美价廉的吗",
            "不推荐大家买",
            "良心商家不会这样",
            "别吹爆了",
            "看着太好吃了",
            "太好吃了吧就是贵",
            "味道绝了但是太少",
        ),
    ],
)
def test_greetings_questions_and_mixed_words_are_no_praise(line: str) -> None:
    """Thanking a complaint would be worse than silence."""
    assert praise_in(line) is None


@given(st.text(max_size=60))
def test_any_text_may_be_asked_for_praise(line: str) -> None:
    """What is found is in the line as typed."""
    seen = praise_in(line)
    assert seen is None or line[seen.start : seen.end] == seen.text


def test_praise_is_thanked_once_a_broadcast() -> None:
    """In a line of the lowest urgency; the next praise is only counted."""
    chat = Chat()
    first = chat.say(PRAISE)
    (reply,) = owed(first)
    assert reply.kind is ReplyKind.THANKS
    assert reply.viewer == viewer()
    assert verdicts(first) == [("e1", "answer", "praise")]
    assert decisions(first)[0].reason == "shop"
    again = chat.say("客服态度真好", 60)
    assert owed(again) == []
    assert verdicts(again) == [("e2", "ignore", "praise")]
    assert owed(chat.say(PRAISE, 90, viewer("小红"))) != []
    assert owed(chat.say(PRAISE, 99, scene=scene("b2"))) != []


def test_who_was_thanked_is_known_after_a_restart() -> None:
    """From durable memory, within the broadcast it was in."""
    chat = Chat()
    (fact,) = of(Remember, chat.say(PRAISE))
    assert (fact.memory, fact.value) == (MemoryKind.PRAISED, BroadcastId("b1"))
    chat.session = RoomSession(chat.policy, chat.book, remembered=(fact,))
    assert owed(chat.say(PRAISE, 60)) == []


def test_a_new_broadcast_forgets_who_praised_the_last() -> None:
    """A room that runs for months remembers one broadcast's praise, also after a restart."""
    chat, facts = Chat(), []
    for number in range(30):
        told = scene(f"b{number // 10}")
        said = chat.say(PRAISE, number * 60, viewer(f"v{number}"), scene=told)
        facts += of(Remember, said)
    assert len(chat.session.memory.praised) == 10
    again = RoomSession(chat.policy, chat.book, remembered=facts)
    assert again.memory.praised == chat.session.memory.praised


def test_praise_behind_a_ticket_is_the_agents() -> None:
    """Who helped last is named in the decision's reason."""
    chat = Chat()
    (opened,) = of(OpenTicket, chat.say("转人工"))
    solved = queued(
        opened.handoff,
        state=TicketState.RESOLVED,
        resolved_at=after(20),
        last_owner="小李",
    )
    chat.tell(TicketChanged(at=after(20), ticket=solved))
    actions = chat.say("客服态度真好", 30)
    assert decisions(actions)[0].reason == "agent:小李"
    (kept,) = of(PraiseAgent, actions)
    assert (kept.acclaim.agent, kept.acclaim.ticket) == ("小李", solved.id)
    (again,) = of(
        PraiseAgent, chat.say("小姐姐服务很耐心", 40)
    )  # thanked once, kept twice
    assert again.acclaim.event_id == "e3"
    assert not of(PraiseAgent, chat.say("质量很好，做工也不错", 50))  # the shop's


def test_praise_while_a_human_owns_the_matter_goes_to_them() -> None:
    """The assistant stays silent; the decision still counts as praise."""
    chat = Chat()
    (opened,) = of(OpenTicket, chat.say("转人工"))
    ticket = replace(queued(opened.handoff), state=TicketState.ACTIVE, owner="小李")
    chat.tell(TicketChanged(at=after(5), ticket=ticket))
    actions = chat.say(PRAISE, 6)
    assert owed(actions) == []
    assert verdicts(actions) == [("e2", "ignore", "praise")]
    assert not of(PraiseAgent, actions)  # of goods
    (kept,) = of(PraiseAgent, chat.say("客服态度真好", 9))
    assert kept.acclaim.agent == "小李"


@pytest.mark.parametrize("mode", [RoomMode.SILENT, RoomMode.OBSERVING])
def test_nobody_is_thanked_aloud_where_the_assistant_may_not_speak(
    mode: RoomMode,
) -> None:
    """Silent says nothing; observing only shows it."""
    chat = Chat(mode=mode)
    actions = chat.say(PRAISE)
    assert owed(actions) == []
    assert bool(of(ShowReply, actions)) is (mode is RoomMode.OBSERVING)


def test_praise_before_a_question_is_answered_with_the_question() -> None:
    """Nothing asked is lost to a thank you."""
    actions = Chat().say("质量很好，什么时候发货")
    assert ReplyKind.THANKS not in [reply.kind for reply in owed(actions)]
