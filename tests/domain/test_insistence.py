"""What no single line shows: asking again and again, marks behind a question, mild twice over."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

import pytest

from streambot.domain.mood import (
    Mood,
    MoodLevel,
    MoodReader,
    MoodReading,
    Patience,
    RepeatWatch,
    handoff_reason,
)
from streambot.domain.viewer import ViewerKey
from tests.domain.chat_room import START, Chat, after, verdicts

READER = MoodReader()
ME = ViewerKey("me")


def heard(
    said: Iterable[tuple[float, str]],
    patience: Patience | None = None,
    answered: float | None = None,
    who: ViewerKey = ME,
) -> list[MoodReading]:
    """How each of one viewer's lines reads in the light of those before."""
    patience = patience or Patience()
    answered_at = None if answered is None else after(answered)
    return [
        patience.heard(
            who,
            text,
            READER.read(text),
            after(at),
            answered_at if answered_at and after(at) >= answered_at else None,
        )
        for at, text in said
    ]


def test_the_third_asking_within_two_minutes_is_impatience() -> None:
    """However the question is dressed; it calls for a person as a repeated question."""
    asked = ((0, "有运费险吗"), (50, "有没有运费险吗"), (119, "有运费险吗？？"))
    first, second, third = heard(asked)
    assert [first.mood, second.mood] == [Mood.CALM, Mood.CALM]
    assert (third.mood, third.level) == (Mood.ANGRY, MoodLevel.P2)
    assert third.evidence[0].text == asked[2][1]
    assert handoff_reason(third) == "repeat_question"


def test_asking_slowly_or_of_different_things_is_no_impatience() -> None:
    """Neither every two minutes, nor three questions, nor three viewers."""
    slow = heard((61 * n, "有运费险吗") for n in range(5))
    different = heard(
        ((0, "有运费险吗"), (1, "几点下播"), (2, "能开发票吗"), (3, "红色有货吗"))
    )
    shared = Patience()
    others = [
        heard([(0, "有运费险吗")], shared, who=ViewerKey(name))[0] for name in "abc"
    ]
    for reading in (*slow, *different, *others):
        assert reading.mood is Mood.CALM


@pytest.mark.parametrize("line", ["哈哈哈", "666", "1", "想要", "晚上好"])
def test_chatter_may_be_repeated(line: str) -> None:
    """Only questions press for an answer."""
    assert all(each.mood is Mood.CALM for each in heard((n, line) for n in range(6)))


def test_a_question_that_comes_back_twice_behind_an_answer_was_answered_in_vain() -> (
    None
):
    """Once more may be habit; twice calls for a person."""
    asked = ((0, "什么时候发货"), (10, "什么时候发货啊"), (20, "什么时候发货？"))
    watch = Patience(repeats=None)
    before, again, in_vain = heard(asked, watch, answered=1)
    assert [before.mood, again.mood] == [Mood.CALM, Mood.CALM]
    assert in_vain.mood is Mood.ANGRY
    assert in_vain.evidence[0].rule == "mood:answered_in_vain"


def test_mild_dissatisfaction_twice_within_five_minutes_is_a_complaint() -> None:
    """Once it only shows; later than that it is a new matter."""
    first, second = heard(((0, "物流有点慢"), (299, "有点失望")))
    assert first.mood is Mood.UNEASY
    assert (second.mood, second.level) == (Mood.ANGRY, MoodLevel.P2)
    assert handoff_reason(second) == "complaint"
    assert len(second.evidence) > 1
    assert heard(((0, "物流有点慢"), (301, "有点失望")))[1].mood is Mood.UNEASY


def test_bare_marks_press_only_for_a_question_that_waits() -> None:
    """Nobody asked, or the answer came: "????" is noise."""
    marks = (10, "？？？？")
    assert heard([marks])[0].mood is Mood.CALM
    assert heard([(0, "有运费险吗"), marks])[1].mood is Mood.ANGRY
    assert heard([(0, "有运费险吗"), (10, "??!?!?")])[1].mood is Mood.ANGRY
    assert heard([(0, "有运费险吗"), marks], answered=1)[1].mood is Mood.CALM
    assert heard([(0, "有运费险吗"), (10, "？？")])[1].mood is Mood.CALM
    assert heard([(0, "有运费险吗"), (121, "？？？？")])[1].mood is Mood.CALM


