"""Scores as viewers write them, and what looks like one in a live room and is none."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from streambot.domain.rating_words import Rated, rating_in


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("5", 5),
        ("５", 5),
        ("5分", 5),
        ("5 分", 5),
        ("五分", 5),
        ("五星", 5),
        ("5星", 5),
        ("五颗星", 5),
        ("五星好评", 5),
        ("给5分", 5),
        ("我给5分", 5),
        ("打5分吧", 5),
        ("5分谢谢", 5),
        ("5/5", 5),
        ("满分", 5),
        ("给满分", 5),
        ("5️⃣", 5),
        ("⭐️⭐️⭐️⭐️⭐️", 5),
        ("⭐⭐⭐", 3),
        ("★★", 2),
        ("👍", 5),
        ("👍🏻👍🏻", 5),
        ("👎", 1),
        ("满意", 5),
        ("非常满意", 5),
        ("很满意谢谢", 5),
        ("好评", 5),
        ("一般", 3),
        ("还行吧", 3),
        ("不太满意", 2),
        ("不满意", 1),
        ("很不满意", 1),
        ("很差", 1),
        ("差评", 1),
        ("太差了", 1),
        ("服务很差", 1),
        ("1", 1),
        ("1分", 1),
        ("2。", 2),
        ("三分", 3),
        ("4分！", 4),
        ("四星", 4),
    ],
)
def test_every_form_of_a_score_is_read(text: str, score: int) -> None:
    """Digits, words, stars and thumbs give the score people mean by them, and nothing else."""
    assert rating_in(text) == Rated(score=score)


@pytest.mark.parametrize(
    "text",
    [
        "1号链接",
        "扣1",
        "1米6",
        "1.6",
        "5件",
        "5斤",
        "3号多少钱",
        "3号",
        "5折",
        "5块",
        "12",
        "55",
        "6",
        "0",
        "五号发货吗",
        "一个",
        "两件",
        "5分钟后发货吗",
        "五星红旗多少钱",
        "满意度怎么看",
        "满分多少钱",
        "一般几天到",
        "差评怎么删",
        "好评返现吗",
        "质量很差怎么退",
        "1和2哪个好",
        "3XL",
        "1分钱",
        "",
        "。",
        "谢谢",
        "在吗",
    ],
)
def test_what_a_live_room_is_full_of_is_no_score(text: str) -> None:
    """Links, counts, sizes, prices and questions rate nobody."""
    assert rating_in(text) is None


@pytest.mark.parametrize(
    ("text", "rated"),
    [
        ("2分，还没收到货", Rated(score=2, rest="还没收到货")),
        ("1星 客服态度恶劣", Rated(score=1, rest="客服态度恶劣")),
        ("差评！货都没收到", Rated(score=1, rest="货都没收到")),
        ("5分，谢谢你们耐心", Rated(score=5, rest="谢谢你们耐心")),
    ],
)
def test_a_score_with_more_keeps_the_words(text: str, rated: Rated) -> None:
    """What the viewer says besides goes to whoever looks at it."""
    assert rating_in(text) == rated


@settings(max_examples=60)
@given(st.text(max_size=100))
def test_no_line_breaks_it(text: str) -> None:
    """Whatever a room sends is a score of 1 to 5 or none."""
    rated = rating_in(text)
    assert rated is None or 1 <= rated.score <= 5
