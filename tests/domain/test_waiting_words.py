"""Which of an agent's answers promise another answer."""

from __future__ import annotations

import pytest

from streambot.domain.waiting_words import asks_to_wait


@pytest.mark.parametrize(
    "text",
    [
        "稍等",
        "请稍等",
        "亲，稍等哦",
        "您稍候",
        "等一下哈",
        "我查一下",
        "我帮您查一下物流",
        "马上给您查",
        "马上处理",
        "这边帮您核实一下",
        "我去问一下仓库",
        "查到后第一时间回复您",
        "稍后回复您",
        "尽快给您答复",
        "有结果了告诉您",
        "one moment please",
        "let me check",
    ],
)
def test_a_promise_to_come_back_is_recognised(text: str) -> None:
    """Whoever says it owes the viewer another line."""
    found = asks_to_wait(text)
    assert found is not None
    assert found.text in text


@pytest.mark.parametrize(
    "text",
    [
        "您查一下收货地址",
        "麻烦您确认一下尺码",
        "请看一下详情页",
        "刚查了一下，已经发货了",
        "已经帮您查过，明天到",
        "今天一定给您发出",
        "48小时内发货",
        "马上发货",
        "不用等，现在就能拍",
        "支持七天无理由",
    ],
)
def test_an_answer_is_no_promise(text: str) -> None:
    """What asks the viewer to look, is over, or answers, starts no clock."""
    assert asks_to_wait(text) is None
