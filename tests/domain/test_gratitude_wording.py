"""Thanks in one line: for everybody who waits, within the room's length, behind every welcome."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from streambot.domain.gratitude import FOLLOW, GIFT
from streambot.domain.gratitude_wording import thanks_drafts
from streambot.domain.greeting import GreetingStyle
from streambot.domain.lines import graphemes
from streambot.domain.pacing import Outbox
from streambot.domain.reply import EventId, LineOut, OutId, Reply, ReplyKind
from streambot.domain.room import SendLimits
from streambot.domain.viewer import Viewer, ViewerKey

START = datetime(2026, 1, 1, 12, tzinfo=UTC)
STYLE = GreetingStyle()


def thanks(name: str, key: str = GIFT, text: str = "送的小心心") -> Reply:
    """Thanks owed to *name*."""
    return Reply(
        out_id=OutId(f"gift:{name}:{key}"),
        kind=ReplyKind.GIFT,
        trigger=EventId("e"),
        owed_at=START,
        expires_at=START + timedelta(seconds=30),
        text="的关注" if key == FOLLOW else text,
        viewer=Viewer(key=ViewerKey(name), name=name),
        addressed=False,
        merge_key=key,
    )


def best(*waiting: Reply, most: int = 40) -> str:
    """The first wording for *waiting*."""
    return next(iter(thanks_drafts(waiting, STYLE, most))).texts[0]


def test_one_person_hears_what_for_and_several_share_a_line() -> None:
    """Gifts, follows and both are told apart; who did both is one person."""
    assert best(thanks("小明")) == "感谢@小明 送的小心心～"
    assert best(thanks("小明", FOLLOW)) == "感谢@小明 的关注～"
    assert best(thanks("小明"), thanks("阿杰")) == "感谢@小明 @阿杰 的礼物～"
    assert best(thanks("小明"), thanks("阿杰", FOLLOW)) == "感谢@小明 @阿杰 的支持～"
    assert best(thanks("小明"), thanks("小明", FOLLOW)) == "感谢@小明 的支持～"
    crowd = [thanks(f"观众{n}") for n in range(20)]
    assert best(*crowd) == "感谢20位朋友的礼物～" or best(*crowd).startswith("感谢20位")
    few = [thanks(f"很长的名字{n}") for n in range(5)]
    assert best(*few, most=30).endswith("等5位朋友的礼物～")
    assert "小心心" not in best(
        replace(thanks("x"), viewer=Viewer(key=ViewerKey("x"), name="", masked=True))
    )


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.text(max_size=30), min_size=1, max_size=12, unique=True),
    st.integers(10, 60),
)
def test_thanks_fit_and_cut_no_grapheme(names: list[str], most: int) -> None:
    """Every wording keeps to the room's length in whole graphemes and covers everybody."""
    waiting = [thanks(name) for name in names]
    for draft in thanks_drafts(waiting, STYLE, most):
        (text,) = draft.texts
        assert 0 < len(text) <= most
        assert "".join(graphemes(text)) == text
        assert draft.replies == tuple(waiting)


def test_thanks_leave_behind_welcomes_and_before_the_schedule() -> None:
    """The order of the budget: greeting, thanks, scheduled line; nobody counts as welcomed."""
    outbox = Outbox(SendLimits(lines=1, per=timedelta(seconds=3), line_length=40))
    timer = replace(
        thanks("", text="点点关注"),
        out_id=OutId("timer:a:1"),
        kind=ReplyKind.TIMER,
        viewer=None,
        merge_key=None,
    )
    guest = replace(
        thanks("小新"), out_id=OutId("greet:1"), kind=ReplyKind.GREETING, text=""
    )
    for reply in (timer, thanks("小明"), thanks("阿杰"), guest):
        outbox.owe(reply)
    said = []
    for second in (0, 3, 6):
        line = outbox.choose(START + timedelta(seconds=second))
        assert isinstance(line, LineOut)
        outbox.sending(line, line.made_at)
        said.append((line.kind.value, len(line.covers), line.named))
    assert said == [("greeting", 1, 1), ("gift", 2, 0), ("timer", 1, 0)]
