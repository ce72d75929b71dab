"""Which complaints are major, and that each says by which words."""

from __future__ import annotations

import pytest

from streambot.domain.actions import AppendToTicket, OpenTicket, RateTicket
from streambot.domain.complaint import Grade, grade, graver
from streambot.domain.desk_policy import DeskPolicy
from streambot.domain.desk_words import spoken
from streambot.domain.mood import MoodLevel
from tests.domain.chat_room import Chat, of


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("用了以后脸过敏了", "injury"),
        ("充电的时候爆炸了", "injury"),
        ("吃完拉肚子", "food"),
        ("打开都发霉了", "food"),
        ("你们卖假货", "fake"),
        ("再不处理我打12315", "law"),
        ("我要曝光你们", "law"),
        ("找消协起诉你们", "law"),
        ("孩子拿我手机乱买的", "minor"),
        ("3000块钱的东西坏了", "sum"),
        ("两万元打水漂了", "sum"),
    ],
)
def test_a_major_complaint_names_its_words(text: str, rule: str) -> None:
    """Harm, fakes, authorities, minors and large sums are major, with evidence in the line."""
    graded = grade(text)
    assert graded.grade is Grade.MAJOR
    found = {each.rule: each for each in graded.evidence}
    assert found[f"major:{rule}"].text in text


@pytest.mark.parametrize(
    "text",
    ["发货太慢了", "客服没人理我", "30块的东西都坏了", "订单20260101123456还没到"],
)
def test_what_is_only_annoying_is_ordinary(text: str) -> None:
    """Delay, silence, small sums and order numbers don't jump the queue."""
    assert grade(text, level=MoodLevel.P2).grade is Grade.ORDINARY


@pytest.mark.parametrize("level", [MoodLevel.P0, MoodLevel.P1])
def test_the_mood_alone_can_make_it_major(level: MoodLevel) -> None:
    """What the mood reads as law, danger, fraud or abuse is major, and says so."""
    graded = grade("气死我了", level=level)
    assert graded.grade is Grade.MAJOR
    assert graded.evidence[0].rule == f"major:{level}"


def test_complaining_again_is_major_and_never_goes_back() -> None:
    """A second complaint is major, and a calmer line afterwards changes nothing."""
    assert grade("还是没人管", repeated=True).grade is Grade.MAJOR
    assert graver((Grade.MAJOR, Grade.ORDINARY)) is Grade.MAJOR
    assert graver((None, Grade.ORDINARY)) is Grade.ORDINARY
    assert graver((None,)) is None


@pytest.mark.parametrize(
    ("text", "promised"),
    [("骗子！卖假货！退钱！", "30分钟"), ("三天了还不发货，什么态度", "2小时")],
)
def test_the_promised_time_follows_the_grade(text: str, promised: str) -> None:
    """A major complaint's ticket is the most urgent, names its words, and promises sooner."""
    (call,) = of(OpenTicket, Chat().say(text))
    policy = DeskPolicy()
    assert spoken(policy.promise(call.handoff.priority)) == promised
    major = [each for each in call.handoff.evidence if each.rule.startswith("major:")]
    assert bool(major) == (promised == "30分钟")


def test_a_score_of_whoever_was_not_asked_is_a_line_like_any_other() -> None:
    """扣1 and 5 are what rooms are full of: nothing is rated unasked."""
    chat = Chat()
    for text in ("5", "五星", "扣1"):
        assert not of(RateTicket, chat.say(text))


@pytest.mark.parametrize(
    ("text", "at", "grows"),
    [
        ("骗子！卖假货！", 5, True),
        ("三天了还不发货，什么态度", 5, False),
        ("三天了还不发货，什么态度", 90, True),
    ],
)
def test_a_complaint_grows_while_nobody_answers(
    text: str, at: float, grows: bool
) -> None:
    """Fraud raises it at once; the same again only when it is no longer the same breath."""
    chat = Chat()
    chat.desk_opens(chat.say("三天了还不发货，什么态度"))
    actions = chat.say(text, at)
    assert [call.handoff.priority for call in of(OpenTicket, actions)] == [0] * grows
    assert bool(of(AppendToTicket, actions)) is not grows
