"""The wrong goods: ordered one thing and got another, told calmly but no less a grievance."""

from __future__ import annotations

import pytest

from streambot.domain.mood import MoodReader

READER = MoodReader()


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("我拍的白色给我发个灰的", "P2"),
        ("要的L，来的XS", "P2"),
        ("订的是牛肉，来的是猪肉", "P2"),
        ("买的新款结果寄来的是旧款", "P2"),
        ("拍的两双收到一只", "P2"),
        ("主播说买二送一收到只有一件", "P2"),
        ("直播间说是正装，寄来的是小样", "P2"),
        ("说好的运费险呢", "P2"),
        ("寄来一个空箱子", "P1"),
        ("扫码查无此码", "P1"),
        ("鉴定不通过", "P1"),
        ("专柜帮我验了说不是正品", "P1"),
    ],
)
def test_another_thing_than_ordered_or_promised_is_a_grievance(
    line: str, level: str
) -> None:
    """No strong word is needed where what came speaks for itself."""
    reading = READER.read(line)
    assert (reading.mood, reading.level) == ("angry", level)


@pytest.mark.parametrize(
    "line",
    [
        "拍的白色收到了很好看",
        "买的大码发来了吗",
        "我拍的三件给我发中通",
        "点的奶茶来的真快",
        "要的是这个吗",
        "要的来",
        "买的第二件来的是正装吗",
        "说好的福利呢",
        "主播说买一送一到手是两件吗",
        "里面有空盒子吗",
        "能送个空盒子吗",
        "鉴定会不会不通过",
        "专柜可以验货吗",
    ],
)
def test_arrivals_and_questions_are_calm(line: str) -> None:
    """It came as ordered, or whether it will is asked."""
    assert READER.read(line).mood != "angry"
