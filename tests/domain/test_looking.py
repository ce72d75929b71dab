"""The second look as a session sees it: what waits for it, and what its answer changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

import msgspec
import pytest

from streambot.domain.actions import LookAgain
from streambot.domain.events import BookReplaced, LineWithdrawn, SecondLookDone
from streambot.domain.faq.entry import FaqId
from streambot.domain.faq.likeness import Likeness, ToCompare
from streambot.domain.faq.match import Candidate, FaqMatch, Outcome
from streambot.domain.policy import SessionPolicy
from streambot.domain.product import ProductId
from streambot.domain.reply import EventId
from streambot.domain.room import RoomMode
from streambot.domain.understanding import Understanding
from tests.domain.chat_room import (
    ROOM,
    Chat,
    after,
    of,
    scene,
    understanding,
    verdicts,
    viewer,
    wakes,
)

UNSURE = "包裹几天能寄出来呀"
PHRASES = ("什么时候发货", "多久发货")


@dataclass(frozen=True)
class Unsure:
    """A matcher that is unsure of every line until a second look says it is near."""

    compared: ToCompare = field(default=ToCompare(PHRASES))
    asked: list[str] = field(default_factory=list)

    def match(
        self,
        text: str,
        *,
        at: datetime | None = None,
        product: ProductId | None = None,
    ) -> FaqMatch:
        """Unsure; only what ends like a question would be asked back."""
        phrase = PHRASES[0]
        near = Candidate(
            entry=FaqId("ship"), score=0.3, phrasing=f"{phrase}？", plain=phrase
        )
        asks = text.endswith("吗")
        return FaqMatch(
            outcome=Outcome.CLARIFY if asks else Outcome.IGNORE,
            score=0.3,
            candidates=(near,),
            question_like=asks,
        )

    def says_nothing(self, text: str) -> bool:
        """Never."""
        return False

    def is_worth_a_look(self, match: FaqMatch) -> bool:
        """Always."""
        return True

    def reconsider(
        self,
        text: str,
        likeness: Likeness,
        *,
        at: datetime | None = None,
        product: ProductId | None = None,
    ) -> FaqMatch:
        """Sure when the likeness is."""
        self.asked.append(text)
        if max(likeness.cosines.values()) < 0.9:
            return self.match(text)
        return msgspec.structs.replace(
            self.match(text),
            outcome=Outcome.ANSWER,
            score=0.9,
            entry=FaqId("ship"),
            reason="answered",
        )


def _book(version: str = "") -> Understanding:
    book = replace(understanding().book, version=version)
    return replace(understanding(), book=book, matcher=Unsure())


@pytest.fixture
def chat() -> Chat:
    """A room with the second look on."""
    policy = SessionPolicy(room=ROOM, greeting=False, second_look=True)
    return Chat(policy=policy, book=_book())


def _done(
    ref: str, at: float, cosines: Mapping[str, float] | None = None
) -> SecondLookDone:
    scores = None if cosines is None else Likeness(cosines=cosines)
    return SecondLookDone(at=after(at), ref=ref, scores=scores)


NEAR = {"什么时候发货": 0.95}


def test_an_unsure_line_waits_for_its_second_look(chat: Chat) -> None:
    """Nothing is decided; the line, its candidates and the latest instant go out."""
    said = chat.say(UNSURE)
    assert verdicts(said) == []
    (look,) = of(LookAgain, said)
    assert look.line == UNSURE
    assert look.candidates == ("什么时候发货",)
    assert look.ref == "e1"
    assert (look.at, look.by) == (after(0), after(0.25))
    assert wakes(said) == [0.25]


def test_its_answer_decides(chat: Chat) -> None:
    """What was unsure is answered once the encoder says it is near."""
    chat.say(UNSURE)
    assert verdicts(chat.tell(_done("e1", 0.02, NEAR))) == [("e1", "answer", "ship")]


def test_nothing_waits_while_it_is_off() -> None:
    """Without a second look the first step decides at once."""
    said = Chat(book=_book()).say(UNSURE)
    assert of(LookAgain, said) == []
    assert verdicts(said) == [("e1", "ignore", "chatter")]


def test_who_is_unavailable_changes_nothing(chat: Chat) -> None:
    """Without scores the line is decided as if nobody had looked."""
    chat.say(UNSURE)
    assert verdicts(chat.tell(_done("e1", 0.02))) == [("e1", "ignore", "chatter")]


def test_a_late_answer_is_dropped(chat: Chat) -> None:
    """At its latest instant the line is decided on what is known; later scores do nothing."""
    chat.say(UNSURE)
    assert verdicts(chat.tick(0.249)) == []
    assert verdicts(chat.tick(0.25)) == [("e1", "ignore", "chatter")]
    assert chat.tell(_done("e1", 0.3, NEAR)) == []


def test_only_the_same_viewer_waits(chat: Chat) -> None:
    """A viewer's next line is heard after the one that waits; others are not held up."""
    chat.say(UNSURE, by=viewer("甲"))
    assert of(LookAgain, chat.say("别的", 0.01, by=viewer("甲"))) == []
    (look,) = of(LookAgain, chat.say(UNSURE, 0.02, by=viewer("乙")))
    assert look.ref == "e3"
    told = chat.tell(_done("e1", 0.03, NEAR))
    assert verdicts(told) == [("e1", "answer", "ship")]
    assert [each.line for each in of(LookAgain, told)] == ["别的"]


