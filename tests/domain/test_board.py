"""The board's own rules: it stays small over a whole broadcast, and merges only what is the same."""

from __future__ import annotations

from itertools import count

import pytest

from streambot.domain.board import DONE_KEPT, LINES_HEARD, QUESTIONS_KEPT, Board
from streambot.domain.board_parts import SECONDS_KEPT
from streambot.domain.board_question import Standing
from streambot.domain.decision import Decision, DecisionKind, IgnoreReason
from streambot.domain.guard import built_in_guard
from streambot.domain.reply import EventId, OutId, Reply, ReplyKind, ReplyState
from tests.domain.chat_room import after, viewer

GUARD = built_in_guard()
_ids = count(1)


def ask(
    board: Board,
    text: str,
    *,
    by: str = "小明",
    at: float = 0,
    merge: str | None = None,
    reason: IgnoreReason = IgnoreReason.CHATTER,
    entry: str | None = None,
) -> OutId | None:
    """A line is heard and decided: with *merge* it is answered, else nobody knows."""
    event, who = EventId(f"e{next(_ids)}"), viewer(by)
    board.heard(event, who, text, after(at))
    out, kind = None, DecisionKind.IGNORE
    if merge is not None:
        out, kind = OutId(f"answer:{event}"), DecisionKind.ANSWER
        board.owes(
            Reply(
                out_id=out,
                kind=ReplyKind.ANSWER,
                trigger=event,
                owed_at=after(at),
                expires_at=after(at + 60),
                text=f"答：{text}",
                viewer=who,
                merge_key=f"{merge}\n{text}",
            )
        )
    decision = Decision(
        at=after(at),
        event_id=event,
        viewer=who.key,
        kind=kind,
        entry=entry or merge,
        reason=None if merge else reason,
        out_id=out,
        question=merge is None and reason is IgnoreReason.CHATTER,
    )
    board.decided(decision, GUARD)
    return out


def test_a_broadcast_of_questions_stays_small() -> None:
    """Tens of thousands of different questions, marks and replies leave a bounded board."""
    board = Board()
    for number in range(20_000):
        name = f"观众{number % 3_000}"
        out = ask(
            board,
            f"第{number % 7_000}款的料子怎么样",
            by=name,
            at=number / 200,
            merge=f"stuff/{number % 500}" if number % 3 else None,
        )
        board.arrived(viewer(name), after(number / 200))
        if out is not None:
            board.settled((out,), ReplyState.SENT)
        if number % 50 == 0:
            first = board.now(after(number / 200))[0]
            board.close(first, after(number / 200), answered=number % 100 == 0)
    assert len(board.questions) <= QUESTIONS_KEPT * 5 // 4
    assert len(board.done) <= DONE_KEPT
    assert len(board.arrivals) <= 20 and board.came == 20_000
    assert len(board.undecided) <= LINES_HEARD
    assert len(board._of_reply) <= len(board.questions) * 10
    assert len(board.answered.seconds) <= SECONDS_KEPT
    assert board.now(after(20_000)) == []


def test_an_answer_about_another_product_is_another_question() -> None:
    """The price of one product isn't that of the next; who repeats it joins the newest."""
    board = Board()
    ask(board, "这个多少钱", merge="price/tee")
    ask(board, "这个多少钱", by="小红", at=1, merge="price/jeans")
    cooled = IgnoreReason.COOLDOWN
    ask(board, "多少钱呀", by="小绿", at=2, reason=cooled, entry="price")
    counts = {each.key: each.count for each in board.now(after(3))}
    assert counts == {"faq:price/tee": 1, "faq:price/jeans": 2}


@pytest.mark.parametrize(
    ("state", "standing"),
    [
        (ReplyState.SENT, Standing.SAID),
        (ReplyState.SHOWN, Standing.OPEN),
        (ReplyState.EXPIRED, Standing.OPEN),
        (ReplyState.REFUSED, Standing.OPEN),
        (ReplyState.HELD, Standing.OPEN),
    ],
)
def test_only_what_was_said_stands_as_said(
    state: ReplyState, standing: Standing
) -> None:
    """A reply that was shown, refused, held or came too late leaves its question open."""
    board = Board()
    out = ask(board, "包邮吗", merge="fee")
    assert out is not None
    board.settled((out,), state)
    (question,) = board.now(after(1))
    assert question.standing is standing


def test_courtesies_make_no_second_question() -> None:
    """请问、呢 and the like are left out of what is compared; thanks are no question at all."""
    board = Board()
    ask(board, "有没有口袋")
    ask(board, "请问有没有口袋呢", by="小红")
    ask(board, "谢谢主播", by="小绿", merge="praise")
    (question,) = board.now(after(1))
    assert (question.count, question.text) == (2, "有没有口袋")


def test_an_answer_owed_to_a_later_asker_settles_their_question() -> None:
    """A mark that came late leaves them asking on; once they are answered that stands as said."""
    board = Board()
    first = ask(board, "包邮吗", merge="fee")
    later = ask(board, "包邮吗", by="小红", at=20, merge="fee")
    assert first is not None and later is not None
    (question,) = board.now(after(21))
    board.close(question, after(10), answered=True)
    (left,) = board.now(after(21))
    stands = [left.standing]
    board.settled((first, later), ReplyState.SENT)
    assert [*stands, left.standing] == [Standing.OPEN, Standing.SAID]
    again = ask(board, "包邮吗", by="小绿", at=22, merge="fee")
    assert again not in question.owed


def test_words_taken_back_are_hidden_though_others_ask_on_with_them() -> None:
    """The question that is left behind a mark shows the first asker's words: they may be moderated."""
    board = Board()
    first = ask(board, "包邮吗", merge="fee")
    ask(board, "包邮吗", by="小红", at=20, merge="fee")
    assert first is not None
    (question,) = board.now(after(21))
    board.close(question, after(10), answered=False)
    board.withdrawn(EventId(first.removeprefix("answer:")))
    assert [each.hidden for each in board.now(after(21))] == [True]
