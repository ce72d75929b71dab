"""The demo's first minute, second by second: everything the assistant does is called for once."""

from __future__ import annotations

from typing import Any, NamedTuple


class Beat(NamedTuple):
    """At *at* seconds *who* does something; a name not met before is somebody new."""

    at: float
    who: str
    tag: str
    kind: str = "spoke"
    fields: dict[str, Any] = {}  # noqa: RUF012 - never written to


def _says(at: float, who: str, tag: str, text: str, **more: Any) -> Beat:
    return Beat(at, who, tag, "spoke", {"text": text, **more})


def _gift(at: float, who: str, gift: str, minor: int) -> Beat:
    fields = {"gift": gift, "count": 1, "amount_minor": minor, "currency": "CNY"}
    return Beat(at, who, "gift", "gifted", fields)


#: When the flood of enters begins, how long it lasts and how many come.
FLOOD_AT, FLOOD_SECONDS, FLOOD_ENTERS = 8.0, 1.0, 60
#: When the link is cut; what happens until the bot is back is told on resume.
CUT_AT = 40.0
#: Enters at an easy pace, besides the flood and those of the beats.
STEADY_ENTERS = (
    0.8, 1.6, 2.7, 3.6, 4.9, 6.2, 7.3, 11.0, 12.1, 13.9, 15.6, 17.1, 18.8, 20.7, 22.6, 24.3, 26.1,
    28.2, 30.4, 32.1, 34.0, 35.6, 37.9, 39.4, 40.4, 41.6, 43.3, 45.2, 47.4, 49.6, 51.3, 53.5, 55.2, 57.7,
)  # fmt: skip

BEATS = (
    Beat(0.1, "", "opened", "opened"),
    Beat(0.2, "", "stats", "stats", {"viewers": 128}),
    _says(0.5, "anchor", "anchor", "欢迎新来的宝宝，今天卫衣加绒款上新"),
    Beat(1.0, "first", "enter", "entered"),
    _says(2.0, "first", "faq", "什么时候发货呀"),
    _says(3.2, "b", "chatter", "主播晚上好"),
    _says(4.5, "c", "slang", "宝子们包邮不"),
    Beat(5.5, "first", "follow", "followed"),
    _says(6.5, "d", "typo", "有云费险吗"),
    Beat(7.0, "b", "like", "liked", {"count": 15}),
    Beat(9.4, "", "stats", "stats", {"viewers": 203}),
    _says(10.0, "b", "chatter", "突然好多人"),
    _says(10.6, "e", "pinyin", "ji tian neng dao"),
    _says(11.6, "f", "traditional", "會掉色嗎"),
    _says(12.7, "g", "size", "165cm 110斤穿什么码"),
    _gift(13.5, "h", "小心心", 10),
    Beat(14.0, "v-dazhuang", "enter", "entered"),
    _says(15.0, "v-dazhuang", "angry", "骗子 退钱 一直不发货"),
    _says(16.8, "v-dazhuang", "asks_person", "人呢？给我找个真人客服"),
    _says(17.6, "b", "chatter", "怎么了这是"),
    Beat(18.0, "v-xiaoyu", "enter", "entered"),
    _says(18.6, "i", "full_width", "Ｔ恤什么料子"),
    _says(20.0, "v-xiaoyu", "order_identity", "我的快递到哪了"),
    _says(21.5, "j", "praise", "上次买的肉脯太好吃了，又来囤货"),
    Beat(22.0, "v-ajie", "enter", "entered"),
    _says(23.0, "k", "duplicate", "螺蛳粉辣不辣"),
    _says(25.0, "v-ajie", "order_number", "帮我查下订单 202611230042"),
    _says(26.5, "l", "order_other", "202611210088 这单到哪了"),
    Beat(27.4, "c", "like", "liked", {"count": 8}),
    _says(28.7, "b", "chatter", "已拍，冲"),
    _says(31.0, "m", "english", "when do you ship?"),
    _says(32.6, "n", "slang", "裤子弹不弹鸭"),
    _says(33.8, "o", "size", "身高158 体重47kg 卫衣拍啥码"),
    _says(35.0, "p", "praise", "坚果真香，回购第三次了"),
    _says(36.2, "q", "faq", "可以发顺丰不"),
    _says(37.5, "r", "typo", "开衫会起秋吗"),
    _says(38.6, "advert", "advert", "加我微信看内部好货，全场一折"),
    Beat(39.2, "advert", "moderated", "moderated"),
    _says(40.3, "s", "faq", "坚果小孩能吃吗"),
    Beat(40.9, "t", "follow", "followed"),
    _says(42.0, "b", "chatter", "刚刚卡了一下"),
    _says(44.0, "u", "traditional", "有運費險嗎"),
    Beat(44.6, "v-momo", "enter", "entered"),
    _says(45.6, "v-momo", "order_identity", "我买的坚果到哪啦"),
    Beat(46.8, "h", "carted", "carted", {"product": "加绒连帽卫衣"}),
    Beat(48.0, "d", "left", "left"),
    Beat(
        49.0, "h", "ordered", "ordered", {"order_id": "202611240101", "status": "paid"}
    ),
    _gift(50.2, "p", "粉丝灯牌", 10),
    _says(51.6, "w", "unmatched", "能做团购吗 公司要三十件"),
    _says(53.5, "x", "faq", "发什么快递 几天能到"),
    _says(55.0, "b", "chatter", "猫猫乱入了哈哈哈"),
    Beat(56.0, "", "stats", "stats", {"viewers": 241}),
    _says(57.0, "y", "faq", "3号链接多少钱"),
    _says(58.8, "z", "chatter", "第一次来，关注了"),
)
