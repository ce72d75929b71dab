"""Matters that are no shop's: strong words of a story, a game, a match, or of other people."""

from __future__ import annotations

import re
from collections.abc import Iterable

#: What such a line names: who acts in it, or a part of it. No word here is sold or delivered, nor
#: what one buys something against: 感冒, 下雨, 台风.
_ELSEWHERE = re.compile(
    # stories
    r"剧情|[男女]主(?!播)角?|[男女]二号?|反派|编剧|导演|主角|配角|大?结局|这[一部]*(?:集(?!成)|剧(?!本)|"
    r"部?电影(?!院|票)|部?动漫)|"
    r"烂片|小说里|后妈|"
    # games
    r"队友|打野|中单|辅助位|开黑|副本|关卡|这一?关(?![门闭系注])|第[一二三四五六七八九十\d]+关|这张?个?地图|"
    r"(?<![a-z])boss(?![a-z])|小怪|野怪|这个?英雄|段位|排位|血条|放大招|残血|萌新|新手怪|npc|这局|通关|开挂|"
    r"(?<![a-z])(?:imp[oe]st[eo]rs?|among us|gta|fifa|healers?|squad|quest|speedrun(?:ner)?s?|aimbots?|"
    r"wallhacks?|lobby|noobs?|headshots?|respawn|teammates?|ranked)(?![a-z])|"
    # matches, weather
    r"门将|后卫|前锋|射门|守门员|假动作|裁判|国足|点球|唱得|(?:破|这|鬼|今天)天气|(?:又|天天|整天|"
    r"老是)下雨(?!就)",
    re.IGNORECASE,
)
#: What makes it a shop's all the same: who is dealt with, what is done there, and goods.
_SHOPS = re.compile(
    r"你们|你家|商家|客服|店|[买卖退赔货送寄取药钱价元块]|快递|物流|质量|售后|老板|平台|充值|官方|会员|下单|"
    r"订单|"
    r"收到|没到|服务|态度|投诉|骑手|外卖|公司|广告|宣传|主播|直播间|包装|客户|消费者|顾客|发错|发来|"
    r"手办|玩具|周边|手柄|键盘|鼠标|耳机|手机|手套|(?<![a-z])(?:your|bought|sold)(?![a-z])|seller|order|"
    r"refund|ship|shop|store|money|package|"
    r"[衣裤鞋帽袜伞包票卡书贴膜盒]"
)
#: Who wrongs one in the rest of one's life; such people sell nothing here.
_OTHERS = re.compile(
    r"(?:前(?:男|女)友|前夫|(?:同事|朋友|闺蜜|老公|老婆|我[弟哥姐妹爸妈])的?(?:老板|公司|领导)|房东|物业|"
    r"(?:黑|房产?)?中介|邻居|楼[上下](?:邻居|装修|半夜|天天|又在)|室友|前[任妻]|前女友|"
    r"渣[男女]|相亲|(?:我们?|单位|公司|破)领导|领导(?:天天|又|老是?|总是?|在群)|同事(?:天天|又|老是?|总是?|"
    r"把|甩|抢|不|骂)|拖欠工资|欠薪|(?:黑心?|我们?)老板[^,，。]{0,3}(?:工资|加班|画饼)|滴滴|网约车|出租车|"
    r"高铁(?!模|玩|积)|12306|航空公司|健身房|驾校|培训班|班主任|理发店|美容院|(?:电信|网络|刷单)诈骗|"
    r"诈骗(?:案|犯|电话|短信|分子)|网恋|理财|缅北|股票|基金|电视剧|纪录片|[的个]段子)(?!们?[也都]?(?:说|用|买|收|看|"
    r"推荐))"
)
#: Where one ate or was when it did harm.
_HARMED_ELSEWHERE = re.compile(
    r"食堂|火锅店|烧烤[店摊]|吃了?(?:顿|的)?(?:火锅|烧烤|路边摊|自助餐?|酒席)(?![底料炉架味])|(?:学校|"
    r"幼儿园|班上|班里)(?:好多|很多|有人|有孩子|食堂|的饭)|理发店|美容院"
)
#: What is done with a shop or its goods all the same: 房东买的也是假货.
_DONE_HERE = re.compile(
    r"你们|你家|你[个这]|商家|客服|主播(?!推荐)|直播间|[这网本]店|店家|卖家|买(?!了?(?:理财|保险|基金|股票|"
    r"房|单))|[卖寄](?!单)|发货|发[来给]的|收到|下单|订单|快递|物流|[假水次仿]货|退[款货]|包装|售后|链接|"
    r"平台|质量|这家|正品"
)
#: Who is insulted or threatened is, whoever it is.
_WHOEVER = frozenset({"violence", "abuse", "own"})
#: Words of character, which people in stories have.
_CHARACTER = re.compile("恶毒|阴险|卑鄙|无耻|无赖|流氓|贱[人货]|渣滓|败类|禽兽|混蛋")
#: What is said of such things as well; who is hurt, threatens or demands is heard whatever else is named.
_SAID_OF_ALL = frozenset({"fraud", "contempt", "mild", "refusal", "delay"})


def no_shop_matter(text: str) -> bool:
    """Whether the line names what no shop sells, and nothing of a shop."""
    return _ELSEWHERE.search(text) is not None and _SHOPS.search(text) is None


def concerns_others(text: str, rules: Iterable[str]) -> bool:
    """Whether the line complains of people in one's life: a landlord, a colleague, a canteen."""
    broken = frozenset(rules)
    if not _WHOEVER.isdisjoint(broken):
        return False
    others = _HARMED_ELSEWHERE if "safety" in broken else _OTHERS
    if others.search(text) is None:
        return False
    return _DONE_HERE.search(text) is None


def said_of_all(rule: str, word: str) -> bool:
    """Whether a rule's *word* is said of stories and games as of shops; insults of players aren't."""
    return rule in _SAID_OF_ALL or (
        rule == "abuse" and _CHARACTER.search(word) is not None
    )
