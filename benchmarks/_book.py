"""A synthetic FAQ book of any size, and lines that ask what it answers."""

from __future__ import annotations

import random
import re
from datetime import timedelta
from itertools import islice, product

from streambot.domain.faq.entry import FaqBook, FaqEntry, FaqId
from streambot.domain.product import Catalogue, Product, ProductId, SizeRow

_WORD = re.compile(r"\w+")
_KINDS = _WORD.findall(
    "加厚 薄款 宽松 修身 复古 连帽 高腰 印花 条纹 纯棉 真丝 羊毛 牛仔 针织 防水 速干 加绒 短款 长款 "
    "儿童 情侣 新款 经典 限量 轻便 大码 素色 格子 拼接 收腰"
)  # fmt: skip
_GOODS = _WORD.findall(
    "卫衣 外套 衬衫 裤子 裙子 毛衣 背心 大衣 风衣 睡衣 围巾 帽子 手套 袜子 皮带 书包 拖鞋 靴子 "
    "肉脯 坚果 饼干 果干 辣条 麻花 蛋糕 月饼 茶叶 咖啡 蜂蜜 果冻 糖果 酸奶 薯片 海苔 鱼丸 牛肉 "
    "螺蛳粉 拌面 火锅 锅巴 巧克力 豆腐干 水杯 雨伞 毛巾 枕头 床单 地毯 台灯 耳机 手环 充电宝 键盘 "
    "鼠标 相机 音箱 风扇 水壶 饭盒 砧板 菜刀 炒锅 瓷碗 筷子 花瓶"
)  # fmt: skip
_ASKED: tuple[tuple[str, str, str], ...] = (
    ("{}什么时候发货", "{}几天能发出来", "今天拍{}今天发吗"),
    ("{}多少钱", "{}怎么卖", "{}价格是多少"),
    ("{}包邮吗", "买{}要运费吗", "{}邮费谁出"),
    ("{}怎么退货", "{}不合适可以退吗", "{}支持七天无理由吗"),
    ("{}有优惠券吗", "{}能便宜点吗", "{}有什么活动"),
    ("{}还有货吗", "{}什么时候补货", "{}卖完了吗"),
    ("{}是什么材质", "{}用什么做的", "{}的材料安全吗"),
    ("{}质量怎么样", "{}好不好用", "{}耐用吗"),
    ("{}有什么颜色", "{}有黑色吗", "{}颜色怎么选"),
    ("{}能开发票吗", "{}发票怎么开", "买{}有没有发票"),
    ("{}送赠品吗", "买{}送什么", "{}的赠品是什么"),
    ("{}怎么保养", "{}平时怎么打理", "{}可以水洗吗"),
    ("{}保修多久", "{}坏了怎么办", "{}有售后吗"),
    ("{}发什么快递", "{}可以发顺丰吗", "{}走哪家物流"),
    ("{}是正品吗", "{}是哪里生产的", "{}有合格证吗"),
    ("{}适合送人吗", "{}有礼盒装吗", "{}能写贺卡吗"),
    ("{}怎么下单", "{}链接在哪", "{}几号链接"),
    ("{}有味道吗", "{}收到要不要晾", "{}气味大吗"),
    ("{}有多重", "{}多大尺寸", "{}占地方吗"),
    ("{}可以定制吗", "{}能刻字吗", "{}能印图案吗"),
)
_NOISE = (
    "666", "哈哈哈哈哈", "来了来了", "主播好", "？？？", "支持支持", "好看", "冲冲冲", "晚上好", "牛啊",
)  # fmt: skip
_ASKING_OF_10, _NOISE_OF_10 = 4, 3
_FILLERS = ("请问", "主播 ", "那个", "想问下", "老板 ")


def synthetic_book(entries: int) -> FaqBook:
    """A book of so many entries, three phrasings each, with a small catalogue."""
    things = (
        f"{kind}{goods}" if kind else goods
        for kind, goods in product(("", *_KINDS, *_pairs()), _GOODS)
    )
    pairs = islice(product(things, _ASKED), entries)
    return FaqBook(
        version="synthetic",
        entries=tuple(
            FaqEntry(
                id=FaqId(f"entry-{number}"),
                questions=tuple(form.format(thing) for form in forms),
                answers=(f"{thing}的问题看商品详情第{number}条哦",),
                cooldown=timedelta(seconds=20),
            )
            for number, (thing, forms) in enumerate(pairs)
        ),
        catalogue=_catalogue(),
    )


def _pairs() -> list[str]:
    return [first + second for first in _KINDS for second in _KINDS if first != second]


def _catalogue() -> Catalogue:
    sizes = (
        SizeRow(size="M", height_cm=(150, 165), weight_jin=(80, 115)),
        SizeRow(size="L", height_cm=(160, 180), weight_jin=(110, 150)),
    )
    return Catalogue(
        products=tuple(
            Product(
                id=ProductId(goods), name=goods, link=link, price="99元", sizes=sizes
            )
            for link, goods in enumerate(_GOODS[:8], 1)
        ),
        shop={"ship_within": "48小时"},
    )


def queries(book: FaqBook, chat: list[str], count: int) -> list[str]:
    """Lines as a room has them: 4 of 10 ask the book, edited; 3 are noise, 3 are chat.

    Each stands there once, so that nothing is gained by remembering the last ones.
    """
    chance = random.Random(7)  # noqa: S311 - the same lines every time
    asked = [question for entry in book.entries for question in entry.questions]
    lines: dict[str, None] = {}
    while len(lines) < count:
        if asks(len(lines)):
            line = _edited(chance.choice(asked), chance)
        elif len(lines) % 10 < _ASKING_OF_10 + _NOISE_OF_10:
            line = "".join(chance.choices(_NOISE, k=chance.randint(1, 4)))
        else:
            line = chance.choice(chat)
        # Where all were taken before, a number makes another of it.
        lines.setdefault(line if line not in lines else f"{line}{len(lines)}")
    return list(lines)


def asks(place: int) -> bool:
    """Whether the line at *place* of ``queries`` asks what the book answers."""
    return place % 10 < _ASKING_OF_10


def _edited(question: str, chance: random.Random) -> str:
    """A question as somebody in a hurry types it: a filler, a character lost or swapped."""
    at = chance.randrange(1, len(question) - 1)
    match chance.randrange(4):
        case 0:
            return question
        case 1:
            return chance.choice(_FILLERS) + question
        case 2:
            return question[:at] + question[at + 1 :]
        case _:
            return question[:at] + question[at + 1] + question[at] + question[at + 2 :]
