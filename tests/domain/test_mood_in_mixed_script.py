"""Words past filters: half in letters, with figures for letters, or a picture for a sound."""

from __future__ import annotations

import pytest

from streambot.domain.mood import MoodReader
from streambot.domain.mood.reading import Mood

READER = MoodReader()


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("我要去gong安局", "P0"),
        ("jing察上门", "P0"),
        ("明天法 yuan 见", "P0"),
        ("lv师已经在写了", "P0"),
        ("举bao了", "P0"),
        ("曝guang你们", "P0"),
        ("壹贰叁壹伍走一趟", "P0"),
        ("1.2.3.1.5等着", "P0"),
        ("诈pian团伙", "P1"),
        ("假huo一堆", "P1"),
        ("这店卖j货", "P1"),
        ("你脑子有坑吧", "P1"),
        ("主播脑子进💧", "P1"),
        ("退kuan给我", "P2"),
        ("la圾主播", "P2"),
        ("L j 平台", "P2"),
        ("拉🐥店", "P2"),
        ("辣🐔产品", "P2"),
        ("total sc@mmers", "P1"),
        ("S C A M", "P1"),
        ("biggest sc4m ever", "P1"),
        ("what a fr4ud", "P1"),
        ("they are thi3ves", "P1"),
        ("bull sh1t", "P1"),
        ("this company is bs", "P1"),
    ],
)
def test_half_a_word_is_the_word(line: str, level: str) -> None:
    """Whichever half is disguised, and with a space between or none."""
    reading = READER.read(line)
    assert (reading.mood, reading.level) == (Mood.ANGRY, level)


@pytest.mark.parametrize(
    "line",
    [
        "我脑子进水了又买",
        "辣🐔翅好吃吗",
        "辣🐔一份",
        "lv师傅的包",
        "公交an全",
        "大jia好",
        "JD货到付款",
        "j货架有吗",
        "LJ是谁",
        "bao邮吗",
        "spam musubi so good",
        "BS degree",
        "123 125两个码",
    ],
)
def test_letters_beside_characters_are_calm(line: str) -> None:
    """Brands, games of pinyin, and a dish with its picture."""
    assert READER.read(line).mood is not Mood.ANGRY
