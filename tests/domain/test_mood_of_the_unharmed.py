"""Words of anger by people whom nothing befell: it was put right, is asked after, or said in fun."""

from __future__ import annotations

import pytest

from streambot.domain.mood import MoodReader

READER = MoodReader()


@pytest.mark.parametrize(
    "line",
    [
        "上回少发的两袋客服第三天就补来了，谢谢呀",
        "破了一个，客服隔天就给补到了",
        "头一双发错码，换货第三天就到了，好评",
        "怎么看镯子是不是假货呀，教教我们",
        "如何分辨一瓶酒是不是假货",
        "我投诉我老婆，她把我的份也吃了",
        "举报我闺蜜 她偷偷拍了五件",
        "那个骗子老板的段子再讲一遍",
        "是要等十天那种不",
        "我儿子碰芒果就起疹子 里面有没有",
        "喝奶拉肚子的人能喝哪款",
        "想找你们负责人谈合作",
        "刚付完 明天你要降价了我不亏大了",
        "我用半年了 还行",
        "当妈的都懂",
        "its been 5 weeks since i started",
    ],
)
def test_nobody_was_harmed(line: str) -> None:
    """Calm, or uneasy at most."""
    assert READER.read(line).mood != "angry"


@pytest.mark.parametrize(
    "line",
    [
        "上回少发的两袋，客服说第三天就补来了，结果没有",
        "换货第三天就到了，又是坏的",
        "怎么看都是假货",
        "我要投诉我买的假货",
        "我要投诉！",
        "我要投诉我妈在你们店摔了",
        "投诉 讲段子呢 退钱",
        "你们讲段子呢？骗子",
        "你们拿假货当正品卖，骗子",
    ],
)
def test_somebody_was(line: str) -> None:
    """The same words, of what did happen."""
    assert READER.read(line).mood == "angry"
