"""Warnings: told to everybody in the room, and praise that is taken back."""

from __future__ import annotations

import pytest

from streambot.domain.mood import MoodReader
from streambot.domain.mood.reading import MoodLevel

READER = MoodReader()


@pytest.mark.parametrize(
    "line",
    [
        "家人们快跑，这店不行",
        "姐妹们快逃",
        "各位擦亮双眼，别信他",
        "家人们千万别买",
        "姐妹们别下单了",
        "这家店别买",
        "这个直播间的东西大家别信",
        "避雷这家",
        "发帖避雷你们",
        "打算拍个视频讲你家的套路",
        "写了篇笔记说你们的真面目",
        "聊天记录我都发小红书了",
        "通话记录挂抖音上",
        "挺好的，下次绝对不来了",
        "可以的，两百块打水漂",
        "绝了，几百块交了学费",
        "这做工也好意思收三百",
        "这种货还好意思拿出来",
    ],
)
def test_who_warns_the_room_is_angry(line: str) -> None:
    """Whoever tells others to stay away, or shows them what was said."""
    reading = READER.read(line)
    assert reading.mood == "angry"
    assert reading.level is not None and reading.level <= MoodLevel.P2


@pytest.mark.parametrize(
    "line",
    [
        "姐妹们快跑去抢",
        "姐妹们快跑，要没货了",
        "家人们快跑，晚了没有",
        "这家店别来晚了",
        "门外的兄弟快跑",
        "大家快跑不动了",
        "姐妹们别买了给我留一件",
        "这家别买大码",
        "这个直播间别买错链接",
        "求避雷",
        "有没有要避雷的色号",
        "晒单截图发朋友圈有优惠吗",
        "把聊天记录发我",
        "大家擦亮眼睛抢",
        "拍个视频看看你们的工厂",
        "挺好的，下次还来",
        "可以的，再也不用担心了",
        "太好了，再也不买别家了",
        "不好意思要两个",
    ],
)
def test_rushes_jokes_and_advice_warn_of_nothing(line: str) -> None:
    """The same words of a rush for goods, a size, or a picture."""
    assert READER.read(line).mood != "angry"
