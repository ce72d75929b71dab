"""The second look at a line's mood: which lines wait for it, and what it makes of them."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streambot.domain.actions import LookAgain, OpenTicket
from streambot.domain.events import SecondLookDone
from streambot.domain.faq.likeness import Likeness, Looked
from streambot.domain.faq.match import FaqMatch
from streambot.domain.mood import ANGRY_AT, Mood, MoodLevel, MoodReader
from streambot.domain.policy import SessionPolicy
from streambot.domain.room import RoomMode
from streambot.domain.ticket import Reason
from tests.domain.chat_room import ROOM, Chat, after, of, understanding, verdicts
from tests.domain.test_looking import NEAR, UNSURE, Unsure

READER = MoodReader()
UNEASY = "就这么打发我"
#: Uneasy, and hedged: who says so isn't to be called angry for it.
HEDGED = "有点失望"
CALM = "主播今天好美"
ANGRY = "你们说话不算数啊"
LOUD, QUIET = 4.0, -1.0


@dataclass(frozen=True)
class Settled(Unsure):
    """A matcher to which a second look can't matter."""

    def is_worth_a_look(self, match: FaqMatch) -> bool:
        """Never."""
        return False


def _chat(*, second_look: bool = True) -> Chat:
    policy = SessionPolicy(room=ROOM, greeting=False, second_look=second_look)
    return Chat(policy=policy, book=replace(understanding(), matcher=Settled()))


@pytest.fixture
def chat() -> Chat:
    """A room with the second look on."""
    return _chat()


def _told(ref: str, at: float, anger: float | None) -> SecondLookDone:
    scores = Likeness(cosines=NEAR, anger=anger)
    return SecondLookDone(at=after(at), ref=ref, scores=scores)


def test_an_uneasy_line_waits_to_be_told_how_angry_it_is(chat: Chat) -> None:
    """Nothing is decided; the viewer's own words go out, and how long the line waits."""
    said = chat.say(UNEASY)
    assert verdicts(said) == []
    (look,) = of(LookAgain, said)
    assert (look.said, look.ref, look.by) == (UNEASY, "e1", after(0.25))
    assert not look.matters


@pytest.mark.parametrize("line", [CALM, ANGRY])
def test_other_lines_wait_for_nothing(chat: Chat, line: str) -> None:
    """Calm lines are most of a room, and angry ones are people's at once."""
    said = chat.say(line)
    assert of(LookAgain, said) == []
    assert len(verdicts(said)) == 1


def test_who_proves_angry_is_handed_to_people(chat: Chat) -> None:
    """With the words that made the line uneasy."""
    chat.say(UNEASY)
    told = chat.tell(_told("e1", 0.02, LOUD))
    assert [kind for _, kind, _ in verdicts(told)] == ["handoff"]
    (opened,) = of(OpenTicket, told)
    assert opened.handoff.reason is Reason.COMPLAINT
    assert opened.handoff.evidence == READER.read(UNEASY).evidence


@pytest.mark.parametrize("anger", [QUIET, None])
def test_who_does_not_stays_what_they_were(chat: Chat, anger: float | None) -> None:
    """Nor is anybody called where the encoder tells nothing of anger."""
    chat.say(UNEASY)
    told = chat.tell(_told("e1", 0.02, anger))
    assert verdicts(told) == [("e1", "ignore", "chatter")]


def test_a_late_opinion_changes_nothing(chat: Chat) -> None:
    """At its latest instant the line is decided by its words alone."""
    chat.say(UNEASY)
    assert verdicts(chat.tick(0.25)) == [("e1", "ignore", "chatter")]
    assert chat.tell(_told("e1", 0.3, LOUD)) == []


def test_what_it_was_asked_of_mood_says_nothing_of_the_book(chat: Chat) -> None:
    """Cosines that came along don't make an answer of what no look could better."""
    chat.say(UNEASY)
    chat.tell(_told("e1", 0.02, QUIET))
    matcher = chat.book.matcher
    assert isinstance(matcher, Settled)
    assert matcher.asked == []


def test_one_look_serves_both() -> None:
    """A line that the book is unsure of as well is looked at once."""
    policy = SessionPolicy(room=ROOM, greeting=False, second_look=True)
    chat = Chat(policy=policy, book=replace(understanding(), matcher=Unsure()))
    (look,) = of(LookAgain, chat.say(UNEASY))
    assert look.matters and look.said == UNEASY
    told = chat.tell(_told("e1", 0.02, QUIET))
    assert verdicts(told) == [("e1", "answer", "ship")]


def test_a_look_at_the_book_asks_for_the_mood_too() -> None:
    """It costs nothing more."""
    policy = SessionPolicy(room=ROOM, greeting=False, second_look=True)
    chat = Chat(policy=policy, book=replace(understanding(), matcher=Unsure()))
    (look,) = of(LookAgain, chat.say(UNSURE))
    assert look.said == UNSURE


def test_silence_does_not_keep_the_angry_from_people(chat: Chat) -> None:
    """Anger is handed over in every mode, whoever found it."""
    chat.switch(RoomMode.SILENT)
    chat.say(UNEASY)
    told = chat.tell(_told("e1", 0.02, LOUD))
    assert [kind for _, kind, _ in verdicts(told)] == ["handoff"]


def test_nothing_waits_while_it_is_off() -> None:
    """Without a second look the words alone decide, at once."""
    said = _chat(second_look=False).say(UNEASY)
    assert of(LookAgain, said) == []
    assert verdicts(said) == [("e1", "ignore", "chatter")]


def test_anger_is_that_of_the_words_it_was_asked_of() -> None:
    """Not of the viewer's next ones."""
    looked = Looked(text="", said=UNEASY, likeness=Likeness(cosines={}, anger=LOUD))
    assert looked.anger_of(UNEASY) == LOUD
    assert looked.anger_of(CALM) is None
    assert Looked(text="", said=UNEASY).anger_of(UNEASY) is None


def test_the_reading_says_so() -> None:
    """Angry, of the level of complaints, and as sure as both together are."""
    before, now = READER.read(UNEASY), READER.reconsider(UNEASY, LOUD)
    assert (before.mood, now.mood) == (Mood.UNEASY, Mood.ANGRY)
    assert now.level is MoodLevel.P2
    assert before.score < ANGRY_AT <= now.score
    assert now.evidence == before.evidence


def test_the_hedged_are_not_raised() -> None:
    """Who is a little disappointed isn't angry, however an encoder finds the line."""
    assert READER.is_worth_a_look(READER.read(HEDGED))
    assert READER.reconsider(HEDGED, 40.0) == READER.read(HEDGED)


@given(st.sampled_from([UNEASY, HEDGED, CALM, ANGRY, ""]), st.floats(-20, 20))
def test_nobody_is_calmer_for_a_second_look(line: str, anger: float) -> None:
    """So that without an encoder only some of the angry are missed."""
    before, now = READER.read(line), READER.reconsider(line, anger)
    assert now.score >= before.score
    assert (now.mood is Mood.ANGRY) == (now.score >= ANGRY_AT)
    if before.mood is Mood.ANGRY or not READER.is_worth_a_look(before):
        assert now == before


@given(st.floats(-20, 20), st.floats(0, 20))
def test_more_anger_is_never_less(anger: float, more: float) -> None:
    """The score rises with what the encoder tells."""
    less = READER.reconsider(UNEASY, anger).score
    assert READER.reconsider(UNEASY, anger + more).score >= less
