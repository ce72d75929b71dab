"""By which words a line is after-sale though it asks nothing: the wrong goods, or too few."""

from __future__ import annotations

import pytest

from streambot.domain.faq.cues import concerns_order_or_after_sale


@pytest.mark.parametrize(
    "line",
    [
        "买黑的来了个白的",
        "我要的酒红 来的是黑色的",
        "打开两只都是左脚",
        "是不是忘给我装了",
        "箱子里就一盒车厘子 我买的是两盒诶",
        "少发了一件",
        "收到是坏的",
        "膜发成15plus的了 我是15",
        "我拍的白色发来黑色",
        "少了一包坚果 箱子里就四包",
        "换码的申请交了一直待审核",
        "运费险到哪个卡里了",
    ],
)
def test_what_came_wrong_is_after_sale(line: str) -> None:
    """And the words that say so are told."""
    evidence = concerns_order_or_after_sale(line)
    assert evidence is not None
    assert line[evidence.start : evidence.end] == evidence.text


@pytest.mark.parametrize(
    "line",
    [
        "有黑的来一件吗",
        "要白的来个链接",
        "两只都是我的",
        "只有一盒了吗",
        "少了一个人",
        "发成视频了吗",
        "拍黑色的发黑色吗",
    ],
)
def test_who_wants_to_buy_complains_of_nothing(line: str) -> None:
    """Of 来 and 两只 alone nothing follows."""
    assert concerns_order_or_after_sale(line) is None
