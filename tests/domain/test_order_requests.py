"""Telling one's own order and requests about it from questions about the shop's rules."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streambot.domain.order_requests import asks_about_order, asks_order_change
from streambot.domain.ticket import Reason

_STATUS = [
    "物流停在嘉兴两天没动",
    "快递一直卡在中转站五天不动了",
    "好几天了 麻烦催催",
    "我的快递到哪了",
    "我买的坚果到哪啦",
    "发货了吗",
    "查订单",
    "帮我查下物流",
    "我昨天拍的发货了吗",
    "我的什么时候到",
    "物流不动了",
    "我的订单怎么还没发货",
    "上周买的怎么还没到",
    "where is my order",
    "Has my order shipped yet?",
    "快递到哪了",
    "我买的衣服发了没",
    "我的货呢",
    "快递单号多少",
    "我的单发了吗",
    "我的包裹到哪里了",
    "我的到哪儿啦",
    "我昨晚付的款啥时候走",
    "能查下我的吗",
    "单号给我一下",
    "我寄回去的收到了吗",
    "我那箱砂显示派送中都两天了 帮催催呗",
    "我26号拍的 到现在还停在郑州不动弹 帮看看到哪了",
    "hi can someone check on NS20931",
    "been in transit since tuesday",
    "wheres my order",
    "where my package at",
    "order #5521 status?",
    "any update on my order",
    "i havent received my parcel",
    "never got a confirmation email",
    "i ordered 2 weeks ago and nothing",
    "ordered last tuesday, has it gone out",
]
_NO_STATUS = [
    "什么时候发货",
    "发什么快递",
    "几天能到",
    "从哪里发货",
    "快递费多少",
    "包邮吗",
    "新疆发吗",
    "福袋发了吗",
    "快递到哪些省",
    "我想要这个衣服",
    "仓库在哪",
    "我的优惠券在哪领",
    "怎么查看尺码",
    "where is this from",
    "开始发货了吗",
    "衣服在哪买",
    "可以指定快递吗",
    "今天能发吗",
    "主播衣服到哪了",
    "预售多久发",
    "刚来 看到哪了",
    "给我催眠",
    "where do you ship my size from",
    "any news about the drop",
    "i ordered it last week and love it",
]
_CHANGE = [
    "我想取消那单",
    "抬头开成个人的了",
    "手机号填错一位",
    "专票备注忘写了",
    "已经发出了还能拦下来吗",
    "帮我改地址",
    "取消我的订单",
    "帮我改一下收货地址",
    "取消订单",
    "改地址",
    "换尺码",
    "能帮我改下地址吗",
    "地址写错了",
    "我拍错了",
    "我的地址改一下",
    "我想换成M码",
    "麻烦取消下订单",
    "please cancel my order",
    "我要取消订单",
    "尺码选错了想换",
    "先别发货",
    "我想取消昨天的订单",
    "先别发 我要改地址",
    "付款付了两次",
    "重复付款了怎么办",
    "手滑拍了三单 帮我取消两单",
    "拍错规格了 在哪取消啊",
    "门牌号少写了 帮我加上302",
    "先别给我发 等我十五号放假到家了再寄",
    "备注帮我写一下放门卫",
    "can you cancel one of them",
    "hit buy twice by accident",
    "i ordered the wrong size",
    "charged twice for one hoodie",
    "can you swap my order to a large",
]
_AFTER = [
    "我要退货",
    "我想退款",
    "退货",
    "我要换货",
    "申请退款",
    "I want a refund",
    "给我退货",
    "我买的那件要退货",
    "退款！！",
    "i got the wrong color",
    "i got the wrong bracelet, ordered quartz got amethyst",
    "one was missing from my box",
]
_RULES = [
    "发票抬头怎么写",
    "怎么取消",
    "能拦得住谁",
    "可以退货吗",
    "支持七天无理由吗",
    "退货运费谁出",
    "怎么退货",
    "不喜欢能退吗",
    "退款多久到账",
    "可以换码吗",
    "怎么改地址",
    "可以改收货地址吗",
    "如果不合适我要退货可以吗",
    "有运费险吗",
    "支持退换吗",
    "我不退货",
    "别取消我的订单",
    "我想问一下可以退货吗",
    "can i return it",
    "what is your return policy",
    "how do I cancel my order",
    "换个颜色看看",
    "主播换一件看看",
    "退货麻烦吗",
    "退货麻不麻烦",
    "我要是退货谁出运费",
    "拍下不退货的",
    "can you cancel animations in this game",
    "any update on my order",
    "bought it twice already, love it",
]


@pytest.mark.parametrize("text", _STATUS)
def test_asking_for_ones_own_order(text: str) -> None:
    """Each is heard as a question about the viewer's order, with the words that say so."""
    evidence = asks_about_order(text)
    assert evidence is not None
    assert text[evidence.start : evidence.end] == evidence.text


@pytest.mark.parametrize("text", _NO_STATUS)
def test_questions_about_shipping_are_not_about_ones_order(text: str) -> None:
    """What the FAQ book answers for everybody is left to it."""
    assert asks_about_order(text) is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [(text, Reason.ORDER_CHANGE) for text in _CHANGE]
    + [(text, Reason.AFTER_SALE) for text in _AFTER],
)
def test_asking_for_a_change(text: str, reason: Reason) -> None:
    """Each asks for something to be done, before or after delivery."""
    asked = asks_order_change(text)
    assert asked is not None
    assert asked[0] is reason
    assert text[asked[1].start : asked[1].end] == asked[1].text


@pytest.mark.parametrize("text", _RULES)
def test_questions_about_the_rules_ask_for_no_change(text: str) -> None:
    """Whether, how and who pays is for the FAQ book; a denied wish is none."""
    assert asks_order_change(text) is None


@given(st.text(alphabet="我的要退货快递到哪了发改地址订单 吗?ab1", max_size=80))
def test_any_line_can_be_heard(text: str) -> None:
    """Evidence always stands in the line."""
    asked = asks_order_change(text)
    found = [asks_about_order(text), None if asked is None else asked[1]]
    for evidence in filter(None, found):
        assert text[evidence.start : evidence.end] == evidence.text