def test_marks_behind_a_question_of_no_shop_press_the_second_time() -> None:
    """Viewers ask each other as well; another question begins anew."""

    def moods(*said: tuple[float, str]) -> list[Mood]:
        patience = Patience()
        return [
            patience.heard(
                ME,
                text,
                READER.read(text),
                after(at),
                line=f"e{at}",
                is_ours=lambda question: "运费险" in question,
            ).mood
            for at, text in said
        ]

    chat, marks = (0, "你真的没看过吗"), [(at, "？？？？") for at in (10, 20)]
    assert moods(chat, *marks) == [Mood.CALM, Mood.CALM, Mood.ANGRY]
    assert moods(chat, marks[0], (15, "几点睡的"), marks[1])[-1] is Mood.CALM
    assert moods(chat, marks[0], marks[0]) == [Mood.CALM] * 3  # one line, heard twice
    assert moods((0, "有运费险吗"), marks[0])[-1] is Mood.ANGRY


@pytest.mark.parametrize(
    ("question", "presses"),
    [("什么时候下播", 1), ("老板在干嘛呢", 1), ("龟仙人是你爷爷吗", 2)],
)
def test_a_session_hears_marks_behind_the_shops_matter_at_once(
    question: str, presses: int
) -> None:
    """Behind what nobody asks a shop only the second time."""
    chat = Chat()
    chat.say(question)
    heard = [verdicts(chat.say("？？？？", at))[0][1] for at in range(1, presses + 1)]
    assert heard == [*["ignore"] * (presses - 1), "handoff"]


def test_lost_patience_counts_once() -> None:
    """What led to a handoff doesn't lead to the next one."""
    asked = [(n, "有运费险吗") for n in range(4)]
    assert [each.mood for each in heard(asked)] == [
        *(Mood.CALM, Mood.CALM, Mood.ANGRY, Mood.CALM)
    ]


def test_a_line_heard_twice_was_said_once() -> None:
    """A session hears a line again when its viewer's next words may have joined it."""
    patience, line = Patience(), "物流有点慢"
    for _ in range(3):
        reading = patience.heard(ME, line, READER.read(line), START, None, "e1")
        assert reading.mood is Mood.UNEASY


def test_a_session_calls_a_person_for_who_asks_behind_the_answer() -> None:
    """The second time the answered question comes back."""
    chat = Chat()
    for at in (0, 30, 60):
        actions = chat.say("什么时候发货", at)
    assert verdicts(actions)[-1][1:] == ("handoff", "repeat_question")


def test_a_session_calls_a_person_for_mild_words_twice() -> None:
    """Whatever the lines between say."""
    chat = Chat()
    for at, line in enumerate(("物流有点慢", "哈哈", "有点失望啊")):
        actions = [*chat.say(line, at * 60), *chat.tick(at * 60 + 5)]
    assert verdicts(actions)[-1][1:] == ("handoff", "complaint")


def test_the_third_unanswered_asking_is_noticed() -> None:
    """Of the same thing, by the same viewer, within two minutes, since the last answer."""
    watch, me = RepeatWatch(), ViewerKey("me")
    asked = ("有运费险吗", "有没有运费险吗", "有运费险吗？？")
    first, second, third = (
        watch.unanswered(me, text, START + timedelta(seconds=n))
        for n, text in enumerate(asked)
    )
    assert first is None and second is None
    assert third is not None and third.text == asked[2]
    watch.answered(me)
    assert watch.unanswered(me, asked[0], START + timedelta(seconds=5)) is None
    for other in ("a", "b"):
        assert watch.unanswered(ViewerKey(other), asked[0], START) is None


def test_repetition_is_forgotten_after_two_minutes() -> None:
    """Asking every two minutes isn't pressing."""
    watch, me = RepeatWatch(), ViewerKey("me")
    for n in range(6):
        at = START + timedelta(seconds=61 * n)
        assert watch.unanswered(me, "有运费险吗", at) is None