def test_a_withdrawn_line_is_dropped(chat: Chat) -> None:
    """A line taken back while it waits is never answered."""
    chat.say(UNSURE)
    gone = LineWithdrawn(
        id=EventId("w1"),
        at=after(0.01),
        received_at=after(0.01),
        scene=scene(),
        event=EventId("e1"),
    )
    assert verdicts(chat.tell(gone)) == [("e1", "ignore", "withdrawn")]
    assert chat.tell(_done("e1", 0.02, NEAR)) == []
    assert verdicts(chat.tick(1)) == []


def test_a_new_book_decides_without_looking(chat: Chat) -> None:
    """A book that comes meanwhile judges the line at once; scores of the old one do nothing."""
    chat.say(UNSURE)
    new = BookReplaced(at=after(0.01), understanding=_book("2"))
    assert verdicts(chat.tell(new)) == [("e1", "ignore", "chatter")]
    assert chat.tell(_done("e1", 0.02, NEAR)) == []


def test_who_fell_silent_meanwhile_says_nothing(chat: Chat) -> None:
    """The mode of the moment counts, not that of when the line came."""
    chat.say(UNSURE)
    chat.switch(RoomMode.SILENT)
    told = chat.tell(_done("e1", 0.02, NEAR))
    assert verdicts(told) == [("e1", "ignore", "silent")]


def test_a_sentence_is_looked_at_once(chat: Chat) -> None:
    """A line that waits for the rest of its sentence keeps what the look told."""
    chat.say("几天能寄出来吗")
    told = chat.tell(_done("e1", 0.02, {"什么时候发货": 0.5}))
    assert verdicts(told) == [] and wakes(told) == [2.0]
    late = chat.tick(2)
    assert of(LookAgain, late) == []
    assert [kind for _, kind, _ in verdicts(late)] == ["clarify"]
    matcher = chat.book.matcher
    assert isinstance(matcher, Unsure)
    assert matcher.asked == ["几天能寄出来吗"] * 2


def test_another_sentence_is_looked_at_anew(chat: Chat) -> None:
    """The viewer's next words make another sentence, with a look of its own."""
    chat.say("几天能寄出来吗")
    chat.tell(_done("e1", 0.02, {"什么时候发货": 0.5}))
    (look,) = of(LookAgain, chat.say("到江苏", 1))
    assert (look.ref, look.line) == ("e2", "几天能寄出来吗 到江苏")
    told = chat.tell(_done("e2", 1.02, NEAR))
    assert ("e1", "answer", "ship") in verdicts(told)


def test_who_cannot_wait_is_decided_at_once(chat: Chat) -> None:
    """With every place taken nobody waits for a look."""
    chat.session._lot._places = 0
    assert verdicts(chat.say(UNSURE)) == [("e1", "ignore", "chatter")]
