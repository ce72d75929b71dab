"""Matters that are no shop's: strong words said of a story, a game, a match, the weather."""

from __future__ import annotations

import re

#: What such a line names: who acts in it, or a part of it. No word here is sold or delivered, nor
#: what one buys something against: 感冒, 下雨, 台风.
_ELSEWHERE = re.compile(
    # stories
    r"剧情|[男女]主(?!播)角?|[男女]二号?|反派|编剧|导演|主角|配角|大?结局|这[一部]*(?:集(?!成)|剧(?!本)|部?电影(?!院|票)|部?动漫)|"
    r"烂片|小说里|后妈|"
    # games
    r"队友|打野|中单|辅助位|开黑|副本|关卡|这一?关(?![门闭系注])|第[一二三四五六七八九十\d]+关|这张?个?地图|"
    r"(?<![a-z])boss(?![a-z])|小怪|野怪|这个?英雄|段位|排位|血条|放大招|残血|萌新|新手怪|npc|这局|通关|开挂|"
    # matches, weather
    r"裁判|国足|点球|唱得|(?:破|这|鬼|今天)天气|(?:又|天天|整天|老是)下雨(?!就)",
    re.IGNORECASE,
)
#: What makes it a shop's all the same: who is dealt with, what is done there, and goods.
_SHOPS = re.compile(
    r"你们|你家|商家|客服|店|[买卖退赔货送寄取药钱价元块]|快递|物流|质量|售后|老板|平台|充值|官方|会员|下单|订单|"
    r"收到|没到|服务|态度|投诉|骑手|外卖|公司|广告|宣传|主播|直播间|包装|客户|消费者|顾客|发错|发来|"
    r"手办|玩具|周边|手柄|键盘|鼠标|耳机|手机|[衣裤鞋帽袜伞包票卡书贴膜盒]"
)
#: Words of character, which people in stories have.
_CHARACTER = re.compile("恶毒|阴险|卑鄙|无耻|无赖|流氓|贱[人货]|渣滓|败类|禽兽|混蛋")
#: What is said of such things as well; who is hurt, threatens or demands is heard whatever else is named.
_SAID_OF_ALL = frozenset({"fraud", "contempt", "mild", "refusal", "delay"})


def no_shop_matter(text: str) -> bool:
    """Whether the line names what no shop sells, and nothing of a shop."""
    return _ELSEWHERE.search(text) is not None and _SHOPS.search(text) is None


def said_of_all(rule: str, word: str) -> bool:
    """Whether a rule's *word* is said of stories and games as of shops; insults of players aren't."""
    return rule in _SAID_OF_ALL or (
        rule == "abuse" and _CHARACTER.search(word) is not None
    )
