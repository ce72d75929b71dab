"""Praise beside words that complaints use, too: a content viewer isn't handed to a person."""

from __future__ import annotations

import pytest

from streambot.domain.mood import MoodReader

READER = MoodReader()


@pytest.mark.parametrize(
    "line",
    [
        "服务态度没得说，从主播到客服都可以用完美来形容，真的很亲切",
        "客服回得很快，态度也好，等了几分钟就给我处理了",
        "客服态度很好，马上就给我换了",
        "装了两天了，还没发现什么大的问题，性价比很高",
        "衣服没有任何色差，快递也给力，你们家推荐",
        "发货快，客服很尽责，对我的问题回得也快，不推卸责任",
        "第一次买你们家的，并没有让我失望，样子很好看",
        "不管是主播还是客服都很有耐心",
        "硬盘很快，硬件都没得说",
        "入坑三年了一直用这家",
    ],
)
def test_praise_is_calm_whatever_words_it_shares(line: str) -> None:
    """Two praises, or that nothing was wrong, outweigh who and how long it speaks of."""
    assert READER.read(line).mood != "angry"


@pytest.mark.parametrize(
    "line",
    [
        "服务真到位，物流真及时，等了十天还没发货",
        "你们可真专业，真负责，退货都不给退",
        "不满意，不好用，不推荐，垃圾",
        "客服态度很好，就是死活不给退款",
        "东西没有任何问题你们为什么扣我的钱",
        "你们不管是吧",
        "没有问题？收到就碎了你们跟我说没有问题",
        "马上给我退货",
        "跟你们说了八百遍了还不处理",
        "用了三年了还是这个态度，太差了",
        "快递员态度太差了",
    ],
)
def test_praise_excuses_no_grievance(line: str) -> None:
    """A rule that is broken counts beside any praise, and a denied praise is none."""
    assert READER.read(line).mood == "angry"
