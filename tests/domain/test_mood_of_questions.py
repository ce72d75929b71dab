"""Plain questions: who asks what the shop has blames it for nothing, however they call it."""

from __future__ import annotations

import pytest

from streambot.domain.mood import MoodReader

READER = MoodReader()


@pytest.mark.parametrize(
    "line",
    [
        "你们家有什么口味",
        "你们家紧不紧",
        "你们家送不送线",
        "你们家夏天穿热不热",
        "你们家结实不结实",
        "你们家都是什么做的",
        "你们家卖得最多的是哪款",
        "你们家怎么吃",
        "你们家饭前吃还是饭后吃",
        "你们家售后找谁",
        "你们店里每人限几份",
        "咱家充一次用多久",
        "你们家what is the price",
        "主播甲醛超标吗",
        "主播是不是快过期了",
        "老板会不会是假货",
        "主播是翻新机吗",
        "券过期了怎么办",
        "老板是扣子还是拉链？？",
        "老板差几块钱能包邮不？？",
        "主播味道重不重",
        "那个时候还得了心脏病",
        "你们有没有货",
        "请问你们要不要邮费",
        "客服有没有花生",
        "你们退货怎么操作",
        "你们家穿久了起球不",
        "你们家我想换货",
        "你们家回复我一下",
    ],
)
def test_what_is_asked_of_the_shop_is_no_reproach(line: str) -> None:
    """你们家 is where one asks, and a host is called before the question."""
    assert READER.read(line).mood != "angry"


@pytest.mark.parametrize(
    "line",
    [
        "你们家怎么还不发货",
        "你们家到底发不发货",
        "你们家什么态度",
        "你们家怎么这样做生意",
        "你们家发货要等多久啊都五天了",
        "主播客服换了五个，每个都让我重新说一遍，当我很闲吗",
        "@主播 退款申请半个月了，今天推明天，明天推后天",
        "哈喽，客服一问三不知，你们培训过吗",
        "退货怎么还没处理，谢谢",
        "你们到底发不发货",
        "你们管不管",
        "客服怎么不回我消息",
        "你们是不是骗子",
        "你们多少天了还不发货",
        "你们家用了过敏怎么办",
        "你们家有没有良心",
        "你们家东西不行",
        "你们家能不能别骗人",
        "你们这是什么服务",
        "主播是骗子吗",
        "你们家卖的是假货吗",
        "零食都过期了",
    ],
)
def test_a_question_that_presses_or_accuses_still_is(line: str) -> None:
    """What blames, hurries or names a wrong counts in any form."""
    assert READER.read(line).mood == "angry"
