"""What went well: faults that didn't come, trouble put right, and trouble of others or one's own."""

from __future__ import annotations

import pytest

from streambot.domain.mood import MoodReader

READER = MoodReader()


@pytest.mark.parametrize(
    "line",
    [
        "收到了，没少寄",
        "东西没有寄错",
        "没有一个烂的",
        "一箱苹果烂的都没有",
        "穿了一年都没掉色",
        "洗了五次也没起球",
        "肠胃弱吃了也不拉肚子",
        "上次少发了一件，客服当天就补了",
        "之前碎了一只，立马就赔了",
        "上回等了十天，不过这次两天就到了",
        "我在别家等了半个月，来你们家买",
        "别的店骗人，还是你家靠谱",
        "怪我没看清尺码",
        "碗让我摔破了，再来一个",
        "三次都没抢到",
        "坏果赔不赔",
        "烂了修不修",
        "12315电话是多少",
        "12315是什么",
        "平台介入是什么意思",
        "充电宝电池会不会起火呀，能带上飞机吗",
        "好吃得不像话",
        "便宜得过分",
        "后悔买晚了",
        "少五块钱我就买",
        "小骗子又降价了",
        "良心不会痛吗，这么划算",
        "狼人杀就属他会骗人",
        "黑心苹果还是红心的",
    ],
)
def test_who_suffered_nothing_here_is_calm(line: str) -> None:
    """The words of a complaint, of what didn't happen, is over, or is nobody's fault here."""
    assert READER.read(line).mood != "angry"


@pytest.mark.parametrize(
    "line",
    [
        "少寄了两件",
        "寄错了还不认",
        "一箱苹果烂了一半",
        "穿了一次就掉色",
        "吃了拉肚子",
        "上次少发一件，说当天就补了，结果没补",
        "碎了一只，客服说马上赔了，还没到账",
        "发错了，你们必须马上给我换了",
        "用了一天就坏了，当天退了",
        "在你们家等了半个月还没发",
        "别家都好好的，你们家骗人",
        "别家才五十，来你们家买被坑了",
        "这也怪我咯",
        "坏的也怪我，什么店",
        "客服说是我弄坏的，不给换",
        "到底赔不赔",
        "我已经打12315了",
        "平台介入吧",
        "电池起火了",
        "服务太不像话了",
        "后悔买了，太差了",
        "骗子又来了",
        "黑心商家",
        "你们良心不会痛吗，这么差",
    ],
)
def test_their_counterparts_are_anger(line: str) -> None:
    """It did happen, here, and isn't put right."""
    assert READER.read(line).mood == "angry"
