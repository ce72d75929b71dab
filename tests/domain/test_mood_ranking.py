"""The score of a line: it ranks, and ``angry`` is exactly its upper half."""

from __future__ import annotations

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from streambot.domain.mood import Mood, MoodReader
from tests.domain.mood_words import WORDS as LOUD_AND_CALM

READER = MoodReader()
#: With praise, denial and laughter, which take anger back.
WORDS = (
    *LOUD_AND_CALM,
    *(
        "不错",
        "没有",
        " ",
        "!",
        "，",
        "垃圾",
        "你妈",
        "妈妈",
        "笑死",
        "怎么还没",
        "失望",
        "ｓ",
    ),
)


@given(st.lists(st.sampled_from(WORDS), max_size=8).map("".join) | st.text(max_size=40))
def test_weighing_adds_a_score_to_calm_lines_only(line: str) -> None:
    """Whoever ranks lines gets one for a calm line, too, below that of any uneasy one."""
    read, weighed = READER.read(line), READER.weigh(line)
    if read.mood is Mood.CALM:
        assert (weighed.mood, weighed.level, weighed.evidence) == (Mood.CALM, None, ())
        assert 0 <= weighed.score < 0.25
    else:
        assert weighed == read


@pytest.mark.parametrize(
    ("angrier", "calmer"),
    [
        ("骗子！收了钱不发货，客服还不理人，退钱", "骗子"),
        ("你们家骗子退钱，再也不来了", "又要骗人了"),
        ("太垃圾了，用一次就坏，客服爱理不理", "垃圾食品太垃圾"),
        ("等了十天还不发货", "什么时候发货"),
        ("怎么还不发货啊", "主播今天真好看"),
        ("我要去12315投诉你们", "骗子"),
        # both are calm, and neither breaks a rule nor sounds of it
        ("上次也是这样，这次又是这样", "今天吃火锅"),
        # a word that decides, of a dream; and a grievance of plain words
        ("说好的海景房，窗户对着一堵墙，退房还要扣钱", "昨天梦到一个骗子追着我跑"),
    ],
)
def test_of_two_lines_the_angrier_one_scores_more(angrier: str, calmer: str) -> None:
    """Also where both are angry, or neither is: a queue may be ordered by it."""
    assert READER.weigh(angrier).score > READER.weigh(calmer).score


@given(st.lists(st.sampled_from(WORDS), max_size=6).map("".join))
@example("退钱笑死没有")
def test_more_anger_never_calms(line: str) -> None:
    """An insult said twice scores no less than once, where it is meant."""
    once = READER.read(f"{line}骗子")
    assume(any(shown.rule == "mood:fraud" for shown in once.evidence))
    assert READER.read(f"{line}骗子骗子").score >= once.score


@pytest.mark.parametrize("line", ["你们搞什么", "客服搞啥啊，到底发没发"])
def test_what_are_you_up_to_reproaches(line: str) -> None:
    """搞什么 is no question."""
    assert READER.read(line).mood is Mood.ANGRY


@pytest.mark.parametrize(
    "line", ["你们搞什么活动", "今天搞啥优惠", "有点社恐，脸皮薄不敢问"]
)
def test_what_is_on_today_asks(line: str) -> None:
    """But 搞什么活动 is one, and who is shy blames nobody."""
    assert READER.read(line).mood is Mood.CALM
