"""Who calls for a person is heard in whatever words; who only speaks of people isn't."""

from __future__ import annotations

import pytest

from streambot.domain.faq.calls import asks_for_person

_CALLS = [
    "can a human answer me pls",
    "could an agent help me",
    "真人客服麻烦出来一下",
    "有客服在线不",
    "叫个懂尺码的人来 我有点急",
    "喊个真人出来跟我聊",
    "麻烦安排人看一下",
    "转人工",
    "给我转客服",
    "转接一下你们的客服",
    "接人工",
    "人工人工！！",
    "@客服",
    "能人工吗",
    "可以人工回复吗",
    "需要人工服务",
    "麻烦安排个客服",
    "来个客服",
    "让客服联系我",
    "叫你们客服出来",
    "有活人回一下吗",
    "能换个真人吗",
    "我要跟真人说",
    "找你们负责人",
    "叫个能管事的来",
    "让你们经理联系我",
    "来个人处理一下",
    "能不能派个会喘气的",
    "找客服",
    "别拿机器人糊弄我",
    "别老自动回复",
    "customer service please",
    "how do i reach customer service",
    "can i speak to someone from the team pls, not the auto reply",
    "I need to talk to an actual human",
    "who would I talk to about stocking you?",
    "put me through to a real agent",
    "can someone from support have a look",
    "get me your manager",
    "any human here",
]
_CALLS_NOBODY = [
    "can a person wear this twice",
    "找一个懂行的朋友看看",
    "有没有人会看尺码",
    "叫人来看看热闹吗",
    "安排人发货了吗",
    "有真人版吗",
    "有真人上身图吗",
    "这假发是真人发的吗",
    "人工智能真厉害",
    "要人工费吗",
    "是人工养殖的吗",
    "有的客服态度真好",
    "后来客服说可以退",
    "和客服说后立马补送了",
    "直接客服那边买的",
    "有活人吗",
    "让店长来唱一首",
    "叫老板出来发福利",
    "来个人陪我",
    "怎么联系客服",
    "不要机器人 要拖把",
    "great customer service",
    "your customer service is lovely",
    "you're a real person haha",
    "i need to talk to you guys about the lore",
    "can someone from chat carry me",
    "the owner is so nice",
    "i have to talk to people all day",
    "need support in lane",
]


@pytest.mark.parametrize("line", _CALLS)
def test_a_call_is_heard(line: str) -> None:
    """And the words it was made in are told."""
    evidence = asks_for_person(line)
    assert evidence is not None
    assert line[evidence.start : evidence.end] == evidence.text


@pytest.mark.parametrize("line", _CALLS_NOBODY)
def test_who_speaks_of_people_calls_nobody(line: str) -> None:
    """Goods with hands in them, hosts, praise, and what somebody was told."""
    assert asks_for_person(line) is None
